package store_test

import (
	"fmt"
	"testing"

	"tushum/internal/money"
	"tushum/store"
)

// A deal of visit in the tables, whose money would be of these names.
const (
	dealID    = "66f1c0ffee00000000000001"
	dealAgain = dealID + "/2"
)

// dealIn is a deal of visit in a state, with what that state brings along.
func dealIn(s store.DealState) store.Deal {
	d := store.Deal{Seq: 1, Ref: "ref", System: oneClick, Number: visit().Number, Amount: visit().Amount, State: s, By: "payer", AskedAt: noon}
	if s != store.DealAsked && s != store.DealVoid {
		d.ID, d.MadeAt = dealID, noon
	}
	if s >= store.DealCompleted {
		d.EndedAt = noon
	}
	if s == store.DealCanceled || s == store.DealExpired {
		d.LapsedAt = noon
	}
	if s == store.DealCompleted {
		d.Payments, d.TransID, d.Told = 1, dealID, visit().Amount
	}
	return d
}

// disputedMoney is a deal whose money is in the books, and disputed.
func disputedMoney() store.Deal {
	d := dealIn(store.DealDisputed)
	d.Payments, d.TransID, d.Told = 1, dealID, visit().Amount
	return d
}

// dealMoney is the transaction that stands for the money of such deals.
func dealMoney(amount money.Amount) store.Transaction {
	t := transactionIn(store.Confirmed)
	t.TransID, t.System, t.ServiceID, t.Amount, t.Source = dealID, oneClick, 0, amount, "ONECLICK"
	return t
}

// place is an invoice on which money of a deal can fall.
type place struct {
	name string
	inv  store.Invoice
	own  bool // the deal's money has paid it, or had before it was taken back
	shut store.Unapplied
}

func places() []place {
	of := func(s store.InvoiceStatus) store.Invoice {
		inv := invoiceIn(s)
		inv.System = oneClick
		return inv
	}
	by := func(s store.InvoiceStatus) store.Invoice {
		inv := of(s)
		inv.PaidBy, inv.PaidSystem = dealID, oneClick
		return inv
	}
	late := of(store.Open)
	late.ExpiresAt = noon
	return []place{
		{"open", of(store.Open), false, ""},
		{"expired by the clock", late, false, ""},
		{"expired", of(store.Expired), false, ""},
		{"paid by another", of(store.Paid), false, store.PaidByAnother},
		{"paid by it", by(store.Paid), true, store.PaidByAnother},
		{"cancelled", of(store.Cancelled), false, store.InvoiceShut},
		{"refunded by another", of(store.Refunded), false, store.InvoiceShut},
		{"refunded by it", by(store.Refunded), true, ""},
	}
}

// word is what a system says, and what must come of it where money stands and where
// none does.
type word struct {
	name    string
	state   store.DealState
	amount  money.Amount
	trouble store.DealTrouble // where nothing stands
	follows bool              // it may follow money
}

func words() []word {
	full := visit().Amount
	return []word{
		{"gibberish", 0, full, store.UnknownStatus, false},
		{"asked, which no system says", store.DealAsked, full, store.UnknownStatus, false},
		{"void, which no system says", store.DealVoid, full, store.UnknownStatus, false},
		{"open", store.DealOpen, full, "", false},
		{"claimed", store.DealClaimed, full, "", false},
		{"disputed", store.DealDisputed, full, "", true},
		{"completed", store.DealCompleted, full, "", true},
		{"completed with less", store.DealCompleted, full - 1, "", true},
		{"completed with more", store.DealCompleted, full + 1, "", true},
		{"completed without an amount", store.DealCompleted, 0, store.NoAmount, false},
		{"completed with less than nothing", store.DealCompleted, -1, store.NoAmount, false},
		{"canceled", store.DealCanceled, full, "", true},
		{"expired", store.DealExpired, full, "", false},
		{"refunded", store.DealRefunded, 0, "", true},
	}
}

// expect is what must come of a word, reckoned apart from the rules.
type expect struct {
	state   store.DealState
	trouble store.DealTrouble
	back    bool // the money that stood is taken back
	comes   bool // money comes
	reason  store.Unapplied
}

