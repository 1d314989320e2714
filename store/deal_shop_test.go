package store_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// dealShop is a keeper that also keeps deals. Its invoices are of a system that makes
// them.
type dealShop struct {
	*keeper
	deals  []store.Deal
	left   map[string]store.EventType // by Ref: the event that left a deal as it is
	answer map[string]int             // what was answered, to know that runs see it all
}

func newDealShop() *dealShop {
	return &dealShop{keeper: newKeeper(createdOf), left: map[string]store.EventType{}, answer: map[string]int{}}
}

// dealDue is what every invoice of a dealShop asks for, in tiyin.
const dealDue = 130_000 * money.Som

func (s *dealShop) keep(op string, ch store.Change, refusal error) error {
	s.answer[op+" "+string(store.CodeOf(refusal))]++
	if err := s.keeper.keep(op, ch, refusal); err != nil {
		return err
	}
	for _, c := range ch.Deals {
		d := c.After
		if c.Before == nil {
			d.Seq = uint64(len(s.deals) + 1)
			s.deals = append(s.deals, d)
		} else if s.deals[d.Seq-1] != *c.Before {
			return fmt.Errorf("deal %s was changed meanwhile", d.Ref)
		}
		s.deals[d.Seq-1] = d
		s.left[d.Ref] = c.Event
	}
	return nil
}

func (s *dealShop) issue(expires store.Instant) store.Number {
	n, err := s.keeper.issue(store.Draft{Kind: store.TopUp, Amount: dealDue, By: "malika", ExpiresAt: expires})
	if err != nil {
		panic(err)
	}
	return n
}

func (s *dealShop) dealsOf(n store.Number) (deals []store.Deal) {
	for _, d := range slices.Backward(s.deals) {
		if d.Number == n {
			deals = append(deals, d)
		}
	}
	return deals
}

func (s *dealShop) standing(deals ...store.Deal) (ts []store.Transaction) {
	for _, d := range deals {
		if d.TransID != "" {
			ts = append(ts, s.transactions[d.TransID])
		}
	}
	return ts
}

func (s *dealShop) begin(n store.Number, force bool) (store.Deal, error) {
	deals := s.dealsOf(n)
	o := store.DealOrder{Number: n, By: "payer", Force: force, Ref: fmt.Sprint("ref", len(s.deals)+1)}
	d, ch, err := s.rules.BeginDeal(s.invoices[n], deals, s.standing(deals...), o, s.now)
	if err := s.keep("begin", ch, err); err != nil || ch.Empty() {
		return d, err
	}
	return s.deals[len(s.deals)-1], nil
}

// tell hands the system's word to the rules, for the deal of a place from 1.
func (s *dealShop) tell(seq int, n store.DealNews) error {
	d := s.deals[seq-1]
	if n.ID == "" {
		n.ID = fmt.Sprint("deal", seq)
	}
	var standing *store.Transaction
	if ts := s.standing(d); len(ts) > 0 {
		standing = &ts[0]
	}
	ch, err := s.rules.TellDeal(d, s.invoices[d.Number], standing, s.shown(s.keeper, d.Number), n, s.now)
	return s.keep("tell", ch, err)
}

func (s *dealShop) void(seq int) error {
	return s.keep("void", s.rules.VoidDeal(s.deals[seq-1], "not there", s.now), nil)
}

func (s *dealShop) callOff(seq int) error {
	return s.keep("call off", s.rules.CallOffDeal(s.deals[seq-1], s.now), nil)
}

// undecided adds what the rules of cancelling and of cash do not look at.
func (s *dealShop) undecided(n store.Number, force bool, ch store.Change, err error) (store.Change, error) {
	if err == nil && !force {
		err = store.CheckUndecided(s.standing(s.dealsOf(n)...))
	}
	return s.claims(n, force, ch, err)
}

// claims adds what the rule of a staff action does not look at.
func (s *dealShop) claims(n store.Number, force bool, ch store.Change, err error) (store.Change, error) {
	if err == nil && !force {
		err = store.CheckClaims(s.dealsOf(n))
	}
	if err != nil {
		ch = store.Change{}
	}
	return ch, err
}

func (s *dealShop) cancel(n store.Number, force bool) error {
	o := store.CancelOrder{Number: n, By: "malika", Force: force}
	ch, err := s.rules.Cancel(s.invoices[n], s.shown(s.keeper, n), o, s.now)
	ch, err = s.undecided(n, force, ch, err)
	return s.keep("cancel", ch, err)
}

func (s *dealShop) cash(n store.Number, force bool) error {
	s.byHand++
	p := store.ManualPayment{Number: n, By: "malika", Source: "CASH", Reason: "naqd", Force: force}
	ch, err := s.rules.MarkPaid(s.invoices[n], s.shown(s.keeper, n), p, fmt.Sprint("hand", s.byHand), s.now)
	ch, err = s.undecided(n, force, ch, err)
	return s.keep("cash", ch, err)
}

