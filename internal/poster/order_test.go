package poster_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/poster"
	"tushum/qr"
	"tushum/store"
)

const (
	page = "https://pay.example.uz/pay"
	app  = "https://www.uzumbank.uz/open-service?serviceId=1"
)

var now = store.At(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC))

// order is one that can be drawn, of the till.
func order() poster.Order {
	return poster.Order{
		Shop:    "Go‘zal salon",
		Invoice: store.Invoice{Number: 1000017, Kind: store.Counter, System: store.Uzum, Status: store.Open},
		Links:   poster.Links{Payment: page + "/TOKEN", App: app, Till: page}.AtTill(), Language: lang.EN, Paper: qr.A6, Style: qr.BlackAndWhite,
	}
}

func connected(state store.ConnectionState) store.Rules {
	return store.Rules{Systems: map[store.System]store.Profile{store.Uzum: {State: state, Name: lang.Text{EN: "Uzum Bank"}, Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true}}}}
}

func TestTheCodeLeadsWhereThePosterSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*poster.Order)
		link   string
		step   string
		page   bool
	}{
		{"the till", func(*poster.Order) {}, page, "Enter the amount on the page", true},
		{"the till, into the app", func(o *poster.Order) { o.App = true }, app, "Enter the amount in the Uzum Bank app", false},
		{"the till without pages", func(o *poster.Order) { o.Links = poster.Links{Payment: app, App: app}.AtTill() }, app, "Enter the amount in the Uzum Bank app", false},
		{"an invoice", func(o *poster.Order) {
			o.Invoice.Kind, o.Invoice.Amount, o.Links.Payment = store.Visit, 1_250_000*money.Som, page+"/TOKEN"
		}, page + "/TOKEN", "Check the amount: 1\u00a0250\u00a0000\u00a0UZS", true},
	} {
		o := order()
		c.change(&o)
		p, link, err := poster.Of(o, connected(store.Live), now)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		code, err := qr.Encode(c.link)
		if err != nil {
			t.Fatal(err)
		}
		printed := "" // that of the app nobody types
		if c.page {
			printed = strings.TrimPrefix(c.link, "https://")
		}
		if link != c.link || p.Link != printed || !same(p.Code, code) {
			t.Errorf("%s: the code leads to %s, and %s is printed", c.name, link, p.Link)
		}
		if p.Steps[1] != c.step || strings.Contains(p.Notice, "own payment page") != c.page {
			t.Errorf("%s: it says %q and %q", c.name, p.Steps[1], p.Notice)
		}
		if p.Shop != o.Shop || p.Number != "Invoice 1000017" || p.Paper != qr.A6 || p.Style != qr.BlackAndWhite || p.Language != "en" {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
}

// What is paid by card says so, under the name of its payment system.
func TestAPosterIsOfThePaymentSystemOfItsInvoice(t *testing.T) {
	t.Parallel()
	rules := connected(store.Live)
	rules.Systems["other"] = store.Profile{State: store.Connected, Name: lang.Text{EN: "Other Pay"}, Can: store.Abilities{Card: true, Deals: true}}
	o := order()
	o.Invoice = store.Invoice{Number: 1000017, Kind: store.Goods, System: "other", Status: store.Open, Amount: 1_250_000 * money.Som}
	o.Links = poster.Links{Payment: page + "/TOKEN"}
	p, link, err := poster.Of(o, rules, now)
	if err != nil || link != page+"/TOKEN" || p.Heading != "Pay with Other Pay" || !strings.Contains(p.Steps[2], "by card") || !strings.Contains(p.Notice, "own payment page") {
		t.Errorf("it says %q, %q and %q, %s, %v", p.Heading, p.Steps, p.Notice, link, err)
	}
	rules.Systems["other"] = store.Profile{State: store.Paused, Name: lang.Text{EN: "Other Pay"}}
	if _, _, err := poster.Of(o, rules, now); err == nil || !strings.Contains(err.Error(), "Other Pay") {
		t.Errorf("while it is paused: %v", err)
	}
}

func same(a, b qr.Code) bool {
	for y := range max(a.Size(), b.Size()) {
		for x := range a.Size() {
			if a.Dark(x, y) != b.Dark(x, y) {
				return false
			}
		}
	}
	return a.Size() == b.Size()
}

func TestThereIsNoPosterOfWhatNobodyCanPay(t *testing.T) {
	t.Parallel()
	expired := order()
	expired.Invoice.ExpiresAt = now
	undecided, doubted := order(), order()
	undecided.Invoice.Kind, doubted.Invoice.Kind = store.Goods, store.Goods
	undecided.Transactions = []store.Transaction{{Number: 1000017, Status: store.Confirmed, Unapplied: store.OtherAmount}}
	doubted.Deals = []store.Deal{{Seq: 1, Number: 1000017, State: store.DealCanceled, ClaimedAt: now, EndedAt: now}}
	cancelled := order()
	cancelled.Invoice.Status = store.Cancelled
	for _, c := range []struct {
		name  string
		order poster.Order
		state store.ConnectionState
		code  store.Code
		says  string
	}{
		{"cancelled", cancelled, store.Live, store.NotAllowed, "invoice 1000017 is not open"},
		{"expired by the clock", expired, store.Live, store.NotAllowed, "invoice 1000017 is not open"},
		{"with money to decide about", undecided, store.Live, store.MoneyUndecided, "money has come for invoice 1000017"},
		{"said to be paid", doubted, store.Live, store.ClaimedBefore, "had said that invoice 1000017 is paid"},
		{"paused", order(), store.Paused, store.SystemClosed, "are paused"},
		{"not connected", order(), store.NotConnected, store.SystemClosed, "not connected yet"},
	} {
		_, link, err := poster.Of(c.order, connected(c.state), now)
		var refusal *poster.Refusal
		if !errors.As(err, &refusal) || refusal.Code != c.code || !strings.Contains(err.Error(), c.says) || refusal.Hint == (lang.Text{}) || link != "" {
			t.Errorf("%s: %v, %q", c.name, err, link)
		}
	}
}

// tills answer with an invoice, or an error.
type tills struct {
	number store.Number
	err    error
}

func (t tills) Till(context.Context) (store.Invoice, error) {
	return store.Invoice{Number: t.number}, t.err
}

func TestTheTillsInvoiceIsKnown(t *testing.T) {
	t.Parallel()
	closed := &store.Error{Code: store.Closed}
	for _, c := range []struct {
		tills tills
		want  bool
		err   error
	}{
		{tills{1000017, nil}, true, nil},
		{tills{1000028, nil}, false, nil},
		{tills{0, &store.Error{Code: store.InvoiceNotFound}}, false, nil},
		{tills{1000017, closed}, false, closed},
	} {
		if got, err := poster.StandsAtTill(t.Context(), c.tills, order().Invoice); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%+v: %v, %v", c.tills, got, err)
		}
	}
}
