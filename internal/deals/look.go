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
// (zero: never). wrote tells that the ledger knows that already.
func (k *Keeper) look(ctx context.Context, d store.Deal) (told store.Deal, next store.Instant, wrote bool) {
	dealer := k.cfg.Systems().Dealer(d.System)
	if dealer == nil || dealer.Profile().State == store.NotConnected {
		k.note(d)
		return d, k.now().Add(retryClosed), false
	}
	told, err := k.learn(ctx, dealer, d)
	if err != nil {
		rest := k.fault(d, err)
		k.note(d)
		if next = k.dueAgain(d); next != 0 {
			next = max(next, k.now().Add(rest))
		}
		return d, next, false
	}
	k.well(d)
	if off, done := k.callOffClosed(ctx, dealer, told); done {
		told = off
	}
	k.note(told)
	return told, k.dueAgain(told), told != d
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
	off, err = k.callOff(ctx, dealer, d)
	return off, err == nil
}

// learn asks the payment system, and writes down what is new. What goes wrong is
// logged where it does.
func (k *Keeper) learn(ctx context.Context, dealer store.Dealer, d store.Deal) (store.Deal, error) {
	if d.State == store.DealAsked {
		return k.resolve(ctx, dealer, d)
	}
	news, err := dealer.Look(ctx, d)
	if k.came(d.System, err); err != nil {
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

// callOff asks the payment system, once, to cancel a deal that nobody is to pay any
// more, and has it looked at after that.
func (k *Keeper) callOff(ctx context.Context, dealer store.Dealer, d store.Deal) (store.Deal, error) {
	if err := dealer.CallOff(ctx, d); err != nil {
		if ctx.Err() != nil {
			return store.Deal{}, ctx.Err() // nobody knows whether it was asked: the next look does it
		}
		k.log.Info("a payment system does not call a deal off: it runs out by itself", "system", d.System, "number", d.Number, "ref", d.Ref, "err", err)
	}
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
		delete(k.shown, d.Ref)
	}
	delete(l.troubled, d.Ref)
	if troubled {
		l.troubled[d.Ref] = trouble
	}
}
