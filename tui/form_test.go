package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// The keys of a whole form, in the order of its fields.
func typeAll(s *stage) {
	s.press("n", "f4")
	s.enter("Haircut")
	s.press("tab", "tab")
	s.enter("20k")
	s.press("f4")
	s.enter("Shampoo")
	s.press("tab", "backspace")
	s.enter("2")
	s.press("tab")
	s.enter("15 000")
	s.press("tab")
	s.enter("5k")
	s.press("tab")
	s.enter("10 000")
	s.press("tab")
	s.enter("Aziza")
	s.press("tab")
	s.enter("90 123-45-67")
	s.press("tab")
	s.enter("Gulnora")
	s.press("tab")
	s.enter("tomorrow 10")
	s.press("tab", "right", "right", "tab")
	s.enter("by the window")
}

func TestFormStates(t *testing.T) {
	t.Parallel()
	for name, play := range map[string]func(*stage){
		"empty":    func(s *stage) { s.press("n") },
		"sum":      func(s *stage) { s.press("n"); s.enter("1 250 000") },
		"unfolded": func(s *stage) { s.press("n", "down") },
		"full":     typeAll,
		"folded":   func(s *stage) { typeAll(s); s.press("f3") },
		"mistakes": func(s *stage) {
			s.press("n")
			s.enter("500")
			s.press("tab", "tab")
			s.enter("600")
			s.press("tab", "tab", "tab")
			s.enter("12345x")
			s.press("tab", "tab")
			s.enter("someday")
			s.press("enter")
		},
		"lines differ": func(s *stage) {
			s.press("n")
			s.enter("30k")
			s.press("f4")
			s.enter("Haircut")
			s.press("tab", "tab")
			s.enter("20k")
		},
		"counter": func(s *stage) {
			s.press("n", "tab", "left", "up")
			s.enter("50k")
		},
		"asks": func(s *stage) { s.press("n"); s.enter("25k"); s.press("esc") },
		"refused": func(s *stage) {
			s.press("n")
			s.enter("25k")
			s.inside(func() { s.m.Ledger = refusing{s.m.Ledger, &store.Error{Code: store.DiskFull}} })
			s.press("enter")
		},
	} {
		t.Run(name, func(t *testing.T) { goldens(t, nil, play) })
	}
}

// refusing is a ledger that issues nothing.
type refusing struct {
	Ledger
	err error
}

func (r refusing) Issue(context.Context, store.Draft) (store.Invoice, error) {
	return store.Invoice{}, r.err
}

// The whole of it: three keystrokes and a sum to a code, and the payment on the
// same screen.
func TestFormToPaid(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.press("n")
		s.enter("25k")
		s.press("enter")
		s.sees("○ waiting for payment", "25 000 UZS", "█▀▀▀▀▀█")
		inv := s.only()
		s.begin(inv, transID(1))
		s.pass(0)
		s.sees("◐ being paid…")
		s.finish(transID(1), "UZCARD")
		s.pass(0)
		s.sees("UZCARD", "✓ "+inv.Number.String())
		s.press("esc")
		s.misses("new invoice", "UZCARD ·")
		if len(s.m.stack) != 0 {
			t.Errorf("%d screens are open", len(s.m.stack))
		}
	})
}

// only is the one invoice there is.
func (s *stage) only() store.Invoice {
	s.t.Helper()
	all, err := s.store.Invoices(s.t.Context(), store.InvoiceQuery{})
	if err != nil || len(all) != 1 {
		s.t.Fatalf("there are %d invoices, %v", len(all), err)
	}
	return all[0]
}

