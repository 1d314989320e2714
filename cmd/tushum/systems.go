package main

import (
	"tushum/internal/config"
	"tushum/internal/system/manual"
	"tushum/internal/system/oneclick"
	"tushum/internal/system/uzum"
	"tushum/store"
)

// makers is the table of the payment systems, in the order in which people are
// shown them. A further one is a line here.
var makers = []func(config.Config) store.PaymentSystem{
	uzum.New,
	oneclick.New,
	manual.New,
}

// systemsOf makes the payment systems of the settings.
func systemsOf(cfg config.Config) store.Systems {
	systems := make(store.Systems, 0, len(makers))
	for _, maker := range makers {
		systems = append(systems, maker(cfg))
	}
	return systems
}

// lasting is a payment system that knows whether other settings would make another. Who
// is in the midst of something with its vendor goes on where they would not.
type lasting interface {
	Same(cfg config.Config) bool
}

// systemsAfter makes the payment systems of new settings; those to which nothing has
// changed stay.
func systemsAfter(former store.Systems, cfg config.Config) store.Systems {
	systems := systemsOf(cfg)
	for i, s := range systems {
		old := former.Of(s.Profile().System)
		if l, ok := old.(lasting); ok && l.Same(cfg) {
			systems[i] = old
		}
	}
	return systems
}

// linksOf builds the links to the shop's own pages.
func linksOf(cfg config.Config) store.Links {
	return store.Links{PublicURL: cfg.Listener.PublicURL}
}
