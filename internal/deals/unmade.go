package deals

import (
	"context"
	"errors"

	"tushum/store"
)

// unmade are attempts in a row of which no deal came, for a reason that is not the
// order's. They are counted apart from the looks: a payment system may answer about its
// deals and make none, and where no deal is open nobody else learns that it is away.
type unmade struct {
	fails  int
	since  store.Instant // of the first of them
	failed store.Instant // of the last of them
	err    error         // the last failure
}

// told is as for the looks.
func (u unmade) told(now store.Instant) bool {
	return u.fails >= failsTold && now > u.since.Add(failedFor) && now < u.failed.Add(failureOld)
}

// made notes how the making of a deal ended. The refusal of one order tells nothing of
// others.
func (k *Keeper) made(system store.System, err error) {
	if errors.Is(err, context.Canceled) || errors.Is(err, store.OrderRefused) {
		return
	}
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	u := &k.lane(system).unmade
	if err == nil {
		*u = unmade{}
		return
	}
	if u.fails == 0 || u.since > now || now >= u.failed.Add(failureOld) { // later than now only where the clock was set back
		*u = unmade{since: now}
	}
	u.fails++
	u.failed, u.err = now, err
}
