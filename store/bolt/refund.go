package bolt

import (
	"bytes"
	"context"
	"encoding/binary"

	"tushum/store"
)

// RequestRefund implements store.Desk.
func (s *Store) RequestRefund(_ context.Context, o store.RefundOrder) (store.Transaction, error) {
	return s.changeTransaction(o.System, o.TransID, func(tx *writeTx, t store.Transaction) (store.Change, error) {
		return tx.rules.RequestRefund(t, o, s.now())
	})
}

// CloseRefund implements store.Desk.
func (s *Store) CloseRefund(_ context.Context, e store.RefundEnd) (store.Transaction, error) {
	return s.changeTransaction(e.System, e.TransID, func(tx *writeTx, t store.Transaction) (store.Change, error) {
		return tx.rules.CloseRefund(t, e, s.now())
	})
}

// changeTransaction runs a decision about one transaction in the writer, and
// returns the transaction when it is on disk.
func (s *Store) changeTransaction(system store.System, transID string, rule func(*writeTx, store.Transaction) (store.Change, error)) (store.Transaction, error) {
	var changed store.Transaction
	err := s.write(func(tx *writeTx) error {
		t, err := tx.named(system, transID)
		if err != nil {
			return err
		}
		ch, err := rule(tx, t)
		if err != nil {
			return err
		}
		if err := tx.apply(&ch); err != nil {
			return err
		}
		changed = ch.Transactions[0].After
		return nil
	})
	if err != nil {
		return store.Transaction{}, err
	}
	return changed, nil
}

// named finds a transaction of a payment system, or of whichever has one of that name
// where none is given.
func (r *readTx) named(system store.System, transID string) (store.Transaction, error) {
	if system != "" {
		return r.transaction(system, transID)
	}
	return r.anyTransaction(transID)
}

// anyTransaction looks with every payment system that has transactions. Which of two
// is meant it does not guess.
func (r *readTx) anyTransaction(transID string) (found store.Transaction, err error) {
	c := r.bucket(bucketTransIDs).Cursor()
	for k, _ := c.First(); k != nil; {
		name, _, _ := bytes.Cut(k, []byte{0})
		system := store.System(name)
		t, err := r.transaction(system, transID)
		switch {
		case err == nil && found.Seq != 0:
			return store.Transaction{}, &store.Error{Code: store.TransIDShared, TransID: transID, Detail: string(found.System) + ", " + string(system)}
		case err == nil:
			found = t
		case store.CodeOf(err) != store.TransactionNotFound:
			return t, err
		}
		k, _ = c.Seek(append([]byte(system), 1)) // past the last of its keys
	}
	if found.Seq != 0 {
		return found, nil
	}
	return r.transaction("", transID)
}

// indexRefund moves a transaction in the index of refund requests, which a
// reverse ends.
func (w *writeTx) indexRefund(c *store.TransactionChange) error {
	if b := c.Before; b != nil && b.Refund.AskedAt != 0 {
		if store.RefundStateOf(*b) == store.RefundStateOf(c.After) {
			return nil
		}
		if err := w.del(bucketTxRefund, txRefundKey(*b)); err != nil {
			return err
		}
	}
	if c.After.Refund.AskedAt == 0 {
		return nil
	}
	return w.put(bucketTxRefund, txRefundKey(c.After), nil)
}

// Refunds implements store.Books. A page is one seek for each state asked for;
// those that nobody asked for are looked for among all that were reversed.
func (s *Store) Refunds(ctx context.Context, q store.RefundQuery) ([]store.Transaction, error) {
	if q.State == store.Unasked {
		return s.unasked(ctx, q)
	}
	return collect(find(ctx, s, q.Limit, func() finder[store.Transaction] { return &refundFinder{RefundQuery: q} }))
}

// refundFinder is a query on its way: After moves along.
type refundFinder struct {
	store.RefundQuery
	tx     *readTx // the view, and where it stands
	merged merged
}

func (f *refundFinder) seek(tx *readTx) error {
	states := []store.RefundState{f.State}
	if f.State == store.NotRequested {
		states = store.RefundStates()
	}
	var below []byte
	if f.After != 0 {
		below = u64(f.After)
	}
	f.tx, f.merged = tx, nil
	for _, state := range states {
		f.merged = append(f.merged, walkBack(tx.bucket(bucketTxRefund), []byte{byte(state)}, below))
	}
	return nil
}

func (f *refundFinder) look(found *[]store.Transaction) (more bool, err error) {
	w := f.merged.top()
	if w == nil {
		return false, nil
	}
	if len(w.suffix()) != 8 {
		return false, damaged(bucketTxRefund, w.key, "the key has another length")
	}
	t, err := f.tx.transactionAt(binary.BigEndian.Uint64(w.suffix()))
	if err != nil {
		return false, err
	}
	if !bytes.Equal(txRefundKey(t), w.key) {
		return false, damaged(bucketTxRefund, w.key, "the transaction says otherwise")
	}
	*found, f.After = append(*found, t), t.Seq
	w.next()
	return true, nil
}

// unasked picks from the reversed transactions.
func (s *Store) unasked(ctx context.Context, q store.RefundQuery) (out []store.Transaction, err error) {
	for t, err := range s.FindTransactions(ctx, store.TransactionQuery{Status: store.Reversed, After: q.After}) {
		if err != nil {
			return nil, err
		}
		if store.RefundStateOf(t) != store.Unasked {
			continue
		}
		if out = append(out, t); q.Limit > 0 && len(out) == q.Limit {
			break
		}
	}
	return out, nil
}
