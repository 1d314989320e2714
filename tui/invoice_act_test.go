package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/internal/poster"
	"tushum/store"
	"tushum/tui/keys"
)

func typeName(v any) string { return fmt.Sprintf("%T", v) }

// asks presses the key of an action and waits until the dialog hears.
func (s *stage) asks(key string) {
	s.t.Helper()
	s.press(key)
	s.pass(time.Second)
}

func TestInvoiceDialogs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		invoice int
		key     string
	}{
		"cancel": {openOne, "x"}, "cancel in flight": {payingOne, "x"}, "reopen": {expiredOne, "o"}, "extend": {openOne, "e"},
		"mark paid": {openOne, "p"}, "mark paid in flight": {payingOne, "p"}, "which payment": {contestedOne, "t"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, shelf, func(s *stage) { openInvoice(s, c.invoice); s.asks(c.key) })
		})
	}
}

func TestInvoiceCancel(t *testing.T) {
	t.Parallel()
	perform(t, 80, 30, shelf, func(s *stage) {
		choose(s, openOne) // from the list
		s.asks("x")
		s.enter("mijoz kelmadi")
		s.press("esc")
		if inv := s.invoice(number(t, openOne)); inv.Status != store.Open {
			t.Fatalf("Esc leaves it %s", inv.Status)
		}
		s.asks("x")
		s.enter("mijoz kelmadi")
		s.press("enter")
		s.sees("invoice " + number(t, openOne).String() + " is cancelled")
		s.row(number(t, openOne).String(), "– cancelled")
		inv := s.invoice(number(t, openOne))
		if inv.Status != store.Cancelled || inv.Reason != "mijoz kelmadi" {
			t.Errorf("it is %s because of %q", inv.Status, inv.Reason)
		}
		s.press("enter")
		s.sees("till:aziza", "mijoz kelmadi")
		s.press("x")
		s.sees("it is cancelled already")
	})
}

// A payment that is under way when staff cancel is refused, and the customer
// gets the money back from the bank.
func TestInvoiceCancelWhilePaid(t *testing.T) {
	t.Parallel()
	perform(t, 80, 30, shelf, func(s *stage) {
		openInvoice(s, payingOne)
		s.asks("x")
		s.sees("somebody is paying this invoice right now", "confirm is refused", "money back")
		s.press("enter")
		s.sees("is cancelled; the bank gives back the", "attempts that came to nothing", "the invoice was cancelled")
		_, err := s.store.Confirm(t.Context(), store.Confirmation{System: store.Uzum, TransID: transID(3), Source: "HUMO"}, wire("confirm"))
		if !errors.Is(err, store.NotConfirmable) {
			t.Errorf("the confirm after it: %v", err)
		}
	})
}

// Somebody who begins to pay while the question is on the screen is not
// cancelled without a warning.
func TestInvoiceCancelRace(t *testing.T) {
	t.Parallel()
	perform(t, 80, 30, shelf, func(s *stage) {
		openInvoice(s, openOne)
		s.asks("x")
		s.misses("right now")
		s.begin(s.invoice(number(t, openOne)), transID(80))
		s.press("enter")
		s.pass(time.Second)
		s.sees("somebody is paying this invoice right now")
		if inv := s.invoice(number(t, openOne)); inv.Status != store.Open {
			t.Fatalf("it is %s already", inv.Status)
		}
		s.press("enter")
		if inv := s.invoice(number(t, openOne)); inv.Status != store.Cancelled {
			t.Errorf("it is %s", inv.Status)
		}
	})
}

// Who pays between the question and the answer has paid.
func TestInvoiceCancelTooLate(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, shelf, func(s *stage) {
		openInvoice(s, openOne)
		s.asks("x")
		s.begin(s.invoice(number(t, openOne)), transID(81))
		s.finish(transID(81), "HUMO")
		s.press("enter")
		s.sees("is already paid", "a refund is requested on")
	})
}

