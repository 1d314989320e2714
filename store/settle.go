package store

import "strings"

// Unapplied is why money that came does not pay its invoice. It is in the books
// and counts as takings; what becomes of it is for staff to say.
type Unapplied string

// The reasons.
const (
	OtherAmount   Unapplied = "other_amount"    // more or less than was asked for
	PaidByAnother Unapplied = "paid_by_another" // the invoice was paid already
	InvoiceShut   Unapplied = "invoice_closed"  // it was cancelled, or refunded
)

// UnappliedReasons lists every reason.
func UnappliedReasons() []Unapplied { return []Unapplied{OtherAmount, PaidByAnother, InvoiceShut} }

// Settlement is what staff made of unapplied money. Its zero value is nothing yet.
type Settlement struct {
	At      Instant `cbor:"1,keyasint,omitempty"`
	By      string  `cbor:"2,keyasint,omitempty"`
	Note    string  `cbor:"3,keyasint,omitempty"`
	Applied bool    `cbor:"4,keyasint,omitempty"` // it pays its invoice after all; else it was dealt with otherwise
}

// Applied tells whether the money of a transaction pays its invoice.
func (t Transaction) Applied() bool { return t.Unapplied == "" || t.Settlement.Applied }

// Unsettled tells of money that somebody has to decide about.
func (t Transaction) Unsettled() bool {
	return t.Unapplied != "" && t.Settlement.At == 0 && t.Status == Confirmed
}

// SettleOrder is what staff decide about unapplied money.
type SettleOrder struct {
	System  System // whose transaction it is; empty: TransID alone tells
	TransID string
	By      string
	Note    string // must not be empty
	Apply   bool   // it pays its invoice, whatever its amount; else it was given back or kept for another reason
	Force   bool   // apply it although somebody is paying the invoice now
}

// Settle decides what becomes of unapplied money. To apply it the invoice must not
// be paid, or its payment was taken back; where one is under way, only an order
// with Force does it. created is as for Confirm.
func (r Rules) Settle(inv Invoice, t Transaction, created []Transaction, o SettleOrder, now Instant) (Change, error) {
	switch {
	case !t.Unsettled():
		return Change{}, &Error{Code: NotAllowed, Number: t.Number, TransID: t.TransID, Status: t.Status.String(), says: sayNothingToSettle}
	case strings.TrimSpace(o.Note) == "":
		return Change{}, invalid(sayWhySettled)
	case o.Apply && inv.Status == Paid:
		return Change{}, staffRefusal(inv, Paid)
	}
	if live := r.Live(created, now); o.Apply && len(live) > 0 && !o.Force {
		return Change{}, refuseTx(PaymentInFlight, live[0])
	}
	if err := checkWhoAndWhy(o.By, o.Note); err != nil {
		return Change{}, err
	}
	after := t
	after.Settlement = Settlement{At: now, By: o.By, Note: o.Note, Applied: o.Apply}
	ch := Change{At: now, By: o.By, Transactions: []TransactionChange{{TransactionSettled, &t, after}}}
	if o.Apply {
		r.pay(&ch, inv, after, created)
	}
	return ch, nil
}
