package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"sync"

	"tushum/internal/doctor"
	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook"
	"tushum/webhook/uzum"
)

// rehearsed is the least sum that is played, where the settings have no minimum.
const rehearsed = 1000 * money.Som

// rehearse puts a payment of its own on the listener. Whoever knows its pair is
// answered by the program as the bank would be, and finds a ledger of one
// invoice; whoever knows its second pair is refused as for a wrong password.
func (s *service) rehearse() (*doctor.Rehearsal, error) {
	rules := s.shop.Rules()
	rules.AcceptReversals = true // the way of the call is tried out, and not the shop's policy
	ledger, err := store.NewRehearsal(rules, max(rules.MinAmount, rehearsed), s.Now)
	if err != nil {
		return nil, err
	}
	cfg, came := s.shop.cfg(), &arrivals{addresses: s.addresses}
	settings := uzumSettings(cfg)
	settings.ServiceID = max(settings.ServiceID, 1) // a shop that is not connected has none yet
	handler := func(auth uzum.Authenticator) *uzum.Handler {
		return uzum.New(uzum.Config{Settings: settings, Ledger: ledger, Auth: auth, Now: s.Now, Address: came.note})
	}
	right, wrong := randomPair(), randomPair()
	endRight, err := s.server.Rehearse(right.Login, right.Password, handler(webhook.Rehearsed))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", doctor.ErrRehearsing, err)
	}
	endWrong, err := s.server.Rehearse(wrong.Login, wrong.Password, handler(nobody{}))
	if err != nil {
		endRight()
		return nil, fmt.Errorf("%w: %w", doctor.ErrRehearsing, err)
	}
	return &doctor.Rehearsal{
		Pair: right, Wrong: &wrong, ServiceID: settings.ServiceID, Number: ledger.Issued().Number, Amount: ledger.Issued().Amount,
		Arrivals: came.all, End: func() { endRight(); endWrong() },
	}, nil
}

func randomPair() doctor.Pair { return doctor.Pair{Login: rand.Text(), Password: rand.Text()} }

// nobody lets nobody in.
type nobody struct{}

var errNobody = errors.New("this pair is refused by intent")

// Authenticate implements uzum.Authenticator.
func (nobody) Authenticate(*http.Request) error { return errNobody }

// arrivals notes how the calls of a rehearsal have come.
type arrivals struct {
	addresses *webhook.Addresses

	mu   sync.Mutex
	came []doctor.Arrival
}

// note is the Address of a rehearsal's handler.
func (a *arrivals) note(r *http.Request) string {
	peer, _ := netip.ParseAddrPort(r.RemoteAddr) // net/http wrote it
	arrival := doctor.Arrival{Peer: peer.Addr().Unmap(), Caller: a.addresses.Of(r), Forwarded: r.Header.Get("X-Forwarded-For") != ""}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.came = append(a.came, arrival)
	return a.addresses.Text(r)
}

func (a *arrivals) all() []doctor.Arrival {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]doctor.Arrival(nil), a.came...)
}
