package store

import (
	"slices"

	"tushum/internal/money"
)

// BillState is where an invoice stands for who is asked to pay it.
type BillState string

// The states of a bill.
const (
	BillReady     BillState = "ready"
	BillPaying    BillState = "paying" // a payment has begun and may still be confirmed
	BillPaid      BillState = "paid"
	BillExpired   BillState = "expired"
	BillCancelled BillState = "cancelled"
	BillRefunded  BillState = "refunded"
)

// Bill is an invoice as its customer sees it.
type Bill struct {
	Invoice Invoice
	State   BillState
	Payment Transaction // that paid it, or was given back; zero where there is none or it is not known

	// All in tiyin, and zero for a counter invoice: there every payer pays an
	// amount of their own, from Least to Most.
	Total money.Amount // of the lines, less the discount
	Paid  money.Amount // of the total, so far: before the invoice was made, and by Payment
	Due   money.Amount // what a payer would be debited now

	Least, Most money.Amount // tiyin; for one payment of a counter invoice
	Closed      bool         // its payment system takes no payments now
}

// Payable tells whether it makes sense to begin a payment now. Several may be
// under way at once: the first that is confirmed wins.
func (b Bill) Payable() bool {
	return !b.Closed && (b.State == BillReady || b.State == BillPaying)
}

// CheckAmount tells whether a payer of a counter invoice may pay an amount, in
// tiyin: BelowMinimum or AboveMaximum where not.
func (b Bill) CheckAmount(a money.Amount) error {
	switch {
	case a < b.Least:
		return &Error{Code: BelowMinimum, Number: b.Invoice.Number, Got: a, Want: b.Least}
	case b.Most > 0 && a > b.Most:
		return &Error{Code: AboveMaximum, Number: b.Invoice.Number, Got: a, Want: b.Most}
	}
	return nil
}

// Bill shows an invoice to its customer. txs are transactions of it: those that
// are CREATED, and the one that paid it.
func (r Rules) Bill(inv Invoice, txs []Transaction, now Instant) Bill {
	b := Bill{Invoice: inv, State: r.billState(inv, txs, now), Closed: inv.System == Manual || r.checkConnection(inv.System) != nil}
	if inv.Reusable() {
		b.Least, b.Most = r.Bounds(inv)
		return b
	}
	b.Total, b.Paid = inv.Amount+inv.Prepaid, inv.Prepaid // the rules issue none that overflows
	b.Due = b.Total - b.Paid
	if i := slices.IndexFunc(txs, inv.isPaidBy); i >= 0 {
		b.Payment = txs[i]
	}
	switch b.State {
	case BillPaid:
		b.Paid, b.Due = b.Total, 0
	case BillCancelled, BillExpired, BillRefunded:
		b.Due = 0
	}
	return b
}

// billState takes an attempt that began in time for one that may still pay: so
// does Confirm.
func (r Rules) billState(inv Invoice, txs []Transaction, now Instant) BillState {
	live := !inv.Reusable() && len(r.Live(txs, now)) > 0
	switch inv.StatusAt(now) {
	case Paid:
		return BillPaid
	case Refunded:
		return BillRefunded
	case Cancelled:
		return BillCancelled
	case Expired:
		if !live {
			return BillExpired
		}
	}
	if live {
		return BillPaying
	}
	return BillReady
}

func (i Invoice) isPaidBy(t Transaction) bool {
	return i.PaidBy != "" && t.TransID == i.PaidBy && t.System == i.PaidSystem
}

// total is what the lines of an invoice have to add up to, in tiyin.
func (i Invoice) total() (money.Amount, error) { return money.Add(i.Amount, i.Discount, i.Prepaid) }
