// Package courier is a payment system that only a test knows.
package courier

import (
	"context"
	"errors"
	"net/http"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

type system struct{ settings config.Courier }

var _ store.Dealer = system{}

// New makes the system of its settings.
func New(cfg config.Config) store.PaymentSystem { return system{cfg.Courier} }

func (s system) Profile() store.Profile {
	state := store.Connected
	if s.settings.Door == "" {
		state = store.NotConnected
	}
	return store.Profile{
		System: store.System(config.SystemCourier), Name: lang.Text{EN: "Courier"}, State: state, Can: store.Abilities{Deals: true, Card: true},
		Missing: lang.Text{EN: "its door is missing"},
	}
}

func (system) AppLink(store.Invoice, money.Amount, string) string { return "" }

func (s system) Make(_ context.Context, o store.DealOrder) (store.DealNews, error) {
	return store.DealNews{ID: o.Ref, State: store.DealOpen, Word: "waiting", URL: "https://courier.example/" + s.settings.Door, Amount: o.Amount}, nil
}

func (system) Find(context.Context, store.Deal) (store.DealNews, error) {
	return store.DealNews{}, store.DealNotThere
}

func (s system) Look(_ context.Context, d store.Deal) (store.DealNews, error) {
	return store.DealNews{ID: d.ID, State: store.DealOpen, Word: "waiting", Amount: d.Amount}, nil
}

func (system) PayTo(context.Context, store.Deal) (store.PayTo, error) {
	return store.PayTo{}, store.ErrOwnPage
}

func (system) CallOff(context.Context, store.Deal) error { return nil }
func (system) Test(context.Context) error                { return nil }
func (system) Hint(http.Header, []byte) (id string, err error) {
	return "", errors.New("no call of the courier's")
}
