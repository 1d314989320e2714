package deals

import (
	"context"
	"errors"
	"time"

	"tushum/store"
)

const (
	retryLeast  = 5 * time.Second  // after a failure about a deal, if it would be due before
	retryClosed = time.Minute      // of a payment system that is not filled in
	doubtLong   = 10 * time.Minute // after which somebody is told of an attempt in doubt
)

// look asks about one deal, and returns it as it is then, with when it is due again
// (zero: never). wrote tells that the ledger knows that already; where the look was
// broken off by us, the deal stays as due as it was.
func (k *Keeper) look(ctx context.Context, d store.Deal) (told store.Deal, next store.Instant, wrote bool) {
	dealer := k.cfg.Systems().Dealer(d.System)
	if dealer == nil || dealer.Profile().State == store.NotConnected {
		k.note(d)
		return d, k.now().Add(retryClosed), false
	}
	told, err := k.learn(ctx, dealer, d)
	if err != nil {
		return d, k.failed(d, err), ctx.Err() != nil
	}
	k.well(d)
	if off, done := k.callOffClosed(ctx, dealer, told); done {
		told = off
	}
	k.note(told)
	return told, k.dueAgain(told), told != d || ctx.Err() != nil
}

// failed notes that a deal could not be learned of, and tells when it is due again.
// What the system has told and the ledger did not take may be money: it is asked for
// again soon, also where nothing more was expected.
func (k *Keeper) failed(d store.Deal, err error) (next store.Instant) {
	rest := k.fault(d, err)
	k.note(d)
	next, soon := k.dueAgain(d), k.now().Add(rest)
	switch {
	case untaken(err):
		return soon
	case next != 0:
		return max(next, soon)
	}
	return 0
}

// untaken tells a failure of the ledger's from those of the payment system.
func untaken(err error) bool {
	code := store.CodeOf(err)
	return code != "" && code != store.DealInDoubt
}

// callOffClosed calls a deal off that may not pay its invoice any more.
func (k *Keeper) callOffClosed(ctx context.Context, dealer store.Dealer, d store.Deal) (off store.Deal, done bool) {
	if !d.Payable(k.now()) {
		return d, false
	}
	inv, err := k.cfg.Ledger.Invoice(ctx, d.Number)
	if err != nil || awaited(inv, k.now()) {
		return d, false
	}
	if !k.mayCallOff(d) {
		return d, false
	}
	if off, err = k.callOff(ctx, dealer, d); errors.Is(err, store.CallOffUnknown) && k.lastCallOff(d) {
		off, err = k.calledOff(ctx, d)
	}
	return off, err == nil
}

// learn asks the payment system, and writes down what is new. What goes wrong is
// logged where it does.
func (k *Keeper) learn(ctx context.Context, dealer store.Dealer, d store.Deal) (store.Deal, error) {
	if d.State == store.DealAsked {
		return k.resolve(ctx, dealer, d)
	}
	asked := k.now()
	looking, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	news, err := dealer.Look(looking, d)
	if k.came(d.System, asked, err); err != nil {
		k.unanswered(ctx, d, err)
		return d, err
	}
	if d.Knows(news, k.now()) {
		return d, nil
	}
	return k.tell(ctx, d, news)
}

// unanswered logs that a payment system did not answer; what was broken off by us is
// none of its.
func (k *Keeper) unanswered(ctx context.Context, d store.Deal, err error) {
	if !errors.Is(ctx.Err(), context.Canceled) {
		k.log.Warn("a payment system can't be asked about a deal", "system", d.System, "number", d.Number, "ref", d.Ref, "err", err)
	}
}

// unwritten logs that the ledger did not take what is to be known of a deal.
func (k *Keeper) unwritten(ctx context.Context, d store.Deal, err error) {
	if !errors.Is(ctx.Err(), context.Canceled) {
		k.log.Error("what became of a deal can't be written down", "system", d.System, "number", d.Number, "ref", d.Ref, "err", err)
	}
}

func (k *Keeper) dueAgain(d store.Deal) store.Instant {
	next, _ := k.cfg.Ledger.Rules().NextLook(d, k.now())
	return next
}

// callOff asks the payment system to cancel a deal that nobody is to pay any more, and
// has it looked at after that. Where it could not be asked, or nobody knows what came of
// it, a later look does it: to cancel twice harms nothing.
func (k *Keeper) callOff(ctx context.Context, dealer store.Dealer, d store.Deal) (store.Deal, error) {
	switch err := dealer.CallOff(ctx, d); {
	case err == nil:
	case ctx.Err() != nil:
		return store.Deal{}, ctx.Err() // nobody knows whether it was asked
	case errors.Is(err, store.ErrNotAsked):
		k.log.Warn("a payment system can't be asked to call a deal off", "system", d.System, "number", d.Number, "ref", d.Ref, "err", err)
		return store.Deal{}, err
	case errors.Is(err, store.CallOffUnknown):
		k.log.Warn("whether a deal was called off is not known", "system", d.System, "number", d.Number, "ref", d.Ref, "err", err)
		return store.Deal{}, err
	default:
		k.log.Info("a payment system does not call a deal off: it runs out by itself", "system", d.System, "number", d.Number, "ref", d.Ref, "err", err)
	}
	return k.calledOff(ctx, d)
}

// calledOff writes down that a deal was called off, as far as the shop can do that.
func (k *Keeper) calledOff(ctx context.Context, d store.Deal) (store.Deal, error) {
	off, err := k.cfg.Ledger.CallOffDeal(ctx, d.Ref)
	if err != nil {
		k.unwritten(ctx, d, err)
		return store.Deal{}, err
	}
	k.note(off)
	k.hurry(d.System, d.Ref)
	return off, nil
}

// note remembers what a deal is now, as far as others ask for it.
func (k *Keeper) note(d store.Deal) {
	now := k.now()
	payable := d.Payable(now)
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.lane(d.System)
	trouble, troubled := troubleOf(d, l.failing[d.Ref], now)
	delete(l.payable, d.Ref)
	if payable {
		l.payable[d.Ref] = d.Number
	} else {
		delete(l.offs, d.Ref)
	}
	if !payable || d.Withheld() {
		delete(k.shown, d.Ref)
	}
	delete(l.troubled, d.Ref)
	if troubled {
		l.troubled[d.Ref] = trouble
	}
}
