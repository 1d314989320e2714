package deals

import (
	"time"

	"tushum/store"
)

// How often a payment system is asked to call a deal off while nobody knows what came of
// it, and the rest after the first time; each that follows is four times as long. They
// are counted by the process: another one begins anew.
const (
	callOffsMost = 5
	callOffRest  = 15 * time.Second
)

// callOffs are the times that a deal was called off to no known effect.
type callOffs struct {
	tries int
	after store.Instant // when to try again
}

// mayCallOff tells whether it is time to call a deal off.
func (k *Keeper) mayCallOff(d store.Deal) bool {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	off := k.lane(d.System).offs[d.Ref]
	return now >= off.after || off.after > now.Add(callOffRest<<(2*callOffsMost))
}

// lastCallOff counts a time, and tells whether it was the last one.
func (k *Keeper) lastCallOff(d store.Deal) bool {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.lane(d.System)
	off := l.offs[d.Ref]
	off.after = now.Add(callOffRest << (2 * off.tries))
	off.tries++
	l.offs[d.Ref] = off
	return off.tries >= callOffsMost
}
