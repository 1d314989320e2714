package tui

import (
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// dealt95 is an invoice of 95 000 by deal, whose code is in front.
func (s *stage) dealt95() store.Invoice {
	s.t.Helper()
	inv := s.issue(store.Draft{Amount: 95_000 * money.Som, Customer: store.Customer{Name: "Aziza Karimova"}})
	s.code(inv)
	return inv
}

// less has 90 000 come for an invoice of 95 000.
func (s *stage) less() store.Invoice {
	s.t.Helper()
	inv := s.dealt95()
	s.tell(inv, store.DealCompleted, 90_000*money.Som)
	s.press("esc")
	s.pass(5 * time.Second) // for the notice to go
	return inv
}

func cards() *dealMaker { return &dealMaker{to: aCard, lasts: 15 * time.Minute} }

func TestMoneyToDecideAboutIsShown(t *testing.T) {
	t.Parallel()
	for name, play := range map[string]func(*stage){
		"today":   func(s *stage) { s.less() },
		"payment": func(s *stage) { s.less(); s.press("u") },
		"question": func(s *stage) {
			s.less()
			s.press("u", "h")
			s.pass(time.Second)
		},
		"decided": func(s *stage) {
			s.less()
			s.press("u", "h")
			s.pass(time.Second)
			s.press("down")
			s.enter("given back")
			s.press("enter")
			s.pass(5 * time.Second)
		},
		"invoice": func(s *stage) { s.less(); s.press("2", "down", "enter") },
		"invoice with deals": func(s *stage) {
			inv := s.dealt95()
			s.tell(inv, store.DealCanceled, 0)
			s.press("r")
			s.tell(inv, 0, 0)
			s.press("esc", "2", "down", "enter")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, func(s *stage, o *Options) { s.deals = cards(); dealt(s.deals, false)(s, o) }, play)
		})
	}
}

func TestMoneyIsDecidedAbout(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, dealt(cards(), false), func(s *stage) {
		inv := s.less()
		s.sees("! to decide: 1, 90 000 u", "! to decide")
		s.press("u")
		s.sees("90 000 came, 95 000 was asked: decide")
		s.press("h")
		s.pass(time.Second)
		s.sees("what becomes of this money?", "it pays this invoice", "dealt with otherwise")
		s.press("enter")
		s.sees("say what was done")
		s.enter("a discount was promised")
		s.press("enter")
		s.sees("✓ decided 21.11.2026", "by till:aziza: it pays the invoice", "a discount was promised")
		s.press("h")
		s.notices("there is nothing to decide about")
		if paid, err := s.store.Invoice(t.Context(), inv.Number); err != nil || paid.Status != store.Paid {
			t.Errorf("the invoice is %v, %v", paid.Status, err)
		}
		s.press("esc")
		s.misses("! to decide")
		s.press("u")
		s.notices("there is no money to decide about")
	})
}

// Money that came for an invoice which is paid can't pay it once more: that is not
// offered.
func TestMoneyForAPaidInvoiceIsDecidedAboutOtherwise(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, dealt(cards(), false), func(s *stage) {
		inv := s.less()
		_, err := s.store.MarkPaid(t.Context(), store.ManualPayment{Number: inv.Number, By: "till:aziza", Reason: "cash", Source: "CASH", Force: true})
		s.must(err)
		s.press("u")
		s.sees("✓ money came", "90 000 came, 95 000 was asked: decide")
		s.press("h")
		s.pass(time.Second)
		s.sees("what becomes of this money?", "dealt with otherwise: given back, or kept for", "another purpose")
		s.misses("it pays this invoice")
		s.enter("given back")
		s.press("enter")
		s.sees("✓ decided 21.11.2026")
		txs, err := s.store.Transactions(t.Context(), store.TransactionQuery{Number: inv.Number})
		s.must(err)
		for _, tx := range txs {
			if tx.Unapplied != "" && (tx.Settlement.At == 0 || tx.Settlement.Applied) {
				t.Errorf("it is settled so: %+v", tx.Settlement)
			}
		}
	})
}

