package deals

import (
	"context"
	"crypto/rand"
	"errors"
	"strconv"
	"strings"
	"time"

	"tushum/store"
)

// makeWithin is how long the making of a deal may take, whoever waits for it.
const makeWithin = 45 * time.Second

// findWithin is how long a look-up of an attempt may take: it may read the whole list of
// a busy shop.
const findWithin = 5 * time.Minute

// inDoubtFor is how long after an attempt a payment system may still come to know of
// it, although it says that it does not.
const inDoubtFor = time.Minute

// Begin returns the deal by which an invoice is paid now, and has one made where there
// is none. However many ask at once, it is one. A caller that goes away does not undo
// it. The error is a store.Error, DealInDoubt where the outcome of an attempt is not
// known yet, or that of the payment system.
func (k *Keeper) Begin(ctx context.Context, o store.DealOrder) (store.Deal, error) {
	wish := o.Number.String() + " " + strconv.FormatBool(o.Force) // who insists is not answered for who does not
	made := k.making.DoChan(wish, func() (any, error) {
		if !k.begin() {
			return store.Deal{}, &store.Error{Code: store.Closed}
		}
		defer k.busy.Done()
		ctx, cancel := context.WithTimeout(k.back, makeWithin)
		defer cancel()
		return k.make(ctx, o)
	})
	select {
	case <-ctx.Done():
		return store.Deal{}, ctx.Err()
	case r := <-made:
		d, _ := r.Val.(store.Deal)
		return d, r.Err
	}
}

// make returns a deal that a payer can be shown. One that leads nowhere is called off
// and another made in its place, once.
func (k *Keeper) make(ctx context.Context, o store.DealOrder) (store.Deal, error) {
	inv, err := k.cfg.Ledger.Invoice(ctx, o.Number)
	if err != nil {
		return store.Deal{}, err
	}
	o.Amount, o.Back = inv.Amount, k.cfg.Back(inv)
	const tries = 2
	for range tries {
		d, dealer, err := k.current(ctx, inv.System, o)
		if err != nil {
			return store.Deal{}, err
		}
		if !k.leadsNowhere(ctx, dealer, d) {
			k.attend(d)
			return d, nil
		}
		_, err = k.callOff(ctx, dealer, d)
		if errors.Is(err, store.CallOffUnknown) {
			_, err = k.calledOff(ctx, d) // nobody can pay it, whatever came of that
		}
		if err != nil {
			return store.Deal{}, err
		}
	}
	return store.Deal{}, nowhere{k.name(inv.System)}
}

// current is the deal by which an invoice is paid now, made where there is none.
func (k *Keeper) current(ctx context.Context, system store.System, o store.DealOrder) (store.Deal, store.Dealer, error) {
	dealer := k.cfg.Systems().Dealer(system)
	if dealer == nil {
		return store.Deal{}, nil, &store.Error{Code: store.SystemClosed, System: system}
	}
	if err := k.lookAtLapsed(ctx, dealer, o); err != nil {
		return store.Deal{}, nil, err
	}
	o.Ref = k.cfg.NewRef(o.Number)
	free, err := k.reserve(ctx, system, o.Ref) // nobody else looks up what is being made
	if err != nil {
		return store.Deal{}, nil, err
	}
	defer free()
	d, begun, err := k.cfg.Ledger.BeginDeal(ctx, o)
	switch {
	case err != nil:
		return store.Deal{}, nil, err
	case begun:
		d, err = k.ask(ctx, dealer, d, o)
	case d.State == store.DealAsked:
		if d, err = k.settleDoubt(ctx, dealer, d); err == nil && cameToNothing(d.State) {
			return k.current(ctx, system, o) // so there is room for another
		}
	}
	return d, dealer, err
}

func cameToNothing(s store.DealState) bool {
	return s == store.DealVoid || s == store.DealCanceled || s == store.DealExpired
}

// settleDoubt looks up what became of an earlier attempt, unless somebody else has
// just found that out.
func (k *Keeper) settleDoubt(ctx context.Context, dealer store.Dealer, d store.Deal) (store.Deal, error) {
	free, err := k.reserve(ctx, d.System, d.Ref)
	if err != nil {
		return store.Deal{}, &store.Error{Code: store.DealInDoubt, Number: d.Number, Err: err}
	}
	defer free()
	if d, err = k.cfg.Ledger.Deal(ctx, d.Ref); err != nil || d.State != store.DealAsked {
		return d, err
	}
	return k.resolve(ctx, dealer, d)
}

