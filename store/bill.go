package store

import (
	"cmp"

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

	// All in tiyin, and zero for a counter invoice: there every payer pays an
	// amount of their own, from Least to Most.
	Total money.Amount // of the lines, less the discount
	Due   money.Amount // what a payer would be debited now
	Came  money.Amount // what was booked that paid it: staff may have taken another sum than was asked for

	// Least and Most are the shop's limits for one payment of a counter invoice,
	// in tiyin; no Most is set where it is zero.
	Least, Most money.Amount
	// Closed tells that no payment can begin now: its payment system takes none, the
	// invoice is no longer open, though one that has begun may still pay it, or it is
	// Undecided or Doubted.
	Closed bool
	// Undecided tells that money has come which does not pay the invoice, and that
	// staff have to decide about.
	Undecided bool
	// Doubted tells that the payer had said that they paid, and that the deal ended
	// without money: only staff begin another.
	Doubted bool
	// Deal is the attempt under way with a payment system that makes deals; its Seq
	// is zero where there is none.
	Deal Deal
}

// Payable tells whether it makes sense to begin a payment now. Several may be
// under way at once: the first that is confirmed wins.
func (b Bill) Payable() bool {
	return !b.Closed && (b.State == BillReady || b.State == BillPaying)
}

// OtherCame tells that the invoice was paid by another sum than it asked for.
func (b Bill) OtherCame() bool { return b.State == BillPaid && b.Came != b.Invoice.Amount }

// CheckAmount tells whether a payer of a counter invoice may pay an amount, in
// tiyin: BelowMinimum or AboveMaximum where not.
func (b Bill) CheckAmount(a money.Amount) error {
	most := cmp.Or(b.Most, ceiling)
	switch {
	case a < b.Least:
		return &Error{Code: BelowMinimum, Number: b.Invoice.Number, Got: a, Want: b.Least}
	case a > most:
		return &Error{Code: AboveMaximum, Number: b.Invoice.Number, Got: a, Want: most}
	}
	return nil
}

// Bill shows an invoice to its customer. txs are transactions of it, of which those
// that are CREATED, those that are unsettled and the one that paid it count, and deals
// are its deals: Books.BillBasis reads both.
func (r Rules) Bill(inv Invoice, txs []Transaction, deals []Deal, now Instant) Bill {
	b := Bill{Invoice: inv}
	b.Deal, _ = CurrentDeal(deals, now)
	b.State = r.billState(inv, b.Deal.inFlight() || len(r.Live(txs, now)) > 0, now)
	b.Undecided = undecided(txs)
	b.Doubted = b.Deal.Seq == 0 && doubted(deals)
	b.Closed = b.Undecided || b.Doubted || inv.StatusAt(now) != Open || r.Systems[inv.System].Can.ByHand || r.checkConnection(inv.System) != nil
	if inv.Reusable() {
		b.Least, b.Most = r.limits(inv)
		return b
	}
	b.Total = inv.Amount + inv.Prepaid // the rules issue none that overflows
	if b.State == BillReady || b.State == BillPaying {
		b.Due = inv.Amount
	}
	if b.State == BillPaid || b.State == BillRefunded {
		b.Came = cameFor(inv, txs)
	}
	return b
}

// cameFor is the amount of the transaction that paid an invoice. What is paid by calls
// or by hand is paid by the amount that was asked for, so it need not be among txs.
func cameFor(inv Invoice, txs []Transaction) money.Amount {
	for _, t := range txs {
		if t.TransID == inv.PaidBy && t.System == inv.PaidSystem {
			return t.Amount
		}
	}
	return inv.Amount
}

// billState takes an attempt that began in time for one that may still pay: so
// does Confirm. paying tells that there is one.
func (r Rules) billState(inv Invoice, paying bool, now Instant) BillState {
	live := !inv.Reusable() && paying
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

// fullPrice is what the lines of an invoice have to add up to, in tiyin.
func (i Invoice) fullPrice() (money.Amount, error) { return money.Add(i.Amount, i.Discount, i.Prepaid) }
