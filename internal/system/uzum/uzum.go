// Package uzum is Uzum Bank as a payment system: what it can do, and the link into its app. The
// webhooks by which it pays invoices are in package webhook/uzum.
package uzum

import (
	"net/url"
	"slices"
	"strconv"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

type system struct{ settings config.Uzum }

// New makes the system of its settings.
func New(cfg config.Config) store.PaymentSystem { return system{cfg.Uzum} }

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
// app. The first of the account params names the invoice (Merchant API 1.0.0, links
// into the app).
func (s system) AppLink(inv store.Invoice, amount money.Amount, back string) string {
	if s.settings.ServiceID == 0 || !slices.Contains(s.settings.Methods, config.MethodApp) {
		return ""
	}
	link := s.settings.AppLink + "?serviceId=" + strconv.FormatInt(s.settings.ServiceID, 10)
	link += "&" + url.QueryEscape(s.settings.AccountParams[0]) + "=" + inv.Number.String()
	if amount != 0 {
		link += "&amount=" + strconv.FormatInt(int64(amount), 10)
	}
	if back != "" {
		link += "&redirectUrl=" + url.QueryEscape(back)
	}
	return link
}
