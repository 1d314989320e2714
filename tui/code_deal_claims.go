package tui

import (
	"context"
	"sort"

	"tushum/store"
)

// mostWhileDeal is among how many events during a deal the payer's word is looked for.
const mostWhileDeal = 2_000

// claimedBefore are the deals, by their Refs, that ended without money though the payer
// had said that they paid. A deal knows only where it stands now; the events know what
// was before.
func claimedBefore(ctx context.Context, ledger Ledger, deals []store.Deal) map[string]bool {
	claims := make(map[string]bool)
	for _, deal := range deals {
		over := deal.State == store.DealCanceled || deal.State == store.DealExpired
		if over && deal.TransID == "" && deal.MadeAt != 0 && wasClaimed(ctx, ledger, deal) {
			claims[deal.Ref] = true
		}
	}
	return claims
}

func wasClaimed(ctx context.Context, ledger Ledger, deal store.Deal) bool {
	after, err := eventBefore(ctx, ledger, deal.AskedAt)
	for read := 0; err == nil && read < mostWhileDeal; read += mostEvents {
		events, err := ledger.Events(ctx, after, mostEvents)
		if err != nil {
			return false
		}
		for _, e := range events {
			switch {
			case e.At > deal.EndedAt:
				return false
			case e.Deal == deal.Ref && e.Type == dealClaimedEvent:
				return true
			}
			after = e.Seq
		}
		if len(events) < mostEvents {
			return false
		}
	}
	return false
}

// eventBefore is the newest event that is older than a moment. Events are in the order
// of time, so it is found by halving.
func eventBefore(ctx context.Context, ledger Ledger, at store.Instant) (uint64, error) {
	last, err := ledger.LastEvent(ctx)
	if err != nil {
		return 0, err
	}
	before := sort.Search(int(last), func(after int) bool {
		events, err := ledger.Events(ctx, uint64(after), 1)
		return err != nil || len(events) == 0 || events[0].At >= at
	})
	return uint64(before), nil
}
