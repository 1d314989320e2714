package deals

import (
	"context"
	"errors"
	"maps"
	"time"

	"tushum/store"
)

// The pace of asking. The payment system's own patience is its Dealer's to keep.
const (
	atOnce    = 4                // deals asked about together, so that a slow answer keeps nobody waiting
	dueRead   = 32               // deals read from the ledger together
	readEvery = 2 * time.Second  // between two looks at the ledger, unless more was due than was read
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
	read store.Instant   // when what is due may be read again
	old  bool            // the last one was from due: it is near's turn
	busy map[string]bool // refs of deals that are being made or asked about
	done map[string]bool // refs of those asked about since due was read

	freed  chan struct{}            // closed, and another made, when a ref leaves busy
	again  map[string]store.Instant // by ref, when deals are due; not yet written down
	write  store.Instant            // a rest, after which that may be tried again
	asking int                      // how many are asked about now

	finding bool // one of them is an attempt that is looked up

	fails   int           // in a row
	since   store.Instant // of the first of them
	failed  store.Instant // of the last of them
	counted store.Instant // of the last that counts: who was asked before it failed together with it
	until   store.Instant // a rest, after which the next may be asked about
	err     error         // the last failure
	heard   store.Instant // when it answered last: what is slow is a deal then, and not the system
	unmade  unmade

	payable  map[string]store.Number // deals that can be paid, by ref
	troubled map[string]trouble      // deals that somebody has to look at, by ref
	offs     map[string]callOffs     // deals of which it is not known whether they were called off, by ref
	slow     map[string]int          // deals that were asked about in vain until patience ended, and how often in a row, by ref
	failing  map[string]failing      // deals of which nothing can be learned while others can, by ref
}

