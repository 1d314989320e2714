package store

import (
	"cmp"
	"strings"
	"time"

	"tushum/internal/money"
)

// Rules decide every change of the ledger. They are settings, and functions
// that depend on nothing but those, their arguments and the time given.
type Rules struct {
	TransactionTTL  time.Duration      // from create to the last possible confirm
	MinAmount       money.Amount       // tiyin; the least that may be paid at once
	MaxAmount       money.Amount       // tiyin; the most that may be paid at once
	AcceptReversals bool               // whether the bank may take a confirmed payment back unasked
	Tariffs         Tariffs            // fees by source and day
	Calendar        Calendar           // business days
	Routing         map[Kind]System    // a kind that is missing can't be invoiced
	Systems         map[System]Profile // what each can do, how it is connected, and its limits
}

// Check decides whether the bank may let a customer pay the invoice: 10007 when
// it is routed elsewhere, 10008 when it is paid, 10009 when it is closed.
func (r Rules) Check(inv Invoice, system System, now Instant) error {
	if inv.System != system {
		return refuse(InvoiceNotFound, inv)
	}
	switch status := inv.StatusAt(now); status {
	case Open:
		return nil
	case Paid:
		return refuse(AlreadyPaid, inv)
	default:
		return &Error{Code: InvoiceClosed, Number: inv.Number, Status: status.String()}
	}
}

// Create decides whether an attempt to pay may begin. The checks come in the
// order of the Merchant API: the account's state, the bounds, the exact amount.
// That the transId is new, and that the invoice exists, is seen to before.
func (r Rules) Create(inv Invoice, a Attempt, now Instant) (Change, error) {
	if err := r.Check(inv, a.System, now); err != nil {
		return Change{}, err
	}
	if err := r.checkAmount(inv, a.Amount); err != nil {
		err.TransID = a.TransID
		return Change{}, err
	}
	t := Transaction{
		TransID: a.TransID, System: a.System, ServiceID: a.ServiceID, Number: inv.Number, Amount: a.Amount,
		Status: Created, CreatedAt: now, Day: r.Calendar.Day(now),
	}
	return Change{At: now, By: string(a.System), Transactions: []TransactionChange{{Event: TransactionCreated, After: t}}}, nil
}

func (r Rules) checkAmount(inv Invoice, got money.Amount) *Error {
	least, most := r.Bounds(inv)
	bad := func(c Code, want money.Amount) *Error {
		return &Error{Code: c, Number: inv.Number, Status: inv.Status.String(), Got: got, Want: want}
	}
	switch {
	case got < least:
		return bad(BelowMinimum, least)
	case most > 0 && got > most:
		return bad(AboveMaximum, most)
	case !inv.Reusable() && got != inv.Amount:
		return bad(WrongAmount, inv.Amount)
	}
	return nil
}

// ceiling is the most that one payment may be where no limit is set, 10^12
// so‘m: no shop comes near it, and a day's total of such payments is far from
// what an int64 can hold.
const ceiling money.Amount = 100_000_000_000_000

// Bounds are the limits for one payment of the invoice, in tiyin; most is zero
// for none. A counter invoice always has a most, for no exact amount is asked there.
func (r Rules) Bounds(inv Invoice) (least, most money.Amount) {
	least, most = r.limits(inv)
	if inv.Reusable() {
		most = cmp.Or(most, ceiling)
	}
	return least, most
}

// limits are those that the shop has set, for all payments and for those of the
// invoice; most is zero where it has set none.
func (r Rules) limits(inv Invoice) (least, most money.Amount) {
	least, most = r.MinAmount, r.MaxAmount
	if p := r.Systems[inv.System]; p.Least != 0 || p.Most != 0 {
		least, most = p.Least, p.Most
	}
	least = max(least, 1)
	if !inv.Reusable() {
		return least, most
	}
	if own := inv.MaxAmount; own > 0 && (most == 0 || own < most) {
		most = own
	}
	return max(least, inv.MinAmount), most
}

// Confirm decides what the bank's confirm does. The first confirm of a one-time
// invoice wins: it pays the invoice and fails its rivals. A confirm that comes
// too late, or after the invoice was closed or paid, is refused with
// NotConfirmable and a Change that writes FAILED down.
//
// created are the invoice's transactions whose record says CREATED, t among
// them or not. Those that only the clock calls FAILED belong to them: were the
// clock set back, they could be confirmed after all.
//
// The invoice may have expired since the create: the customer has been debited,
// so only the transaction's own limit counts.
func (r Rules) Confirm(inv Invoice, t Transaction, created []Transaction, c Confirmation, now Instant) (Change, error) {
	if t.Status == Confirmed {
		return Change{}, refuseTx(AlreadyConfirmed, t)
	}
	if t.StatusAt(now, r.TransactionTTL) != Created {
		return r.expireRefused(t, NotConfirmable, now)
	}
	switch inv.Status {
	case Cancelled:
		return r.failRefused(Change{At: now, By: string(c.System)}, t, FailCancelled)
	case Paid, Refunded:
		return r.failRefused(Change{At: now, By: string(c.System)}, t, FailRival)
	}
	paid := t
	paid.Status, paid.ConfirmedAt, paid.ConfirmedDay = Confirmed, now, r.Calendar.Day(now)
	paid.Source, paid.Tariff, paid.Reference = clip(c.Source), clip(c.Tariff), clip(c.Reference)
	paid.CardType, paid.Phone = c.CardType, c.Phone
	paid.Rate, paid.RateAssumed = r.Tariffs.On(paid.Source, paid.ConfirmedDay)
	ch := Change{At: now, By: string(c.System)}
	ch.Transactions = append(ch.Transactions, TransactionChange{TransactionConfirmed, &t, paid})
	if !inv.Reusable() {
		r.pay(&ch, inv, paid, created)
	}
	return ch, nil
}