// leadsNowhere tells of a deal that is paid on the system's page, whose address
// nobody knows: what made it did not live to write it down.
func (k *Keeper) leadsNowhere(ctx context.Context, dealer store.Dealer, d store.Deal) bool {
	if d.URL != "" || !d.Payable(k.now()) {
		return false
	}
	_, err := dealer.PayTo(ctx, d)
	return errors.Is(err, store.ErrOwnPage)
}

// ask has a deal made that is written down.
func (k *Keeper) ask(ctx context.Context, dealer store.Dealer, d store.Deal, o store.DealOrder) (store.Deal, error) {
	asked := k.now()
	news, err := dealer.Make(ctx, o)
	switch {
	case err == nil:
		k.came(d.System, asked, nil)
		k.made(d.System, nil)
		return k.tell(ctx, d, news)
	case errors.Is(err, store.MakingUnknown):
		return k.lookUp(ctx, dealer, d, err)
	}
	k.made(d.System, err)
	if _, voidErr := k.cfg.Ledger.VoidDeal(ctx, d.Ref, err.Error()); voidErr != nil {
		k.unwritten(ctx, d, voidErr)
		return store.Deal{}, errors.Join(err, voidErr)
	}
	return store.Deal{}, err
}

// lookUp looks for a deal at once of which the system has not said whether it made it.
func (k *Keeper) lookUp(ctx context.Context, dealer store.Dealer, d store.Deal, unknown error) (store.Deal, error) {
	k.log.Warn("whether a deal was made is not known", "system", d.System, "number", d.Number, "ref", d.Ref, "err", unknown)
	found, err := k.resolve(ctx, dealer, d)
	if err == nil && found.State != store.DealVoid {
		k.made(d.System, nil)
		return found, nil
	}
	k.made(d.System, unknown)
	if err == nil {
		err = &store.Error{Code: store.DealInDoubt, Number: d.Number}
	}
	return found, err
}

// resolve looks up what became of an attempt. Only when the system is sure not to
// have it, and has had the time to learn of it, it is given up: then it is void. The
// error is DealInDoubt, with why the system could not be asked in it.
func (k *Keeper) resolve(ctx context.Context, dealer store.Dealer, d store.Deal) (store.Deal, error) {
	finding, cancel := context.WithTimeout(ctx, findWithin)
	defer cancel()
	asked := k.now()
	news, err := dealer.Find(finding, d)
	doubt := &store.Error{Code: store.DealInDoubt, Number: d.Number}
	switch {
	case err == nil:
		k.came(d.System, asked, nil)
		return k.tell(ctx, d, news)
	case !errors.Is(err, store.DealNotThere):
		k.came(d.System, asked, err)
		k.unanswered(ctx, d, err)
		doubt.Err = err
		return store.Deal{}, doubt
	}
	k.came(d.System, asked, nil)
	if k.since(d.AskedAt).Abs() < inDoubtFor { // a clock that was set back tells nothing
		return store.Deal{}, doubt
	}
	void, err := k.cfg.Ledger.VoidDeal(ctx, d.Ref, "the payment system has no such deal")
	if err != nil {
		k.unwritten(ctx, d, err)
	}
	return void, err
}

func (k *Keeper) since(i store.Instant) time.Duration {
	return time.Duration(k.now()-i) * time.Millisecond
}

// tell writes down what the payment system says of a deal as it was when it was asked.
// Where the ledger has learned more since then, the answer is the older word: it is
// left alone, and the deal is what the ledger has.
func (k *Keeper) tell(ctx context.Context, d store.Deal, n store.DealNews) (store.Deal, error) {
	ctx = context.WithoutCancel(ctx) // what is known is written down though the caller has gone
	told, err := k.cfg.Ledger.Deal(ctx, d.Ref)
	if err == nil && told.State == d.State && told.MadeAt == d.MadeAt {
		told, err = k.cfg.Ledger.TellDeal(ctx, d.Ref, n)
	}
	if err != nil {
		k.unwritten(ctx, d, err)
		return store.Deal{}, err
	}
	if told.State != d.State {
		k.log.Info("a deal has moved", "system", d.System, "number", d.Number, "ref", d.Ref, "from", d.State, "to", told.State)
	}
	k.note(told)
	return told, nil
}

// randomRef is a name that nobody has used before, and that says nothing but the
// number.
func randomRef(n store.Number) string { return n.String() + "-" + strings.ToLower(rand.Text()[:16]) }
