package paypage

import (
	"cmp"
	"net/netip"
	"slices"
	"time"

	"golang.org/x/time/rate"
)

// watch are budgets by address, mostWatched of them at most. The zero value is
// empty.
type watch[B budget] struct{ budgets map[netip.Addr]B }

// budget is what somebody has left.
type budget interface {
	left(now time.Time) int // a part, in thousandths
}

// partLeft is the part that is left of one budget, in thousandths.
func partLeft(b *rate.Limiter, now time.Time) int { return int(1000*b.TokensAt(now)) / b.Burst() }

// of is the budget of an address, a fresh one where it is not watched. That is
// made for a factor, of which nearFactor tells.
func (w *watch[B]) of(from netip.Addr, now time.Time, fresh func(factor int) B) B {
	if b, is := w.budgets[from]; is {
		return b
	}
	if w.budgets == nil {
		w.budgets = make(map[netip.Addr]B)
	}
	if len(w.budgets) >= mostWatched {
		w.forget(now)
	}
	factor := 1
	if isNear(from) {
		factor = nearFactor
	}
	b := fresh(factor)
	w.budgets[from] = b
	return b
}

// forget drops the quarter that has most left: the idle go first, and who has used
// up a budget does not get a fresh one. A quarter at a time, for it looks at all
// of them.
func (w *watch[B]) forget(now time.Time) {
	type rest struct {
		from netip.Addr
		left int
	}
	rests := make([]rest, 0, len(w.budgets))
	for from, b := range w.budgets {
		rests = append(rests, rest{from, b.left(now)})
	}
	slices.SortFunc(rests, func(a, b rest) int { return cmp.Compare(b.left, a.left) })
	for _, r := range rests[:len(rests)/4] {
		delete(w.budgets, r.from)
	}
}
