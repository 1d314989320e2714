package tui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/look"
)

// openTransaction puts a payment in front, as a list does.
func (s *stage) openTransaction(id string) {
	s.t.Helper()
	t, err := s.store.Transaction(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	s.msgs <- pushMsg{newTransaction(s.m.desk, t)}
	synctest.Wait()
}

// dilnoza pays after the bank has been refused once, and is gone through in
// every state of a refund by what follows.
func dilnoza(s *stage) store.Transaction {
	inv := s.issue(store.Draft{Amount: 130_000 * money.Som, Customer: store.Customer{Name: "Dilnoza Karimova", Phone: "998901234567"}})
	s.begin(inv, transID(1))
	s.pass(12 * time.Second)
	t := s.finish(transID(1), "UZCARD")
	s.pass(3 * time.Second)
	// The bank repeats itself.
	_, _ = s.store.Confirm(s.t.Context(), store.Confirmation{System: store.Uzum, TransID: t.TransID}, func(d store.Decided) store.Call {
		c := wire("confirm")(d)
		c.Code = "10016"
		return c
	})
	s.pass(2 * time.Second)
	return t
}

func (s *stage) requested(id string) {
	s.t.Helper()
	if _, err := s.store.RequestRefund(s.t.Context(), store.RefundOrder{TransID: id, By: "malika", Reason: "the customer did not come"}); err != nil {
		s.t.Fatal(err)
	}
	s.pass(10 * time.Second)
}

func (s *stage) closed(id string, outcome store.RefundState) {
	s.t.Helper()
	if _, err := s.store.CloseRefund(s.t.Context(), store.RefundEnd{TransID: id, By: "malika", Outcome: outcome, Reason: "as agreed on the phone"}); err != nil {
		s.t.Fatal(err)
	}
	s.pass(10 * time.Second)
}

func TestTransactionGolden(t *testing.T) {
	t.Parallel()
	states := map[string]func(s *stage){
		"being paid": func(s *stage) { s.begin(s.issue(store.Draft{Amount: 45_500 * money.Som}), transID(1)) },
		"paid":       func(s *stage) { dilnoza(s) },
		"requested":  func(s *stage) { dilnoza(s); s.requested(transID(1)) },
		"withdrawn":  func(s *stage) { dilnoza(s); s.requested(transID(1)); s.closed(transID(1), store.Withdrawn) },
		"refused":    func(s *stage) { dilnoza(s); s.requested(transID(1)); s.closed(transID(1), store.Refused) },
		"done":       func(s *stage) { dilnoza(s); s.requested(transID(1)); s.reverse(transID(1)) },
		"unasked":    func(s *stage) { dilnoza(s); s.pass(26 * time.Hour); s.reverse(transID(1)) },
		"failed": func(s *stage) {
			s.begin(s.issue(store.Draft{Amount: 45_500 * money.Som}), transID(1))
			s.pass(time.Hour)
		},
		"assumed": func(s *stage) {
			s.begin(s.issue(store.Draft{Amount: 45_500_50}), transID(1))
			c := store.Confirmation{System: store.Uzum, TransID: transID(1), Source: "INSTALLMENT", Tariff: "15-0-4", CardType: 2}
			if _, err := s.store.Confirm(s.t.Context(), c, wire("confirm")); err != nil {
				s.t.Fatal(err)
			}
		},
	}
	for name, state := range states {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, func(s *stage, _ *Options) { state(s) }, func(s *stage) { s.openTransaction(transID(1)) })
		})
	}
	t.Run("unreadable", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) {
			dilnoza(s)
			s.inside(func() { s.m.Ledger = unreadable{s.m.Ledger} })
			s.openTransaction(transID(1))
		})
	})
	t.Run("loading", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) {
			dilnoza(s)
			held := holding{Ledger: s.store, let: make(chan struct{})}
			s.inside(func() { s.m.Ledger = held })
			s.openTransaction(transID(1))
			close(held.let) // for the goroutine that waits, after the last frame
		})
	})
	t.Run("raw", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) { dilnoza(s); s.openTransaction(transID(1)); s.press("a") })
	})
	t.Run("letter", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) {
			dilnoza(s)
			s.openTransaction(transID(1))
			s.press("b")
			s.pass(time.Second)
			s.enter("mijoz kelmadi")
			s.press("enter")
			s.pass(10 * time.Second)
		})
	})
	t.Run("end of request", func(t *testing.T) {
		t.Parallel()
		goldens(t, nil, func(s *stage) {
			dilnoza(s)
			s.requested(transID(1))
			s.openTransaction(transID(1))
			s.press("w")
		})
	})
}

func TestARefundIsRequestedAndDone(t *testing.T) {
	t.Parallel()
	perform(t, 80, 40, nil, func(s *stage) {
		dilnoza(s)
		s.openTransaction(transID(1))
		s.press("b")
		s.pass(time.Second)
		s.press("enter")
		s.sees("say why: the bank is told")
		s.enter("the customer did not come")
		s.press("enter")
		s.sees("letter to the bank", "Запрос на возврат платежа", transID(1), "the customer did not come", "Gulnora")
		if len(s.copied) != 1 || !strings.Contains(s.copied[0], transID(1)) || strings.Contains(s.copied[0], "901234567") {
			t.Fatalf("copied %q", s.copied)
		}
		s.press("esc")
		s.pass(10 * time.Second)
		s.sees("refund requested", "by till:aziza", "waiting for the bank", "the customer did not come")
		s.press("b")
		s.sees("is requested already")
		s.press("l")
		if len(s.copied) != 2 || s.copied[1] != s.copied[0] {
			t.Fatalf("copied %q", s.copied)
		}
		s.pass(10 * time.Minute)
		s.reverse(transID(1))
		s.sees("refund done", "↺ reversed", "✓ reverse")
		s.press("w")
		s.sees("is already")
	})
}

