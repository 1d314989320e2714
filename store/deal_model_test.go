package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tushum/internal/money"
	"tushum/store"
)

// dealRun plays anything that can happen to invoices that are paid by deals, and
// reckons apart from the rules how much money there must be.
type dealRun struct {
	*dealShop
	numbers []store.Number
	money   map[int]money.Amount // by deal: what the system last said that it brought
	others  money.Amount         // what came by hand and by calls
	calls   int
}

func newDealRun() *dealRun { return &dealRun{dealShop: newDealShop(), money: map[int]money.Amount{}} }

var dealActions = map[string]func(*dealRun, dice) error{
	"issue": (*dealRun).open, "begin": (*dealRun).start, "begin again": (*dealRun).insist, "void": (*dealRun).giveUp, "call off": (*dealRun).ask,
	"tell": (*dealRun).hear, "tell again": (*dealRun).hear, "complete": (*dealRun).complete, "other": (*dealRun).other,
	"cancel": (*dealRun).close, "cash": (*dealRun).byHandPaid, "settle": (*dealRun).decide, "reopen": (*dealRun).again,
	"create": (*dealRun).attempt, "confirm": (*dealRun).confirmed, "clock": (*dealRun).tick,
}

func (r *dealRun) open(d dice) error {
	if len(r.numbers) < 3 {
		r.numbers = append(r.numbers, r.issue([...]store.Instant{0, r.now.Add(time.Hour)}[d.roll("expires", 2)]))
	}
	return nil
}

func (r *dealRun) number(d dice) (store.Number, bool) {
	if len(r.numbers) == 0 {
		return 0, false
	}
	return r.numbers[d.roll("invoice", len(r.numbers))], true
}

// allowRefusal lets the refusals of the rules pass, and nothing else.
func allowRefusal(err error) error {
	if err != nil && store.CodeOf(err) == "" {
		return err
	}
	return nil
}

func (r *dealRun) start(d dice) error { return r.startBy(d, false) }

// insist begins one as a person does who has decided it.
func (r *dealRun) insist(d dice) error { return r.startBy(d, true) }

func (r *dealRun) startBy(d dice, force bool) error {
	n, ok := r.number(d)
	if !ok {
		return nil
	}
	was := len(r.deals)
	deal, err := r.begin(n, force)
	if err == nil && len(r.deals) == was && !slices.Contains(r.deals, deal) {
		return broken(asTheModel, "begin answers a deal that is not kept: %+v", deal)
	}
	return allowRefusal(err)
}

// deal picks one of the last.
func (r *dealRun) deal(d dice) (seq int, ok bool) {
	if len(r.deals) == 0 {
		return 0, false
	}
	return len(r.deals) - d.roll("deal", min(4, len(r.deals))), true
}

func (r *dealRun) hear(d dice) error {
	seq, ok := r.deal(d)
	if !ok {
		return nil
	}
	states := append(dealStates(), 0)
	n := store.DealNews{State: states[d.roll("state", len(states))], Amount: [...]money.Amount{dealDue, dealDue, dealDue - 1, 0}[d.roll("amount", 4)]}
	if d.roll("expires", 3) == 0 {
		n.ExpiresAt = r.now.Add(time.Duration(d.roll("within", 3)-1) * time.Hour)
	}
	return r.said(seq, n)
}

func (r *dealRun) complete(d dice) error {
	seq, ok := r.deal(d)
	if !ok {
		return nil
	}
	return r.said(seq, store.DealNews{State: store.DealCompleted, Amount: [...]money.Amount{dealDue, dealDue, dealDue + 1}[d.roll("amount", 3)]})
}

// said tells a word, and reckons what it brings.
func (r *dealRun) said(seq int, n store.DealNews) error {
	if err := r.tell(seq, n); err != nil {
		return err
	}
	switch {
	case n.State == store.DealCompleted && n.Amount > 0:
		r.money[seq] = n.Amount
	case n.State == store.DealCanceled, n.State == store.DealRefunded:
		delete(r.money, seq)
	}
	n.ID = fmt.Sprint("deal", seq)
	if !r.deals[seq-1].Knows(n, r.now) {
		return broken(asTheModel, "deal %d is told %+v and does not know it: %+v", seq, n, r.deals[seq-1])
	}
	before := len(r.events)
	if err := r.tell(seq, n); err != nil || len(r.events) != before {
		return broken(asTheModel, "what is known is news, %v: %+v", err, n)
	}
	return nil
}

// other answers about another deal.
func (r *dealRun) other(d dice) error {
	seq, ok := r.deal(d)
	if !ok || r.deals[seq-1].ID == "" {
		return nil
	}
	err := r.tell(seq, store.DealNews{ID: "another", State: store.DealCompleted, Amount: dealDue})
	if store.CodeOf(err) != store.Invalid {
		return broken(asTheModel, "another deal's word is taken: %v", err)
	}
	return nil
}

func (r *dealRun) giveUp(d dice) error {
	if seq, ok := r.deal(d); ok {
		return r.void(seq)
	}
	return nil
}

func (r *dealRun) ask(d dice) error {
	if seq, ok := r.deal(d); ok {
		return r.callOff(seq)
	}
	return nil
}

