package deals

import (
	"context"
	"errors"
	"maps"
	"sync"
	"time"

	"tushum/store"
)

// Hint has a deal asked about at once, by the payment system's name for it. A hint
// about a deal that is not the shop's, or that comes again and again, costs nothing.
func (k *Keeper) Hint(ctx context.Context, system store.System, id string) error {
	d, err := k.cfg.Ledger.DealByID(ctx, system, id)
	if store.CodeOf(err) == store.DealNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	k.showAnew(d.Ref)
	k.hurry(d.System, d.Ref)
	return nil
}

func (k *Keeper) hurry(system store.System, ref string) {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.lane(system)
	l.near.hint(ref, now)
	l.wake()
}

// attend has a deal asked about before the others, since somebody looks at it.
func (k *Keeper) attend(d store.Deal) {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.lane(d.System)
	l.near.attend(d.Ref, now)
	l.wake()
}

// Run asks the payment systems about their deals until ctx ends or the Keeper is
// closed.
func (k *Keeper) Run(ctx context.Context) {
	if !k.begin() {
		return
	}
	defer k.busy.Done()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(k.back, cancel)()
	k.recall(ctx)
	var lanes sync.WaitGroup
	for _, system := range k.cfg.Systems() {
		if profile := system.Profile(); profile.Can.Deals {
			k.mu.Lock()
			l := k.lane(profile.System)
			k.mu.Unlock()
			lanes.Go(func() { k.follow(ctx, l) })
		}
	}
	lanes.Go(func() { k.followInvoices(ctx) })
	lanes.Wait()
	<-ctx.Done()
}

// mostRecalled is how many deals the warnings of a new process count at first.
const mostRecalled = 1024

// recall finds the deals that somebody had to look at before this process began.
func (k *Keeper) recall(ctx context.Context) {
	deals, err := k.cfg.Ledger.TroubledDeals(ctx, mostRecalled)
	if err != nil && ctx.Err() == nil {
		k.log.Error("the deals that somebody has to look at can't be read", "err", err)
	}
	for _, d := range deals {
		k.note(d)
	}
}

// follow asks one payment system, a few deals at a time.
func (k *Keeper) follow(ctx context.Context, l *lane) {
	defer func() {
		if err := k.writeAgain(context.WithoutCancel(ctx), l); err != nil { // or they are asked about once more
			k.log.Warn("when deals are due can't be written down", "system", l.system, "err", err)
		}
	}()
	var asking sync.WaitGroup
	defer asking.Wait()
	room := make(chan struct{}, atOnce)
	for {
		select {
		case <-ctx.Done():
			return
		case room <- struct{}{}:
		}
		ref, pause := k.take(ctx, l)
		if ref == "" {
			<-room
			k.pause(ctx, l, pause)
			continue
		}
		asking.Go(func() {
			k.serve(ctx, l, ref)
			<-room
		})
	}
}

// pause waits until there is something to do.
func (k *Keeper) pause(ctx context.Context, l *lane, d time.Duration) {
	ctx, cancel := context.WithCancel(ctx)
	var listening sync.WaitGroup
	listening.Go(func() {
		select {
		case <-ctx.Done():
		case <-l.rouse:
			cancel()
		}
	})
	_ = k.cfg.Wait(ctx, d) // why it ended is seen by who asked for it
	cancel()
	listening.Wait()
}

// serve asks about a deal that was taken.
func (k *Keeper) serve(ctx context.Context, l *lane, ref string) {
	d, err := k.cfg.Ledger.Deal(ctx, ref)
	if err != nil {
		k.gone(l, ref)
		if !errors.Is(err, store.DealNotFound) && ctx.Err() == nil {
			k.log.Error("a deal can't be read", "system", l.system, "ref", ref, "err", err)
		}
		return
	}
	if d.State == store.DealAsked {
		if !k.mayFind(l) {
			k.served(l, d, k.now().Add(findRest), false)
			return
		}
		defer k.endFind(l)
	}
	told, next, wrote := k.look(ctx, d)
	k.served(l, told, next, wrote)
}

// findRest is how long an attempt in doubt waits while another one is looked up.
const findRest = 5 * time.Second

// mayFind tells whether an attempt may be looked up, and marks that one is: it may take
// minutes, and of those that are asked about together only one may.
func (k *Keeper) mayFind(l *lane) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if l.finding {
		return false
	}
	l.finding = true
	return true
}

// endFind makes room for the next look-up.
func (k *Keeper) endFind(l *lane) {
	k.mu.Lock()
	defer k.mu.Unlock()
	l.finding = false
}

// invoicesEvery is the rest between two looks at the invoices of open deals.
const invoicesEvery = 5 * time.Second

// followInvoices has the deals looked at, and called off, whose invoices were paid
// otherwise or cancelled.
func (k *Keeper) followInvoices(ctx context.Context) {
	wake, cancel := k.cfg.Ledger.Subscribe()
	defer cancel()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wake:
		}
		k.hurryClosed(ctx)
		if k.cfg.Wait(ctx, invoicesEvery) != nil {
			return
		}
	}
}

func (k *Keeper) hurryClosed(ctx context.Context) {
	for system, refs := range k.payableNow() {
		for ref, number := range refs {
			inv, err := k.cfg.Ledger.Invoice(ctx, number)
			if err == nil && !awaited(inv, k.now()) && k.mayCallOff(store.Deal{System: system, Ref: ref}) {
				k.hurry(system, ref)
			}
		}
	}
}

func (k *Keeper) payableNow() map[store.System]map[string]store.Number {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := make(map[store.System]map[string]store.Number, len(k.lanes))
	for system, l := range k.lanes {
		all[system] = maps.Clone(l.payable)
	}
	return all
}

// awaited tells whether a deal may still pay the invoice: it may, too, when the
// invoice's time ran out after the deal was made.
func awaited(inv store.Invoice, now store.Instant) bool {
	status := inv.StatusAt(now)
	return status == store.Open || status == store.Expired
}
