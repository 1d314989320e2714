package webhook

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/caddyserver/certmagic"
	"github.com/mholt/acmez/v3"
	"go.uber.org/zap"
)

// ACMEOptions say for which names certificates are got, from whom, and where
// they are kept.
type ACMEOptions struct {
	Domains     []string // lower-case; at least one
	Email       string   // where the service may write about trouble; may be empty
	Directory   string   // https URL; empty: Let's Encrypt
	CARoot      string   // PEM file to trust the service by, besides the system's roots; may be empty
	Cache       string   // folder of account and certificates, made for the owner only
	HTTPAddress string   // host:port where HTTP-01 challenges are answered; empty: TLS-ALPN-01 only
	// Former is what was served before. It goes on being served until there is a
	// certificate for every domain. With the same HTTPAddress it lends its listener:
	// see TakeOver. Nil: callers are turned away until then.
	Former Certificates
	Log    *slog.Logger
	Now    func() time.Time // for what is told; a renewal is due by the clock of the machine
}

// ACME gets certificates from an ACME service (RFC 8555), each domain its own,
// and renews them. It proves that a domain is the shop's by TLS-ALPN-01 (RFC
// 8737) on the listener that it serves, and by HTTP-01 if it has an address for
// that. Only Run and Obtain ask the service for anything: a stranger's handshake
// gets what is there.
//
// certmagic makes keys and requests, keeps what was issued, and knows when that
// is to be renewed; acmez, which is the client under it, talks to the service.
// What stands between the two is ours (acmeService), since certmagic's own issuer
// opens ports 443 and 80 by itself, asks for an e-mail on the terminal, keeps
// connections and goroutines after its end, and reads answers of any length.
type ACME struct {
	domains []string
	service *acmeService
	manager *certmagic.Config
	stop    func() // ends what certmagic does in the background
	log     *slog.Logger
	now     func() time.Time

	answers *challengeServer // nil: TLS-ALPN-01 only
	former  Certificates     // nil: there was nothing, or it is needed no more
	lender  *ACME            // whose HTTP-01 listener is to be taken over; nil: nobody's
	turn    chan struct{}    // whoever is in it talks to the service

	mu     sync.Mutex
	held   map[string]*certmagic.Certificate // by domain
	err    error                             // of the newest attempt
	warned time.Time                         // when callers without a certificate were last told of
	turned int                               // how many there were since
}

var _ Certificates = (*ACME)(nil)

// NewACME reads the certificates that the cache has and opens the HTTP-01
// listener, if there is to be one; Close ends that. It calls nobody. An error
// that is the owner's to mend is a *CertificateError.
func NewACME(o ACMEOptions) (*ACME, error) {
	if len(o.Domains) == 0 {
		return nil, errors.New("getting certificates: there is no domain")
	}
	service, err := newACMEService(o)
	if err != nil {
		return nil, err
	}
	a := &ACME{
		domains: slices.Clone(o.Domains), service: service, log: o.Log, now: o.Now,
		turn: make(chan struct{}, 1), held: make(map[string]*certmagic.Certificate), former: o.Former,
	}
	if o.HTTPAddress != "" {
		if a.lender = lenderOf(o.Former, o.HTTPAddress); a.lender == nil {
			if a.answers, err = serveChallenges(o.HTTPAddress, &service.challenges, o.Log); err != nil {
				return nil, err
			}
		}
		service.ways = append(service.ways, challengeHTTP)
	}
	a.manager, a.stop = manage(service)
	for _, domain := range a.domains {
		if err := a.recall(context.Background(), domain); err != nil && !errors.Is(err, fs.ErrNotExist) {
			a.log.Warn("a certificate in the cache can't be used; another will be got", "domain", domain, "err", reason(err))
		}
	}
	return a, nil
}

// lenderOf is the former ACME if it answers challenges at the address; else nil.
func lenderOf(former Certificates, address string) *ACME {
	acme, ok := former.(*ACME)
	if !ok || acme.answers == nil || acme.answers.asked != address {
		return nil
	}
	return acme
}

