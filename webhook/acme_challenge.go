package webhook

import (
	"crypto/tls"
	"errors"
	"io"
	"io/fs"
	"log"
	"log/slog"
	"net"
	"net/http"
	"sync"

	"golang.org/x/crypto/acme"
)

// challenges are the proofs that are expected just now.
type challenges struct {
	mu           sync.Mutex
	certificates map[string]*tls.Certificate // of TLS-ALPN-01, by domain
	answers      map[string]string           // of HTTP-01, by path
}

// prepare makes the proof that a challenge asks for. It is given to whoever
// comes for it until it is forgotten.
func (c *challenges) prepare(client *acme.Client, domain string, challenge *acme.Challenge) (forget func(), err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if challenge.Type == challengeHTTP {
		path := client.HTTP01ChallengePath(challenge.Token)
		answer, err := client.HTTP01ChallengeResponse(challenge.Token)
		if err != nil {
			return nil, err
		}
		if c.answers == nil {
			c.answers = make(map[string]string)
		}
		c.answers[path] = answer
		return func() { c.mu.Lock(); delete(c.answers, path); c.mu.Unlock() }, nil
	}
	proof, err := client.TLSALPN01ChallengeCert(challenge.Token, domain)
	if err != nil {
		return nil, err
	}
	if c.certificates == nil {
		c.certificates = make(map[string]*tls.Certificate)
	}
	c.certificates[domain] = &proof
	return func() { c.mu.Lock(); delete(c.certificates, domain); c.mu.Unlock() }, nil
}

// certificate is the proof for TLS-ALPN-01; nil when none is expected.
func (c *challenges) certificate(domain string) *tls.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.certificates[domain]
}

// ServeHTTP gives the proof for HTTP-01. There is nothing else here, and no way
// on to the shop.
func (c *challenges) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	answer, expected := c.answers[r.URL.Path]
	c.mu.Unlock()
	if !expected || r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = io.WriteString(w, answer) // who hangs up does not want it
}

// maxChallengers is how many connections the HTTP-01 listener has at most. A
// service proves a domain from a few places at once.
const maxChallengers = 64

// fewConnections is a listener that lets more callers wait.
type fewConnections struct {
	net.Listener
	places chan struct{}
}

// Accept waits for a caller, and then for a place. Nobody keeps one for longer
// than the timeouts of the server allow.
func (l fewConnections) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.places <- struct{}{}
	return &placed{Conn: c, leave: sync.OnceFunc(func() { <-l.places })}, nil
}

// placed gives its place back when it is closed.
type placed struct {
	net.Conn
	leave func()
}

func (c *placed) Close() error {
	c.leave()
	return c.Conn.Close()
}

// challengeServer is the HTTP-01 listener.
type challengeServer struct {
	address string
	http    *http.Server
	done    chan struct{} // closed when it has ended
}

func serveChallenges(address string, c *challenges, to *slog.Logger) (*challengeServer, error) {
	l, err := net.Listen("tcp", address)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, sayAddressForbidden.of(err, address)
	case err != nil:
		return nil, sayAddressTaken.of(err, address)
	}
	s := &challengeServer{address: l.Addr().String(), done: make(chan struct{}), http: &http.Server{
		Handler: c, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		MaxHeaderBytes: maxHeader, DisableGeneralOptionsHandler: true, ErrorLog: log.New(noise{to}, "", 0),
	}}
	s.http.SetKeepAlivesEnabled(false)
	go func() {
		defer close(s.done)
		if err := s.http.Serve(fewConnections{l, make(chan struct{}, maxChallengers)}); !errors.Is(err, http.ErrServerClosed) {
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
