package deals

import (
	"context"
	"time"

	"tushum/store"
)

// A deal that the system has open still after its end is paid on rather than another
// one made: for so long at a time, and up to so long after its end. Then it is called off,
// since some systems tell late of what has run out.
const (
	extension   = 2 * time.Minute
	openOverdue = 10 * time.Minute
)

// lookAtLapsed asks about the newest deal that only our clock has ended: it may have
// been paid in its last seconds, and whoever is shown another card pays twice. Where
// nobody answers the error is DealInDoubt, unless a person has decided it.
func (k *Keeper) lookAtLapsed(ctx context.Context, dealer store.Dealer, o store.DealOrder) error {
	all, err := k.cfg.Ledger.DealsOf(ctx, o.Number)
	if err != nil {
		return err
	}
	lapsed, ok := lapsedByClock(all, k.now())
	if !ok || dealer.Profile().State == store.NotConnected {
		return nil
	}
	inv, err := k.cfg.Ledger.Invoice(ctx, o.Number)
	if err != nil || inv.StatusAt(k.now()) != store.Open {
		return err // no deal is begun any more
	}
	if err = k.extendOrEnd(ctx, dealer, lapsed); err != nil && !o.Force {
		return &store.Error{Code: store.DealInDoubt, Number: o.Number, Err: err}
	}
	return nil
}

// lapsedByClock is the newest deal that can't be paid any more by our clock alone. None
// is looked for where another is under way: that is the one to go on with.
func lapsedByClock(newestFirst []store.Deal, now store.Instant) (lapsed store.Deal, ok bool) {
	if _, current := store.CurrentDeal(newestFirst, now); current {
		return store.Deal{}, false
	}
	for _, d := range newestFirst {
		if d.State == store.DealOpen && d.StateAt(now) == store.DealExpired {
			return d, true
		}
	}
	return store.Deal{}, false
}

// extendOrEnd asks about a deal, while nobody else does, and goes by what the system says.
func (k *Keeper) extendOrEnd(ctx context.Context, dealer store.Dealer, d store.Deal) error {
	free, err := k.reserve(ctx, d.System, d.Ref)
	if err != nil {
		return err
	}
	defer free()
	if d, err = k.cfg.Ledger.Deal(ctx, d.Ref); err != nil || d.StateAt(k.now()) != store.DealExpired || d.State != store.DealOpen {
		return err // somebody has just found it out
	}
	asked := k.now()
	news, err := dealer.Look(ctx, d)
	if k.came(d.System, asked, err); err != nil {
		k.unanswered(ctx, d, err)
		return err
	}
	now, ends := k.now(), news.ExpiresAt
	if ends <= d.AskedAt { // it does not say
		ends = d.ExpiresAt
	}
	overdue := news.State == store.DealOpen && d.CalledAt == 0 && ends <= now
	switch {
	case overdue && now < ends.Add(openOverdue):
		news.ExpiresAt = now.Add(extension)
	case overdue:
		_, _ = k.callOff(ctx, dealer, d) // another one is made, whatever comes of that
		return nil
	}
	_, err = k.tell(ctx, d, news)
	return err
}
