package webhook

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"time"
)

// lingering is how long after a change those are still let in who set out before
// it: to the address that was left, or to speak as was spoken then.
const lingering = time.Second

// A port that is left closes when nobody has come for a pause, and at the latest
// after some more: who has connected already waits in the system's queue, which
// closing would cut off.
const (
	leavingPause = 20 * time.Millisecond
	leavingMost  = time.Second
)

// port is one listener. While a change is young two of them serve.
type port struct {
	gatedListener
	terms func() *terms             // in force
	until atomic.Pointer[time.Time] // it is left, and closed by then; nil: it is not
}

// leave has the port closed once those who have connected are let in.
func (p *port) leave() {
	if _, ok := p.Listener.(interface{ SetDeadline(time.Time) error }); !ok {
		_ = p.Close() // its serving goroutine sees to the rest
		return
	}
	until := time.Now().Add(leavingMost)
	p.until.Store(&until)
	p.pause()
}

// pause lets a port that is left wait a little longer for somebody.
func (p *port) pause() {
	until := p.until.Load()
	if until == nil {
		return
	}
	end := time.Now().Add(leavingPause)
	if end.After(*until) {
		end = *until
	}
	_ = p.Listener.(interface{ SetDeadline(time.Time) error }).SetDeadline(end) // a port that is closed already needs none
}

// Accept waits for a connection and puts on it what is spoken here now.
func (p *port) Accept() (net.Conn, error) {
	in, err := p.accept()
	if p.until.Load() != nil && errors.Is(err, os.ErrDeadlineExceeded) {
		return nil, errors.Join(net.ErrClosed, p.Close())
	}
	if err != nil {
		return nil, err
	}
	p.pause()
	in.port, in.terms = p, p.terms()
	return in.terms.speak(in), nil
}

// Serve serves a listener in the background and owns it from then on. It may be
// called again, to move: new connections come over the newest listener, and the
// one before is closed a moment later, when all are let in who had connected to
// it. The connections that came over it stay. Each is asked to come anew
// with its next answer (Connection: close), and closed when it has been idle for
// as long as any other may be.
//
// Until it is closed the address that is left can't be listened on anew: who moves
// there and back within that moment finds it in use, and has to try again.
//
// After the server has ended, a listener that it is given is closed at once.
func (s *Server) Serve(l net.Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		_ = l.Close() // nobody has connected
		return
	}
	next := &port{gatedListener: gatedListener{Listener: l, gate: s.gate}, terms: s.terms.Load}
	old := s.port.Swap(next)
	s.serving++
	go s.serve(next)
	if old != nil {
		time.AfterFunc(s.lingering, old.leave)
	}
}

// serve serves a port until it is closed. What ended the newest one ends the
// server; the others were to end.
func (s *Server) serve(p *port) {
	err := s.http.Serve(p)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !errors.Is(err, http.ErrServerClosed) && p == s.port.Load() {
		s.ended = true
		s.failed <- fmt.Errorf("serving %s: %w", p.Addr(), err)
	}
	if s.serving--; s.serving == 0 {
		s.ended = true
		close(s.failed)
	}
}

// Addr is where the server listens, the newest place of several; nil before Serve.
func (s *Server) Addr() net.Addr {
	p := s.port.Load()
	if p == nil {
		return nil
	}
	return p.Addr()
}

// Change swaps the path of the webhooks and what is spoken: TLS with the
// certificates of c, or plain HTTP where c is nil. Both hold at once, for all
// listeners: the old path is 404 from then on, and new connections speak as told,
// but for a moment in which a caller that set out before may begin to speak as was
// spoken then. Connections that are open go on as they began, and are asked to come
// anew with their next answer (Connection: close).
//
// Without a difference to what holds, nothing changes; c is compared with ==. On
// an error, which is about the path, nothing changes either.
func (s *Server) Change(path string, c Certificates) error {
	if err := s.checkPrefix(path); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.terms.Load()
	if old != nil && old.path == path && old.certificates == c {
		return nil
	}
	next := &terms{path: path, certificates: c, router: s.routes(path), patience: s.http.ReadHeaderTimeout}
	if c != nil {
		next.tls = tlsConfig(c)
	}
	if old != nil {
		next.follow(old, s.lingering)
	}
	s.terms.Store(next)
	return nil
}

// answer has the router that is in force answer. Who came under other terms, or
// over another port, is asked to come anew.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	now := s.terms.Load()
	if in := connOf(r.Context()); in != nil && (in.terms != now || in.port != s.port.Load()) {
		w.Header().Set("Connection", "close")
	}
	now.router.ServeHTTP(w, r)
}

// terms are what callers are served by. They are swapped as a whole.
type terms struct {
	path         string
	certificates Certificates
	router       http.Handler
	tls          *tls.Config // nil: plain HTTP

	// After a switch between plain HTTP and TLS a caller may speak either for a
	// moment, TLS by the settings kept here.
	either   *tls.Config
	until    time.Time
	patience time.Duration // for a write while hands are shaken
}

// follow has the terms take over from others.
func (t *terms) follow(old *terms, lingering time.Duration) {
	if t.certificates == old.certificates {
		t.tls = old.tls // with the tickets of its sessions
	}
	t.either, t.until = old.either, old.until
	switch {
	case t.tls != nil && old.tls == nil:
		t.until = time.Now().Add(lingering)
	case t.tls == nil && old.tls != nil:
		t.either, t.until = old.tls, time.Now().Add(lingering)
	}
	if t.tls != nil {
		t.either = t.tls
	}
}

// speak puts on a new connection what is spoken.
func (t *terms) speak(in *guarded) net.Conn {
	switch {
	case time.Now().Before(t.until):
		return &undecided{guarded: in, patience: t.patience}
	case t.tls != nil:
		return tls.Server(in, t.tls) // net/http has the hands shaken
	}
	return in
}
