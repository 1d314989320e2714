package store

import (
	"strconv"
	"strings"

	"tushum/internal/money"
)

// TellDeal decides what a payment system's word on a deal means:
//
//   - completed brings money, which is a confirmed transaction. It pays the invoice
//     where that waits for exactly this amount, and stays unapplied where not.
//   - canceled or refunded after completed takes the money back, by a reversal on
//     the day on which that is learned.
//   - completed after canceled or expired, or after the shop had called it off, pays
//     late.
//   - everything else only moves the deal.
//
// standing is the transaction that Deal.TransID names, created are the invoice's
// transactions whose record says CREATED.
func (r Rules) TellDeal(d Deal, inv Invoice, standing *Transaction, created []Transaction, n DealNews, now Instant) (Change, error) {
	if d.ID != "" && n.ID != d.ID || !keepable(n.ID) {
		return Change{}, OtherDeal(d)
	}
	ch := Change{At: now, By: string(d.System)}
	after := d.heard(n, now)
	switch after.State {
	case DealCompleted:
		r.receive(&ch, &after, inv, standing, created)
	case DealCanceled, DealRefunded:
		r.giveBack(&ch, &after, inv, standing)
	}
	ch.Deals = d.become(after, now).Deals
	return ch, nil
}

// OtherDeal is the refusal of news that can't be about the deal.
func OtherDeal(d Deal) error { return &Error{Code: Invalid, Number: d.Number, says: sayOtherDeal} }

// heard is the deal with the system's word in it. What it does not say stays.
func (d Deal) heard(n DealNews, now Instant) Deal {
	after := d
	after.ID, after.Word = n.ID, clip(n.Word)
	after.State, after.Trouble = d.follows(n)
	if after.MadeAt == 0 {
		after.MadeAt = now
	}
	if after.URL == "" && len(n.URL) <= maxDealURL {
		after.URL = n.URL
	}
	extended := after.State == DealOpen && n.ExpiresAt <= now && d.ExpiresAt > now // it was open after its end
	if n.ExpiresAt > after.AskedAt && !extended {                                  // else its clock or ours is wrong
		after.ExpiresAt = n.ExpiresAt
	}
	if credible(n.Amount) {
		after.Told = n.Amount
	}
	after.date(d, now)
	return after
}

// date keeps the moments at which the deal came from another state into its own.
func (d *Deal) date(before Deal, now Instant) {
	if d.ClaimedAt == 0 && before.TransID == "" && (d.inFlight() || before.inFlight()) { // an older record may lack it
		d.ClaimedAt = now
	}
	if d.State != before.State {
		d.EndedAt = 0
		if d.State.ended() {
			d.EndedAt = now
		}
	}
	if d.State.lapsed() && d.LapsedAt == 0 {
		d.LapsedAt = now
	}
}

// follows is the state into which the system's word brings the deal, and what keeps
// that word from being acted on. Money that came neither runs out nor is waited for,
// and without an amount none is booked: the system is asked again.
func (d Deal) follows(n DealNews) (DealState, DealTrouble) {
	known := n.State >= DealOpen && n.State <= DealRefunded
	switch {
	case !known && d.ID == "":
		return DealOpen, UnknownStatus // it is there
	case !known, d.TransID != "" && !n.State.mayFollowMoney():
		return d.State, UnknownStatus
	case n.State != DealCompleted || credible(n.Amount):
		return n.State, ""
	case d.TransID != "":
		return d.State, NoAmount
	}
	return DealClaimed, NoAmount
}

// mayFollowMoney tells which states a deal can come into whose money is in the books.
func (s DealState) mayFollowMoney() bool {
	return s == DealCompleted || s == DealDisputed || s == DealCanceled || s == DealRefunded
}

// credible tells an amount that can be booked from none, and from one that no shop
// comes near.
func credible(a money.Amount) bool { return a > 0 && a <= ceiling }

