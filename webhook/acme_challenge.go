package webhook

import (
	"context"
	"crypto/tls"
	"errors"
	"io/fs"
	"log"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/caddyserver/certmagic"
	"github.com/mholt/acmez/v3"
	"github.com/mholt/acmez/v3/acme"
	"go.uber.org/zap"
	"golang.org/x/net/netutil"
)

// challenges are the proofs that are expected just now. Each is given to whoever
// comes for it until it is forgotten.
type challenges struct {
	mu       sync.Mutex
	expected map[string]expected // by domain
}

type expected struct {
	acme.Challenge
	proof *tls.Certificate // of TLS-ALPN-01
}

var _ acmez.Solver = (*challenges)(nil)

// Present implements acmez.Solver: it makes the proof that a challenge asks for.
func (c *challenges) Present(_ context.Context, challenge acme.Challenge) error {
	one := expected{Challenge: challenge}
	if challenge.Type == challengeTLS {
		proof, err := acmez.TLSALPN01ChallengeCert(challenge)
		if err != nil {
			return err
		}
		one.proof = proof
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.expected == nil {
		c.expected = make(map[string]expected)
	}
	c.expected[challenge.Identifier.Value] = one
	return nil
}

// CleanUp implements acmez.Solver: it forgets.
func (c *challenges) CleanUp(_ context.Context, challenge acme.Challenge) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.expected, challenge.Identifier.Value)
	return nil
}

func (c *challenges) of(domain string) expected {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.expected[domain]
}

// certificate is the proof for TLS-ALPN-01; nil when none is expected.
func (c *challenges) certificate(domain string) *tls.Certificate { return c.of(domain).proof }

// ServeHTTP gives the proof for HTTP-01. There is nothing else here, and no way
// on to the shop.
func (c *challenges) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host // without a port
	}
	one := c.of(host)
	if one.Type != challengeHTTP || !certmagic.SolveHTTPChallenge(zap.NewNop(), w, r, one.Challenge) {
		http.NotFound(w, r)
	}
}

// maxChallengers is how many connections the HTTP-01 listener has at most. A
// service proves a domain from a few places at once.
const maxChallengers = 256

// challengeHeaderTimeout is short, so that those who say nothing can't keep the
// places from a service that has come to look.
const challengeHeaderTimeout = 2 * time.Second

// challengeServer is the HTTP-01 listener.
type challengeServer struct {
	asked   string // the address as it was asked for
	address string
	of      atomic.Pointer[challenges] // whose answers are given
	http    *http.Server
	done    chan struct{} // closed when it has ended
}

func (s *challengeServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.of.Load().ServeHTTP(w, r)
}

func serveChallenges(address string, c *challenges, to *slog.Logger) (*challengeServer, error) {
	l, err := net.Listen("tcp", address)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, sayAddressForbidden.of(err, address)
	case err != nil:
		return nil, sayAddressTaken.of(err, address)
	}
	s := &challengeServer{asked: address, address: l.Addr().String(), done: make(chan struct{})}
	s.of.Store(c)
	s.http = &http.Server{
		Handler: s, ReadHeaderTimeout: challengeHeaderTimeout, ReadTimeout: challengeHeaderTimeout, WriteTimeout: writeTimeout,
		MaxHeaderBytes: maxHeader, DisableGeneralOptionsHandler: true, ErrorLog: log.New(noise{to}, "", 0),
	}
	s.http.SetKeepAlivesEnabled(false)
	go func() {
		defer close(s.done)
		if err := s.http.Serve(netutil.LimitListener(l, maxChallengers)); !errors.Is(err, http.ErrServerClosed) {
			to.Error("the listener for HTTP-01 has ended", "err", err)
		}
	}()
	return s, nil
}

// close ends the listener and what is open on it. It may be called once.
func (s *challengeServer) close() error {
	err := s.http.Close()
	<-s.done
	return err
}