// lane finds the lane of a system; it needs k.mu.
func (k *Keeper) lane(system store.System) *lane {
	l := k.lanes[system]
	if l == nil {
		l = &lane{
			system: system, rouse: make(chan struct{}, 1), busy: make(map[string]bool), done: make(map[string]bool),
			freed: make(chan struct{}), again: make(map[string]store.Instant),
			payable: make(map[string]store.Number), troubled: make(map[string]trouble), failing: make(map[string]failing),
			offs: make(map[string]callOffs), slow: make(map[string]int),
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

// reserve keeps a deal from being asked about until free is called. Where it is being
// asked about it waits for the end of that: of two answers nobody could tell the older.
func (k *Keeper) reserve(ctx context.Context, system store.System, ref string) (free func(), err error) {
	for {
		k.mu.Lock()
		l := k.lane(system)
		if !l.busy[ref] {
			l.busy[ref] = true
			k.mu.Unlock()
			return func() { k.free(l, ref) }, nil
		}
		freed := l.freed
		k.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-freed:
		}
	}
}

// free ends a reservation. What the ledger has of the deal is new to the lane.
func (k *Keeper) free(l *lane, ref string) {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	l.release(ref)
	l.dueAt(now)
}

// release lets a deal be asked about again.
func (l *lane) release(ref string) {
	delete(l.busy, ref)
	close(l.freed)
	l.freed = make(chan struct{})
	l.wake()
}

// dueAt notes that the ledger has a deal that is due then.
func (l *lane) dueAt(at store.Instant) {
	if at != 0 && (l.next == 0 || at < l.next) {
		l.next = at
	}
}

// take finds the deal to ask about next, by turns the one that somebody waits for and
// the one that is longest overdue. Where there is none, pause is for how long.
func (k *Keeper) take(ctx context.Context, l *lane) (ref string, pause time.Duration) {
	now := k.now()
	k.mu.Lock()
	stale := false
	if pause = l.resting(now); pause == 0 {
		if stale = l.stale(now); !stale {
			if ref = l.pick(now); ref == "" {
				pause = l.idle(now)
			}
		}
	}
	k.mu.Unlock()
	if !stale {
		return ref, pause
	}
	if err := k.readDue(ctx, l); err != nil {
		if ctx.Err() == nil {
			k.log.Error("the deals that are due can't be read", "system", l.system, "err", err)
		}
		return "", restMost
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if ref = l.pick(now); ref != "" {
		return ref, 0
	}
	return "", l.idle(now)
}

// stale tells that the ledger is to be read again, so that who waits near keeps nobody
// else waiting. That is not done each time there is nothing to do: it is a read, and a
// commit for those that were asked about since.
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
		l.near.taken(ref)
		l.asking++
	}
	return ref
}

func (l *lane) pickNear(now store.Instant) string {
	e := l.near.first(now, l.held())
	if e == nil {
		return ""
	}
	l.old = false
	return e.ref
}

func (l *lane) pickDue(store.Instant) string {
	held := l.held() // one of those comes again when the ledger is read
	for len(l.due) > 0 {
		ref := l.due[0]
		if l.due = l.due[1:]; !held[ref] && !l.done[ref] {
			l.old = true
			return ref
		}
	}
	return ""
}

// readDue writes down when the deals that were asked about are due again, and reads
// which are due now. What can't be written down is known all the same, so those that
// are due or waited for are asked about; it is tried again after a rest.
func (k *Keeper) readDue(ctx context.Context, l *lane) error {
	k.writeWhenRested(ctx, l)
	now := k.now()
	k.mu.Lock()
	clear(l.done) // what ends from here on may be in what is read, and is not asked about twice
	limit := dueRead + len(l.busy) + len(l.again)
	k.mu.Unlock()
	due, next, err := k.cfg.Ledger.DueDeals(ctx, l.system, limit)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	l.due, l.next, l.read = l.due[:0], next, now
	if len(due) < limit {
		l.read = now.Add(readEvery)
	}
	for _, d := range due {
		if !l.putOff(d.Ref, now) {
			l.due = append(l.due, d.Ref)
		}
	}
	return nil
}

// putOff tells of a deal that is not due, though the ledger does not know that yet.
func (l *lane) putOff(ref string, now store.Instant) bool {
	at, known := l.again[ref]
	return known && (at == 0 || at > now && at <= now.Add(store.LongestRest))
}

func (k *Keeper) writeWhenRested(ctx context.Context, l *lane) {
	now := k.now()
	k.mu.Lock()
	resting := now < l.write && l.write <= now.Add(restMost)
	k.mu.Unlock()
	if resting {
		return
	}
	err := k.writeAgain(ctx, l)
	if err == nil || ctx.Err() != nil {
		return
	}
	k.log.Error("when deals are due can't be written down", "system", l.system, "err", err)
	k.mu.Lock()
	defer k.mu.Unlock()
	l.write = now.Add(restMost)
}

// writeAgain writes down when the deals that were asked about are due again.
func (k *Keeper) writeAgain(ctx context.Context, l *lane) error {
	k.mu.Lock()
	again := maps.Clone(l.again)
	k.mu.Unlock()
	if len(again) == 0 {
		return nil
	}
	when := make([]store.DealDue, 0, len(again))
	for ref, at := range again {
		when = append(when, store.DealDue{Ref: ref, At: at})
	}
	if err := k.cfg.Ledger.LookAgain(ctx, when); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	maps.DeleteFunc(l.again, func(ref string, at store.Instant) bool { // what came meanwhile stays
		written, ok := again[ref]
		return ok && at == written
	})
	return nil
}

// idle is how long there is nothing to do.
func (l *lane) idle(now store.Instant) time.Duration {
	pause, read := idleMost, l.next
	switch {
	case len(l.again) > 0:
		read = l.read
	case read != 0:
		read = max(read, l.read)
	}
	for _, at := range []store.Instant{read, l.near.next(l.held())} {
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
	l.done[d.Ref] = true
	delete(l.again, d.Ref)
	if !wrote {
		l.again[d.Ref] = next
	}
	if next == 0 {
		delete(l.failing, d.Ref)
		delete(l.slow, d.Ref)
	}
	l.dueAt(next)
	l.near.served(d.Ref, next, now)
	l.release(d.Ref)
}

// gone forgets a deal that is not in the ledger any more: it was restored.
func (k *Keeper) gone(l *lane, ref string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	l.asking--
	l.done[ref] = true
	l.near.drop(ref)
	delete(l.again, ref)
	delete(l.payable, ref)
	delete(l.offs, ref)
	delete(l.troubled, ref)
	delete(l.failing, ref)
	delete(l.slow, ref)
	l.release(ref)
}

// came notes how an exchange with a payment system ended. Deals that were asked about
// at the same time fail together, and count once. An answer that is not about the deal
// is the deal's trouble: the system can be asked.
func (k *Keeper) came(system store.System, asked store.Instant, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.lane(system)
	if err == nil || errors.Is(err, store.DealUnreadable) {
		l.heard = now
		l.fails, l.since, l.counted, l.failed, l.until, l.err = 0, 0, 0, 0, 0, nil
		l.wake()
		return
	}
	if errors.Is(err, context.DeadlineExceeded) && l.heard <= now && now < l.heard.Add(heardFor) {
		return
	}
	l.err, l.failed = err, now
	if l.fails > 1 && now < l.until && l.until <= now.Add(restMost) {
		return
	}
	if l.fails > 0 && asked < l.counted && l.counted <= now {
		return
	}
	l.counted = now
	if l.fails == 0 || l.since > now { // later than now only where the clock was set back
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
