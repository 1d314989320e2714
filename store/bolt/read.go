package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// readTx reads inside a bbolt transaction. What it returns is copied out.
type readTx struct {
	tx      *bolt.Tx
	buckets map[string]*bolt.Bucket
}

func (r *readTx) bucket(name []byte) *bolt.Bucket {
	if b, ok := r.buckets[string(name)]; ok {
		return b
	}
	b := r.tx.Bucket(name)
	if r.buckets == nil {
		r.buckets = make(map[string]*bolt.Bucket, 16)
	}
	r.buckets[string(name)] = b
	return b
}

func (r *readTx) invoice(n store.Number) (inv store.Invoice, err error) {
	key := invoiceKey(n)
	rec := r.bucket(bucketInvoices).Get(key)
	if rec == nil {
		return inv, &store.Error{Code: store.InvoiceNotFound, Number: n}
	}
	return inv, unseal(bucketInvoices, key, rec, &inv)
}

func (r *readTx) transaction(system store.System, transID string) (store.Transaction, error) {
	missing := &store.Error{Code: store.TransactionNotFound, TransID: transID}
	if len(transID) > maxTransID {
		missing.TransID = ""
		return store.Transaction{}, missing
	}
	key := transIDKey(system, transID)
	seq := r.bucket(bucketTransIDs).Get(key)
	if seq == nil {
		return store.Transaction{}, missing
	}
	if len(seq) != 8 {
		return store.Transaction{}, damaged(bucketTransIDs, key, "no sequence number")
	}
	t, err := r.transactionAt(binary.BigEndian.Uint64(seq))
	if err == nil && !bytes.Equal(transIDKey(t.System, t.TransID), key) {
		return store.Transaction{}, damaged(bucketTransIDs, key, "it names another transaction")
	}
	return t, err
}

// maxTransID is longer than any id that could have been created, in bytes.
const maxTransID = 128

func (r *readTx) transactionAt(seq uint64) (t store.Transaction, err error) {
	key := u64(seq)
	rec := r.bucket(bucketTransactions).Get(key)
	if rec == nil {
		return t, damaged(bucketTransactions, key, "an index names a record that is not there")
	}
	return t, unseal(bucketTransactions, key, rec, &t)
}

func (w *writeTx) invoiceAndCreated(n store.Number) (store.Invoice, []store.Transaction, error) {
	inv, err := w.invoice(n)
	if err != nil {
		return inv, nil, err
	}
	created, err := w.created(n, store.Transaction{})
	return inv, created, err
}

// created finds the transactions of an invoice whose record says CREATED; known
// is one that need not be read again.
func (r *readTx) created(n store.Number, known store.Transaction) ([]store.Transaction, error) {
	var created []store.Transaction
	prefix := txInvoicePrefix(n, store.Created)
	c := r.bucket(bucketTxInvoice).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		seq := binary.BigEndian.Uint64(k[len(prefix):])
		if seq == known.Seq && known.Status == store.Created && known.Number == n {
			created = append(created, known)
			continue
		}
		t, err := r.transactionAt(seq)
		if err != nil {
			return nil, err
		}
		if t.Number != n || t.Status != store.Created {
			return nil, damaged(bucketTxInvoice, k, "it names another transaction")
		}
		created = append(created, t)
	}
	return created, nil
}

// Invoice implements store.Books. The status is as the clock has it.
func (s *Store) Invoice(ctx context.Context, n store.Number) (inv store.Invoice, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		inv, err = tx.invoice(n)
		return err
	})
	return s.clocked(inv), err
}

// InvoiceByToken implements store.Books.
func (s *Store) InvoiceByToken(ctx context.Context, t store.Token) (inv store.Invoice, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		key := tx.bucket(bucketTokens).Get(t[:])
		if len(key) != 4 {
			return &store.Error{Code: store.InvoiceNotFound}
		}
		inv, err = tx.invoice(store.Number(binary.BigEndian.Uint32(key)))
		if err == nil && inv.Token != t {
			inv, err = store.Invoice{}, damaged(bucketTokens, t[:4], "it names another invoice")
		}
		return err
	})
	return s.clocked(inv), err
}

