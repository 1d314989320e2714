package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/keys"
)

// todayOf is the screen of a stage, for looks inside.
func todayOf(s *stage) *todayScreen {
	today, ok := s.m.tabs[0].(*todayScreen)
	if !ok {
		s.t.Fatal("the first screen is not that of today")
	}
	return today
}

// lineWith is the line of the screen that holds a text.
func (s *stage) lineWith(text string) (at int, line string) {
	s.t.Helper()
	for i, line := range strings.Split(s.screen(), "\n") {
		if strings.Contains(line, text) {
			return i, line
		}
	}
	s.t.Fatalf("no line has %q:\n%s", text, s.screen())
	return 0, ""
}

func TestTodayPaymentAppearsByItself(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		before := s.rung
		inv := s.issue(store.Draft{Amount: 7_500_000, Customer: store.Customer{Name: "Iroda"}, Note: "lak"})
		s.begin(inv, transID(201))
		s.pass(time.Second)
		if _, line := s.lineWith("Iroda"); !strings.Contains(line, "◐ being paid") || strings.Contains(line, "●") {
			t.Errorf("a payment that began is shown as %q", line)
		}
		s.finish(transID(201), "HUMO")
		s.pass(time.Second)
		if _, line := s.lineWith("Iroda"); !strings.HasPrefix(line, " ● ") || !strings.Contains(line, "75 000  ✓ paid") {
			t.Errorf("a new payment is shown as %q", line)
		}
		s.sees("Today ● 1", "12 payments")
		if got := s.rung - before; got != 1 {
			t.Errorf("the bell was rung %d times", got)
		}
		s.press("down")
		s.misses("●")
		s.press("tab") // on another screen nobody sees it
		s.paid(store.Draft{Amount: 7_500_000}, transID(202), "HUMO")
		s.paid(store.Draft{Amount: 7_600_000}, transID(203), "HUMO")
		s.pass(time.Second)
		s.press("tab")
		s.sees("Today ● 2")
		s.press("1", "esc")
		s.sees("Today ● 2", "● 14:05", "76 000")
		s.press("L")
		s.misses("●")
	})
}

func TestTodayOwnPaymentIsNotNew(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		inv := s.issue(store.Draft{Amount: 7_500_000})
		if _, err := s.store.MarkPaid(t.Context(), store.ManualPayment{Number: inv.Number, By: "till:aziza", Reason: "cash", Source: "CASH"}); err != nil {
			t.Fatal(err)
		}
		s.pass(time.Second)
		s.sees("✓ paid", "cash", "1 payment")
		s.misses("●")
	})
}

func TestTodayNothingShifts(t *testing.T) {
	t.Parallel()
	for _, size := range []Size{{80, 24}, {120, 40}, {60, 24}, {40, 24}, {40, 12}} {
		perform(t, size.Width, size.Height, weekend, func(s *stage) {
			s.press("down", "down", "down")
			at, row := s.lineWith("▸")
			later(s)
			s.pass(time.Second)
			if now, line := s.lineWith("▸"); now != at || line != row {
				t.Errorf("%v: the selected row was line %d %q, and is line %d %q", size, at, row, now, line)
			}
			s.sees("2 new ↑")
			s.press("g")
			s.misses("new ↑", "▸")
			s.sees("120 000,50")
		})
	}
}

func TestTodayWaitingHasPluralForms(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, func(s *stage, o *Options) { o.Lang = lang.RU; weekend(s, o) }, func(s *stage) {
		s.press("down")
		for i, want := range []string{"1 новый ↑", "2 новых ↑", "3 новых ↑", "4 новых ↑", "5 новых ↑"} {
			s.paid(store.Draft{Amount: 1_000_000}, transID(500+i), "HUMO")
			s.pass(time.Second)
			s.sees(want)
		}
	})
	d := &desk{Options: Options{Lang: lang.RU}}
	for n, want := range map[int]string{1: "1 платёж", 2: "2 платежа", 5: "5 платежей", 11: "11 платежей", 12: "12 платежей", 21: "21 платёж", 24: "24 платежа", 111: "111 платежей"} {
		if got := paymentCount.say(d, n); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}

func TestTodayEscape(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		s.press("s", "s", "down")
		s.sees("being paid ─", "▸")
		s.press("esc")
		s.misses("▸")
		s.sees("being paid ─")
		s.press("esc")
		s.misses("being paid ─")
		s.sees("Dildora")
		s.press("esc")
		s.sees("Dildora")
	})
}

func TestTodayFilters(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		for _, step := range []struct{ sees, misses string }{
			{"11 found", "being paid  "}, {"Зухра", "Dildora"}, {"Лена", "Dildora"}, {"Шахноза", "Dildora"}, {"Dildora", "found"},
		} {
			s.press("s")
			s.sees(step.sees)
			s.misses(step.misses)
		}
		for _, step := range []struct{ sees, misses string }{{"Lola", "Dildora"}, {"Dildora", "Lola"}, {"Gulchehra", "Lola"}, {"Lola", "found"}} {
			s.press("v")
			s.sees(step.sees)
			s.misses(step.misses)
		}
		s.press("/")
		s.enter("зухра")
		s.sees("140 000", "1 found")
		s.misses("Dildora")
		s.press("esc", "/")
		s.enter("620k")
		s.press("enter")
		s.sees("Ольга", "1 found")
		s.misses("Dildora")
	})
}

