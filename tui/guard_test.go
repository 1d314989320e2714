package tui

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// brokenScreen panics wherever it is told to.
type brokenScreen struct{ where string }

func (b *brokenScreen) panicIn(where string) {
	if b.where == where {
		panic("a defect near +998 90 123-45-67")
	}
}

func (b *brokenScreen) title(*desk) string                   { return "broken" }
func (b *brokenScreen) scopes(*desk) []keys.Scope            { return []keys.Scope{keys.Text} }
func (b *brokenScreen) why(*desk, keys.Action) (t lang.Text) { return t }
func (b *brokenScreen) update(*desk, tea.Msg) tea.Cmd        { b.panicIn("update"); return nil }
func (b *brokenScreen) show(*desk) tea.Cmd {
	return func() tea.Msg { return tea.BatchMsg{func() tea.Msg { b.panicIn("command"); return nil }} }
}

func (b *brokenScreen) act(*desk, keys.Action) tea.Cmd { b.panicIn("act"); return nil }

func (b *brokenScreen) view(_ *desk, w, h int) string {
	b.panicIn("view")
	return look.Block([]string{"as ever"}, w, h)
}

// A defect costs neither the console nor, in the same process, the listener.
func TestADefectIsSurvived(t *testing.T) {
	t.Parallel()
	for _, where := range []string{"update", "command", "act", "view"} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			var log strings.Builder
			perform(t, 80, 24, func(_ *stage, o *Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) }, func(s *stage) {
				s.msgs <- pushMsg{&brokenScreen{where}}
				s.press("down")
				s.pass(0)
				s.msgs <- minuteMsg{}
				s.pass(0)
				s.sees("a defect of the program")
				s.pass(toastFor)
				s.press("esc", "2")
				s.sees("all invoices")
			})
			if text := log.String(); !strings.Contains(text, "a defect near") || strings.Contains(text, "123-45-67") {
				t.Errorf("the log says %s", text)
			}
		})
	}
}

// Whoever types fast types into what they have opened, and a question that comes
// late waits its turn.
func TestKeysGoWhereTheyAreMeant(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.inside(func() {
			for _, key := range []string{"n", "9", "0", "k"} {
				s.m.Update(keyNamed(t, key))
			}
		})
		s.sees("90k")
		s.inside(func() { s.m.Update(visitMsg{from: s.m.tabs[0], invoice: store.Invoice{Number: 1000002}}) })
		s.sees("new invoice")
		first := &dialog{title: "first", then: func(int, string) tea.Cmd { return nil }}
		s.msgs <- askMsg{first}
		s.msgs <- askMsg{&dialog{title: "second", then: func(int, string) tea.Cmd { return nil }}}
		s.pass(time.Second)
		s.sees("first")
		s.press("esc")
		s.sees("second")
		s.press("esc") // too early: it takes no keys yet
		s.sees("second")
		s.pass(deafFor)
		s.press("esc")
		s.misses("second")
		s.inside(func() { s.m.act(keys.New) })
		s.sees("a new invoice is open already")
	})
}

// failing is a ledger whose records can't be read for a while.
type failing struct {
	Ledger
	err atomic.Pointer[error]
}

func (f *failing) Transaction(ctx context.Context, id string) (store.Transaction, error) {
	if err := f.err.Load(); err != nil {
		return store.Transaction{}, *err
	}
	return f.Ledger.Transaction(ctx, id)
}

// What could not be read when it happened is told when it can be.
func TestNewsThatCouldNotBeReadComeLater(t *testing.T) {
	t.Parallel()
	ledger := &failing{}
	perform(t, 80, 24, func(_ *stage, o *Options) { ledger.Ledger, o.Ledger = o.Ledger, ledger }, func(s *stage) {
		slow := errors.New("the disk is slow")
		ledger.err.Store(&slow)
		s.press("2")
		s.paid(store.Draft{Amount: 70_000 * money.Som}, transID(1), "UZCARD")
		s.pass(time.Second)
		if s.rung != 0 {
			t.Errorf("the bell rang %d times", s.rung)
		}
		ledger.err.Store(nil)
		s.pass(time.Minute)
		s.sees("70 000 UZS paid")
		if s.rung != 1 {
			t.Errorf("the bell rang %d times", s.rung)
		}
	})
}

// The console opens on what there is; only what happens from then on is news.
func TestWhatWasThereIsNoNews(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, func(s *stage, _ *Options) { s.paid(store.Draft{Amount: 70_000 * money.Som}, transID(1), "UZCARD") }, func(s *stage) {
		s.inside(func() {
			m := newModel(s.m.Options)
			if m.read() != nil {
				t.Error("events are read before it is known where they stand")
			}
		})
		if s.rung != 0 {
			t.Error("the bell rang for an old payment")
		}
	})
}

// A store that can't be written is told in a line, and again when it can.
func TestTheStoreIsWatched(t *testing.T) {
	t.Parallel()
	var ready atomic.Pointer[error]
	perform(t, 80, 24, func(s *stage, o *Options) {
		salon(s, o)
		o.Ready = func() error {
			if err := ready.Load(); err != nil {
				return *err
			}
			return nil
		}
	}, func(s *stage) {
		for _, err := range []error{&store.Error{Code: store.DiskFull}, errors.New("no code at all")} {
			ready.Store(&err)
			s.pass(2 * time.Second)
			s.sees("store can't write")
			s.press("2", "end")
			s.sees("▸")
			s.press("n")
			s.misses("new invoice")
			ready.Store(nil)
			s.pass(2 * time.Second)
			s.sees("store is fine")
		}
	})
}
