// Package oneclick is OneClick as a payment system: each payment is a deal with the
// vendor. What is spoken with the vendor is in package internal/oneclick; this one
// translates between that and the ledger's words.
package oneclick

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// Name is the system's name in settings and records.
const Name store.System = "oneclick"

// Options are what the calls to the vendor are made with. The zero value is for use;
// a test has a clock and a carrier of its own.
type Options struct {
	HTTP *http.Client                               // nil: one of its own
	Now  func() time.Time                           // nil: time.Now
	Wait func(context.Context, time.Duration) error // nil: a timer
	Log  *slog.Logger                               // nil: nothing is logged
}

type system struct {
	settings config.OneClick
	account  *account
}

var _ store.Dealer = system{}

// New makes the system of its settings. Where the credentials can't be read it is
// there all the same, and every call of it says why.
func New(cfg config.Config) store.PaymentSystem { return With(Options{})(cfg) }

// With makes the system as New does, with calls that are made otherwise.
func With(o Options) func(config.Config) store.PaymentSystem {
	if o.Now == nil {
		o.Now = time.Now //nolint:forbidigo // the default clock
	}
	return func(cfg config.Config) store.PaymentSystem {
		return system{cfg.OneClick, newAccount(cfg.OneClick, o)}
	}
}

func (s system) Profile() store.Profile {
	return store.Profile{
		System: Name, Name: lang.Text{EN: "OneClick"},
		Can:   store.Abilities{Card: true, Deals: true},
		State: s.state(), Test: s.settings.TestMode, Least: s.settings.MinAmount, Most: s.settings.MaxAmount,
		Watch: s.settings.Watch, Missing: sayMissing, Warning: sayNotThePayee,
		Host: s.host(), Facts: []lang.Text{s.settings.Flow.Name()}, Files: s.files(),
	}
}

// host is what people compare of an address.
func (s system) host() string {
	u, err := url.Parse(s.settings.BaseURL)
	if err != nil {
		return ""
	}
	return u.Host
}

func (s system) files() []string {
	if s.settings.CredentialsFile == "" {
		return nil
	}
	return []string{s.settings.CredentialsFile}
}

// Same tells whether other settings make the same system: then this one goes on, with
// what it knows of the vendor.
func (s system) Same(cfg config.Config) bool { return s.settings == cfg.OneClick }

func (s system) state() store.ConnectionState {
	switch {
	case !s.settings.FilledIn():
		return store.NotConnected
	case !s.settings.Enabled:
		return store.Paused
	case s.account.broken():
		return store.Failing
	}
	return store.Connected
}

// Fault is why the vendor can't be called at all, though it is to be: what is wrong
// with the file of the credentials. Nobody is asked for it; nil where nothing is.
func (s system) Fault() error {
	if !s.settings.Enabled || !s.settings.FilledIn() {
		return nil
	}
	_, err := s.account.ready()
	return err
}

// AppLink is empty: payers pay by card.
func (s system) AppLink(store.Invoice, money.Amount, string) string { return "" }
