// Package oneclick is OneClick as a payment system: each payment is a deal with the
// vendor. What is spoken with the vendor is in package internal/oneclick; this one
// translates between that and the ledger's words.
package oneclick

import (
	"context"
	"log/slog"
	"net/http"
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
		Missing: sayMissing, Warning: sayNotThePayee,
	}
}

func (s system) state() store.ConnectionState {
	switch {
	case !s.account.filledIn():
		return store.NotConnected
	case !s.settings.Enabled:
		return store.Paused
	case s.account.broken():
		return store.Failing
	}
	return store.Connected
}

// AppLink is empty: payers pay by card.
func (s system) AppLink(store.Invoice, money.Amount, string) string { return "" }
