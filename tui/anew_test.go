package tui

import (
	"path/filepath"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
)

// restored puts another store in the place of the one that is shown, as a
// restore does, and tells the screens.
func (s *stage) restored(fill func(*stage)) {
	s.t.Helper()
	st, err := bolt.Open(filepath.Join(s.t.TempDir(), "tushum.db"), bolt.Options{Rules: stageRules(), NoSync: true})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		if err := st.Close(); err != nil {
			s.t.Error(err)
		}
	})
	fill(&stage{t: s.t, store: st})
	s.inside(func() { s.m.Ledger = st })
	s.msgs <- happenedMsg{anew: true, flood: true}
	s.pass(time.Second)
}

// otherLife is another history of the same first invoice.
func otherLife(s *stage) {
	s.begin(s.issue(store.Draft{Amount: 44_000 * money.Som, Customer: store.Customer{Name: "Boshqa"}}), transID(900))
}

func TestTodayOfARestoredStore(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, weekend, func(s *stage) {
		later(s)
		s.pass(time.Second)
		s.press("tab") // marks stay
		s.paid(store.Draft{Amount: 7_500_000}, transID(210), "NEW")
		s.pass(time.Second)
		s.sees("Today ●")
		s.press("1", "down", "down")
		s.restored(otherLife)
		s.sees("Boshqa", "44 000", "0 payments")
		s.misses("Dildora", "Gulchehra", "●", "▸", "new ↑", "NEW")
		s.press("v")
		s.sees("nothing has been paid in any way yet")
	})
}

// Rows that are read again when the store is restored belong to nobody.
func TestTodayRowsOfAnotherLife(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		var old any
		s.inside(func() { old = todayOf(s).reread(s.m.desk)() })
		s.restored(otherLife)
		s.msgs <- old
		s.pass(0)
		s.sees("Boshqa")
		s.misses("Dildora", "Kamola")
	})
}

func TestCallsOfARestoredStore(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		aMorning(s)
		s.press("3", "down", "down")
		s.called(store.Call{Webhook: "status", Code: "10014"})
		s.sees("1 new ↑")
		s.restored(otherLife)
		s.sees("✓ create")
		s.misses("✓ confirm", "✗", "new ↑", "▸")
	})
}

func TestScreensOfARestoredStore(t *testing.T) {
	t.Parallel()
	begun := func(s *stage) store.Invoice {
		inv := s.issue(shampoo())
		s.begin(inv, transID(1))
		s.finish(transID(1), "UZCARD")
		s.pass(time.Second)
		inv, err := s.store.Invoice(s.t.Context(), inv.Number)
		s.must(err)
		return inv
	}
	for name, c := range map[string]struct {
		open         func(*stage, store.Invoice) screen
		had          string
		fill         func(*stage)
		sees, misses string
	}{
		"invoice": {func(s *stage, inv store.Invoice) screen { return newInvoice(s.m.desk, inv) }, "UZCARD", otherLife, "being paid", "UZCARD"},
		"invoice that is gone": {
			func(s *stage, inv store.Invoice) screen { return newInvoice(s.m.desk, inv) }, "payments", func(*stage) {}, "invoice 1000002 not found", "payments",
		},
		"code": {func(s *stage, inv store.Invoice) screen { return newCode(s.m.desk, inv) }, "UZCARD", otherLife, "being paid", "UZCARD"},
		"code that is gone": {
			func(s *stage, inv store.Invoice) screen { return newCode(s.m.desk, inv) }, "UZCARD", func(*stage) {}, "invoice 1000002 not found", "UZCARD",
		},
		"transaction": {func(s *stage, inv store.Invoice) screen {
			tx, err := s.store.Transaction(s.t.Context(), inv.PaidBy)
			s.must(err)
			return newTransaction(s.m.desk, tx)
		}, "confirm", func(s *stage) { // the same payment, as it stood before it was confirmed
			s.issue(store.Draft{Amount: 1_000_000})
			s.begin(s.issue(store.Draft{Amount: 2_000_000}), transID(7))
			s.begin(s.issue(shampoo()), transID(1))
		}, "1000028", "✓ confirm"},
		"transaction that is gone": {func(s *stage, inv store.Invoice) screen {
			tx, err := s.store.Transaction(s.t.Context(), inv.PaidBy)
			s.must(err)
			return newTransaction(s.m.desk, tx)
		}, "confirm", otherLife, transID(1) + " not found", "✓ create"},
		"call": {func(s *stage, inv store.Invoice) screen {
			return newCall(s.m.desk, store.Call{Seq: 9, Webhook: "create", Code: "10009", Number: inv.Number})
		}, "the invoice is closed (paid)", otherLife, "the invoice is closed (open)", "paid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			perform(t, 100, 40, nil, func(s *stage) {
				s.msgs <- pushMsg{c.open(s, begun(s))}
				s.pass(time.Second)
				s.sees(c.had)
				s.restored(c.fill)
				s.sees(c.sees)
				s.misses(c.misses)
			})
		})
	}
}