func TestARefundIsWithdrawn(t *testing.T) {
	t.Parallel()
	for outcome, keys := range map[string][]string{"withdrawn": nil, "refused": {"down"}} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			perform(t, 80, 40, nil, func(s *stage) {
				dilnoza(s)
				s.openTransaction(transID(1))
				s.press("w")
				s.sees("has no open")
				s.press("l")
				s.sees("this payment has no open refund request")
				s.requested(transID(1))
				s.press("w")
				s.pass(time.Second)
				s.press(keys...)
				s.enter("they came after all")
				s.press("enter")
				s.pass(10 * time.Second)
				tx, err := s.store.Transaction(t.Context(), transID(1))
				if err != nil || store.RefundStateOf(tx).String() != outcome {
					t.Fatalf("the request is %s, %v", store.RefundStateOf(tx), err)
				}
				s.sees(map[string]string{"withdrawn": "refund request withdrawn", "refused": "the bank refused the refund"}[outcome], "they came after all")
			})
		})
	}
}

func TestAnUnaskedReversalIsShown(t *testing.T) {
	t.Parallel()
	perform(t, 80, 40, nil, func(s *stage) {
		dilnoza(s)
		s.openTransaction(transID(1))
		s.misses("unasked")
		s.reverse(transID(1))
		s.sees("↺ taken back", "Uzum Bank took it back unasked")
	})
}

func TestWhatCanBeRefunded(t *testing.T) {
	t.Parallel()
	perform(t, 100, 40, nil, func(s *stage) {
		s.begin(s.issue(store.Draft{Amount: 45_000 * money.Som}), transID(1))
		s.openTransaction(transID(1))
		s.press("b")
		s.sees("confirmed yet: there is nothing to give back", "cancel the")
		s.pass(30 * time.Minute)
		s.sees("✗ failed", "not confirmed in time")
		s.press("b")
		s.sees("did not")
		s.pass(10 * time.Second)

		inv := s.issue(store.Draft{Amount: 45_000 * money.Som})
		paid, err := s.store.MarkPaid(t.Context(), store.ManualPayment{Number: inv.Number, By: "till:aziza", Reason: "paid in cash", Source: "CASH"})
		if err != nil {
			t.Fatal(err)
		}
		s.openTransaction(paid.PaidBy)
		s.sees("cash", "taken by hand", "paid in cash")
		s.press("b")
		s.sees("by hand, too")
		s.press("a")
		s.sees("nobody called")
	})
}

func TestTheTransactionIDIsCopied(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		dilnoza(s)
		s.openTransaction(transID(1))
		s.press("c")
		s.sees("the transaction ID is copied")
		if len(s.copied) != 1 || s.copied[0] != transID(1) {
			t.Errorf("copied %q", s.copied)
		}
	})
}

func TestTransactionFitsEveryWindow(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		long := strings.Repeat("Gulnora ‘Opa’ 界🏽 ", 20)
		inv := s.issue(store.Draft{Amount: 99_999_999_99, Customer: store.Customer{Name: long[:200]}})
		s.begin(inv, transID(1))
		s.pass(time.Minute)
		s.finish(transID(1), "VISA_DOMESTIC")
		s.requested(transID(1))
		s.openTransaction(transID(1))
		for _, keys := range [][]string{{}, {"end"}, {"a"}, {"end"}, {"esc"}, {"b"}} {
			s.press(keys...)
			for _, size := range callWindows {
				s.resize(size.Width, size.Height)
				s.fits()
			}
		}
	})
}

// Beside the list of Today it may have little room, and shows what counts first.
func TestTransactionAsAPane(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		tx := dilnoza(s)
		s.inside(func() {
			pane := newTransaction(s.m.desk, tx)
			pane.update(s.m.desk, pane.load(s.m.desk)())
			for _, l := range lang.All {
				s.m.Lang = l
				for w := 38; w < 60; w++ {
					view := pane.view(s.m.desk, w, 20)
					blockOf(t, view, w, 20)
					for _, want := range []string{"UZCARD", tx.Number.String(), "700"} {
						if !strings.Contains(view, want) {
							t.Errorf("%d cells, %s: %q is not seen:\n%s", w, l, want, view)
						}
					}
				}
			}
		})
	})
}

// blockOf fails the test where a view is not of exactly that size.
func blockOf(t *testing.T, view string, w, h int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Errorf("%d lines, want %d", len(lines), h)
	}
	for _, line := range lines {
		if got := look.Width(line); got != w {
			t.Errorf("a line of %d cells in %d: %q", got, w, line)
		}
	}
}

func TestSince(t *testing.T) {
	t.Parallel()
	d := &desk{Options: Options{Lang: lang.EN}}
	for ms, want := range map[store.Instant]string{
		0: "", -5: "", 340: "+340 ms", 12_400: "+12 s", 125_000: "+2 min 5 s", 3_900_000: "+1 h 5 min", 183_600_000: "+2 d 3 h",
	} {
		if got := d.since(ms); got != want {
			t.Errorf("%d ms: got %q, want %q", ms, got, want)
		}
	}
}
