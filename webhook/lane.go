package webhook

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"
)

// The bounds on slow hashes. Payments need the processor too, so at most half
// of it hashes, and a guesser gets no more than a quarter of one core.
const (
	promptWaiting  = 64
	delayedWaiting = 16
	delayedRest    = 3               // times as long as the work took
	patience       = 5 * time.Second // below the time that a caller has for the whole call
)

var promptHashes = max(1, runtime.GOMAXPROCS(0)/2)

// lane lets a few pieces of work run at a time and a few more wait.
type lane struct {
	slots   chan struct{}
	places  chan struct{} // of those that run or wait
	rest    int
	served  atomic.Uint64
	dropped atomic.Uint64
}

func newLane(slots, waiting, rest int) lane {
	return lane{slots: make(chan struct{}, slots), places: make(chan struct{}, slots+waiting), rest: rest}
}

// run does the work when its turn comes. It does not when the lane is full,
// when the turn does not come in time, or when ctx ends first.
func (l *lane) run(ctx context.Context, work func()) {
	select {
	case l.places <- struct{}{}:
		defer func() { <-l.places }()
	default:
		l.dropped.Add(1)
		return
	}
	wait := time.NewTimer(patience)
	defer wait.Stop()
	select {
	case l.slots <- struct{}{}:
		l.served.Add(1)
		begun := time.Now()
		defer func() { l.free(time.Since(begun)) }()
		work()
	case <-wait.C:
		l.dropped.Add(1)
	case <-ctx.Done():
		l.dropped.Add(1)
	}
}

// free gives the slot back, after a rest that is in proportion to the work.
func (l *lane) free(took time.Duration) {
	if l.rest == 0 {
		<-l.slots
		return
	}
	time.AfterFunc(took*time.Duration(l.rest), func() { <-l.slots })
}
