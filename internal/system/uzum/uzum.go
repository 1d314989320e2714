// Package uzum is Uzum Bank as a payment system: what it can do, and its links. The
// webhooks by which it pays invoices are in package webhook/uzum.
package uzum

import (
	"slices"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

type system struct {
	settings config.Uzum
	links    store.Links
}

// New makes the system of its settings.
func New(cfg config.Config) store.PaymentSystem { return system{cfg.Uzum, LinksOf(cfg)} }

// LinksOf are the links of the shop, of which the app's belong to this system.
func LinksOf(cfg config.Config) store.Links {
	return store.Links{
		PublicURL:  cfg.Listener.PublicURL,
		AppLink:    cfg.Uzum.AppLink,
		ServiceID:  cfg.Uzum.ServiceID,
		AccountKey: cfg.Uzum.AccountParams[0],
	}
}

func (s system) Profile() store.Profile {
	return store.Profile{
		System: store.Uzum, Name: lang.Text{EN: "Uzum Bank"},
		Can:   store.Abilities{App: true, Counter: true, Calls: true, Letter: true},
		State: s.state(), Test: s.settings.TestMode,
		Missing: lang.Text{UZ: "bank kalitlari kiritilmagan", RU: "ключи банка не введены", EN: "the bank's keys are missing"},
	}
}

func (s system) state() store.ConnectionState {
	switch {
	case !s.settings.FilledIn():
		return store.NotConnected
	case !s.settings.Enabled:
		return store.Paused
	}
	return store.Connected
}

// AppLink is there as soon as the service is known, and where the shop offers the
// app.
func (s system) AppLink(inv store.Invoice, amount money.Amount, back string) string {
	if s.settings.ServiceID == 0 || !slices.Contains(s.settings.Methods, config.MethodApp) {
		return ""
	}
	return s.links.Open(inv.Number, amount, back)
}
