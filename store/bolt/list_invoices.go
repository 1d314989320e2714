package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"iter"
	"slices"

	"tushum/store"
)

// numbers walks the invoices of a query from the newest to the oldest.
type numbers struct {
	stored *backward
	due    []store.Number // ascending: those that only the clock calls expired
}

// next is the next number, zero at the end, and its record where that is at hand.
func (n *numbers) next() (top store.Number, rec []byte) {
	if n.stored.key != nil {
		top, rec = store.Number(binary.BigEndian.Uint32(n.stored.suffix())), n.stored.value
	}
	if i := len(n.due) - 1; i >= 0 && n.due[i] > top {
		top, n.due = n.due[i], n.due[:i]
		return top, nil
	}
	if top != 0 {
		n.stored.next()
	}
	return top, rec
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
func (s *Store) Invoices(ctx context.Context, q store.InvoiceQuery) ([]store.Invoice, error) {
	return collect(s.FindInvoices(ctx, q))
}

// FindInvoices implements store.Books. Without other bounds than a status a page
// is one seek; days, a kind or words are looked for along the way. Numbers are no
// order of days, for a clock may have been set back.
func (s *Store) FindInvoices(ctx context.Context, q store.InvoiceQuery) iter.Seq2[store.Invoice, error] {
	return find(ctx, s, q.Limit, func() finder[store.Invoice] {
		return &invoiceFinder{InvoiceQuery: q, s: s, words: store.SplitWords(q.Search), calendar: s.Rules().Calendar}
	})
}

// invoiceFinder is a query on its way; its After moves with it.
type invoiceFinder struct {
	store.InvoiceQuery
	s        *Store
	words    store.Words
	calendar store.Calendar
	lines    []store.Line // of the sketch before, to be used again

	tx      *readTx // the view, and where it stands
	numbers *numbers
}

func (f *invoiceFinder) seek(tx *readTx) error {
	f.tx, f.numbers = tx, f.s.findInvoices(tx, f.Status, f.After)
	return nil
}

func (f *invoiceFinder) look(found *[]store.Invoice) (more bool, err error) {
	n, rec := f.numbers.next()
	if n == 0 {
		return false, nil
	}
	f.After = n
	key := invoiceKey(n)
	if len(rec) == 0 {
		rec = f.tx.bucket(bucketInvoices).Get(key)
	}
	inv, wanted, err := f.read(n, key, rec)
	if err != nil {
		return false, err
	}
	if wanted {
		*found = append(*found, inv)
	}
	return true, nil
}

// read decodes a record that is asked for; of the others it makes a sketch.
func (f *invoiceFinder) read(n store.Number, key, rec []byte) (inv store.Invoice, wanted bool, err error) {
	if rec == nil {
		return inv, false, &store.Error{Code: store.InvoiceNotFound, Number: n}
	}
	payload, err := unsealBytes(bucketInvoices, key, rec)
	if err != nil {
		return inv, false, err
	}
	sketch, ok := sketchInvoice(payload, f.lines[:0])
	f.lines = sketch.Lines
	if ok && !f.wants(sketch) {
		return inv, false, nil
	}
	return f.decode(key, payload)
}

// decode is apart because what is decoded into is taken from the heap.
func (f *invoiceFinder) decode(key, payload []byte) (inv store.Invoice, wanted bool, err error) {
	if err := decode(bucketInvoices, key, payload, &inv); err != nil {
		return inv, false, err
	}
	inv = f.s.clocked(inv)
	return inv, (f.Status == 0 || inv.Status == f.Status) && f.wants(inv), nil
}

// wants asks for all but the status, which the clock may change.
func (f *invoiceFinder) wants(inv store.Invoice) bool {
	return (f.Kind == "" || inv.Kind == f.Kind) && f.created(inv) && f.words.MatchInvoice(inv)
}

// created tells whether the invoice is of the days that are asked for.
func (f *invoiceFinder) created(inv store.Invoice) bool {
	if f.From == 0 && f.To == 0 {
		return true
	}
	day := f.calendar.Day(inv.CreatedAt)
	return day >= f.From && (f.To == 0 || day <= f.To)
}