func TestFormIssuesAllThatWasTyped(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		typeAll(s)
		s.press("enter")
		inv := s.only()
		at := func(day, hour int) store.Instant {
			return store.At(time.Date(2026, 11, day, hour, 0, 0, 0, time.FixedZone("", 5*60*60)))
		}
		switch {
		case inv.Amount != 35_000*money.Som, inv.Discount != 5_000*money.Som, inv.Prepaid != 10_000*money.Som, len(inv.Lines) != 2, inv.Lines[1] != store.Line{Name: "Shampoo", Quantity: 2, Price: 15_000 * money.Som}:
			t.Errorf("%v, %v off, %v before, of %+v", inv.Amount, inv.Discount, inv.Prepaid, inv.Lines)
		case inv.Customer != store.Customer{Name: "Aziza", Phone: "998901234567"}, inv.Specialist != "Gulnora", inv.Note != "by the window":
			t.Errorf("%+v, %q, %q", inv.Customer, inv.Specialist, inv.Note)
		case inv.AppointmentAt != at(22, 10), inv.ExpiresAt != inv.CreatedAt.Add(24*time.Hour), inv.Kind != store.Visit, inv.CreatedBy != "till:aziza":
			t.Errorf("%s, %s, %s by %s", inv.AppointmentAt, inv.ExpiresAt, inv.Kind, inv.CreatedBy)
		}
	})
}

func TestFormMakesCounterInvoices(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.press("n", "f3", "left", "up")
		s.enter("2k")
		s.press("up")
		s.enter("3k")
		s.press("enter")
		s.sees("✗ less than the least sum")
		s.press("backspace", "backspace")
		s.enter("5k")
		s.press("enter")
		s.sees("3 000 – 5 000 UZS", "the customer types the sum")
		if inv := s.only(); inv.Kind != store.Counter || inv.MinAmount != 3_000*money.Som || inv.MaxAmount != 5_000*money.Som {
			t.Errorf("%+v", inv)
		}
	})
}

// A second Enter while the first is at work makes no second invoice.
func TestFormIssuesOnce(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.press("n")
		s.enter("25k")
		enter := keyNamed(t, "enter")
		s.inside(func() {
			_, first := s.m.Update(enter)
			for range 3 {
				if _, cmd := s.m.Update(enter); cmd != nil {
					go cmd() // a notice
				}
			}
			go func() { s.msgs <- first() }()
		})
		synctest.Wait()
		s.sees("waiting for payment")
		s.press("enter")
		s.only()
	})
}

func TestFormSaysMistakesAsOneTypes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang           lang.Lang
		none, low, bad string
	}{
		{lang.UZ, "summani yozing: 25 000 yoki 25k", "5 so‘m eng kam summadan (1 000 so‘m) kichik", "✗ sondan keyingi so‘z tushunarsiz"},
		{lang.RU, "введите сумму: 25 000 или 25k", "5 сум меньше минимума 1 000 сум", "✗ непонятное слово после числа"},
		{lang.EN, "type the sum: 25 000 or 25k", "5 UZS is below the minimum of 1 000 UZS", "✗ the word after the number is unknown"},
	} {
		perform(t, 120, 40, func(_ *stage, o *Options) { o.Lang = c.lang }, func(s *stage) {
			s.press("n")
			s.misses("✗")
			s.press("enter")
			s.sees("✗ " + c.none)
			s.enter("5")
			s.sees(c.low)
			s.misses("✗") // it is not finished
			s.enter("x")
			s.sees(c.bad)
			s.press("backspace", "enter")
			s.sees("✗ " + c.low)
			s.enter("0")
			s.press("tab") // somebody who goes on has finished
			s.sees("✗ 5")
			if all, err := s.store.Invoices(t.Context(), store.InvoiceQuery{}); err != nil || len(all) != 0 {
				t.Errorf("%d invoices, %v", len(all), err)
			}
		})
	}
}

// Half a sum is not a mistake while it is being typed.
func TestFormIsPatient(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"25 000", "1 250 000", "25 ming", "1,5 mln so‘m", "1 500 000,50"} {
		perform(t, 120, 40, nil, func(s *stage) {
			s.press("n")
			for _, r := range text {
				s.enter(string(r))
				s.misses("✗")
			}
		})
	}
}

func TestFormEchoesTheSum(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, func(_ *stage, o *Options) { o.ASCII = true }, func(s *stage) {
		s.press("n")
		s.enter("1.5m")
		s.sees(".#"[1:] + "   # #")
	})
	perform(t, 30, 24, nil, func(s *stage) {
		s.press("n")
		s.enter("99.5m")
		s.sees("99 500 000 UZS")
	})
}

