package store

import (
	"slices"
	"strconv"
	"time"
)

// The bounds on attempts: whoever holds a link could otherwise have any number of
// deals made, and all of an invoice are read whenever it is looked at.
const (
	mostDeals       = 10
	mostDealsWithin = time.Hour
	mostDealsEver   = 100
)

// BeginDeal decides whether an attempt to pay begins. Where one is under way it is
// that one, and nothing changes: also where limits or a connection would not allow it
// any more, for its payer has the page already. deals are all of the invoice, and standing are the
// transactions that their TransIDs name: while staff have to decide about money that
// came already, nobody is asked for more, and after a Doubtful deal only by an order
// with Force.
func (r Rules) BeginDeal(inv Invoice, deals []Deal, standing []Transaction, o DealOrder, now Instant) (Deal, Change, error) {
	if err := r.Check(inv, inv.System, now); err != nil {
		return Deal{}, Change{}, err
	}
	if d, ok := CurrentDeal(deals, now); ok {
		return d, Change{}, nil
	}
	if err := r.checkDealing(inv, now); err != nil {
		return Deal{}, Change{}, err
	}
	switch {
	case undecided(standing):
		return Deal{}, Change{}, refuse(MoneyUndecided, inv)
	case !o.Force && doubted(deals):
		return Deal{}, Change{}, refuse(ClaimedBefore, inv)
	case len(deals) >= mostDealsEver:
		return Deal{}, Change{}, &Error{Code: TooManyDeals, Number: inv.Number, Status: inv.Status.String(), says: sayNoMoreDeals, hint: hintNewInvoice}
	case recentDeals(deals, now) >= mostDeals:
		return Deal{}, Change{}, refuse(TooManyDeals, inv)
	case o.Ref == "" || len(o.Ref) > MaxDealID:
		return Deal{}, Change{}, &Error{Code: Internal, Number: inv.Number, Detail: "a deal needs a name of at most " + strconv.Itoa(MaxDealID) + " bytes"}
	}
	if err := checkWhoAndWhy(o.By, ""); err != nil {
		return Deal{}, Change{}, err
	}
	d := Deal{Ref: o.Ref, System: inv.System, Number: inv.Number, Amount: inv.Amount, State: DealAsked, By: o.By, AskedAt: now}
	return d, Change{At: now, By: o.By, Deals: []DealChange{{Event: d.event(), After: d}}}, nil
}

// checkDealing refuses an open invoice for which no deal can be made now.
func (r Rules) checkDealing(inv Invoice, now Instant) error {
	if !r.Systems[inv.System].Can.Deals || inv.Reusable() {
		return &Error{Code: NotAllowed, Number: inv.Number, Status: inv.StatusAt(now).String(), Detail: "its payment system makes no deals"}
	}
	if err := r.checkConnection(inv.System); err != nil {
		return err
	}
	if err := r.checkAmount(inv, inv.Amount); err != nil {
		return err
	}
	return nil
}

// recentDeals counts the attempts that count for the bound. Those that a clock which
// has been set back since puts far ahead do not.
func recentDeals(deals []Deal, now Instant) (recent int) {
	for _, d := range deals {
		if d.AskedAt > now.Add(-mostDealsWithin) && d.AskedAt < now.Add(mostDealsWithin) {
			recent++
		}
	}
	return recent
}

// undecided tells whether money has come that waits for staff to decide about it.
func undecided(ts []Transaction) bool { return slices.ContainsFunc(ts, Transaction.Unsettled) }

// doubted tells whether the payer is asked for the money again only where a person
// decides it.
func doubted(deals []Deal) bool {
	_, doubtful := DoubtfulDeal(deals)
	return doubtful
}

// VoidDeal writes down that an attempt never came about. Only one of which the
// system is not known to have a deal can end so.
func (r Rules) VoidDeal(d Deal, why string, now Instant) Change {
	if d.State != DealAsked {
		return Change{}
	}
	after := d
	after.State, after.EndedAt, after.Why = DealVoid, now, clip(why)
	return d.become(after, now)
}

// CallOffDeal writes down that the system was asked to call a deal off. Of one that
// has ended, or that the system is not known to have, nothing is asked.
func (r Rules) CallOffDeal(d Deal, now Instant) Change {
	if d.ID == "" || d.State.ended() {
		return Change{}
	}
	after := d
	after.CalledAt = now
	return d.become(after, now)
}

// CheckClaims refuses what staff want to do to an invoice while a payer says that
// they have paid it by one of its deals, or the payment system looks into that. Staff
// may insist: then it is not asked for.
func CheckClaims(deals []Deal) error {
	for _, d := range deals {
		if !d.inFlight() {
			continue
		}
		says := sayClaimed
		if d.State == DealDisputed {
			says = sayDisputed
		}
		return &Error{Code: PaymentInFlight, Number: d.Number, Status: d.State.String(), says: says, hint: hintInsist}
	}
	return nil
}

// CheckUndecided refuses what staff want to do to an invoice while money that came
// for it waits for them to decide: to take the same sum once more, or to close the
// invoice, is most often not what they mean. They may insist: then it is not asked
// for. standing is as for BeginDeal.
func CheckUndecided(standing []Transaction) error {
	for _, t := range standing {
		if t.Unsettled() {
			return &Error{Code: MoneyUndecided, Number: t.Number, TransID: t.TransID, System: t.System, Got: t.Amount, says: sayUndecided, hint: hintDecideFirst}
		}
	}
	return nil
}
