package tui

import (
	"context"
	"iter"
	"sync/atomic"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// taken is what the panel and its hours say of the day, and what the ledger does.
func (s *stage) taken() (panel, hours, ledger money.Amount) {
	s.t.Helper()
	s.inside(func() {
		today := todayOf(s)
		panel = today.takings.total().Amount
		for _, hour := range today.takings.hours {
			hours += money.Amount(hour)
		}
		totals, err := s.store.Totals(s.t.Context(), today.takings.day, today.takings.day)
		if err != nil {
			s.t.Error(err)
		}
		for _, total := range totals {
			ledger += total.Amount
		}
	})
	return panel, hours, ledger
}

func (s *stage) takesAll() {
	s.t.Helper()
	if panel, hours, ledger := s.taken(); panel != ledger || hours != ledger {
		s.t.Errorf("the panel has %v, the hours %v, the ledger %v", panel, hours, ledger)
	}
}

// Of two readings that are under way at once the newer one counts.
func TestTodayTakesTheNewestReading(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		s.inside(func() {
			today, d := todayOf(s), s.m.desk
			older := today.readDay(d)()
			s.paid(store.Draft{Amount: 7_500_000}, transID(201), "HUMO")
			newer := today.readDay(d)()
			today.update(d, older)
			today.update(d, newer)
			if got := today.takings.total().Count; got != 12 {
				t.Errorf("%d payments, want 12: the older reading was taken", got)
			}
		})
		s.takesAll()
		s.inside(func() {
			today, d := todayOf(s), s.m.desk
			older := today.readSums(d)()
			s.paid(store.Draft{Amount: 7_600_000}, transID(202), "HUMO")
			today.update(d, today.readDay(d)())
			today.update(d, older)
			if got, want := today.takings.total().Count, int64(13); got != want {
				t.Errorf("%d payments, want %d: older sums took the place of newer ones", got, want)
			}
		})
		s.takesAll()
	})
}

// What comes while the day is read is not lost, also when it is read again.
func TestTodayPaymentsWhileReading(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		var first, second, third any
		s.inside(func() { first = todayOf(s).readDay(s.m.desk)() })
		s.paid(store.Draft{Amount: 7_500_000}, transID(201), "HUMO")
		s.pass(time.Second)
		s.inside(func() { second = todayOf(s).readDay(s.m.desk)() })
		s.msgs <- first
		s.pass(0)
		s.msgs <- second
		s.pass(time.Second)
		s.takesAll()
		s.inside(func() { third = todayOf(s).readDay(s.m.desk)() })
		s.paid(store.Draft{Amount: 7_600_000}, transID(202), "HUMO")
		s.pass(time.Second)
		s.msgs <- third
		s.pass(time.Second)
		s.takesAll()
		s.sees("13 payments")
	})
}

// Whoever looks at another day and comes back sees the first one.
func TestTodayThereAndBackWhileReading(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		var there any
		s.inside(func() {
			today, d := todayOf(s), s.m.desk
			today.filter.day = 20261121
			there = today.follow(d)()
			today.filter.day = 0
			if back := today.follow(d); back != nil {
				go func() { s.msgs <- back() }()
			}
		})
		s.msgs <- there
		s.pass(time.Second)
		s.sees("Sunday 22.11.2026", "11 payments")
	})
}

func TestTodayHoursAreTheSameHoweverTheyAreRead(t *testing.T) {
	t.Parallel()
	performFrom(t, opening.Add(-10*24*time.Hour), 80, 24, func(s *stage, _ *Options) {
		s.paid(store.Draft{Amount: 9_000_000}, transID(1), "HUMO")
	}, func(s *stage) {
		s.paid(store.Draft{Amount: 2_000_000}, transID(2), "HUMO")
		s.reverse(transID(1)) // of ten days ago
		s.reverse(transID(2))
		s.pass(time.Second)
		_, live, _ := s.taken()
		s.inside(func() { todayOf(s).update(s.m.desk, todayOf(s).readDay(s.m.desk)()) })
		if _, read, _ := s.taken(); live != read || read != 2_000_000 {
			t.Errorf("the hours have %v when told and %v when read", live, read)
		}
	})
}

// torn is a ledger whose transactions can't be read for a while.
type torn struct {
	Ledger
	now *atomic.Bool
}

func (l torn) FindTransactions(ctx context.Context, q store.TransactionQuery) iter.Seq2[store.Transaction, error] {
	if !l.now.Load() {
		return l.Ledger.FindTransactions(ctx, q)
	}
	return func(yield func(store.Transaction, error) bool) { yield(store.Transaction{}, errTorn) }
}

// Sums that can be read do not make whole what was read by half.
func TestTodayHalfADayIsReadAgain(t *testing.T) {
	t.Parallel()
	var broken atomic.Bool
	perform(t, 80, 24, func(s *stage, o *Options) {
		weekend(s, o)
		broken.Store(true)
		o.Ledger = torn{s.store, &broken}
	}, func(s *stage) {
		s.sees("the day's figures can't be read")
		s.paid(store.Draft{Amount: 7_500_000}, transID(201), "HUMO")
		s.pass(time.Second)
		s.sees("the day's figures can't be read")
		broken.Store(false)
		s.paid(store.Draft{Amount: 7_600_000}, transID(202), "HUMO")
		s.pass(time.Second)
		s.sees("13 payments")
		s.takesAll()
	})
}