// receive books the money of a completed deal, once. Where a dispute has changed
// the amount, what was booked is taken back and the other amount booked.
func (r Rules) receive(ch *Change, after *Deal, inv Invoice, standing *Transaction, created []Transaction) {
	switch {
	case after.Trouble != "", standing != nil && standing.Amount == after.Told:
		return
	case standing != nil:
		inv = r.giveBack(ch, after, inv, standing)
	}
	after.Payments++
	t := Transaction{
		TransID: after.payment(after.Payments), System: after.System, Number: after.Number, Amount: after.Told, Status: Confirmed,
		CreatedAt: ch.At, ConfirmedAt: ch.At, Day: r.Calendar.Day(ch.At), ConfirmedDay: r.Calendar.Day(ch.At),
		Source: dealSource(after.System), Reference: clip(after.ID), Late: after.late(),
	}
	t.Rate, t.RateAssumed = r.Tariffs.On(t.Source, t.ConfirmedDay)
	t.Unapplied = unapplied(inv, *after, t.Amount)
	after.TransID = t.TransID
	ch.Transactions = append(ch.Transactions, TransactionChange{Event: TransactionConfirmed, After: t})
	if t.Unapplied == "" {
		r.pay(ch, inv, t, created)
	}
}

// unapplied is why money that came does not pay its invoice; empty where it does. A
// refunded invoice is paid again only by the deal whose money had been taken back.
func unapplied(inv Invoice, d Deal, came money.Amount) Unapplied {
	switch inv.Status {
	case Paid:
		return PaidByAnother
	case Cancelled:
		return InvoiceShut
	case Refunded:
		if inv.PaidSystem != d.System || !d.madePayment(inv.PaidBy) {
			return InvoiceShut
		}
	}
	if came != inv.Amount {
		return OtherAmount
	}
	return ""
}

// giveBack takes the money of a deal out of the books, on the day on which that
// is learned, and returns the invoice as it is then.
func (r Rules) giveBack(ch *Change, after *Deal, inv Invoice, standing *Transaction) Invoice {
	after.TransID = ""
	if standing == nil || standing.Status != Confirmed {
		return inv
	}
	return r.takeBack(ch, inv, *standing)
}

// MaxDealID is how long a system's name for a deal may be, in bytes, and the shop's own
// name for one: so short that the names of its payments fit as well. A Dealer refuses
// longer ones.
const MaxDealID = 120

// Further bounds on what a system says of a deal.
const (
	maxDealURL   = 4000 // bytes
	mostPayments = 9_999_999
)

// keepable tells whether a system's name for a deal can be kept: it becomes that of
// its payment, and with a slash and a number those of further ones.
func keepable(id string) bool {
	return id != "" && len(id) <= MaxDealID && !strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r > '~' || r == '/' })
}

// TransIDs names every transaction that came of the deal, oldest first.
func (d Deal) TransIDs() []string {
	ids := make([]string, max(0, d.Payments))
	for i := range ids {
		ids[i] = d.payment(i + 1)
	}
	return ids
}

// payment names the nth transaction of a deal, from 1: the first as the system names
// the deal.
func (d Deal) payment(n int) string {
	if n < 2 {
		return d.ID
	}
	return d.ID + "/" + strconv.Itoa(n)
}

// madePayment tells whether a transaction came of the deal.
func (d Deal) madePayment(transID string) bool {
	return transID == d.ID || strings.HasPrefix(transID, d.ID+"/")
}

// dealSource is what a tariff names the payments of a system by that does not say
// what they were made with.
func dealSource(s System) string { return strings.ToUpper(string(s)) }

// become is the change that makes the deal another; empty where it is the same.
func (d Deal) become(after Deal, now Instant) Change {
	if d == after {
		return Change{}
	}
	event := DealChanged
	if d.State != after.State {
		event = after.event()
	}
	return Change{At: now, By: string(d.System), Deals: []DealChange{{Event: event, Before: &d, After: after}}}
}

// event is the one by which a deal came into its state.
func (d Deal) event() EventType { return EventType("deal." + d.State.String()) }

// Knows tells whether a payment system's word on a deal is nothing new.
func (d Deal) Knows(n DealNews, now Instant) bool { return n.ID == d.ID && d.heard(n, now) == d }
