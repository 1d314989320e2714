package tui

import (
	"context"
	"iter"
	"sync/atomic"
	"testing"
	"time"

	"tushum/store"
)

// mended is a ledger whose calls can't be read for a while.
type mended struct {
	Ledger
	broken *atomic.Bool
}

func (l mended) FindCalls(ctx context.Context, q store.CallQuery) iter.Seq2[store.Call, error] {
	if l.broken.Load() {
		return unreadable{}.FindCalls(ctx, q)
	}
	return l.Ledger.FindCalls(ctx, q)
}

func TestCallsAreReadAgainAfterAnError(t *testing.T) {
	t.Parallel()
	for name, again := range map[string]func(*stage){
		"by the minute": func(s *stage) { s.pass(time.Minute) },
		"by g":          func(s *stage) { s.press("g") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var broken atomic.Bool
			perform(t, 80, 24, func(s *stage, o *Options) { o.Ledger = mended{s.store, &broken} }, func(s *stage) {
				aMorning(s)
				broken.Store(true)
				s.press("3", "s")
				s.sees("damaged")
				broken.Store(false)
				again(s)
				s.sees("refused calls only", "✗ create")
				s.misses("damaged")
			})
		})
	}
}

// Esc goes back to the newest call, then to all of them, and then to Today.
func TestEscapeOnCalls(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		aMorning(s)
		s.press("3", "s", "/")
		s.enter("create")
		s.press("enter", "down")
		s.sees("refused calls only", "search: create", "▸", "Esc back to the newest")
		s.press("esc")
		s.sees("refused calls only", "search: create", "Esc shows all")
		s.misses("▸")
		s.press("esc")
		s.sees("calls of payment systems", "✓ confirm")
		s.misses("search:", "Esc shows all")
		s.press("esc")
		s.sees("Takings")
	})
}
