package bolt

import (
	"bytes"
	"context"
	"encoding/binary"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// sweepStep is how many records one commit of a sweep changes.
const sweepStep = 64

// Sweep writes down what the clock has decided: transactions whose confirm is
// too late, invoices that have expired; and sees whether a full disk has room
// again. Screens learn of it by the events. It returns how many records changed.
func (s *Store) Sweep(ctx context.Context) (n int, err error) {
	if s.short() {
		if err := s.probe(); err != nil {
			return 0, err
		}
	}
	if err := s.forgetOldCalls(ctx); err != nil {
		return 0, err
	}
	if !s.stillThere() {
		return 0, s.write(func(*writeTx) error { return nil }) // the writer stops the store
	}
	for {
		var due []func(*writeTx) (store.Change, error)
		err := s.view(ctx, func(tx *readTx) error {
			due = append(s.dueTransactions(tx), s.dueInvoices(tx)...)
			return nil
		})
		if err != nil || len(due) == 0 {
			return n, err
		}
		done, err := s.sweep(due)
		n += done
		if err != nil || done == 0 {
			return n, err
		}
	}
}

func (s *Store) sweep(due []func(*writeTx) (store.Change, error)) (n int, err error) {
	err = s.write(func(w *writeTx) error {
		n = 0
		for _, decide := range due {
			ch, err := decide(w)
			if err != nil {
				s.log.Error("a record can't be swept", "err", err)
				continue
			}
			if ch.Empty() {
				continue
			}
			if err := w.apply(&ch); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// dueTransactions looks at the oldest CREATED ones and stops at the first that
// has time left.
func (s *Store) dueTransactions(tx *readTx) (due []func(*writeTx) (store.Change, error)) {
	prefix := []byte{byte(store.Created)}
	c := tx.bucket(bucketTxDay).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix) && len(due) < sweepStep; k, _ = c.Next() {
		seq := binary.BigEndian.Uint64(k[len(k)-8:])
		t, err := tx.transactionAt(seq)
		if err != nil {
			continue // verify tells of it
		}
		if _, late := s.Rules().ExpireTransaction(t, s.now()); !late {
			break
		}
		due = append(due, func(w *writeTx) (store.Change, error) {
			t, err := w.transactionAt(seq)
			ch, _ := w.rules.ExpireTransaction(t, s.now())
			return ch, err
		})
	}
	return due
}

func (s *Store) dueInvoices(tx *readTx) (due []func(*writeTx) (store.Change, error)) {
	c := tx.bucket(bucketInvoiceExpiry).Cursor()
	limit := u64(uint64(s.now()))
	for k, _ := c.First(); k != nil && len(due) < sweepStep && bytes.Compare(k[:8], limit) <= 0; k, _ = c.Next() {
		n := store.Number(binary.BigEndian.Uint32(k[8:]))
		if _, err := tx.invoice(n); err != nil {
			continue // verify tells of it
		}
		due = append(due, func(w *writeTx) (store.Change, error) {
			inv, err := w.invoice(n)
			ch, _ := w.rules.ExpireInvoice(inv, s.now())
			return ch, err
		})
	}
	return due
}

// probe tries to take the ballast back and to write something.
func (s *Store) probe() error {
	if err := s.ballast.restore(); err != nil {
		return &store.Error{Code: store.DiskFull, Err: err}
	}
	return s.write(func(w *writeTx) error { return w.put(bucketMeta, metaProbe, u64(uint64(s.now()))) })
}

// load reads the last sequence numbers and the head of the chain.
func loadSequences(tx *bolt.Tx) (q sequences, err error) {
	q.tx = lastSeq(tx.Bucket(bucketTransactions))
	q.event = lastSeq(tx.Bucket(bucketEvents))
	if b := tx.Bucket(bucketDeals); b != nil { // a store of an earlier version gets it after this
		q.deal = lastSeq(b)
	}
	q.call = max(lastSeq(tx.Bucket(bucketCalls)), lastSeq(tx.Bucket(bucketOtherCalls)))
	if k, _ := tx.Bucket(bucketInvoices).Cursor().Last(); len(k) == 4 {
		q.base = store.Number(binary.BigEndian.Uint32(k)).Base()
	}
	if q.event == 0 {
		return q, nil
	}
	key := u64(q.event)
	e, _, err := unsealEvent(key, tx.Bucket(bucketEvents).Get(key))
	q.chain = e.Chain
	return q, err
}