func TestFormSumFollowsTheLines(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, nil, func(s *stage) {
		s.press("n", "f4")
		s.enter("Haircut")
		s.press("tab", "tab")
		s.enter("20k")
		s.sees("20 000")
		s.press("f4")
		s.enter("Shampoo")
		s.press("tab", "tab")
		s.enter("15000")
		s.sees("  35 000")
		s.press("f3")
		s.enter("40k")
		s.sees("the lines make 35 000 UZS: one of the two is wrong")
		s.press("enter")
		s.sees("✗ the lines make 35 000 UZS")
		s.press("f3", "tab", "tab", "tab", "f8") // in the first line
		s.sees("the lines make 15 000 UZS")
		s.press("f8", "enter")
		if inv := s.only(); inv.Amount != 40_000*money.Som || len(inv.Lines) != 0 {
			t.Errorf("%v of %+v", inv.Amount, inv.Lines)
		}
	})
}

// Letters never leave the form, also where ← and → choose.
func TestFormTakesLetters(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.press("n", "tab")
		s.enter("qn1:?/й ")
		s.sees("new invoice", "goods")
		if s.quit || len(s.m.stack) != 1 {
			t.Errorf("closed: %v, %d screens", s.quit, len(s.m.stack))
		}
	})
}

func TestFormTakesPastes(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.press("n", "f3", "tab", "tab", "tab")
		s.msgs <- tea.PasteMsg{Content: "Az\x1b[31miza\r\n\u202eKa\x00rimova\t" + strings.Repeat("ю", 5000)}
		s.pass(0)
		s.fits()
		s.sees("amount", "customer")
		s.press("home")
		s.sees("Az[31miza  Karimova ююю")
		s.press("up", "up", "up", "up")
		s.msgs <- tea.PasteMsg{Content: " 25 000 so‘m\n"}
		s.press("enter")
		s.sees("✗ too long: make it shorter")
		s.press("ctrl+k", "ctrl+u")
		s.enter("Aziza")
		s.press("enter")
		if inv := s.only(); inv.Customer.Name != "Aziza" || inv.Amount != 25_000*money.Som {
			t.Errorf("%q, %v", inv.Customer.Name, inv.Amount)
		}
	})
}

// What the ledger refuses stays as it was typed, with the reason.
func TestFormKeepsWhatWasRefused(t *testing.T) {
	t.Parallel()
	for _, err := range []error{&store.Error{Code: store.DiskFull}, &store.Error{Code: store.Failed}, errors.New("odd \x1b[31m thing")} {
		perform(t, 80, 24, nil, func(s *stage) {
			s.press("n")
			s.enter("25k")
			s.inside(func() { s.m.Ledger = refusing{s.store, err} })
			s.press("enter")
			says, _ := s.m.explain(err)
			s.sees("new invoice", "25k", "✗ "+says[:20])
			s.inside(func() { s.m.Ledger = s.store })
			s.press("enter")
			s.sees("waiting for payment")
			s.only()
		})
	}
}

func TestFormOffersRoutedKindsOnly(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.inside(func() {
			s.m.Ledger = routing{s.m.Ledger, map[store.Kind]store.System{store.Goods: store.Uzum, store.TopUp: store.Uzum}}
		})
		s.press("n", "f3")
		s.sees("← ", " goods ")
		s.press("right")
		s.sees(" top-up ")
		s.press("right")
		s.sees(" goods ")
		s.press("esc")
	})
	perform(t, 80, 24, nil, func(s *stage) {
		s.inside(func() { s.m.Ledger = routing{s.m.Ledger, nil} })
		s.press("n")
		s.enter("25k")
		s.press("enter")
		s.sees("no kind of invoice goes to a payment system")
	})
}

// routing is a ledger with other routes.
type routing struct {
	Ledger
	routes map[store.Kind]store.System
}

func (r routing) Rules() store.Rules {
	rules := r.Ledger.Rules()
	rules.Routing = r.routes
	return rules
}