// clip bounds a text of the bank, which must not cost a customer the payment
// by being too long to keep.
func clip(s string) string {
	return strings.ToValidUTF8(s[:min(len(s), maxText)], "")
}

// pay makes the invoice paid by t and fails the others.
func (r Rules) pay(ch *Change, inv Invoice, t Transaction, created []Transaction) {
	after := inv
	after.Status, after.PaidAt, after.PaidBy, after.PaidSystem = Paid, ch.At, t.TransID, t.System
	after.ClosedAt = 0
	ch.Invoices = append(ch.Invoices, InvoiceChange{InvoicePaid, &inv, after})
	for _, rival := range created {
		if rival.System != t.System || rival.TransID != t.TransID {
			r.fail(ch, rival, FailRival)
		}
	}
}

// fail makes a CREATED transaction FAILED, for that reason unless its time had
// run out before. It leaves every other one alone.
func (r Rules) fail(ch *Change, t Transaction, why FailReason) {
	if t.Status != Created {
		return
	}
	if t.StatusAt(ch.At, r.TransactionTTL) == FailedTx {
		why = FailExpired
	}
	after := t
	after.Status, after.Reason, after.FailedAt = FailedTx, why, ch.At
	ch.Transactions = append(ch.Transactions, TransactionChange{TransactionFailed, &t, after})
}

// expireRefused refuses, and writes FAILED down where only the clock says so.
func (r Rules) expireRefused(t Transaction, c Code, now Instant) (Change, error) {
	ch, expired := r.ExpireTransaction(t, now)
	if expired {
		t = ch.Transactions[0].After
	}
	return ch, refuseTx(c, t)
}

// failRefused refuses a confirm that the invoice's state forbids, and writes
// FAILED down: what the bank is told is final.
func (r Rules) failRefused(ch Change, t Transaction, why FailReason) (Change, error) {
	r.fail(&ch, t, why)
	return ch, refuseTx(NotConfirmable, ch.Transactions[0].After)
}

// Reverse decides whether the bank may take a payment back: 10018 when it did
// already, 10017 when the transaction failed or the shop's policy says no. The
// policy is about what the shop has not asked for.
func (r Rules) Reverse(inv Invoice, t Transaction, now Instant) (Change, error) {
	switch t.StatusAt(now, r.TransactionTTL) {
	case Reversed:
		return Change{}, refuseTx(AlreadyReversed, t)
	case FailedTx:
		return r.expireRefused(t, NotReversible, now)
	case Confirmed:
		if !r.AcceptReversals && !t.Refund.stands() {
			err := refuseTx(NotReversible, t)
			err.Detail = "the shop's settings accept no reversals"
			return Change{}, err
		}
	}
	ch := Change{At: now, By: string(t.System)}
	r.takeBack(&ch, inv, t)
	return ch, nil
}

// takeBack makes a transaction REVERSED, and its invoice refunded where it had
// paid that. It returns the invoice as it is then.
func (r Rules) takeBack(ch *Change, inv Invoice, t Transaction) Invoice {
	back := t
	back.Status, back.ReversedAt, back.ReversedDay = Reversed, ch.At, r.Calendar.Day(ch.At)
	ch.Transactions = append(ch.Transactions, TransactionChange{TransactionReversed, &t, back})
	if inv.Status != Paid || inv.PaidBy != t.TransID || inv.PaidSystem != t.System {
		return inv
	}
	after := inv
	after.Status, after.ClosedAt = Refunded, ch.At
	ch.Invoices = append(ch.Invoices, InvoiceChange{InvoiceRefunded, &inv, after})
	return after
}

// ExpireTransaction writes FAILED down when the limit for the confirm has passed.
func (r Rules) ExpireTransaction(t Transaction, now Instant) (Change, bool) {
	if t.Status != Created || t.StatusAt(now, r.TransactionTTL) != FailedTx {
		return Change{}, false
	}
	ch := Change{At: now, By: ByClock}
	r.fail(&ch, t, FailExpired)
	return ch, true
}

// ExpireInvoice writes expired down when the invoice's time has passed.
func (r Rules) ExpireInvoice(inv Invoice, now Instant) (Change, bool) {
	if inv.Status != Open || inv.StatusAt(now) != Expired {
		return Change{}, false
	}
	after := inv
	after.Status, after.ClosedAt = Expired, now
	return Change{At: now, By: ByClock, Invoices: []InvoiceChange{{InvoiceExpired, &inv, after}}}, true
}

// Live picks the transactions that may still be confirmed. It is for showing
// "being paid now"; the rules themselves are given all that are CREATED.
func (r Rules) Live(ts []Transaction, now Instant) []Transaction {
	var live []Transaction
	for _, t := range ts {
		if t.StatusAt(now, r.TransactionTTL) == Created {
			live = append(live, t)
		}
	}
	return live
}
