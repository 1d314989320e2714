package webhook

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net/http"
	"slices"
	"sync"

	"tushum/webhook/uzum"
)

// maxRehearsals is how many may be on at a time.
const maxRehearsals = 8

// ErrRehearsals is told to whoever begins one rehearsal too many.
var ErrRehearsals = errors.New("too many rehearsals are on")

// rehearsal is a handler that answers in the place of the real one whoever knows
// its pair.
type rehearsal struct {
	pair     [sha256.Size]byte // login, colon, password
	webhooks map[string]http.Handler
}

// Rehearse has h answer the calls of the webhooks that carry this login and
// password, until end is called, which may be done more than once. The real
// handler does not see them, and they see nothing of the shop's books, so that
// a call can be tried out on a shop that is open. Login and password are to be
// random, and drawn for this rehearsal. h needs Rehearsed as its Auth. A few
// rehearsals may be on at a time; one too many is ErrRehearsals.
func (s *Server) Rehearse(login, password string, h *uzum.Handler) (end func(), err error) {
	on := &rehearsal{pair: sha256.Sum256([]byte(login + ":" + password)), webhooks: h.Routes()}
	s.setRehearsals(func(others []*rehearsal) []*rehearsal {
		if len(others) == maxRehearsals {
			err = ErrRehearsals
			return others
		}
		return append(others, on)
	})
	if err != nil {
		return nil, err
	}
	return sync.OnceFunc(func() {
		s.setRehearsals(func(all []*rehearsal) []*rehearsal {
			return slices.DeleteFunc(all, func(r *rehearsal) bool { return r == on })
		})
	}), nil
}

// setRehearsals swaps the list for what change makes of a copy of it.
func (s *Server) setRehearsals(change func([]*rehearsal) []*rehearsal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var now []*rehearsal
	if old := s.rehearsals.Load(); old != nil {
		now = slices.Clone(*old)
	}
	if now = change(now); len(now) == 0 {
		s.rehearsals.Store(nil)
		return
	}
	s.rehearsals.Store(&now)
}

// unlessRehearsed hands a call of one webhook to the rehearsal that it belongs
// to, and every other to the real handler.
func (s *Server) unlessRehearsed(name string, shop http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		on := s.rehearsals.Load()
		if on == nil {
			shop.ServeHTTP(w, r)
			return
		}
		of := rehearsalOf(*on, r)
		if of == nil {
			shop.ServeHTTP(w, r)
			return
		}
		welcome(r.Context())
		of.webhooks[name].ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), rehearsedKey{}, true)))
	})
}

// rehearsalOf finds the rehearsal of a call's pair, in a time that does not
// depend on the pairs.
func rehearsalOf(on []*rehearsal, r *http.Request) (of *rehearsal) {
	given, err := basicPair(r)
	if err != nil {
		return nil
	}
	pair := sha256.Sum256(given)
	for _, one := range on {
		if subtle.ConstantTimeCompare(one.pair[:], pair[:]) == 1 {
			of = one
		}
	}
	return of
}

type rehearsedKey struct{}

// Rehearsed is the Authenticator of a rehearsal's handler: it lets in the calls
// that a Server has handed to a rehearsal, and no others.
var Rehearsed uzum.Authenticator = rehearsed{}

type rehearsed struct{}

var errNotRehearsed = errors.New("the call belongs to no rehearsal")

// Authenticate implements uzum.Authenticator.
func (rehearsed) Authenticate(r *http.Request) error {
	if r.Context().Value(rehearsedKey{}) == nil {
		return errNotRehearsed
	}
	return nil
}
