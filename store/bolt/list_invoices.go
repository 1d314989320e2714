package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"

	"tushum/store"
)

// numbers walks the invoices of a query from the newest to the oldest.
type numbers struct {
	stored *backward
	due    []store.Number // ascending: those that only the clock calls expired
}

// next is the next number; zero at the end.
func (n *numbers) next() store.Number {
	var top store.Number
	if n.stored.key != nil {
		top = store.Number(binary.BigEndian.Uint32(n.stored.suffix()))
	}
	if i := len(n.due) - 1; i >= 0 && n.due[i] > top {
		top, n.due = n.due[i], n.due[:i]
		return top
	}
	if top != 0 {
		n.stored.next()
	}
	return top
}

// findInvoices begins below the number last; zero is at the newest.
func (s *Store) findInvoices(tx *readTx, status store.InvoiceStatus, last store.Number) *numbers {
	bucket, prefix := bucketInvoices, []byte(nil)
	if status != 0 {
		bucket, prefix = bucketInvoiceStatus, []byte{byte(status)}
	}
	var below []byte
	if last != 0 {
		below = invoiceKey(last)
	}
	n := &numbers{stored: walkBack(tx.bucket(bucket), prefix, below)}
	if status == store.Expired {
		n.due = s.dueNumbers(tx, last)
	}
	return n
}

// dueNumbers finds the open invoices below last that have expired and that no
// sweep has written down yet.
func (s *Store) dueNumbers(tx *readTx, last store.Number) (due []store.Number) {
	limit := u64(uint64(s.now()))
	c := tx.bucket(bucketInvoiceExpiry).Cursor()
	for k, _ := c.First(); len(k) == 12 && bytes.Compare(k[:8], limit) <= 0; k, _ = c.Next() {
		if n := store.Number(binary.BigEndian.Uint32(k[8:])); last == 0 || n < last {
			due = append(due, n)
		}
	}
	slices.Sort(due)
	return due
}

// Invoices implements store.Books.
func (s *Store) Invoices(ctx context.Context, q store.InvoiceQuery) (out []store.Invoice, err error) {
	words := store.SplitWords(q.Search)
	for more := true; more && err == nil; {
		err = s.view(ctx, func(tx *readTx) (err error) {
			more, err = s.stepInvoices(tx, &q, words, &out)
			return err
		})
	}
	return out, err
}

// stepInvoices looks at some invoices and leaves in q.After where it stopped.
func (s *Store) stepInvoices(tx *readTx, q *store.InvoiceQuery, words store.Words, out *[]store.Invoice) (more bool, err error) {
	found := s.findInvoices(tx, q.Status, q.After)
	for range stepLength {
		n := found.next()
		if n == 0 {
			return false, nil
		}
		q.After = n
		inv, err := tx.invoice(n)
		if err != nil {
			return false, err
		}
		inv = s.clocked(inv)
		if (q.Status == 0 || inv.Status == q.Status) && (q.Kind == "" || inv.Kind == q.Kind) && words.MatchInvoice(inv) {
			*out = append(*out, inv)
		}
		if q.Limit > 0 && len(*out) == q.Limit {
			return false, nil
		}
	}
	return true, nil
}
