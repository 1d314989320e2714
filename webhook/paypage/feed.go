package paypage

import (
	"context"

	"tushum/store"
)

// eventsAtOnce is how many events are read at a time.
const eventsAtOnce = 256

// follow tells the pages of invoices of which the ledger announces something.
func (h *Handler) follow(ctx context.Context) {
	wake, cancel := h.books.Subscribe()
	defer cancel()
	last, _ := h.books.LastEvent(ctx) // where it can't be read, the first news are about everything
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-wake:
			if !open {
				return
			}
		}
		last = h.pass(ctx, last)
	}
}

// pass tells of the events after one, and returns the last.
func (h *Handler) pass(ctx context.Context, after uint64) uint64 {
	for {
		events, err := h.books.Events(ctx, after, eventsAtOnce)
		if err != nil || len(events) == 0 {
			return h.restored(ctx, after)
		}
		for _, e := range events {
			h.crowd.tell(e.Number)
		}
		after = events[len(events)-1].Seq
	}
}

// restored notices that the ledger was replaced by one that has come less far.
func (h *Handler) restored(ctx context.Context, after uint64) uint64 {
	last, err := h.books.LastEvent(ctx)
	if err != nil || last >= after {
		return after
	}
	h.crowd.tell(store.Number(0))
	return last
}