func (r *dealRun) close(d dice) error {
	if n, ok := r.number(d); ok && d.roll("really", 4) == 0 {
		return allowRefusal(r.cancel(n, d.roll("force", 2) == 1))
	}
	return nil
}

func (r *dealRun) byHandPaid(d dice) error {
	n, ok := r.number(d)
	if !ok {
		return nil
	}
	err := r.cash(n, d.roll("force", 2) == 1)
	if err == nil {
		r.others += dealDue
	}
	return allowRefusal(err)
}

func (r *dealRun) again(d dice) error {
	if n, ok := r.number(d); ok {
		return allowRefusal(r.reopen(n, 0))
	}
	return nil
}

// decide settles some of the money, most often what waits for it.
func (r *dealRun) decide(d dice) error {
	ids := r.unsettled()
	if len(ids) == 0 || d.roll("any", 8) == 0 {
		ids = r.order
	}
	if len(ids) == 0 {
		return nil
	}
	return allowRefusal(r.settle(ids[d.roll("money", len(ids))], d.roll("apply", 2) == 1, d.roll("force", 2) == 1))
}

func (r *dealRun) attempt(d dice) error {
	n, ok := r.number(d)
	if !ok {
		return nil
	}
	r.calls++
	return allowRefusal(r.called(fmt.Sprint("called", r.calls), n))
}

func (r *dealRun) confirmed(d dice) error {
	id := fmt.Sprint("called", r.calls-d.roll("call", 2))
	if r.transactions[id].Status == 0 {
		return nil
	}
	err := r.confirmCalled(id)
	if err == nil {
		r.others += dealDue
	}
	return allowRefusal(err)
}

func (r *dealRun) tick(d dice) error {
	by := [...]time.Duration{time.Second, time.Minute, ttl, time.Hour, 48 * time.Hour}[d.roll("by", 5)]
	if d.roll("back", 3) == 0 {
		by = -by
	}
	r.move(by)
	return allowRefusal(r.sweep())
}

func (r *dealRun) check() error {
	if err := r.dealShop.check(); err != nil {
		return err
	}
	want := r.others
	for seq, came := range r.money {
		want += came
		if t := r.transactions[r.deals[seq-1].TransID]; t.Status != store.Confirmed || t.Amount != came {
			return broken(asTheModel, "deal %d brought %d, and %+v stands", seq, came, t)
		}
	}
	if r.net() != want {
		return broken(totalsAddUp, "%d is booked, %d came", r.net(), want)
	}
	for _, d := range r.deals {
		if _, brought := r.money[int(d.Seq)]; !brought && d.TransID != "" {
			return broken(asTheModel, "deal %d brought nothing, and %s stands", d.Seq, d.TransID)
		}
	}
	return r.checkBillsOfDeals()
}

// checkBillsOfDeals sees that a page offers to pay what the ledger lets be paid.
func (r *dealRun) checkBillsOfDeals() error {
	for _, n := range r.numbers {
		deals := r.dealsOf(n)
		b := r.rules.Bill(r.invoices[n], allOf(r.keeper, n), deals, r.now)
		o := store.DealOrder{Number: n, By: "payer", Ref: "never kept"}
		_, _, err := r.rules.BeginDeal(r.invoices[n], deals, r.standing(deals...), o, r.now)
		code := store.CodeOf(err)
		if current := b.Deal.Seq != 0; current && code == store.TooManyDeals || b.Payable() && !current && err != nil && code != store.TooManyDeals {
			return broken(billTrue, "the bill of %s is payable, by deal %d, and a deal is answered %v", n, b.Deal.Seq, err)
		}
		if (b.Undecided || b.Doubted) && b.Payable() || b.Doubted && err == nil || !b.Doubted && code == store.ClaimedBefore {
			return broken(billTrue, "the bill of %s asks for more", n)
		}
	}
	return nil
}

// However deals, staff, calls and the clock take turns, the books hold what came and
// stayed, an invoice is paid once, and an audit finds nothing.
func TestDealsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { repeat(t, newDealRun(), dealActions) })
}

// Long runs by seed see every answer that the rules have, so that the test above is
// known to have looked at each.
func TestDealRunsSeeEveryAnswer(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for seed := range uint64(30) {
		r := newDealRun()
		if err := play(r, dealActions, seed, 400); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for answer, n := range r.answer {
			seen[answer] += n
		}
	}
	for action, codes := range map[string][]store.Code{
		"begin":  {"", store.AlreadyPaid, store.InvoiceClosed, store.MoneyUndecided, store.ClaimedBefore},
		"tell":   {"", store.Invalid},
		"settle": {"", store.NotAllowed, store.AlreadyPaid, store.PaymentInFlight},
		"cancel": {"", store.PaymentInFlight}, "cash": {"", store.PaymentInFlight, store.MoneyUndecided, store.AlreadyPaid},
		"confirm": {"", store.NotConfirmable},
	} {
		for _, code := range codes {
			if seen[action+" "+string(code)] == 0 {
				t.Errorf("no run has seen %s answered %q", action, code)
			}
		}
	}
}