// TakeOver takes the HTTP-01 listener from the former ACME, where there is one
// with the same address. The former is to be closed after that and before Run.
func (a *ACME) TakeOver() {
	if a.lender == nil {
		return
	}
	a.answers, a.lender.answers = a.lender.answers, nil
	a.answers.of.Store(&a.service.challenges)
	a.lender = nil
}

var errNotInTurn = errors.New("only Run and Obtain renew")

// manage sets certmagic up. Its memory would renew by itself what is in it; without
// settings it leaves that to Run.
func manage(service *acmeService) (manager *certmagic.Config, stop func()) {
	memory := certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return nil, errNotInTurn },
		Logger:           zap.NewNop(),
	})
	manager = certmagic.New(memory, certmagic.Config{
		Issuers: []certmagic.Issuer{service}, Storage: service.cache, Logger: zap.NewNop(),
		OCSP: certmagic.OCSPConfig{DisableStapling: true}, DisableARI: true,
	})
	return manager, sync.OnceFunc(memory.Stop)
}

// recall takes a certificate from the cache into use.
func (a *ACME) recall(ctx context.Context, domain string) error {
	kept, err := a.manager.CacheManagedCertificate(ctx, domain)
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.held[domain] = &kept
	if len(a.held) == len(a.domains) {
		a.former = nil
	}
	return nil
}

// Close ends the HTTP-01 listener and what goes on in the background. Run is to
// be ended before, by its context.
func (a *ACME) Close() error {
	a.stop()
	if a.answers == nil {
		return nil
	}
	return a.answers.close()
}

// Protocols implements Certificates: a challenge comes by a protocol of its own.
func (a *ACME) Protocols() []string { return []string{acmez.ACMETLS1Protocol} }

// Get implements Certificates. A caller who names nobody, since he calls by the
// address, gets the certificate of the first domain. It never waits.
func (a *ACME) Get(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	name := strings.ToLower(strings.TrimSuffix(hello.ServerName, "."))
	if slices.Equal(hello.SupportedProtos, a.Protocols()) {
		if proof := a.service.challenges.certificate(name); proof != nil {
			return proof, nil
		}
		return nil, fmt.Errorf("answering a challenge for %s: none is expected", told(name))
	}
	if name == "" {
		name = a.domains[0]
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if found := a.held[name]; found != nil {
		return &found.Certificate, nil
	}
	if a.former != nil {
		if found, err := a.former.Get(hello); err == nil {
			return found, nil
		}
	}
	if !slices.Contains(a.domains, name) {
		return nil, fmt.Errorf("finding a certificate for %s: %w", told(name), errUnknownName)
	}
	return nil, a.turnAway(name)
}

// turnAway says why there is no certificate, in the log once a minute at most.
func (a *ACME) turnAway(name string) error {
	why := a.err
	if why == nil {
		why = errNotYet
	}
	a.turned++
	if passed := a.now().Sub(a.warned); a.warned.IsZero() || passed < 0 || passed >= time.Minute {
		a.log.Warn("callers are turned away, since there is no certificate", "domain", name, "calls", a.turned, "err", why)
		a.warned, a.turned = a.now(), 0
	}
	return fmt.Errorf("finding a certificate for %s: %w", name, why)
}

var errNotYet = errors.New("it is being got")

// State implements Certificates. Of several domains the names are put together,
// and the rest is of the certificate that ends first.
func (a *ACME) State() CertificateState {
	a.mu.Lock()
	defer a.mu.Unlock()
	var s CertificateState
	var names []string
	for _, domain := range a.domains {
		held := a.held[domain]
		if held == nil {
			continue
		}
		one := stateOf(&held.Certificate)
		names = append(names, one.Names...)
		if s.NotAfter.IsZero() || one.NotAfter.Before(s.NotAfter) {
			s = one
			s.Warnings = warningsOf(held.Leaf, a.now())
		}
	}
	s.Names, s.Automatic, s.Err = names, true, a.err
	return s
}