// Till implements store.Books. A shop has few counter invoices, if it has more
// than one at all.
func (s *Store) Till(ctx context.Context) (till store.Invoice, err error) {
	err = s.view(ctx, func(tx *readTx) (err error) {
		till, err = tx.till(s.now())
		return err
	})
	return till, err
}

func (r *readTx) till(now store.Instant) (store.Invoice, error) {
	c := r.bucket(bucketCounters).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		inv, err := r.counter(k)
		if err != nil || inv.StandsAtTill(now) {
			return inv, err
		}
	}
	return store.Invoice{}, &store.Error{Code: store.InvoiceNotFound}
}

// counter reads the invoice that a key of the index names.
func (r *readTx) counter(key []byte) (store.Invoice, error) {
	if len(key) != 4 {
		return store.Invoice{}, damaged(bucketCounters, key, "the key has another length")
	}
	inv, err := r.invoice(store.Number(binary.BigEndian.Uint32(key)))
	if store.CodeOf(err) == store.InvoiceNotFound || err == nil && !inv.Reusable() {
		return store.Invoice{}, damaged(bucketCounters, key, "there is no such counter invoice")
	}
	return inv, err
}

// clocked shows an invoice as the clock has it.
func (s *Store) clocked(inv store.Invoice) store.Invoice {
	if ch, late := s.Rules().ExpireInvoice(inv, s.now()); late {
		return ch.Invoices[0].After
	}
	return inv
}

// clockedTx shows a transaction as the clock has it.
func (s *Store) clockedTx(t store.Transaction) store.Transaction {
	if ch, late := s.Rules().ExpireTransaction(t, s.now()); late {
		return ch.Transactions[0].After
	}
	return t
}

// Transaction implements store.Books: it looks with every payment system.
func (s *Store) Transaction(ctx context.Context, transID string) (t store.Transaction, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		t, err = tx.anyTransaction(transID)
		return err
	})
	return s.clockedTx(t), err
}

// TransactionOf implements store.Books.
func (s *Store) TransactionOf(ctx context.Context, system store.System, transID string) (t store.Transaction, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		t, err = tx.transaction(system, transID)
		return err
	})
	return s.clockedTx(t), err
}

// Totals implements store.Books, in the order of days.
func (s *Store) Totals(ctx context.Context, from, to store.Date) (out []store.Total, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		c := tx.bucket(bucketTotals).Cursor()
		for k, v := c.Seek(u32(uint32(from))); k != nil; k, v = c.Next() {
			t := store.Total{TotalKey: parseTotalKey(k)}
			if to != 0 && t.Day > to {
				break
			}
			if err := unseal(bucketTotals, k, v, &t); err != nil {
				return err
			}
			out = append(out, t)
		}
		return nil
	})
	return out, err
}

func parseTotalKey(k []byte) (key store.TotalKey) {
	if len(k) < 4 {
		return key
	}
	key.Day = store.Date(binary.BigEndian.Uint32(k))
	system, source, _ := strings.Cut(string(k[4:]), "\x00")
	key.System, key.Source = store.System(system), source
	return key
}

// Events implements store.Books.
func (s *Store) Events(ctx context.Context, after uint64, limit int) (out []store.Event, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		c := tx.bucket(bucketEvents).Cursor()
		for k, v := c.Seek(u64(after + 1)); k != nil && len(out) < limit; k, v = c.Next() {
			e, _, err := unsealEvent(k, v)
			if err != nil {
				return err
			}
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// LastEvent implements store.Books.
func (s *Store) LastEvent(ctx context.Context) (last uint64, err error) {
	err = s.view(ctx, func(tx *readTx) error {
		last = lastSeq(tx.bucket(bucketEvents))
		return nil
	})
	return last, err
}

// lastSeq is the highest number in a bucket that is keyed by one.
func lastSeq(b *bolt.Bucket) uint64 {
	k, _ := b.Cursor().Last()
	if len(k) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(k)
}
