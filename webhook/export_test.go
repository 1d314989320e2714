package webhook

import (
	"net/http"
	"time"
)

// SetTimeouts shortens the waits for a request, so that tests need not.
func (s *Server) SetTimeouts(header, body time.Duration) {
	s.http.ReadHeaderTimeout, s.http.ReadTimeout = header, body
}

// SetLingering says how long after a change those are let in who set out before it.
func (s *Server) SetLingering(d time.Duration) { s.lingering = d }

// HTTP is the server below, to look at its limits.
func (s *Server) HTTP() *http.Server { return s.http }

// Strangers counts the connections that have not authenticated.
func (s *Server) Strangers() int {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	return s.gate.strangers.Len()
}
