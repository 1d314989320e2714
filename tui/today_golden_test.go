package tui

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

// weekend is a salon's whole Sunday, after a few payments on Saturday.
func weekend(s *stage, _ *Options) {
	s.paid(store.Draft{Amount: 25_000_000, Customer: store.Customer{Name: "Kamola"}}, transID(301), "HUMO")
	s.begin(s.issue(store.Draft{Amount: 8_000_000, Customer: store.Customer{Name: "Лена"}}), transID(302))
	for i, v := range visitors {
		time.Sleep(time.Until(morning.Add(24*time.Hour + v.at)))
		inv := s.issue(store.Draft{
			Kind: v.kind, Lines: []store.Line{{Name: v.service, Quantity: 1, Price: v.price * money.Som}},
			Customer: store.Customer{Name: v.name, Phone: v.phone}, Note: v.note,
		})
		s.begin(inv, transID(i+1))
		if v.source == "" {
			continue
		}
		time.Sleep(4 * time.Second)
		s.finish(transID(i+1), v.source)
		if v.reversed {
			s.reverse(transID(i + 1))
		}
	}
	time.Sleep(time.Until(opening.Add(24 * time.Hour)))
	if _, err := s.store.Sweep(s.t.Context()); err != nil {
		s.t.Error(err)
	}
}

func TestTodayFull(t *testing.T) {
	t.Parallel()
	goldens(t, weekend, func(*stage) {})
}

func TestTodayEmpty(t *testing.T) {
	t.Parallel()
	goldens(t, nil, func(*stage) {})
}

// brokenLedger is one whose transactions and sums can't be read.
type brokenLedger struct{ Ledger }

var errTorn = &store.Error{Code: store.Damaged, Detail: "a page is torn", Err: errors.New("checksum")}

func (brokenLedger) FindTransactions(context.Context, store.TransactionQuery) iter.Seq2[store.Transaction, error] {
	return func(yield func(store.Transaction, error) bool) { yield(store.Transaction{}, errTorn) }
}

func (brokenLedger) Totals(context.Context, store.Date, store.Date) ([]store.Total, error) {
	return nil, errTorn
}

func TestTodayError(t *testing.T) {
	t.Parallel()
	goldens(t, func(s *stage, o *Options) { o.Ledger = brokenLedger{s.store} }, func(*stage) {})
}

// slowLedger answers nothing of transactions and sums until the end.
type slowLedger struct {
	Ledger
	end <-chan struct{}
}

func (l slowLedger) FindTransactions(ctx context.Context, _ store.TransactionQuery) iter.Seq2[store.Transaction, error] {
	return func(func(store.Transaction, error) bool) {
		select {
		case <-l.end:
		case <-ctx.Done():
		}
	}
}

func (l slowLedger) Totals(context.Context, store.Date, store.Date) ([]store.Total, error) {
	<-l.end
	return nil, nil
}

func TestTodayLoading(t *testing.T) {
	t.Parallel()
	goldens(t, func(s *stage, o *Options) {
		end := make(chan struct{})
		time.AfterFunc(time.Hour, func() { close(end) })
		o.Ledger = slowLedger{s.store, end}
	}, func(*stage) {})
}

// later are two payments that come while somebody reads, the second of them
// not settled yet.
func later(s *stage) {
	s.paid(store.Draft{Amount: 7_500_000, Customer: store.Customer{Name: "Iroda"}, Note: "lak"}, transID(201), "HUMO")
	s.begin(s.issue(store.Draft{Amount: 12_000_050, Customer: store.Customer{Name: "Камола"}}), transID(202))
}

func TestTodayReading(t *testing.T) {
	t.Parallel()
	goldens(t, weekend, func(s *stage) {
		s.press("down", "down", "down")
		later(s)
	})
}

func TestTodayNew(t *testing.T) {
	t.Parallel()
	goldens(t, weekend, func(s *stage) { later(s) })
}

func TestTodayFiltered(t *testing.T) {
	t.Parallel()
	goldens(t, weekend, func(s *stage) { s.press("s", "v") })
}

func TestTodayNothingFound(t *testing.T) {
	t.Parallel()
	goldens(t, weekend, func(s *stage) {
		s.press("/")
		s.enter("zebra")
		s.press("enter")
	})
}

func TestTodayOtherDay(t *testing.T) {
	t.Parallel()
	goldens(t, weekend, func(s *stage) {
		s.press("[")
	})
}
