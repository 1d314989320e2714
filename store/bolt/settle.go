package bolt

import (
	"context"
	"encoding/binary"

	"tushum/store"
)

// Settle implements store.Desk.
func (s *Store) Settle(_ context.Context, o store.SettleOrder) (store.Transaction, error) {
	return s.changeTransaction(o.System, o.TransID, func(tx *writeTx, t store.Transaction) (store.Change, error) {
		inv, created, err := tx.invoiceAndCreated(t.Number)
		if err != nil {
			return store.Change{}, err
		}
		ch, err := tx.rules.Settle(inv, t, created, o, s.now())
		if err == nil && o.Apply && !o.Force {
			err = tx.checkClaims(t.Number)
		}
		return ch, err
	})
}

// Unsettled implements store.Books.
func (s *Store) Unsettled(ctx context.Context, limit int) (out []store.Transaction, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		c := tx.bucket(bucketTxUnsettled).Cursor()
		for k, _ := c.First(); k != nil && (limit == 0 || len(out) < limit); k, _ = c.Next() {
			if len(k) != 8 {
				return damaged(bucketTxUnsettled, k, "the key has another length")
			}
			t, err := tx.transactionAt(binary.BigEndian.Uint64(k))
			if err != nil {
				return err
			}
			if !t.Unsettled() {
				return damaged(bucketTxUnsettled, k, "the transaction says otherwise")
			}
			out = append(out, t)
		}
		return nil
	})
	return out, err
}

// indexUnsettled keeps the index of the money that somebody has to decide about.
func (w *writeTx) indexUnsettled(c *store.TransactionChange) error {
	was := c.Before != nil && c.Before.Unsettled()
	switch is := c.After.Unsettled(); {
	case is && !was:
		return w.put(bucketTxUnsettled, u64(c.After.Seq), nil)
	case was && !is:
		return w.del(bucketTxUnsettled, u64(c.After.Seq))
	}
	return nil
}
