package webhook

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
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
	Log         *slog.Logger
	Now         func() time.Time
}

// ACME gets certificates from an ACME service (RFC 8555), each domain its own,
// and renews them. It proves that a domain is the shop's by TLS-ALPN-01 (RFC
// 8737) on the listener that it serves, and by HTTP-01 if it has an address for
// that. Only Run and Obtain ask the service for anything: a stranger's handshake
// gets what is there.
//
// It stands on acme.Client rather than on autocert.Manager, which asks on every
// handshake, keeps to a clock and a time limit of its own, and loses the reason
// why a domain could not be proved.
type ACME struct {
	domains   []string
	email     string
	directory string
	transport *http.Transport
	cache     acmeCache
	log       *slog.Logger
	now       func() time.Time

	challenges challenges
	answers    *challengeServer // nil: TLS-ALPN-01 only
	turn       chan struct{}    // whoever is in it talks to the service

	mu     sync.Mutex
	held   map[string]*tls.Certificate // by domain
	err    error                       // of the newest attempt
	warned time.Time                   // when callers without a certificate were last told of
	turned int                         // how many there were since
}

var _ Certificates = (*ACME)(nil)

// NewACME reads the certificates that the cache has and opens the HTTP-01
// listener, if there is to be one; Close ends that. It calls nobody. An error
// that is the owner's to mend is a *CertificateError.
func NewACME(o ACMEOptions) (*ACME, error) {
	if len(o.Domains) == 0 {
		return nil, errors.New("getting certificates: there is no domain")
	}
	if o.Directory == "" {
		o.Directory = acme.LetsEncryptURL
	}
	transport, err := acmeTransport(o.CARoot)
	if err != nil {
		return nil, err
	}
	a := &ACME{
		domains: slices.Clone(o.Domains), email: o.Email, directory: o.Directory, transport: transport,
		log: o.Log, now: o.Now, turn: make(chan struct{}, 1), held: make(map[string]*tls.Certificate),
	}
	if a.cache, err = openACMECache(o.Cache, o.Directory); err != nil {
		return nil, err
	}
	a.recall()
	if o.HTTPAddress == "" {
		return a, nil
	}
	if a.answers, err = serveChallenges(o.HTTPAddress, &a.challenges, o.Log); err != nil {
		return nil, err
	}
	return a, nil
}

// recall takes the certificates from the cache.
func (a *ACME) recall() {
	for _, domain := range a.domains {
		kept, err := a.cache.certificate(domain)
		switch {
		case err != nil:
			a.log.Warn("a certificate in the cache can't be used; another will be got", "domain", domain, "err", err)
		case kept != nil:
			a.held[domain] = kept
		}
	}
}

// Close ends the HTTP-01 listener. Run is to be ended before, by its context.
func (a *ACME) Close() error {
	if a.answers == nil {
		return nil
	}
	return a.answers.close()
}

// Protocols implements Certificates: a challenge comes by a protocol of its own.
func (a *ACME) Protocols() []string { return []string{acme.ALPNProto} }

// Get implements Certificates. A caller who names nobody, since he calls by the
// address, gets the certificate of the first domain. It never waits.
func (a *ACME) Get(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	name := strings.ToLower(strings.TrimSuffix(hello.ServerName, "."))
	if slices.Equal(hello.SupportedProtos, []string{acme.ALPNProto}) {
		if proof := a.challenges.certificate(name); proof != nil {
			return proof, nil
		}
		return nil, fmt.Errorf("answering a challenge for %s: none is expected", told(name))
	}
	if name == "" {
		name = a.domains[0]
	}
	if !slices.Contains(a.domains, name) {
		return nil, fmt.Errorf("finding a certificate for %s: %w", told(name), errUnknownName)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if found := a.held[name]; found != nil {
		return found, nil
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
		one := stateOf(held)
		names = append(names, one.Names...)
		if s.NotAfter.IsZero() || one.NotAfter.Before(s.NotAfter) {
			s = one
			s.Warnings = warningsOf(held.Leaf, a.now())
		}
	}
	s.Names, s.Automatic, s.Err = names, true, a.err
	return s
}

// due lists the domains for which there is something to do.
func (a *ACME) due() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var due []string
	for _, domain := range a.domains {
		if held := a.held[domain]; held == nil || !a.now().Before(renewal(held.Leaf.NotBefore, held.Leaf.NotAfter)) {
			due = append(due, domain)
		}
	}
	return due
}

// renewal is when a certificate is to be renewed: 30 days before it ends, or
// when a third of a shorter life is left.
func renewal(notBefore, notAfter time.Time) time.Time {
	return notAfter.Add(-min(30*24*time.Hour, notAfter.Sub(notBefore)/3))
}
