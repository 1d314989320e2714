package paypage

import (
	"errors"
	"time"

	"tushum/store"
)

// When an open page is drawn again: while it waits to learn where to pay, and while a
// deal can be paid, for who leads the deals asks sooner about those that somebody
// looks at.
const (
	lookAgain = 5 * time.Second
	stillHere = 20 * time.Second
)

// dealing is what a page has of an invoice's deals besides its bill.
type dealing struct {
	last  store.Deal // the newest; its Seq is zero where there is none
	to    store.PayTo
	fault error // why to is not known: one of the store.DealCodes, or what failed
}

// addDeals puts what the page needs of the deals.
func (h *Handler) addDeals(s *subject, deals []store.Deal, now store.Instant) {
	if len(deals) == 0 {
		return
	}
	if s.last = deals[0]; s.last.State == store.DealVoid && now >= s.last.EndedAt.Add(setbackLasts) {
		s.last = store.Deal{} // what could not begin long ago is no news
	}
	current := s.bill.Deal
	if current.State == store.DealOpen {
		s.changes = sooner(s.changes, current.ExpiresAt)
	}
	if s.brief || h.maker == nil || s.bill.State != store.BillReady || !current.Payable(now) {
		return
	}
	if current.Withheld() {
		return // nobody is shown where to pay
	}
	s.to, s.fault = h.maker.PayTo(current)
	s.changes = sooner(s.changes, now.Add(stillHere))
	if s.fault != nil && !errors.Is(s.fault, store.ErrOwnPage) {
		s.changes = sooner(s.changes, now.Add(lookAgain))
	}
}

// sooner is the earlier of two moments, of which a zero one never comes.
func sooner(a, b store.Instant) store.Instant {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