func TestTodayFilterAndNews(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		s.press("s", "s") // being paid
		cash := s.issue(store.Draft{Amount: 7_500_000, Customer: store.Customer{Name: "Iroda"}})
		if _, err := s.store.MarkPaid(t.Context(), store.ManualPayment{Number: cash.Number, By: "till:other", Reason: "cash", Source: "CASH"}); err != nil {
			t.Fatal(err)
		}
		s.begin(s.issue(store.Draft{Amount: 12_000_000, Customer: store.Customer{Name: "Камола"}}), transID(202))
		s.pass(time.Second)
		s.sees("Камола", "Today ● 1")
		s.misses("Iroda") // was never among them
		s.finish(transID(202), "HUMO")
		s.pass(time.Second)
		if _, line := s.lineWith("Камола"); !strings.Contains(line, "✓ paid") {
			t.Errorf("a row that was listed does not follow: %q", line)
		}
	})
}

func TestTodayDays(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		s.press("]")
		s.sees("no later day")
		s.press("[")
		s.sees("21.11 Sat", "Saturday 21.11.2026", "1 payment ·", "250 000  ✓ paid", "Kamola")
		s.misses("Dildora", "being paid")
		s.press("]")
		s.sees("Dildora", "11 payments")
		s.press("d")
		s.pass(time.Second)
		s.enter("21.11")
		s.press("enter")
		s.sees("Saturday 21.11.2026", "1 payment ·")
		s.press("d")
		s.pass(time.Second)
		s.press("enter")
		s.sees("Dildora", "11 payments")
		s.press("d")
		s.pass(time.Second)
		s.enter("today")
		s.press("enter")
		s.sees("Dildora", "Sunday 22.11.2026 ─ 12 found")
		s.misses("Kamola")
	})
}

func TestTodayNewBusinessDay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		starts time.Duration
		until  time.Duration // from opening, 14:05
	}{"midnight": {0, 9*time.Hour + 55*time.Minute}, "six": {6 * time.Hour, 15*time.Hour + 55*time.Minute}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			late := c.until - 2*time.Minute
			perform(t, 80, 24, func(s *stage, _ *Options) {
				rules := stageRules()
				rules.Calendar.DayStarts = c.starts
				s.store.SetRules(rules)
				s.paid(store.Draft{Amount: 2_000_000}, transID(1), "HUMO")
				time.Sleep(late)
				s.begin(s.issue(store.Draft{Amount: 3_000_000, Customer: store.Customer{Name: "Tungi"}}), transID(2))
			}, func(s *stage) {
				s.sees("Saturday 21.11.2026", "1 payment ·", "20 000")
				s.pass(c.until - late)
				s.sees("Sunday 22.11.2026", "0 payments", "Tungi", "◐ 1 being paid")
				s.finish(transID(2), "HUMO")
				s.pass(time.Second)
				s.sees("1 payment ·", "average 30 000")
				s.inside(func() {
					if hours := todayOf(s).takings.hours; hours[0] != 3_000_000 {
						t.Errorf("the first hour of the day has %v", hours)
					}
				})
			})
		})
	}
}

// The panel must say what the ledger says, to the tiyin, however it came.
func TestTodayTotalsAreTheLedgers(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, weekend, func(s *stage) {
		for i := range 40 {
			id := transID(1000 + i)
			s.paid(store.Draft{Amount: money.Amount(100_001 + 37_777*i)}, id, []string{"HUMO", "UZCARD", "UZUM_VISA", "NEW"}[i%4])
			if i%7 == 0 {
				s.reverse(id)
			}
			if i%5 == 0 {
				s.pass(time.Minute)
			}
		}
		s.pass(time.Second)
		var want store.Total
		totals, err := s.store.Totals(t.Context(), 20261122, 20261122)
		if err != nil {
			t.Fatal(err)
		}
		for _, total := range totals {
			want = want.Add(total)
		}
		got, hours := store.Total{}, money.Amount(0)
		s.inside(func() {
			got = todayOf(s).takings.total()
			for _, hour := range todayOf(s).takings.hours {
				hours += money.Amount(hour)
			}
		})
		want.TotalKey = got.TotalKey
		if got != want {
			t.Errorf("the takings are %+v, and not %+v", got, want)
		}
		if hours != want.Amount {
			t.Errorf("the hours have %d tiyin, and not %d", hours, want.Amount)
		}
		plain := func(a money.Amount) string { return strings.ReplaceAll(a.Number(), "\u00a0", " ") }
		s.sees("net "+plain(want.Net()), "fees "+plain(want.Fee-want.ReversedFee), fmt.Sprintf("%d taken back %s", want.ReversedCount, plain(-want.ReversedAmount)))
	})
}

