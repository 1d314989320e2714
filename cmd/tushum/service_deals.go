package main

import (
	"context"
	"net/http"

	"tushum/store"
	"tushum/webhook"
	"tushum/webhook/callback"
)

// lead has the deals led on, until unlead.
func (s *service) lead() {
	ctx, end := context.WithCancel(s.background)
	s.asking = end
	s.working.Go(func() {
		if s.Ask != nil {
			select {
			case <-ctx.Done():
				return
			case <-s.Ask:
			}
		}
		s.deals.Run(ctx)
	})
}

// unlead ends whatever is asked of the payment systems, and waits for it. What they
// have not answered yet is looked up after the next start.
func (s *service) unlead() {
	if s.asking != nil {
		s.asking()
	}
	s.deals.Close()
}

// callbacks answer the payment systems with which payments are deals. Which those are
// does not change while the program runs, and their settings do.
func (s *service) callbacks() map[string]http.Handler {
	guard := webhook.NewGuard(s.addresses.Of, s.Now)
	all := make(map[string]http.Handler)
	for _, system := range s.shop.systems() {
		name := system.Profile().System
		if s.shop.systems().Dealer(name) == nil {
			continue
		}
		all[callback.Path(name)] = callback.New(callback.Config{
			System: name, Dealer: func() store.Dealer { return s.shop.systems().Dealer(name) },
			Hints: s.deals, Journal: s.shop.Store, Guard: guard, Now: s.Now, Log: s.Log, Address: s.addresses.Text,
		})
	}
	return all
}
