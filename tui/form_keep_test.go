package tui

import (
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

func TestFormAsksBeforeItForgets(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.press("n", "esc")
		s.misses("new invoice")
		s.press("n")
		s.enter("25k")
		s.press("esc")
		s.sees("What was typed will be lost.")
		s.press("enter") // too soon: the question takes no keys yet
		s.sees("What was typed will be lost.")
		s.pass(time.Second)
		s.press("enter")
		s.sees("new invoice", "25k")
		s.press("esc")
		s.pass(time.Second)
		s.press("esc")
		s.sees("25k")
		s.press("esc")
		s.pass(time.Second)
		s.press("down", "enter")
		s.misses("new invoice", "25k")
	})
}

func TestFormKeepsAndRestores(t *testing.T) {
	t.Parallel()
	var kept []byte
	var before string
	perform(t, 80, 24, func(_ *stage, o *Options) { o.Keep = func(b []byte) { kept = b } }, func(s *stage) {
		s.press("n")
		if strings.Contains(string(kept), "draft") {
			t.Errorf("an empty form is kept: %s", kept)
		}
		s.press("esc")
		typeAll(s)
		s.press("f3", "f3")
		s.resize(44, 10)
		s.fits()
		s.resize(80, 24)
		before = s.screen()
	})
	perform(t, 80, 24, func(_ *stage, o *Options) { o.Resume = kept }, func(s *stage) {
		s.press("f3", "f3")
		if after := s.screen(); after != before {
			t.Errorf("restored is\n%s\nkept was\n%s", after, before)
		}
		s.press("esc") // what was restored is asked about as well
		s.sees("What was typed will be lost.")
	})
}

func TestFormRestoresNoNonsense(t *testing.T) {
	t.Parallel()
	for _, draft := range []string{
		``, `{`, `[]`, `{"kind":"bribe","expiry":-1}`, `{"expiry":99,"lines":[{},{"quantity":"\u001b[2J"}]}`,
		`{"customer":"\u001b]0;x\u0007` + strings.Repeat("ю", 10_000) + `"}`, `{"lines":[` + strings.Repeat(`{},`, 500) + `{}]}`,
	} {
		perform(t, 80, 24, nil, func(s *stage) {
			s.inside(func() {
				f := newForm(s.m.desk)
				f.restore(s.m.desk, []byte(draft))
				s.m.Update(pushMsg{f})
			})
			s.press("f3")
			s.fits()
			if frame := s.painted(); strings.Contains(frame, "\x1b]") || strings.Contains(frame, "\x1b[2J") {
				t.Errorf("%.60q reaches the terminal raw", draft)
			}
		})
	}
}

func TestCloneForm(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		d := shampoo()
		d.Amount, d.Discount, d.Prepaid = 20_000*money.Som, 2_000*money.Som, 3_000*money.Som
		d.Kind, d.Specialist, d.Note, d.Customer.Phone = store.Goods, "Gulnora", "gift", "998901234567"
		d.AppointmentAt, d.ExpiresAt = s.m.now().Add(time.Hour), s.m.now().Add(time.Hour)
		first := s.issue(d)
		s.msgs <- pushMsg{cloneForm(s.m.desk, first)}
		s.pass(0)
		s.press("esc") // nothing was typed yet
		s.misses("new invoice")
		s.msgs <- pushMsg{cloneForm(s.m.desk, first)}
		s.press("enter")
		all, err := s.store.Invoices(t.Context(), store.InvoiceQuery{})
		s.must(err)
		c := all[0]
		if c.Number == first.Number || c.Kind != first.Kind || c.Amount != first.Amount+first.Prepaid || c.Discount != first.Discount || c.Prepaid != 0 || len(c.Lines) != 2 || c.Lines[1] != first.Lines[1] ||
			c.Customer != first.Customer || c.Specialist != first.Specialist || c.Note != first.Note {
			t.Errorf("the clone of %+v is %+v", first, c)
		}
		if c.AppointmentAt != 0 || c.ExpiresAt != 0 {
			t.Errorf("the clone has a time: %s, %s", c.AppointmentAt, c.ExpiresAt)
		}
	})
}
