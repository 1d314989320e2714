package main

import (
	"context"
	"errors"
	"path/filepath"
	"sync"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/webhook"
)

// encryption is how the listener speaks HTTPS. A nil one does not.
type encryption struct {
	from webhook.Certificates
	acme *webhook.ACME // where from is one
	end  context.CancelFunc
	work sync.WaitGroup
}

// encrypt makes the encryption that the settings ask for. It is to be put in the
// place of the one in use, or closed.
func (s *service) encrypt(cfg config.Config) (*encryption, error) {
	l := cfg.Listener
	switch {
	case l.TLSCert != "":
		certificate, err := webhook.LoadCertificate(l.TLSCert, l.TLSKey, s.Log, s.Now)
		if err != nil {
			return nil, badCertificate(err)
		}
		return &encryption{from: certificate}, nil
	case len(l.ACME.Domains) > 0:
		acme, err := webhook.NewACME(webhook.ACMEOptions{
			Domains: l.ACME.Domains, Email: l.ACME.Email, Directory: l.ACME.Directory, CARoot: l.ACME.CARoot,
			Cache: filepath.Join(filepath.Dir(s.Path), "acme"), HTTPAddress: l.ACME.HTTPAddress, Former: s.tls.Load().certificates(), Log: s.Log, Now: s.Now,
		})
		if err != nil {
			return nil, badCertificate(err)
		}
		return &encryption{from: acme, acme: acme}, nil
	}
	return nil, nil
}

func badCertificate(err error) error {
	f := &fault{code: codeCertificate, exit: exitFailed, says: lang.Text{
		UZ: "HTTPS ni yoqib bo‘lmadi", RU: "HTTPS включить не удалось", EN: "HTTPS can't be turned on",
	}, err: err}
	var why *webhook.CertificateError
	if errors.As(err, &why) {
		f.says, f.hint, f.err = why.Says, why.Hint, why.Err
	}
	return f
}

// succeed takes the place of another encryption, which ends. It gets certificates
// where that is done without a person.
func (e *encryption) succeed(ctx context.Context, old *encryption) error {
	if e != nil && e.acme != nil {
		e.acme.TakeOver()
	}
	err := old.close() // first: two at once would wait for each other at the service
	if e == nil || e.acme == nil {
		return err
	}
	ctx, e.end = context.WithCancel(ctx)
	e.work.Go(func() { e.acme.Run(ctx) })
	return err
}

// close ends it. Handshakes that go on may use it still.
func (e *encryption) close() error {
	if e == nil || e.acme == nil {
		return nil
	}
	if e.end != nil {
		e.end()
	}
	e.work.Wait()
	return e.acme.Close()
}

// on tells whether the listener speaks HTTPS.
func (e *encryption) on() bool { return e != nil }

// certificates are what the listener takes; nil for plain HTTP.
func (e *encryption) certificates() webhook.Certificates {
	if e == nil {
		return nil
	}
	return e.from
}

// certificate is how the one in use stands; false without one.
func (s *service) certificate() (webhook.CertificateState, bool) {
	e := s.tls.Load()
	if e == nil {
		return webhook.CertificateState{}, false
	}
	return e.from.State(), true
}
