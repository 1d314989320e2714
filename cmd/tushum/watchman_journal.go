package main

import (
	"context"
	"maps"
	"slices"

	"tushum/store"
)

// mostLines is how far back the wire journal is read, in lines: as many as it
// keeps of the calls that changed nothing.
const mostLines = 10_000

// journalReader reads the wire journal from where it stands.
type journalReader struct {
	books   store.Books
	begun   bool
	newest  uint64                         // Seq of the newest line that was read
	traffic map[store.System]store.Traffic // of those whose lines are read
}

// read takes what has come of the payment systems that call since it was last read.
// With an error nothing has changed. After a restore, when the lines count from an
// earlier number, it begins anew.
func (r *journalReader) read(ctx context.Context, calling []store.System) error {
	if !r.begun {
		return r.begin(ctx, calling)
	}
	lines, newest, err := r.since(ctx, calling, r.newest)
	if err != nil {
		return err
	}
	if newest < r.newest {
		return r.begin(ctx, calling)
	}
	r.take(lines, newest)
	return nil
}

func (r *journalReader) begin(ctx context.Context, calling []store.System) error {
	traffic := make(map[store.System]store.Traffic)
	for _, system := range calling {
		known, err := r.ofLedger(ctx, system)
		if err != nil {
			return err
		}
		traffic[system] = known
	}
	lines, newest, err := r.since(ctx, calling, 0)
	if err != nil {
		return err
	}
	r.begun, r.traffic = true, traffic
	r.take(lines, newest)
	return nil
}

func (r *journalReader) take(lines []store.Call, newest uint64) {
	for _, c := range slices.Backward(lines) {
		of := r.traffic[c.System]
		of.Add(c)
		r.traffic[c.System] = of
	}
	r.newest = newest
}

// until brings what is known down to now, and copies it.
func (r *journalReader) until(now store.Instant) map[store.System]store.Traffic {
	for system, of := range r.traffic {
		of.NotAfter(now)
		r.traffic[system] = of
	}
	return maps.Clone(r.traffic)
}

// since reads the lines after one of those who call, newest first. From the beginning
// of the journal it reads only those that matter.
func (r *journalReader) since(ctx context.Context, calling []store.System, after uint64) (lines []store.Call, newest uint64, err error) {
	wanted := make(map[store.System]int) // answered calls
	for _, system := range calling {
		wanted[system] = store.MostAnswered
	}
	for c, err := range r.books.FindCalls(ctx, store.CallQuery{Limit: mostLines}) {
		if err != nil {
			return nil, 0, err
		}
		newest = max(newest, c.Seq)
		if c.Seq <= after {
			break
		}
		if !slices.Contains(calling, c.System) || after == 0 && wanted[c.System] == 0 {
			continue
		}
		c.Response = nil // many lines may wait here to be turned round
		lines = append(lines, c)
		if after != 0 || !store.Answered(c) {
			continue
		}
		if wanted[c.System]--; wanted[c.System] > 0 {
			continue
		}
		if delete(wanted, c.System); len(wanted) == 0 {
			break
		}
	}
	return lines, newest, nil
}

// ofLedger is what the transactions of a payment system tell of its calls. Strangers
// can fill all of the journal that is read; payments they can't make.
func (r *journalReader) ofLedger(ctx context.Context, system store.System) (traffic store.Traffic, err error) {
	began, err := r.newestOf(ctx, system, 0, func(store.Transaction) bool { return true })
	if err != nil {
		return store.Traffic{}, err
	}
	traffic.Know(began.CreatedAt)
	for _, status := range []store.TransactionStatus{store.Confirmed, store.Reversed} { // it may have taken every payment back
		paid, err := r.newestOf(ctx, system, status, func(t store.Transaction) bool { return t.ConfirmedAt != 0 })
		if err != nil {
			return store.Traffic{}, err
		}
		if paid.ConfirmedAt != 0 {
			traffic.Know(max(paid.ConfirmedAt, paid.ReversedAt))
			traffic.Confirm()
		}
	}
	return traffic, nil
}

// newestOf is a payment system's newest transaction of a status that is such a one;
// zero: there is none.
func (r *journalReader) newestOf(ctx context.Context, system store.System, status store.TransactionStatus, such func(store.Transaction) bool) (store.Transaction, error) {
	for t, err := range r.books.FindTransactions(ctx, store.TransactionQuery{Status: status}) {
		if err != nil {
			return store.Transaction{}, err
		}
		if t.System == system && such(t) {
			return t, nil
		}
	}
	return store.Transaction{}, nil
}
