package deals

import (
	"context"
	"errors"
	"time"

	"tushum/store"
)

// How long and how often a payment system is asked where a deal is paid (the
// vendor's own SDK: every one to two seconds, up to twenty). Who still looks after
// that has it asked again.
const (
	showEvery  = 1500 * time.Millisecond
	showWithin = 20 * time.Second
	showAgain  = 5 * time.Second  // after another answer than a card
	cardAgain  = 30 * time.Second // after a card: the system may give another one in its place
	mostShown  = 1024
)

// shown is where a deal is paid. It lives in memory only, while the deal can be paid:
// it is somebody's card.
type shown struct {
	to     store.PayTo
	err    error         // ErrNotReady while it is being asked for
	again  store.Instant // when to ask again
	asking bool
}

// PayTo tells where a deal is paid. ErrNotReady: it is being found out, ask again, or
// wait for Config.Shown; ErrOwnPage: on the page at the deal's URL; ErrCalledOff: it
// can't be paid any more. Of one that is Withheld it is not told. It returns at once.
// Who asks is taken for somebody that looks at the deal.
func (k *Keeper) PayTo(d store.Deal) (store.PayTo, error) {
	now := k.now()
	if !d.Payable(now) {
		k.forget(d.Ref)
		return store.PayTo{}, store.ErrCalledOff
	}
	k.attend(d)
	if d.Withheld() {
		k.forget(d.Ref)
		return store.PayTo{}, store.ErrNotReady
	}
	k.mu.Lock()
	s := k.showing(d.Ref)
	ask := !s.asking && (now >= s.again || s.again > now.Add(cardAgain))
	s.asking = s.asking || ask
	to, err := s.to, s.err
	k.mu.Unlock()
	if ask && k.begin() {
		go func() {
			defer k.busy.Done()
			k.findOut(d)
		}()
	}
	return to, err
}

// showing finds or makes what is shown of a deal; it needs k.mu. There is room for a
// bounded number: another one is asked about anew when it is looked at.
func (k *Keeper) showing(ref string) *shown {
	s := k.shown[ref]
	if s == nil {
		for other := range k.shown {
			if len(k.shown) < mostShown {
				break
			}
			delete(k.shown, other)
		}
		s = &shown{err: store.ErrNotReady}
		k.shown[ref] = s
	}
	return s
}

// findOut asks until it is known where a deal is paid.
func (k *Keeper) findOut(d store.Deal) {
	ctx, cancel := context.WithTimeout(k.back, showWithin)
	defer cancel()
	to, err := k.askPayTo(ctx, d)
	if errors.Is(err, store.ErrNotReady) {
		k.takeBack(d)
	}
	for errors.Is(err, store.ErrNotReady) && k.cfg.Wait(ctx, showEvery) == nil {
		to, err = k.askPayTo(ctx, d)
	}
	if err != nil && ctx.Err() != nil { // it took too long: who still looks has it asked again
		err = store.ErrNotReady
	}
	news := k.found(d.Ref, to, err)
	if errors.Is(err, store.ErrCalledOff) {
		k.hurry(d.System, d.Ref)
	}
	if news {
		k.cfg.Shown(d.Number)
	}
}

// found remembers where a deal is paid, and tells whether that is news. A card stays
// while nothing can be learned of it.
func (k *Keeper) found(ref string, to store.PayTo, err error) (news bool) {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.shown[ref]
	if s == nil {
		return !errors.Is(err, store.ErrNotReady)
	}
	was := *s
	*s = shown{to: to, err: err}
	switch {
	case err == nil:
		s.again = now.Add(cardAgain)
		return was.err != nil || was.to != to
	case was.err == nil && !errors.Is(err, store.ErrCalledOff) && !errors.Is(err, store.ErrOwnPage):
		s.to, s.err = was.to, nil // also where it took too long: a card that was taken back is gone by now
	case errors.Is(err, store.ErrNotReady):
		return false
	}
	s.again = now.Add(showAgain)
	return s.err != nil
}

// takeBack shows a card no more that the system has taken back: money sent there might
// reach nobody.
func (k *Keeper) takeBack(d store.Deal) {
	k.mu.Lock()
	s := k.shown[d.Ref]
	was := s != nil && s.err == nil
	if was {
		s.to, s.err = store.PayTo{}, store.ErrNotReady
	}
	k.mu.Unlock()
	if was {
		k.cfg.Shown(d.Number)
	}
}

// showAnew has it asked for again where a deal is paid, when somebody looks at it next.
func (k *Keeper) showAnew(ref string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if s := k.shown[ref]; s != nil {
		s.again = 0
	}
}

func (k *Keeper) askPayTo(ctx context.Context, d store.Deal) (store.PayTo, error) {
	dealer := k.cfg.Systems().Dealer(d.System)
	if dealer == nil {
		return store.PayTo{}, &store.Error{Code: store.SystemClosed, System: d.System}
	}
	return dealer.PayTo(ctx, d)
}

// forget drops what is not shown any more.
func (k *Keeper) forget(ref string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.shown, ref)
}
