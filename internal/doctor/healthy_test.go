package doctor_test

import (
	"context"
	"testing"

	"tushum/internal/doctor"
	"tushum/store"
)

func TestAHealthyShopPasses(t *testing.T) {
	t.Parallel()
	s := open(t, plan{})
	s.subject.Bank = &doctor.Pair{Login: "bank", Password: bankPassword}
	for name, r := range s.examine(t) {
		w := want{status: doctor.Passed}
		switch name {
		case "clock.drift":
			w.status = doctor.Skipped // the bank has not called yet
		case "public.url":
			w = trying
		}
		w.hold(t, name, r)
	}
}

func TestAnExaminationLeavesNoTrace(t *testing.T) {
	t.Parallel()
	s := open(t, plan{})
	s.subject.Bank = &doctor.Pair{Login: "bank", Password: bankPassword} // a right one would be taken for the bank's call
	s.examine(t)
	ctx := context.Background()
	invoices, err := s.store.Invoices(ctx, store.InvoiceQuery{})
	if err != nil || len(invoices) > 0 {
		t.Errorf("invoices: %v, %v", invoices, err)
	}
	transactions, err := s.store.Transactions(ctx, store.TransactionQuery{})
	if err != nil || len(transactions) > 0 {
		t.Errorf("transactions: %v, %v", transactions, err)
	}
	events, err := s.store.LastEvent(ctx)
	if err != nil || events > 0 {
		t.Errorf("events: %d, %v", events, err)
	}
	// A call of the bank's comes into the journal behind whatever came before it.
	last := s.bankClient(t)
	if _, err := last.Check(ctx, "9999999990"); err != nil {
		t.Fatal(err)
	}
	if err := s.store.Close(); err != nil { // which writes the journal's lines down
		t.Fatal(err)
	}
	s.openStore(t)
	calls, err := s.store.Calls(ctx, store.CallQuery{})
	if err != nil || len(calls) != 1 {
		t.Errorf("calls: %v, %v", calls, err)
	}
}
