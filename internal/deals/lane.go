package deals

import (
	"context"
	"errors"
	"time"

	"tushum/store"
)

// The pace of asking. The payment system's own patience is its Dealer's to keep.
const (
	atOnce    = 4                // deals asked about together, so that a slow answer keeps nobody waiting
	dueRead   = 32               // deals read from the ledger together
	readEvery = 3 * time.Second  // between two looks at the ledger that find nothing due
	restLeast = time.Second      // after the second failure in a row; it doubles with each that follows
	restMost  = time.Minute      // what it doubles up to
	idleMost  = 30 * time.Second // between two looks at what is due
)

// lane is the asking of one payment system. What is in it is guarded by Keeper.mu.
type lane struct {
	system store.System
	rouse  chan struct{} // holds one: there is something to do

	near near            // deals with somebody waiting, or of which there is news
	due  []string        // refs from the ledger, longest overdue first
	next store.Instant   // when the first is due that was not among them; zero: none
	read store.Instant   // when to read again what is due, although others wait
	old  bool            // the last one was from due: it is near's turn
	busy map[string]bool // refs of deals that are being made or asked about
	done map[string]bool // refs of those asked about since due was read

	again  []store.DealDue // not yet written down
	asking int             // how many are asked about now

	fails  int           // in a row
	since  store.Instant // of the first of them
	failed store.Instant // of the last of them
	until  store.Instant // a rest, after which the next may be asked about
	err    error         // the last failure

	payable  map[string]store.Number // deals that can be paid, by ref
	troubled map[string]trouble      // deals that somebody has to look at, by ref
}

// lane finds the lane of a system; it needs k.mu.
func (k *Keeper) lane(system store.System) *lane {
	l := k.lanes[system]
	if l == nil {
		l = &lane{
			system: system, rouse: make(chan struct{}, 1), busy: make(map[string]bool), done: make(map[string]bool),
			payable: make(map[string]store.Number), troubled: make(map[string]trouble),
		}
		k.lanes[system] = l
	}
	return l
}

// wake tells the lane that there is something to do.
func (l *lane) wake() {
	select {
	case l.rouse <- struct{}{}:
	default:
	}
}

// reserve keeps a deal from being asked about until free is called.
func (k *Keeper) reserve(system store.System, ref string) (free func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.lane(system).busy[ref] = true
	return func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		l := k.lane(system)
		delete(l.busy, ref)
		l.wake()
	}
}

// take finds the deal to ask about next, by turns the one that somebody waits for and
// the one that is longest overdue. Where there is none, pause is for how long.
func (k *Keeper) take(ctx context.Context, l *lane) (ref string, pause time.Duration) {
	now := k.now()
	k.mu.Lock()
	if pause = l.resting(now); pause == 0 && !l.stale(now) {
		ref = l.pick(now)
	}
	k.mu.Unlock()
	if ref != "" || pause > 0 {
		return ref, pause
	}
	if err := k.readDue(ctx, l); err != nil {
		k.log.Error("the deals that are due can't be read or written down", "system", l.system, "err", err)
		return "", restMost
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if ref = l.pick(now); ref != "" {
		return ref, 0
	}
	return "", l.idle(now)
}

// stale tells that the ledger has to be read again, so that who waits near keeps
// nobody else waiting.
func (l *lane) stale(now store.Instant) bool {
	return len(l.due) == 0 && (now >= l.read || l.read > now.Add(readEvery))
}

// pick takes a deal and marks it as being asked about; empty: there is none.
func (l *lane) pick(now store.Instant) (ref string) {
	first, second := l.pickNear, l.pickDue
	if !l.old {
		first, second = second, first
	}
	if ref = first(now); ref == "" {
		ref = second(now)
	}
	if ref != "" {
		l.busy[ref] = true
		l.asking++
	}
	return ref
}

func (l *lane) pickNear(now store.Instant) string {
	e := l.near.first(now, l.busy)
	if e == nil {
		return ""
	}
	l.old = false
	return e.ref
}

func (l *lane) pickDue(store.Instant) string {
	for len(l.due) > 0 {
		ref := l.due[0]
		if l.due = l.due[1:]; !l.busy[ref] && !l.done[ref] {
			l.old = true
			return ref
		}
	}
	return ""
}

// readDue writes down when the deals that were asked about are due again, and reads
// which are due now.
func (k *Keeper) readDue(ctx context.Context, l *lane) error {
	k.mu.Lock()
	now, again := k.now(), l.again
	l.again = nil
	k.mu.Unlock()
	if len(again) > 0 {
		if err := k.cfg.Ledger.LookAgain(ctx, again); err != nil {
			return err
		}
	}
	k.mu.Lock()
	clear(l.done) // what ends from here on may be in what is read, and is not asked about twice
	limit := dueRead + len(l.busy)
	k.mu.Unlock()
	due, next, err := k.cfg.Ledger.DueDeals(ctx, l.system, limit)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	l.due, l.next, l.read = l.due[:0], next, now
	if len(due) == 0 {
		l.read = now.Add(readEvery)
	}
	for _, d := range due {
		l.due = append(l.due, d.Ref)
	}
	return nil
}

// idle is how long there is nothing to do.
func (l *lane) idle(now store.Instant) time.Duration {
	pause := idleMost
	for _, at := range []store.Instant{l.next, l.near.next(l.busy)} {
		if at != 0 {
			pause = min(pause, max(time.Millisecond, at.Time().Sub(now.Time())))
		}
	}
	return pause
}

// served notes that a deal was asked about, and when it is due again; wrote tells
// that the ledger knows that already.
func (k *Keeper) served(l *lane, d store.Deal, next store.Instant, wrote bool) {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	l.asking--
	delete(l.busy, d.Ref)
	l.done[d.Ref] = true
	if !wrote {
		l.again = append(l.again, store.DealDue{Seq: d.Seq, At: next})
	}
	l.near.served(d.Ref, next, now)
	l.wake()
}

// gone forgets a deal that is not in the ledger any more: it was restored.
func (k *Keeper) gone(l *lane, ref string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	l.asking--
	delete(l.busy, ref)
	l.done[ref] = true
	l.near.drop(ref)
	delete(l.payable, ref)
	delete(l.troubled, ref)
}

// came notes how an exchange with a payment system ended. Deals that were asked about
// at the same time fail together, and count once.
func (k *Keeper) came(system store.System, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.lane(system)
	if err == nil {
		l.fails, l.since, l.failed, l.until, l.err = 0, 0, 0, 0, nil
		l.wake()
		return
	}
	l.err, l.failed = err, now
	if l.fails > 1 && now < l.until {
		return
	}
	if l.fails == 0 {
		l.since = now
	}
	l.fails++
	if l.fails > 1 {
		l.until = now.Add(min(restMost, restLeast<<min(l.fails-2, 6)))
	}
}

// resting is how long nobody is asked about after failures in a row. One alone may be
// the deal's; after more it is tried with one at a time.
func (l *lane) resting(now store.Instant) time.Duration {
	switch rest := l.until.Time().Sub(now.Time()); {
	case l.fails < 2:
		return 0
	case l.asking > 0:
		return idleMost // until it has ended
	case rest > restMost: // the clock was set back
		return 0
	default:
		return max(0, rest)
	}
}
