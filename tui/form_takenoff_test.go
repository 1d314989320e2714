package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// taken goes to the field of the discount of a new form.
func taken(s *stage, sum string) {
	s.press("n")
	s.enter(sum)
	s.press("f3", "tab")
}

func TestFormTakesOffWhatIsNotDue(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, nil, func(s *stage) {
		taken(s, "100k")
		s.misses("due")
		s.enter("10k")
		s.sees("due           90 000 UZS")
		s.press("tab")
		s.enter("40 000")
		s.sees("due           50 000 UZS")
		s.press("enter")
		inv := s.only()
		if inv.Amount != 50_000*money.Som || inv.Discount != 10_000*money.Som || inv.Prepaid != 40_000*money.Som {
			t.Errorf("%+v", inv)
		}
		s.msgs <- pushMsg{cloneForm(s.m.desk, inv)} // what that customer had paid is no longer taken off
		s.sees("100 000", "due           90 000 UZS")
	})
}

// What comes off can't be more than the price, nor leave less than the bank takes.
func TestFormSaysWhenTooMuchComesOff(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ discount, prepaid, says string }{
		{"100k", "", "✗ nothing is left to pay"},
		{"200k", "", "✗ nothing is left to pay"},
		{"60k", "40k", "✗ nothing is left to pay"},
		{"60k", "39 500", "✗ 500 UZS is below the minimum"},
		{"92233720368547758", "92233720368547758", "✗ nothing is left to pay"}, // together they are no amount
		{"-5", "", "✗ "},
	} {
		perform(t, 120, 40, nil, func(s *stage) {
			taken(s, "100k")
			s.enter(c.discount)
			s.press("tab")
			s.enter(c.prepaid)
			s.press("enter")
			s.sees(c.says)
			if all, err := s.store.Invoices(t.Context(), store.InvoiceQuery{}); err != nil || len(all) != 0 {
				t.Errorf("%+v: %d invoices, %v", c, len(all), err)
			}
		})
	}
}

// A till's invoice has no price that something could come off.
func TestACounterFormHasNothingToTakeOff(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, nil, func(s *stage) {
		taken(s, "100k")
		s.enter("10k")
		s.press("up", "left")
		s.misses("discount", "already paid")
		s.press("enter")
		if inv := s.only(); inv.Kind != store.Counter || inv.Discount != 0 {
			t.Errorf("%+v", inv)
		}
	})
}

func TestWhatComesOffIsSeenOnTheInvoiceAndTheSlip(t *testing.T) {
	t.Parallel()
	perform(t, 80, 30, nil, func(s *stage) {
		d := shampoo()
		d.Amount, d.Discount, d.Prepaid = 0, 5_000*money.Som, 8_000*money.Som
		inv := s.issue(d)
		s.msgs <- pushMsg{newInvoice(s.m.desk, inv)}
		s.sees("discount      −5 000 UZS", "total         20 000 UZS", "already paid  −8 000 UZS", "due           12 000 UZS")
		s.code(inv)
		s.press("p")
		slip, err := os.ReadFile(filepath.Join(s.m.Folder, "tushum-"+inv.Number.String()+".txt"))
		s.must(err)
		want := `--------------------------------
discount                  −5 000
total                     20 000
already paid              −8 000
DUE                   12 000 UZS
`
		if !strings.Contains(string(slip), want) {
			t.Errorf("the slip is\n%s", slip)
		}
		s.pass(time.Second)
		d = shampoo()
		d.Amount, d.Discount = 0, 5_000*money.Som
		s.msgs <- pushMsg{newInvoice(s.m.desk, s.issue(d))}
		s.sees("discount      −5 000 UZS", "due           20 000 UZS")
		s.misses("already paid", "total")
	})
}
