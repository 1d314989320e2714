package paypage

import (
	"context"
	"time"

	"tushum/store"
)

const (
	// eventsAtOnce is how many events are read at a time.
	eventsAtOnce = 256
	// readRest is the rest between two looks at the ledger: reading at each of the
	// thousands of commits a second that a busy shop may see would slow them.
	readRest = 20 * time.Millisecond
)

// feed tells the pages of invoices of which the ledger announces something.
type feed struct {
	books store.Books
	crowd *crowd
	last  store.Event // that was told; zero before the first
}

// follow tells news until ctx ends.
func (f *feed) follow(ctx context.Context) {
	wake, cancel := f.books.Subscribe()
	defer cancel()
	for {
		f.look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(readRest):
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		}
	}
}

// look tells what is new. While no page is open it reads no more than the newest
// event: a page that is opened after that shows all that came before it. What may
// have been lost, because the ledger can't be read or was replaced by another, the
// pages find out by themselves.
func (f *feed) look(ctx context.Context) {
	newest, err := f.books.LastEvent(ctx)
	switch {
	case err != nil:
		f.crowd.tellAll()
	case f.crowd.isEmpty():
		f.skip(ctx, newest)
	case newest < f.last.Seq || !f.pass(ctx):
		f.skip(ctx, newest)
		f.crowd.tellAll()
	}
}

// skip goes on to an event without telling of those before it.
func (f *feed) skip(ctx context.Context, seq uint64) {
	f.last = store.Event{Seq: seq}
	if seq == 0 {
		return
	}
	if events, err := f.books.Events(ctx, seq-1, 1); err == nil && len(events) == 1 {
		f.last = events[0] // else the next look finds another
	}
}

// pass tells of the events after the last, unless that is not the one it was: then
// a backup was put in the ledger's place, and has come as far since.
func (f *feed) pass(ctx context.Context) bool {
	known := int(min(f.last.Seq, 1))
	for more := true; more; {
		events, err := f.books.Events(ctx, f.last.Seq-uint64(known), eventsAtOnce)
		if err != nil || len(events) < known || known == 1 && events[0].Chain != f.last.Chain {
			return false
		}
		for _, e := range events[known:] {
			f.crowd.tell(e)
			f.last, known = e, 1
		}
		more = len(events) == eventsAtOnce
	}
	return true
}
