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
	from    webhook.Certificates
	acme    *webhook.ACME // where from is one
	end     context.CancelFunc
	work    sync.WaitGroup
	stopped bool // the ACME's listener is closed, and it gets no more certificates
}

// encrypt makes the encryption that the settings ask for. It is to be begun, and
// closed by whoever does not put it into use.
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
			Cache: filepath.Join(filepath.Dir(s.Path), "acme"), HTTPAddress: l.ACME.HTTPAddress, Log: s.Log, Now: s.Now,
		})
		if err != nil {
			return nil, badCertificate(err)
		}
		return &encryption{from: acme, acme: acme}, nil
	}
	return nil, nil
}

func badCertificate(err error) error {
	f := &fault{code: codeConfig, exit: exitUsage, says: lang.Text{
		UZ: "HTTPS ni yoqib bo‘lmadi", RU: "HTTPS включить не удалось", EN: "HTTPS can't be turned on",
	}, err: err}
	var why *webhook.CertificateError
	if errors.As(err, &why) {
		f.says, f.hint, f.err = why.Says, why.Hint, why.Err
	}
	return f
}

// begin gets certificates where that is done without a person.
func (e *encryption) begin(ctx context.Context) {
	if e == nil || e.acme == nil {
		return
	}
	ctx, e.end = context.WithCancel(ctx)
	e.work.Go(func() { e.acme.Run(ctx) })
}

// close ends it. Handshakes that go on may use it still.
func (e *encryption) close() error {
	if e == nil || e.acme == nil || e.stopped {
		return nil
	}
	e.stopped = true
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
