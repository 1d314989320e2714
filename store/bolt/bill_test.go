package bolt_test

import (
	"errors"
	"testing"

	"tushum/store"
)

// bill is that of an invoice, of what the ledger has of it.
func (s *ledger) bill(n store.Number) store.Bill {
	s.t.Helper()
	inv, err := s.Invoice(s.t.Context(), n)
	must(s.t, inv, err)
	ts, deals, err := s.BillBasis(s.t.Context(), inv)
	must(s.t, deals, err)
	return s.Rules().Bill(inv, ts, deals, s.clock.instant())
}

// What a bill needs is read from the ledger, and nothing else.
func TestTheBasisOfABill(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	const less = fullPrice - 1

	n := s.topUp()
	s.begun("one", n)
	s.hears("one", store.DealCompleted, less)
	if b := s.bill(n); !b.Undecided || b.Payable() || b.State != store.BillReady {
		t.Errorf("with money to decide about it is %+v", b)
	}
	must(t, "", second(s.settle("id-of-one", true)))
	s.hears("one", store.DealDisputed, fullPrice)
	if b := s.bill(n); b.Undecided || b.State != store.BillPaid || b.Came != less || !b.OtherCame() {
		t.Errorf("paid by another sum, and disputed, it is %+v", b)
	}
	s.hears("one", store.DealRefunded, fullPrice)
	if b := s.bill(n); b.State != store.BillRefunded || b.Came != less {
		t.Errorf("given back, it is %+v", b)
	}

	n = s.topUp()
	s.begun("two", n)
	s.hears("two", store.DealClaimed, fullPrice)
	if b := s.bill(n); b.State != store.BillPaying || b.Deal.Ref != "two" {
		t.Errorf("claimed, it is %+v", b)
	}
	s.hears("two", store.DealCanceled, fullPrice)
	if b := s.bill(n); !b.Doubted || b.Payable() {
		t.Errorf("claimed and canceled, it is %+v", b)
	}
	wantCode(t, second(s.begin("three", n)), store.ClaimedBefore)
	o := store.DealOrder{Number: n, By: "malika", Ref: "four", Force: true}
	if d, begun, err := s.BeginDeal(t.Context(), o); err != nil || !begun || d.State != store.DealAsked {
		t.Errorf("where a person decides it: %+v, %v", d, err)
	}

	n = s.topUp()
	must(t, "", second(s.markPaid(n, false)))
	if b := s.bill(n); b.State != store.BillPaid || b.Came != fullPrice {
		t.Errorf("paid in cash, it is %+v", b)
	}
}

// Two payment systems may use one name: whose money is meant is said, and not guessed.
func TestTwoSystemsWithOneTransID(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.begun("one", s.topUp())
	inv := s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice, By: "malika"})
	mine := store.Attempt{System: store.Uzum, TransID: "id-of-one", Number: inv.Number, Amount: fullPrice}
	tx, err := s.Create(t.Context(), mine, func(store.Decided) store.Call { return store.Call{} })
	must(t, tx, err)
	if found, err := s.Transaction(t.Context(), "id-of-one"); err != nil || found.System != store.Uzum {
		t.Errorf("while one has it: %+v, %v", found, err)
	}
	s.hears("one", store.DealCompleted, fullPrice-1)

	_, err = s.Transaction(t.Context(), "id-of-one")
	wantCode(t, err, store.TransIDShared)
	var shared *store.Error
	if !errors.As(err, &shared) || shared.Detail != "oneclick, uzum" {
		t.Errorf("it is told as %v", err)
	}
	before := s.dump()
	wantCode(t, second(s.settle("id-of-one", true)), store.TransIDShared)
	if after := s.dump(); len(after) != len(before) || s.unsettled(0)[0] != "id-of-one" {
		t.Error("what was refused has changed something")
	}
	for _, system := range []store.System{store.Uzum, oneClick} {
		if found, err := s.TransactionOf(t.Context(), system, "id-of-one"); err != nil || found.System != system {
			t.Errorf("of %s: %+v, %v", system, found, err)
		}
	}
	events, err := s.Events(t.Context(), 0, 100)
	for _, e := range must(t, events, err) {
		if e.TransID == "" {
			continue
		}
		found, err := store.TransactionOfEvent(t.Context(), s.Store, e)
		if must(t, found, err).Number != e.Number {
			t.Errorf("%s is told of %+v", e.Type, found)
		}
	}
	wantCode(t, second(s.TransactionOf(t.Context(), store.Manual, "id-of-one")), store.TransactionNotFound)
	o := store.SettleOrder{System: store.Uzum, TransID: "id-of-one", By: "malika", Note: "kelishildi"}
	wantCode(t, second(s.Settle(t.Context(), o)), store.NotAllowed)
	o.System = oneClick
	if got, err := s.Settle(t.Context(), o); err != nil || got.System != oneClick || got.Settlement.At == 0 {
		t.Errorf("settled is %+v, %v", got, err)
	}
}