func (w word) expect(d store.Deal, p place) expect {
	full, stands := visit().Amount, d.TransID != ""
	e := expect{state: w.state, trouble: w.trouble}
	switch {
	case stands && w.trouble != "":
		return expect{state: d.State, trouble: w.trouble}
	case stands && !w.follows:
		return expect{state: d.State, trouble: store.UnknownStatus}
	case w.trouble == store.NoAmount:
		return expect{state: store.DealClaimed, trouble: w.trouble}
	case w.trouble != "":
		if e.state = d.State; d.ID == "" {
			e.state = store.DealOpen
		}
		return e
	}
	e.comes = w.state == store.DealCompleted && !(stands && w.amount == full)
	e.back = stands && (e.comes || w.state == store.DealCanceled || w.state == store.DealRefunded)
	if e.reason = p.shut; e.back && p.inv.Status == store.Paid && p.own {
		e.reason = "" // it is refunded by then, by this very deal
	}
	if e.comes && e.reason == "" && w.amount != full {
		e.reason = store.OtherAmount
	}
	return e
}

// dealStates are all states that a record can have.
func dealStates() []store.DealState {
	var all []store.DealState
	for s := store.DealAsked; s.String() != ""; s++ {
		all = append(all, s)
	}
	return all
}

// TestTellDealIsATable tries every word in every state, on every invoice, with money
// in the books and without.
func TestTellDealIsATable(t *testing.T) {
	t.Parallel()
	deals := []store.Deal{disputedMoney()}
	for _, s := range dealStates() {
		deals = append(deals, dealIn(s))
	}
	for _, d := range deals {
		for _, p := range places() {
			if d.TransID == "" && p.own && p.inv.Status == store.Paid || d.TransID != "" && p.own && p.inv.Status == store.Refunded {
				continue // no deal stands so
			}
			for _, w := range words() {
				t.Run(fmt.Sprintf("%s %s/%s/%s", d.State, d.TransID, p.name, w.name), func(t *testing.T) {
					t.Parallel()
					tellOnce(t, d, p, w)
				})
			}
		}
	}
}

func tellOnce(t *testing.T, d store.Deal, p place, w word) {
	t.Helper()
	if p.own {
		d.Payments = max(d.Payments, 1)
	}
	standing, before := stands(d, p)
	news := store.DealNews{ID: dealID, State: w.state, Word: w.name, Amount: w.amount}
	ch, err := shopRules().TellDeal(d, p.inv, standing, nil, news, noon+1)
	wantCode(t, err, "")
	after, want := d, w.expect(d, p)
	if len(ch.Deals) > 0 {
		after = ch.Deals[0].After
	}
	if after.State != want.state || after.Trouble != want.trouble || after.Word != w.name || after.ID != dealID {
		t.Errorf("it is %+v, want %+v", after, want)
	}
	if err := after.Audit(); err != nil {
		t.Errorf("an audit of the deal says %v", err)
	}
	came, back := money.Amount(0), money.Amount(0)
	ts := map[string]store.Transaction{}
	if before != nil {
		ts[before.TransID] = *before
	}
	for _, c := range ch.Transactions {
		if err := c.After.Audit(); err != nil {
			t.Errorf("an audit of %s says %v", c.After.TransID, err)
		}
		move, _ := c.TotalMove()
		came, back = came+move.Amount, back+move.ReversedAmount
		ts[c.After.TransID] = c.After
	}
	if (came != 0) != want.comes || want.comes && came != w.amount || (back != 0) != want.back {
		t.Errorf("%d comes and %d goes, want %+v", came, back, want)
	}
	if got := ts[after.TransID].Unapplied; want.comes && got != want.reason {
		t.Errorf("it is unapplied because of %q, want %q", got, want.reason)
	}
	auditInvoice(t, p, ch, ts)
}

// stands is the money of a deal in the books: as the deal names it, and as the invoice
// has it.
func stands(d store.Deal, p place) (standing, known *store.Transaction) {
	if d.TransID == "" {
		return nil, nil
	}
	tx := dealMoney(d.Told)
	if !p.own {
		tx.Unapplied = p.shut
		if tx.Unapplied == "" {
			tx.Unapplied = store.OtherAmount
		}
	}
	return &tx, &tx
}

// auditInvoice holds the invoice against all of its money, that of others among it.
func auditInvoice(t *testing.T, p place, ch store.Change, ts map[string]store.Transaction) {
	t.Helper()
	inv := p.inv
	for _, c := range ch.Invoices {
		inv = c.After
	}
	all := make([]store.Transaction, 0, len(ts)+1)
	for _, tx := range ts {
		all = append(all, tx)
	}
	if p.inv.Status == store.Paid && !p.own {
		all = append(all, transactionIn(store.Confirmed))
	}
	if err := inv.Audit(all); err != nil {
		t.Errorf("an audit of the invoice says %v", err)
	}
	if len(ch.Invoices) > 0 && !inv.MayEndWith(ch.Invoices[len(ch.Invoices)-1].Event) {
		t.Errorf("the invoice is %s after %+v", inv.Status, ch.Invoices)
	}
}
