package deals

import (
	"context"

	"tushum/store"
)

// Step asks about all deals that are due now, one after the other, and returns when
// none is left.
func (k *Keeper) Step(ctx context.Context, system store.System) {
	k.mu.Lock()
	l := k.lane(system)
	k.mu.Unlock()
	k.hurryClosed(ctx)
	for {
		ref, _ := k.take(ctx, l)
		if ref == "" {
			return
		}
		k.serve(ctx, l, ref)
	}
}

// Recall is what Run begins with.
func (k *Keeper) Recall(ctx context.Context) { k.recall(ctx) }

// Kept is how much the Keeper remembers: places to pay to, deals that don't wait.
func (k *Keeper) Kept() (shown, near int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, l := range k.lanes {
		near += len(l.near)
	}
	return len(k.shown), near
}

// The bounds of what is remembered.
const (
	MostShown = mostShown
	MostNear  = mostNear
)