func (s *dealShop) settle(id string, apply, force bool) error {
	t := s.transactions[id]
	o := store.SettleOrder{TransID: id, By: "malika", Note: "kelishildi", Apply: apply, Force: force}
	ch, err := s.rules.Settle(s.invoices[t.Number], t, s.shown(s.keeper, t.Number), o, s.now)
	ch, err = s.claims(t.Number, force || !apply, ch, err)
	return s.keep("settle", ch, err)
}

// called is a payment that comes by calls instead of a deal.
func (s *dealShop) called(id string, n store.Number) error {
	ch, err := s.rules.Create(s.invoices[n], store.Attempt{System: oneClick, TransID: id, Number: n, Amount: dealDue}, s.now)
	return s.keep("create", ch, err)
}

func (s *dealShop) confirmCalled(id string) error {
	t := s.transactions[id]
	ch, err := s.rules.Confirm(s.invoices[t.Number], t, s.shown(s.keeper, t.Number), store.Confirmation{System: oneClick, TransID: id, Source: "HUMO"}, s.now)
	return s.keep("confirm", ch, err)
}

// unsettled names the money that somebody has to decide about.
func (s *dealShop) unsettled() (ids []string) {
	for _, id := range s.order {
		if s.transactions[id].Unsettled() {
			ids = append(ids, id)
		}
	}
	return ids
}

// net is what the books say came and stayed, in tiyin.
func (s *dealShop) net() (sum money.Amount) {
	for _, t := range s.totals {
		sum += t.Amount - t.ReversedAmount
	}
	return sum
}

// told is all of the shop in words: the deals, the invoice, each transaction.
func (s *dealShop) told(n store.Number) string {
	var parts []string
	for _, d := range s.deals {
		word := d.State.String()
		if d.Trouble != "" {
			word += "(" + string(d.Trouble) + ")"
		}
		parts = append(parts, word)
	}
	parts = append(parts, "| "+s.invoices[n].Status.String()+" |")
	for _, id := range s.order {
		parts = append(parts, s.money(s.transactions[id]))
	}
	return strings.Join(parts, " ")
}

// money is a transaction in words: its name, what became of it, its thousands.
func (s *dealShop) money(t store.Transaction) string {
	word := fmt.Sprintf("%s:%s:%d", t.TransID, strings.ToLower(t.Status.String()), t.Amount/(1000*money.Som))
	if t.Unapplied != "" {
		word += ":" + string(t.Unapplied)
	}
	if t.Settlement.At != 0 {
		word += ":settled"
	}
	if t.Late {
		word += ":late"
	}
	return word
}

// check holds the shop to what verify and everybody else expect of it.
func (s *dealShop) check() error {
	for n, inv := range s.invoices {
		ts := allOf(s.keeper, n)
		if err := inv.Audit(ts); err != nil {
			return broken(auditPasses, "invoice %s: %v", n, err)
		}
		applied := 0
		for _, t := range ts {
			if t.Status == store.Confirmed && t.Applied() {
				applied++
			}
		}
		if applied > 1 || (inv.Status == store.Paid) != (applied == 1) {
			return broken(onePayment, "%s is %s with %d payments", n, inv.Status, applied)
		}
	}
	for _, d := range s.deals {
		if err := s.checkDeal(d); err != nil {
			return err
		}
	}
	last := map[string]store.EventType{}
	for _, e := range s.events {
		last[recordOf(e)] = e.Type
	}
	for id, t := range s.transactions {
		if err := t.Audit(); err != nil || !t.MayEndWith(last[id]) {
			return broken(auditPasses, "%s after %s: %v", id, last[id], err)
		}
	}
	return s.checkSums()
}

func (s *dealShop) checkDeal(d store.Deal) error {
	if err := d.Audit(); err != nil || !d.MayEndWith(s.left[d.Ref]) {
		return broken(auditPasses, "deal %s after %s: %v", d.Ref, s.left[d.Ref], err)
	}
	for _, id := range d.TransIDs() {
		t := s.transactions[id]
		if id == d.TransID && !d.StandsFor(t) || id != d.TransID && t.Status != store.Reversed {
			return broken(auditPasses, "deal %s is %s, its money %s is %s", d.Ref, d.State, id, t.Status)
		}
	}
	return nil
}

func (s *dealShop) checkSums() error {
	sum := map[store.TotalKey]store.Total{}
	for _, t := range s.transactions {
		for _, move := range t.TotalMoves() {
			sum[move.TotalKey] = sum[move.TotalKey].Add(move)
		}
	}
	for key, want := range sum {
		if got := s.totals[key]; got.Amount != want.Amount || got.ReversedAmount != want.ReversedAmount || got.Fee != want.Fee || got.Count != want.Count {
			return broken(totalsAddUp, "%+v: kept %+v, recomputed %+v", key, got, want)
		}
	}
	if len(sum) != len(s.totals) {
		return broken(totalsAddUp, "%d are kept, %d were moved", len(s.totals), len(sum))
	}
	return nil
}

// move moves the clock.
func (s *dealShop) move(by time.Duration) { s.now = s.now.Add(by) }
