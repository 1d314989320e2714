package deals

import (
	"context"
	"errors"
	"time"

	"tushum/store"
)

// The rests between two looks at a deal of which nothing can be learned, though its
// system answers: they are half as long as that has gone on, so a passing fault costs a
// payer who waits little, and a deal that is nobody's costs the others little.
const failingMost = time.Hour

// failing is a deal of which nothing can be learned while others can: the system does
// not know it, speaks of another one, or says what the ledger refuses.
type failing struct {
	kind  troubleKind
	since store.Instant // zero: it is not failing
}

// fault notes what keeps a deal from being learned of, and tells how long to let it
// rest. Only what is the deal's own is remembered.
func (k *Keeper) fault(d store.Deal, err error) (rest time.Duration) {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.lane(d.System)
	if errors.Is(err, context.DeadlineExceeded) {
		return l.slower(d.Ref)
	}
	kind, own := faultOf(err)
	if !own {
		return retryLeast
	}
	f := l.failing[d.Ref]
	if f.since == 0 || f.since > now {
		f.since = now
	}
	f.kind = kind
	l.failing[d.Ref] = f
	return min(failingMost, max(retryLeast, now.Time().Sub(f.since.Time())/2))
}

// well notes that a deal could be learned of.
func (k *Keeper) well(d store.Deal) {
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.lane(d.System)
	delete(l.failing, d.Ref)
	delete(l.slow, d.Ref)
}

// faultOf tells the failures that are about one deal.
func faultOf(err error) (kind troubleKind, own bool) {
	switch code := store.CodeOf(err); {
	case errors.Is(err, store.DealUnreadable):
		return unreadable, true
	case code == store.TransIDTaken || code == store.Invalid:
		return unbooked, true
	}
	return 0, false
}
