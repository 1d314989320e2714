package poster

import (
	"context"

	"tushum/internal/lang"
	"tushum/qr"
	"tushum/store"
)

// Links are what can be given to the customer of an invoice. Empty: there is none.
type Links struct {
	Payment string // the pay page where there is one, else the app link
	App     string // opens the payment system's app
	Till    string // the page behind the code at the till: customers type an amount there, or the number of an invoice
}

// AtTill are the links of the invoice that stands at the till: its page is the one
// on which any amount and any invoice can be paid.
func (l Links) AtTill() Links {
	if l.Till != "" && l.Payment != "" {
		l.Payment = l.Till
	}
	return l
}

// Pages tells whether links lead to pages of the shop, and not into the app.
func (l Links) Pages() bool { return l.Payment != "" && l.Payment != l.App }

// Tills is what knows the till's invoice.
type Tills interface {
	Till(ctx context.Context) (store.Invoice, error)
}

// StandsAtTill tells whether an invoice is the till's.
func StandsAtTill(ctx context.Context, tills Tills, inv store.Invoice) (bool, error) {
	till, err := tills.Till(ctx)
	if store.CodeOf(err) == store.InvoiceNotFound {
		return false, nil
	}
	return err == nil && till.Number == inv.Number, err
}

// Order is what a poster is to be of, and how it is to be printed.
type Order struct {
	Shop     string
	Invoice  store.Invoice
	Links    Links // of the till's invoice, those AtTill
	App      bool  // the code opens the app, though there may be a page
	Language lang.Lang
	Paper    qr.Paper
	Style    qr.Style

	Transactions []store.Transaction // what Books.BillBasis has of the invoice
	Deals        []store.Deal        // likewise
}

// Of makes a poster of an invoice, and returns the link in its code. What nobody
// can pay is refused with a Refusal, for a poster hangs there for months.
func Of(o Order, rules store.Rules, now store.Instant) (p qr.Poster, link string, err error) {
	system := rules.Systems[o.Invoice.System]
	if err := refusal(o, rules, now); err != nil {
		return qr.Poster{}, "", err
	}
	link = o.Links.Payment
	if o.App {
		link = o.Links.App
	}
	f := Facts{
		Shop: o.Shop, Number: o.Invoice.Number.String(), Link: link, System: system.Name.In(o.Language),
		Page: link != o.Links.App, Card: system.Can.Card && !system.Can.App, Counter: o.Invoice.Reusable(),
	}
	if !f.Counter {
		f.Sum = o.Invoice.Amount.Format(o.Language)
	}
	w := For(o.Language, f)
	p = qr.Poster{
		Paper: o.Paper, Style: o.Style, Language: string(o.Language),
		Shop: w.Shop, Heading: w.Heading, Steps: w.Steps, Number: w.Number, Link: w.Link, Notice: w.Notice,
	}
	p.Code, err = qr.Encode(link)
	return p, link, err
}

// Refusal says why there is no poster.
type Refusal struct {
	Code       store.Code // for scripts
	Says, Hint lang.Text
}

func (r *Refusal) Error() string { return r.Says.In(lang.EN) }

func refusal(o Order, rules store.Rules, now store.Instant) error {
	inv, bill := o.Invoice, rules.Bill(o.Invoice, o.Transactions, o.Deals, now)
	switch {
	case !bill.Closed:
		return nil
	case inv.StatusAt(now) != store.Open:
		return &Refusal{store.NotAllowed, numbered(sayNotOpen, inv.Number), hintNewInvoice}
	case bill.Undecided:
		return &Refusal{store.MoneyUndecided, numbered(sayUndecided, inv.Number), hintDecide}
	case bill.Doubted:
		return &Refusal{store.ClaimedBefore, numbered(sayDoubted, inv.Number), hintAskPayer}
	}
	system := rules.Systems[inv.System]
	if system.State == store.Paused {
		return &Refusal{store.SystemClosed, about(sayPaused, system), hintSwitchOn}
	}
	return &Refusal{store.SystemClosed, about(sayNotConnected, system), hintConnect}
}

func numbered(t lang.Text, n store.Number) lang.Text {
	return t.Fill("{number}", n.String())
}

// about puts what people call a payment system into a text.
func about(t lang.Text, system store.Profile) lang.Text {
	return t.FillEach("{system}", system.Name)
}
