package main

import (
	"context"
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
	newest  uint64 // Seq of the newest line that was read
	traffic store.Traffic
}

// read takes what has come since it was last read. With an error nothing has
// changed. After a restore, when the lines count from an earlier number, it
// begins anew.
func (r *journalReader) read(ctx context.Context) error {
	if !r.begun {
		return r.begin(ctx)
	}
	lines, newest, err := r.since(ctx, r.newest)
	if err != nil {
		return err
	}
	if newest < r.newest {
		return r.begin(ctx)
	}
	r.take(lines, newest)
	return nil
}

func (r *journalReader) begin(ctx context.Context) error {
	traffic, err := r.ofLedger(ctx)
	if err != nil {
		return err
	}
	lines, newest, err := r.since(ctx, 0)
	if err != nil {
		return err
	}
	r.begun, r.traffic = true, traffic
	r.take(lines, newest)
	return nil
}

func (r *journalReader) take(lines []store.Call, newest uint64) {
	for _, c := range slices.Backward(lines) {
		r.traffic.Add(c)
	}
	r.newest = newest
}

// since reads the bank's lines after one, newest first. From the beginning of
// the journal it reads only those that matter.
func (r *journalReader) since(ctx context.Context, after uint64) (lines []store.Call, newest uint64, err error) {
	answered := 0
	for c, err := range r.books.FindCalls(ctx, store.CallQuery{Limit: mostLines}) {
		if err != nil {
			return nil, 0, err
		}
		newest = max(newest, c.Seq)
		if c.Seq <= after {
			break
		}
		if c.System != store.Uzum {
			continue
		}
		c.Response = nil // many lines may wait here to be turned round
		lines = append(lines, c)
		if store.Answered(c) {
			answered++
		}
		if after == 0 && answered == store.MostAnswered {
			break
		}
	}
	return lines, newest, nil
}

// ofLedger is what the bank's transactions tell of its calls. Strangers can fill
// all of the journal that is read; payments they can't make.
func (r *journalReader) ofLedger(ctx context.Context) (traffic store.Traffic, err error) {
	began, err := r.newestOf(ctx, 0, func(store.Transaction) bool { return true })
	if err != nil {
		return store.Traffic{}, err
	}
	traffic.Know(began.CreatedAt)
	for _, status := range []store.TransactionStatus{store.Confirmed, store.Reversed} { // it may have taken every payment back
		paid, err := r.newestOf(ctx, status, func(t store.Transaction) bool { return t.ConfirmedAt != 0 })
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

// newestOf is the bank's newest transaction of a status that is such a one; zero:
// there is none.
func (r *journalReader) newestOf(ctx context.Context, status store.TransactionStatus, such func(store.Transaction) bool) (store.Transaction, error) {
	for t, err := range r.books.FindTransactions(ctx, store.TransactionQuery{Status: status}) {
		if err != nil {
			return store.Transaction{}, err
		}
		if t.System == store.Uzum && such(t) {
			return t, nil
		}
	}
	return store.Transaction{}, nil
}