// Of several it is asked which; a decision that was taken elsewhere takes the line away.
func TestMoneyOfSeveralIsChosen(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, dealt(cards(), false), func(s *stage) {
		s.less()
		s.less()
		s.sees("to decide: 2, 180 000 u")
		s.press("u")
		s.pass(time.Second)
		s.sees("about which money?", "1  14:05:0", "90 000")
		s.press("2", "enter")
		s.sees("90 000 came, 95 000 was asked: decide")
		all, err := s.store.Unsettled(t.Context(), 0)
		s.must(err)
		for _, tx := range all {
			_, err := s.store.Settle(t.Context(), store.SettleOrder{TransID: tx.TransID, By: "owner", Note: "given back"})
			s.must(err)
		}
		s.sees("decided 21.11.2026", "by owner", "given back")
		s.press("esc")
		s.misses("! to decide")
	})
}

// What a payer says is told quietly; money that fits nothing rings, on every screen.
func TestNewsOfDeals(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, dealt(cards(), false), func(s *stage) {
		inv := s.dealt95()
		s.press("esc")
		s.tell(inv, store.DealClaimed, inv.Amount)
		s.sees("the payer says they have paid 95 000 UZS,", "OneClick is checking")
		if s.rung != 0 {
			t.Errorf("a word rang %d times", s.rung)
		}
		s.pass(5 * time.Second)
		s.tell(inv, store.DealCompleted, 90_000*money.Som)
		s.sees("90 000 UZS came and does not pay invoice " + inv.Number.String())
		if s.rung != 1 {
			t.Errorf("money rang %d times", s.rung)
		}
		s.press("2")
		s.pass(5 * time.Second)
		s.tell(inv, store.DealCanceled, 90_000*money.Som)
		s.sees("OneClick took back 90 000 UZS, invoice " + inv.Number.String())
	})
}

// Money that came after the deal was over is marked as late, and what was taken back
// unasked says by whom.
func TestLateMoneyIsMarked(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, dealt(cards(), false), func(s *stage) {
		inv := s.dealt95()
		s.tell(inv, store.DealCanceled, 0)
		s.tell(inv, store.DealCompleted, inv.Amount)
		s.sees("OneClick", "█████")
		s.press("esc")
		s.sees("✓ paid late")
		s.press("down", "enter")
		s.sees("it came late: OneClick had said that the deal was over, or the shop had cancelled it", "OneClick: the money has come")
		s.press("b")
		s.notices("gives no money back by letter")
		s.tell(inv, store.DealCanceled, inv.Amount)
		s.sees("↺ taken back", "OneClick took it back unasked", "OneClick: the money went back")
		s.sees("if goods were handed out, write to OneClick with the number of the deal", "reopen the invoice")
		s.misses("net ")
	})
}

// Whoever cancels an invoice, or takes cash for it, while a payer says that they have
// paid is told what becomes of that money.
func TestAnInvoiceIsClosedWhileItsPayerSaysThatTheyPaid(t *testing.T) {
	t.Parallel()
	for key, c := range map[string]struct{ warns, done string }{
		"x": {"the money may come all the same", "is cancelled"},
		"p": {"money to decide about", "is marked as paid"},
	} {
		perform(t, 120, 40, dealt(cards(), false), func(s *stage) {
			inv := s.dealt95()
			s.tell(inv, store.DealClaimed, inv.Amount)
			s.press("esc", "2")
			s.sees("◐ being paid now")
			s.press("down", key)
			s.pass(time.Second)
			s.sees("OneClick", c.warns)
			s.enter("cash")
			s.press("enter")
			s.sees(c.done)
			s.tell(inv, store.DealCompleted, inv.Amount)
			s.sees("! to decide")
		})
	}
}

// Where the payer says so while the question is open, it is asked again.
func TestTheQuestionIsAskedAgainWhenAPayerHasPaid(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, dealt(cards(), false), func(s *stage) {
		inv := s.dealt95()
		s.press("esc", "2", "down", "x")
		s.pass(time.Second)
		s.misses("the money may come all the same")
		s.tell(inv, store.DealClaimed, inv.Amount)
		s.press("enter")
		s.pass(time.Second)
		s.sees("the money may come all the same")
	})
}

func TestTakingsBySystem(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, dealt(cards(), false), func(s *stage) {
		inv := s.dealt95()
		s.tell(inv, store.DealCompleted, inv.Amount)
		s.press("esc")
		s.misses("OneClick 95 000")
		s.paid(store.Draft{Kind: store.Goods, Amount: 31_000 * money.Som}, transID(1), "HUMO")
		s.pass(0)
		s.sees("OneClick 95 000 · Uzum Bank 31 000")
	})
}
