// Package manual is the payment system of what staff take and record by hand: cash,
// a terminal, anything else.
package manual

import (
	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

type system struct{}

// New makes the system. It has no settings.
func New(config.Config) store.PaymentSystem { return system{} }

func (system) Profile() store.Profile {
	return store.Profile{
		System: store.Manual, Name: lang.Text{UZ: "qo‘lda", RU: "вручную", EN: "by hand"},
		Can: store.Abilities{ByHand: true}, State: store.Connected,
	}
}

func (system) AppLink(store.Invoice, money.Amount, string) string { return "" }