func TestInvoiceReopen(t *testing.T) {
	t.Parallel()
	perform(t, 80, 30, shelf, func(s *stage) {
		openInvoice(s, expiredOne)
		s.asks("o")
		s.sees("never", "24 hours: until 22.11 14:15")
		s.press("down", "down")
		s.enter("kechikdi")
		s.press("enter")
		s.sees("is open again", "○ open", "22.11 14:15")
		inv := s.invoice(number(t, expiredOne))
		if want := s.m.now().Add(24 * time.Hour); inv.Status != store.Open || inv.Reason != "kechikdi" || inv.ExpiresAt > want || inv.ExpiresAt < want.Add(-time.Minute) {
			t.Errorf("it is %s until %s because of %q", inv.Status, inv.ExpiresAt, inv.Reason)
		}
		s.press("o")
		s.sees("it is open; e changes its time")
	})
}

func TestInvoiceExtend(t *testing.T) {
	t.Parallel()
	perform(t, 120, 30, shelf, func(s *stage) {
		choose(s, openOne) // beside the list
		s.asks("e")
		s.press("enter")
		s.sees("its new time is set", "never")
		if inv := s.invoice(number(t, openOne)); inv.ExpiresAt != 0 {
			t.Errorf("it expires %s", inv.ExpiresAt)
		}
	})
}

func TestInvoiceMarkPaid(t *testing.T) {
	t.Parallel()
	perform(t, 80, 36, shelf, func(s *stage) {
		openInvoice(s, payingOne)
		s.asks("p")
		s.sees("paying this invoice through the bank", "cash", "terminal", "other")
		s.press("down", "enter")
		s.sees("can't be marked without a reason")
		s.enter("kassadagi terminal")
		s.press("enter")
		s.sees("is marked as paid", "✓ paid", "terminal", "till:aziza", "kassadagi terminal", "another payment paid")
		created, err := s.store.Transactions(t.Context(), store.TransactionQuery{Number: number(t, payingOne)})
		if err != nil || len(created) != 2 || created[0].Source != "TERMINAL" || created[0].System != store.Manual {
			t.Errorf("payments %+v: %v", created, err)
		}
		s.press("esc")
		openInvoice(s, standing1)
		s.press("p")
		s.sees("never paid up")
	})
}

func TestInvoiceCloneAndCode(t *testing.T) {
	t.Parallel()
	perform(t, 80, 30, shelf, func(s *stage) {
		openInvoice(s, paidOne)
		s.press("y")
		s.front(&formScreen{})
		s.sees("120 000", "Aziza Karimova")
	})
	perform(t, 80, 40, shelf, func(s *stage) {
		openInvoice(s, openOne)
		s.press("r")
		s.front(&codeScreen{})
	})
}

func TestInvoiceCopies(t *testing.T) {
	t.Parallel()
	perform(t, 80, 30, shelf, func(s *stage) {
		openInvoice(s, openOne)
		s.press("c", "m")
		n := number(t, openOne).String()
		if len(s.copied) != 2 || !strings.HasSuffix(s.copied[0], "account="+n) || !strings.Contains(s.copied[1], "Gulnora\nTop-up: 25\u00a0000\u00a0UZS") {
			t.Errorf("copied %q", s.copied)
		}
		s.press("esc")
		openInvoice(s, paidOne)
		s.press("c")
		s.sees("there is nothing to pay")
	})
	perform(t, 80, 30, func(s *stage, o *Options) { shelve(s); o.Links = nil }, func(s *stage) {
		openInvoice(s, openOne)
		s.press("r")
		s.sees("there is no link")
	})
}

