package bolt

import (
	"context"
	"crypto/rand"
	"errors"

	"github.com/google/uuid"

	"tushum/store"
)

// Issue implements store.Desk.
func (s *Store) Issue(_ context.Context, d store.Draft) (store.Invoice, error) {
	token, err := store.NewToken(rand.Reader)
	if err != nil {
		return store.Invoice{}, err
	}
	return s.change(func(tx *writeTx) (store.Change, error) { return s.issue(tx, d, token) })
}

func (s *Store) issue(tx *writeTx, d store.Draft, token store.Token) (store.Change, error) {
	if s.ballast.released() {
		return store.Change{}, &store.Error{Code: store.DiskFull}
	}
	n, err := tx.nextNumber()
	if err != nil {
		return store.Change{}, err
	}
	return tx.rules.Issue(d, n, token, s.now())
}

// errTillStands ends the making of a till where there is one.
var errTillStands = errors.New("there is a till")

// OpenTill implements store.Desk.
func (s *Store) OpenTill(_ context.Context, d store.Draft) (till store.Invoice, made bool, err error) {
	token, err := store.NewToken(rand.Reader)
	if err != nil {
		return store.Invoice{}, false, err
	}
	var stands store.Invoice
	till, err = s.change(func(tx *writeTx) (store.Change, error) {
		switch there, err := tx.till(s.now()); {
		case err == nil:
			stands = there
			return store.Change{}, errTillStands
		case store.CodeOf(err) != store.InvoiceNotFound:
			return store.Change{}, err
		}
		return s.issue(tx, d, token)
	})
	if errors.Is(err, errTillStands) {
		return stands, false, nil
	}
	return till, err == nil, err
}

// Cancel implements store.Desk.
func (s *Store) Cancel(_ context.Context, o store.CancelOrder) (store.Invoice, error) {
	return s.change(func(tx *writeTx) (store.Change, error) {
		inv, created, err := tx.invoiceAndCreated(o.Number)
		if err != nil {
			return store.Change{}, err
		}
		ch, err := tx.rules.Cancel(inv, created, o, s.now())
		if err == nil && !o.Force {
			err = tx.checkMoney(o.Number)
		}
		return ch, err
	})
}

// Reopen implements store.Desk.
func (s *Store) Reopen(_ context.Context, n store.Number, by, reason string, expires store.Instant) (store.Invoice, error) {
	return s.change(func(tx *writeTx) (store.Change, error) {
		inv, err := tx.invoice(n)
		if err != nil {
			return store.Change{}, err
		}
		return tx.rules.Reopen(inv, by, reason, expires, s.now())
	})
}

// Extend implements store.Desk.
func (s *Store) Extend(_ context.Context, n store.Number, by, reason string, expires store.Instant) (store.Invoice, error) {
	return s.change(func(tx *writeTx) (store.Change, error) {
		inv, err := tx.invoice(n)
		if err != nil {
			return store.Change{}, err
		}
		return tx.rules.Extend(inv, by, reason, expires, s.now())
	})
}

// MarkPaid implements store.Desk.
func (s *Store) MarkPaid(_ context.Context, p store.ManualPayment) (store.Invoice, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return store.Invoice{}, &store.Error{Code: store.Internal, Detail: "drawing a transId", Err: err}
	}
	return s.change(func(tx *writeTx) (store.Change, error) {
		inv, created, err := tx.invoiceAndCreated(p.Number)
		if err != nil {
			return store.Change{}, err
		}
		ch, err := tx.rules.MarkPaid(inv, created, p, id.String(), s.now())
		if err == nil && !p.Force {
			err = tx.checkMoney(p.Number)
		}
		return ch, err
	})
}

// change runs a decision about one invoice in the writer and returns the
// invoice when it is on disk.
func (s *Store) change(rule func(*writeTx) (store.Change, error)) (store.Invoice, error) {
	var inv store.Invoice
	err := s.write(func(tx *writeTx) error {
		ch, err := rule(tx)
		if err != nil {
			return err
		}
		if err := tx.apply(&ch); err != nil {
			return err
		}
		inv = ch.Invoices[0].After
		return nil
	})
	if err != nil {
		return store.Invoice{}, err
	}
	return inv, nil
}
