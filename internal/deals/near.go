package deals

import (
	"slices"
	"time"

	"tushum/store"
)

const (
	mostNear   = 256              // more are asked about as the ledger has them
	youngPace  = 10 * time.Second // a deal that is due again within this is young: its payer is about
	nearFor    = 30 * time.Second // after somebody has looked at it
	hintRest   = 2 * time.Second  // between two questions that calls from outside cause
	lookRest   = 30 * time.Second // between two that looking at a deal causes which is not young
	nearAtMost = time.Minute      // how far ahead one can be due; more is of a clock that was set back
)

// near are the deals that don't wait behind the others: those that are young, those
// that somebody looks at, and those of which the payment system has told. It lives in
// memory only, and is bounded.
type near []*waiting

type waiting struct {
	ref    string
	at     store.Instant // when to ask; zero: nobody waits
	asked  store.Instant // when it was asked about last
	looked store.Instant // when somebody looked at it last
	hinted bool          // since it was taken: the answer under way may be older than what was told
}

// of finds or makes the entry of a deal; nil: there is no room.
func (n *near) of(ref string, now store.Instant) *waiting {
	for _, w := range *n {
		if w.ref == ref {
			return w
		}
	}
	*n = slices.DeleteFunc(*n, func(w *waiting) bool { return w.at == 0 && now >= w.asked.Add(lookRest) })
	if len(*n) == mostNear {
		return nil
	}
	w := &waiting{ref: ref}
	*n = append(*n, w)
	return w
}

// attend notes that somebody looks at a deal.
func (n *near) attend(ref string, now store.Instant) {
	if w := n.of(ref, now); w != nil {
		w.looked = now
		if w.at == 0 {
			w.at = max(now, w.asked.Add(lookRest))
		}
	}
}

// hint has a deal asked about at once, or nearly so where that was just done.
func (n *near) hint(ref string, now store.Instant) {
	if w := n.of(ref, now); w != nil {
		soon := max(now, w.asked.Add(hintRest))
		if w.at == 0 || w.at > soon {
			w.at = soon
		}
		w.hinted = true
	}
}

// taken notes that a deal is asked about from here on.
func (n near) taken(ref string) {
	for _, w := range n {
		if w.ref == ref {
			w.hinted = false
		}
	}
}

// first is the entry that has waited longest of those that can be asked about now.
func (n near) first(now store.Instant, busy map[string]bool) (first *waiting) {
	for _, w := range n {
		if w.at != 0 && !busy[w.ref] && (w.at <= now || w.at > now.Add(nearAtMost)) && (first == nil || w.at < first.at) {
			first = w
		}
	}
	return first
}

// next is when one is to be asked about; zero: never.
func (n near) next(busy map[string]bool) (next store.Instant) {
	for _, w := range n {
		if w.at != 0 && !busy[w.ref] && (next == 0 || w.at < next) {
			next = w.at
		}
	}
	return next
}

// served notes that a deal was asked about, and is due again at next (zero: never).
func (n *near) served(ref string, next, now store.Instant) {
	young := next != 0 && next <= now.Add(youngPace)
	for _, w := range *n {
		if w.ref != ref {
			continue
		}
		w.asked, w.at = now, 0
		if w.hinted {
			w.at = now.Add(hintRest)
			return
		}
		if next != 0 && next <= now.Add(nearAtMost) && (young || w.looked != 0 && now < w.looked.Add(nearFor)) {
			w.at = next
		}
		return
	}
	if young {
		if w := n.of(ref, now); w != nil {
			w.asked, w.at = now, next
		}
	}
}

func (n *near) drop(ref string) {
	*n = slices.DeleteFunc(*n, func(w *waiting) bool { return w.ref == ref })
}