// Every action that an invoice's state forbids has a reason, in every language.
func TestInvoiceReasons(t *testing.T) {
	t.Parallel()
	d := stillDesk()
	d.Options.Links = func(store.Invoice) poster.Links { return poster.Links{Payment: "https://a.uz"} }
	may := map[keys.Action][]store.InvoiceStatus{
		keys.Cancel: {store.Open}, keys.Reopen: {store.Expired, store.Refunded}, keys.Extend: {store.Open, store.Expired},
		keys.MarkPaid: {store.Open, store.Expired}, keys.Clone: store.InvoiceStatuses(), keys.CopyLink: {store.Open},
		keys.ShowCode: {store.Open}, keys.CopyMessage: {store.Open},
	}
	for a, states := range may {
		for _, status := range store.InvoiceStatuses() {
			why := newInvoice(d, store.Invoice{Status: status, System: store.Uzum}).why(d, a)
			allowed := false
			for _, s := range states {
				allowed = allowed || s == status
			}
			switch {
			case allowed && why.EN != "":
				t.Errorf("%s of a %s one: %s", a, status, why.EN)
			case !allowed && (why.UZ == "" || why.RU == "" || why.EN == ""):
				t.Errorf("%s of a %s one has no reason: %q", a, status, why)
			case strings.ContainsAny(why.UZ+why.RU+why.EN, "{}"):
				t.Errorf("%s of a %s one: %q", a, status, why)
			}
		}
	}
}

// The customer of an expired invoice may have been debited already.
func TestInvoiceExpiredWhileBeingPaid(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, func(_ *stage, o *Options) { o.Ready = nil }, func(s *stage) {
		inv := s.issue(store.Draft{Amount: 2_000_000, ExpiresAt: s.m.now().Add(time.Minute)})
		s.begin(inv, transID(1))
		s.msgs <- pushMsg{newInvoice(s.m.desk, inv)}
		s.pass(2 * time.Minute)
		s.press("x")
		s.sees("the payment under way may still go through")
		s.misses("nobody can pay it")
		s.pass(time.Hour)
		s.press("x")
		s.sees("nobody can pay it")
	})
}

// readOnly is a ledger whose store can't be written for a while.
type readOnly struct {
	Ledger
	stopped atomic.Bool
}

func (l *readOnly) ready() error {
	if l.stopped.Load() {
		return &store.Error{Code: store.DiskFull}
	}
	return nil
}

func (l *readOnly) Cancel(context.Context, store.CancelOrder) (store.Invoice, error) {
	return store.Invoice{}, &store.Error{Code: store.DiskFull}
}

func TestInvoiceOfAFullStore(t *testing.T) {
	t.Parallel()
	l := &readOnly{}
	perform(t, 100, 30, func(s *stage, o *Options) {
		shelve(s)
		l.Ledger = o.Ledger
		o.Ledger, o.Ready = l, l.ready
	}, func(s *stage) {
		openInvoice(s, openOne)
		s.asks("x")
		s.press("enter")
		s.sees("disk is full")
		s.pass(10 * time.Second)
		s.misses("disk is full")
		l.stopped.Store(true)
		s.pass(2 * time.Second)
		for _, key := range []string{"x", "e", "p", "y"} {
			s.press(key)
			s.front(&invoiceScreen{})
			s.inside(func() {
				if s.m.dialog != nil || len(s.m.toasts) == 0 {
					t.Errorf("%s of a store that can't be written asks", key)
				}
				s.m.toasts = nil
			})
		}
	})
}

func TestInvoiceDialogsFit(t *testing.T) {
	t.Parallel()
	perform(t, 80, 30, func(s *stage, _ *Options) {
		s.issue(store.Draft{Amount: 99_999_999 * money.Som, Customer: store.Customer{Name: strings.Repeat("Muhammadyusuf ", 20)}})
	}, func(s *stage) {
		s.press("2", "down")
		for _, key := range []string{"x", "e", "p", "d"} {
			s.asks(key)
			for _, size := range []Size{{20, 6}, {40, 10}, {60, 20}, {200, 60}} {
				s.resize(size.Width, size.Height)
				s.fits()
			}
			s.press("esc")
		}
	})
}