// many lets a few hundred payments be there before the console opens.
func many(s *stage, _ *Options) {
	inv := s.issue(store.Draft{Kind: store.Counter, MinAmount: 100_000, MaxAmount: 100_000_000})
	for i := range 400 {
		inv.Amount = money.Amount(1_000_000 + 100*i)
		s.begin(inv, transID(i+1))
		s.finish(transID(i+1), "UZCARD")
		time.Sleep(time.Second)
	}
}

func TestTodayPages(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, many, func(s *stage) {
		s.sees("10 399")
		for range 60 {
			s.press("pgdown")
		}
		if _, line := s.lineWith("▸"); !strings.Contains(line, "10 000  ✓") {
			t.Errorf("the last row is %q", line)
		}
		s.press("home")
		s.sees("10 399")
		s.press("down", "end", "end", "end", "end")
		s.sees("10 000")
		s.press("/")
		s.enter("10123")
		s.press("enter")
		s.sees("1 found", "10 123")
	})
}

// A search goes on differently behind the newest rows, and must find the same.
func TestTodaySearchFindsAll(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, func(s *stage, _ *Options) {
		counter := s.issue(store.Draft{Kind: store.Counter, MinAmount: 100_000, MaxAmount: 100_000_000, Note: "kassa"})
		for i := range nearRows + 200 {
			switch i % 50 {
			case 0:
				s.begin(s.issue(store.Draft{Amount: 3_000_000, Customer: store.Customer{Name: "Zebo"}}), transID(i))
			case 1:
				s.begin(s.issue(store.Draft{Amount: 7_700_000, Customer: store.Customer{Name: "Olim"}}), transID(i))
			default:
				counter.Amount = 5_000_000
				s.begin(counter, transID(i))
			}
		}
	}, func(s *stage) {
		for words, want := range map[string]int{"zebo": nearRows/50 + 4, "77k": nearRows/50 + 4, "kassa": (nearRows + 200) / 50 * 48, transID(7): 1, transID(nearRows + 151): 1, "nobody": 0} {
			var last uint64
			n := 0
			for p, err := range payments(t.Context(), s.store, store.TransactionQuery{Search: words}) {
				if err != nil {
					t.Fatal(err)
				}
				if n++; n > 1 && p.Seq >= last || p.Invoice.Number != p.Number {
					t.Fatalf("%q: row %d is %d of invoice %d after %d", words, n, p.Seq, p.Invoice.Number, last)
				}
				last = p.Seq
			}
			if n != want {
				t.Errorf("%q finds %d, and not %d", words, n, want)
			}
		}
	})
}

func TestTodayFlood(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		s.press("down", "down")
		at, row := s.lineWith("▸")
		later(s)
		s.inside(func() { s.m.told = s.m.told - 2 }) // nothing else is told of
		s.msgs <- happenedMsg{flood: true, after: s.m.told}
		s.pass(time.Second)
		if now, line := s.lineWith("▸"); now != at || line != row {
			t.Errorf("the selected row was line %d %q, and is line %d %q", at, row, now, line)
		}
		s.sees("2 new ↑", "12 payments")
	})
}

func TestTodayOpensAPayment(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		s.press("enter")
		s.sees("select a payment with ↓ first")
		s.press("down", "down", "enter")
		s.inside(func() {
			if len(s.m.stack) != 1 {
				t.Fatalf("%d screens are in front", len(s.m.stack))
			}
			if _, ok := s.m.front().(*transactionScreen); !ok {
				t.Errorf("%T was opened", s.m.front())
			}
		})
		s.press("esc")
		s.sees("▸")
	})
}

func TestTodayQuitsWhileReading(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		s.press("s", "down", "q")
		if !s.quit {
			t.Error("q does not close the console while a row is selected")
		}
	})
}

func TestTodayStateByTheClock(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		s.sees("◐ being paid", "◐ 1 being paid")
		s.pass(30 * time.Minute)
		s.misses("being paid")
		s.sees("✗ out of time")
	})
}

func TestTodayRefunds(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.paid(store.Draft{Amount: 2_000_000}, transID(1), "HUMO")
		if _, err := s.store.RequestRefund(t.Context(), store.RefundOrder{TransID: transID(1), By: "till:aziza", Reason: "wrong size"}); err != nil {
			t.Fatal(err)
		}
		s.pass(time.Second)
		s.sees("○ refund asked")
		s.reverse(transID(1))
		s.pass(time.Second)
		s.sees("↺ refunded", "1 taken back −20 000", "net 0")
	})
}

func TestTodayKeysHaveNoConflicts(t *testing.T) {
	t.Parallel()
	bound := make(map[string]keys.Action)
	for _, b := range keys.In(keys.Lists, keys.Today, keys.Transaction, keys.Anywhere) {
		for _, key := range b.Keys {
			if other, taken := bound[key]; taken {
				t.Errorf("%s is %s and %s", key, other, b.Action)
			}
			bound[key] = b.Action
		}
	}
}
