package bolt

import (
	"context"

	"tushum/store"
)

// BillBasis implements store.Books.
func (s *Store) BillBasis(ctx context.Context, inv store.Invoice) (ts []store.Transaction, deals []store.Deal, err error) {
	if inv.Reusable() {
		return nil, nil, nil
	}
	err = s.view(ctx, func(tx *readTx) error {
		if deals, err = tx.dealsOf(inv.Number); err != nil {
			return err
		}
		ts, err = tx.countsFor(inv, deals)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return ts, deals, nil
}

// countsFor are the transactions of a one-time invoice that its bill depends on. Money
// that is unsettled came of a deal, and without any the invoice was paid by what it
// asked for.
func (r *readTx) countsFor(inv store.Invoice, deals []store.Deal) (ts []store.Transaction, err error) {
	if inv.Status == store.Open || inv.Status == store.Expired {
		if ts, err = r.created(inv.Number, store.Transaction{}); err != nil {
			return nil, err
		}
	}
	if len(deals) == 0 {
		return ts, nil
	}
	standing, err := r.standing(deals)
	if err != nil {
		return nil, err
	}
	for _, t := range standing {
		if t.Unsettled() {
			ts = append(ts, t)
		}
	}
	if inv.PaidBy == "" {
		return ts, nil
	}
	t, err := r.transaction(inv.PaidSystem, inv.PaidBy)
	return append(ts, t), err
}
