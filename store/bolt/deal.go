package bolt

import (
	"context"

	"tushum/store"
)

// BeginDeal implements store.Deals.
func (s *Store) BeginDeal(_ context.Context, o store.DealOrder) (d store.Deal, begun bool, err error) {
	err = s.write(func(tx *writeTx) error {
		var ch store.Change
		if d, ch, err = s.beginDeal(tx, o); err != nil || ch.Empty() {
			return err
		}
		if err := tx.apply(&ch); err != nil {
			return err
		}
		d, begun = ch.Deals[0].After, true
		return nil
	})
	if err != nil {
		return store.Deal{}, false, err
	}
	return d, begun, nil
}

func (s *Store) beginDeal(tx *writeTx, o store.DealOrder) (store.Deal, store.Change, error) {
	if s.ballast.released() {
		return store.Deal{}, store.Change{}, &store.Error{Code: store.DiskFull}
	}
	inv, err := tx.invoice(o.Number)
	if err != nil {
		return store.Deal{}, store.Change{}, err
	}
	deals, err := tx.dealsOf(o.Number)
	if err != nil {
		return store.Deal{}, store.Change{}, err
	}
	standing, err := tx.standing(deals)
	if err != nil {
		return store.Deal{}, store.Change{}, err
	}
	d, ch, err := tx.rules.BeginDeal(inv, deals, standing, o, s.now())
	if err != nil || ch.Empty() {
		return d, ch, err
	}
	if _, err := tx.deal(o.Ref); store.CodeOf(err) != store.DealNotFound {
		return d, store.Change{}, &store.Error{Code: store.Internal, Number: o.Number, Detail: "two deals of one name", Err: err}
	}
	return d, ch, nil
}

// standing are the transactions that stand for the money of deals.
func (r *readTx) standing(deals []store.Deal) (ts []store.Transaction, err error) {
	for _, d := range deals {
		if d.TransID == "" {
			continue
		}
		t, err := r.transaction(d.System, d.TransID)
		if err != nil {
			return nil, err
		}
		ts = append(ts, t)
	}
	return ts, nil
}

// TellDeal implements store.Deals.
func (s *Store) TellDeal(_ context.Context, ref string, n store.DealNews) (store.Deal, error) {
	return s.changeDeal(ref, func(tx *writeTx, d store.Deal) (store.Change, error) {
		if err := tx.checkID(d, n.ID); err != nil {
			return store.Change{}, err
		}
		inv, created, err := tx.invoiceAndCreated(d.Number)
		if err != nil {
			return store.Change{}, err
		}
		ts, err := tx.standing([]store.Deal{d})
		if err != nil {
			return store.Change{}, err
		}
		var standing *store.Transaction
		if len(ts) > 0 {
			standing = &ts[0]
		}
		ch, err := tx.rules.TellDeal(d, inv, standing, created, n, s.now())
		if err != nil {
			return store.Change{}, err
		}
		return ch, tx.checkNew(ch)
	})
}

// checkID refuses a name that belongs to another deal.
func (w *writeTx) checkID(d store.Deal, id string) error {
	other, err := w.dealByID(d.System, id)
	switch {
	case store.CodeOf(err) == store.DealNotFound:
		return nil
	case err == nil && other.Ref != d.Ref:
		return store.OtherDeal(d)
	}
	return err
}

// checkNew refuses to book money under a name that other money has: payment systems
// tell their names apart as they like.
func (w *writeTx) checkNew(ch store.Change) error {
	for _, c := range ch.Transactions {
		if c.Before != nil {
			continue
		}
		if _, err := w.transaction(c.After.System, c.After.TransID); store.CodeOf(err) != store.TransactionNotFound {
			return &store.Error{Code: store.TransIDTaken, Number: c.After.Number, TransID: c.After.TransID, Err: err}
		}
	}
	return nil
}

// VoidDeal implements store.Deals.
func (s *Store) VoidDeal(_ context.Context, ref, why string) (store.Deal, error) {
	return s.changeDeal(ref, func(tx *writeTx, d store.Deal) (store.Change, error) {
		return tx.rules.VoidDeal(d, why, s.now()), nil
	})
}

// CallOffDeal implements store.Deals.
func (s *Store) CallOffDeal(_ context.Context, ref string) (store.Deal, error) {
	return s.changeDeal(ref, func(tx *writeTx, d store.Deal) (store.Change, error) {
		return tx.rules.CallOffDeal(d, s.now()), nil
	})
}

// changeDeal runs a decision about one deal in the writer, and returns the deal
// when it is on disk.
func (s *Store) changeDeal(ref string, rule func(*writeTx, store.Deal) (store.Change, error)) (d store.Deal, err error) {
	err = s.write(func(tx *writeTx) error {
		var err error
		if d, err = tx.deal(ref); err != nil {
			return err
		}
		ch, err := rule(tx, d)
		if err != nil || ch.Empty() {
			return err
		}
		if err := tx.apply(&ch); err != nil {
			return err
		}
		d = ch.Deals[0].After
		return nil
	})
	if err != nil {
		return store.Deal{}, err
	}
	return d, nil
}

// Deal implements store.Deals.
func (s *Store) Deal(ctx context.Context, ref string) (d store.Deal, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		d, err = tx.deal(ref)
		return err
	})
	return d, err
}

// DealByID implements store.Deals.
func (s *Store) DealByID(ctx context.Context, system store.System, id string) (d store.Deal, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		d, err = tx.dealByID(system, id)
		return err
	})
	return d, err
}

// DealsOf implements store.Deals and store.Books.
func (s *Store) DealsOf(ctx context.Context, n store.Number) (deals []store.Deal, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		deals, err = tx.dealsOf(n)
		return err
	})
	return deals, err
}

// checkClaims refuses what staff want to do to an invoice while a payer of it says
// that they have paid.
func (w *writeTx) checkClaims(n store.Number) error {
	deals, err := w.dealsOf(n)
	if err != nil {
		return err
	}
	return store.CheckClaims(deals)
}

// checkMoney is checkClaims, and refuses as well while money that came for the
// invoice waits for staff to decide.
func (w *writeTx) checkMoney(n store.Number) error {
	deals, err := w.dealsOf(n)
	if err != nil {
		return err
	}
	standing, err := w.standing(deals)
	if err != nil {
		return err
	}
	if err := store.CheckUndecided(standing); err != nil {
		return err
	}
	return store.CheckClaims(deals)
}
