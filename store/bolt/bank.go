package bolt

import (
	"context"
	"errors"

	"tushum/store"
)

// Check implements store.Bank.
func (s *Store) Check(ctx context.Context, system store.System, n store.Number) (store.Invoice, error) {
	inv, err := s.Invoice(ctx, n)
	if err != nil {
		return store.Invoice{}, err
	}
	return inv, s.Rules().Check(inv, system, s.now())
}

// Create implements store.Bank. With TransIDTaken comes the transaction that has the transId.
func (s *Store) Create(_ context.Context, a store.Attempt, w store.Witness) (store.Transaction, error) {
	return s.decide(w, func(tx *writeTx, d *store.Decided) (ch store.Change, err error) {
		if a.TransID == "" || len(a.TransID) > maxTransID {
			return ch, &store.Error{Code: store.Invalid, Detail: "a transId has from 1 to 128 bytes"}
		}
		d.Transaction, err = tx.transaction(a.System, a.TransID)
		if err == nil {
			old := s.clockedTx(d.Transaction)
			d.Transaction = old
			return ch, &store.Error{
				Code: store.TransIDTaken, Number: old.Number, TransID: a.TransID, Status: old.Status.String(), Got: a.Amount, Want: old.Amount,
			}
		}
		if store.CodeOf(err) != store.TransactionNotFound {
			return ch, err
		}
		if d.Invoice, err = tx.invoice(a.Number); err != nil {
			return ch, err
		}
		if s.ballast.released() {
			return ch, &store.Error{Code: store.DiskFull}
		}
		return tx.rules.Create(d.Invoice, a, s.now())
	})
}

// Confirm implements store.Bank. With a refusal comes the transaction as the clock has it.
func (s *Store) Confirm(_ context.Context, c store.Confirmation, w store.Witness) (store.Transaction, error) {
	return s.decide(w, func(tx *writeTx, d *store.Decided) (ch store.Change, err error) {
		if err := tx.payment(c.System, c.TransID, d); err != nil {
			return ch, err
		}
		var created []store.Transaction
		if !d.Invoice.Reusable() {
			if created, err = tx.created(d.Invoice.Number, d.Transaction); err != nil {
				return ch, err
			}
		}
		return tx.rules.Confirm(d.Invoice, d.Transaction, created, c, s.now())
	})
}

// Reverse implements store.Bank. With a refusal comes the transaction as the clock has it.
func (s *Store) Reverse(_ context.Context, system store.System, transID string, w store.Witness) (store.Transaction, error) {
	return s.decide(w, func(tx *writeTx, d *store.Decided) (store.Change, error) {
		if err := tx.payment(system, transID, d); err != nil {
			return store.Change{}, err
		}
		return tx.rules.Reverse(d.Invoice, d.Transaction, s.now())
	})
}

// payment finds a transaction and its invoice.
func (w *writeTx) payment(system store.System, transID string, d *store.Decided) (err error) {
	if d.Transaction, err = w.transaction(system, transID); err == nil {
		d.Invoice, err = w.invoice(d.Transaction.Number)
	}
	return err
}

// decide runs a decision about one transaction in the writer, lets the witness
// write it down, and returns when both are on disk. A refusal that changes the
// ledger is on disk too before it is returned. The rule notes what it finds in
// d, also when it refuses.
func (s *Store) decide(w store.Witness, rule func(tx *writeTx, d *store.Decided) (store.Change, error)) (store.Transaction, error) {
	var (
		d    store.Decided
		call store.Call
	)
	err := s.write(func(tx *writeTx) error {
		var ch store.Change
		ch, d.Err = rule(tx, &d)
		if ch.Empty() {
			call = w(d)
			call.TxSeq = d.Transaction.Seq
			return d.Err
		}
		d.Transaction = ch.Transactions[0].After
		call = w(d)
		if err := tx.apply(&ch); err != nil {
			return err
		}
		d.Transaction = ch.Transactions[0].After // now with its place in the ledger
		call.TxSeq = d.Transaction.Seq
		return tx.putCall(bucketCalls, call)
	})
	if err != nil && !errors.Is(err, d.Err) {
		return store.Transaction{}, err // what it would have become is not what stands
	}
	if err != nil { // a refusal that changed nothing, and that stands
		s.Record(call)
	}
	return d.Transaction, d.Err
}

// Status implements store.Bank. A transaction whose time has run out is
// written down as FAILED before the bank is told so; when that can't be
// written now, the clock's word is told all the same, for it holds until the
// clock is set back.
func (s *Store) Status(ctx context.Context, system store.System, transID string) (store.Transaction, error) {
	t, err := s.find(ctx, system, transID)
	if err != nil {
		return store.Transaction{}, err
	}
	ch, late := s.Rules().ExpireTransaction(t, s.now())
	if !late {
		return t, nil
	}
	told := ch.Transactions[0].After
	err = s.write(func(tx *writeTx) error {
		t, err := tx.transaction(system, transID)
		if err != nil {
			return err
		}
		ch, late := tx.rules.ExpireTransaction(t, s.now())
		if !late {
			told = t // somebody was faster
			return nil
		}
		told = ch.Transactions[0].After
		return tx.apply(&ch)
	})
	switch store.CodeOf(err) {
	case "", store.DiskFull, store.Busy:
		return told, nil
	default:
		return store.Transaction{}, err
	}
}

func (s *Store) find(ctx context.Context, system store.System, transID string) (t store.Transaction, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		t, err = tx.transaction(system, transID)
		return err
	})
	return t, err
}
