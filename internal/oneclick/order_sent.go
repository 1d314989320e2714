package oneclick

import "sync"

// maxSent is how many InvoiceIDs are remembered; a till that is pressed twice asks
// within seconds.
const maxSent = 1024

// sentOrders remembers the last InvoiceIDs that went out.
type sentOrders struct {
	mu    sync.Mutex
	known map[string]bool
	order []string // the oldest first
}

// claim tells whether an InvoiceID may go out, and that it does.
func (s *sentOrders) claim(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known[id] {
		return false
	}
	if s.known == nil {
		s.known = make(map[string]bool)
	}
	if len(s.order) == maxSent {
		delete(s.known, s.order[0])
		s.order = append([]string(nil), s.order[1:]...)
	}
	s.known[id] = true
	s.order = append(s.order, id)
	return true
}

// release forgets an InvoiceID that came to nothing.
func (s *sentOrders) release(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.known, id)
	for i, known := range s.order {
		if known == id {
			s.order = append(s.order[:i:i], s.order[i+1:]...)
			return
		}
	}
}
