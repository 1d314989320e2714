package paypage

import (
	"context"
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
	last     store.Deal // the newest; its Seq is zero where there is none
	received bool       // money of one has come that does not pay the invoice, and nobody has decided about it
	to       store.PayTo
	fault    error // why to is not known: one of the store.DealCodes, or what failed
}

// dealsOf are the deals of an invoice, newest first. Where its payment system makes
// none, the ledger is not asked.
func (h *Handler) dealsOf(ctx context.Context, rules store.Rules, inv store.Invoice) ([]store.Deal, error) {
	if !rules.Systems[inv.System].Can.Deals || inv.Reusable() {
		return nil, nil
	}
	return h.books.DealsOf(ctx, inv.Number)
}

// addDeals puts what the page needs of the deals.
func (h *Handler) addDeals(ctx context.Context, s *subject, deals []store.Deal, now store.Instant) (err error) {
	if len(deals) == 0 {
		return nil
	}
	if s.last = deals[0]; s.last.State == store.DealVoid && now >= s.last.EndedAt.Add(setbackLasts) {
		s.last = store.Deal{} // what could not begin long ago is no news
	}
	if s.received, err = h.hasUnsettled(ctx, s.bill, deals); err != nil {
		return err
	}
	current := s.bill.Deal
	if current.State == store.DealOpen {
		s.changes = sooner(s.changes, current.ExpiresAt)
	}
	if s.brief || h.maker == nil || s.bill.State != store.BillReady || !current.Payable(now) {
		return nil
	}
	if current.Misquoted() {
		return nil // nobody is shown where to pay
	}
	s.to, s.fault = h.maker.PayTo(current)
	s.changes = sooner(s.changes, now.Add(stillHere))
	if s.fault != nil && !errors.Is(s.fault, store.ErrOwnPage) {
		s.changes = sooner(s.changes, now.Add(lookAgain))
	}
	return nil
}

// hasUnsettled tells of an invoice that is not paid whether money for it has come
// that somebody has to decide about.
func (h *Handler) hasUnsettled(ctx context.Context, b store.Bill, deals []store.Deal) (bool, error) {
	if b.State == store.BillPaid || b.State == store.BillRefunded {
		return false, nil
	}
	for _, d := range deals {
		if d.TransID == "" {
			continue
		}
		t, err := h.books.Transaction(ctx, d.TransID)
		if err != nil {
			return false, err
		}
		if t.Unsettled() {
			return true, nil
		}
	}
	return false, nil
}

// sooner is the earlier of two moments, of which a zero one never comes.
func sooner(a, b store.Instant) store.Instant {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
