package bolt

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"tushum/store"
)

// Transactions implements store.Books.
func (s *Store) Transactions(ctx context.Context, q store.TransactionQuery) ([]store.Transaction, error) {
	return collect(s.FindTransactions(ctx, q))
}

// FindTransactions implements store.Books. Without other bounds than a status, a
// day or an invoice, a page is one seek; a source or words are looked for along the way.
func (s *Store) FindTransactions(ctx context.Context, q store.TransactionQuery) iter.Seq2[store.Transaction, error] {
	return find(ctx, s, q.Limit, func() finder[store.Transaction] {
		return &txFinder{TransactionQuery: q, s: s, words: store.SplitWords(q.Search)}
	})
}

// txRange is where the transactions of a query stand: keys whose last 8 bytes
// are the sequence number, under one or more prefixes of one bucket.
type txRange struct {
	bucket   []byte
	prefixes [][]byte
	below    []byte // start below this suffix; nil: at the end
	least    []byte // stop at suffixes less than this; nil: never
}

// find is the range of a query. Where it is one of days, the suffixes begin with
// the day.
func (f *txFinder) find() txRange {
	statuses := store.TransactionStatuses()
	switch f.Status {
	case 0:
	case store.FailedTx: // some are so by the clock alone
		statuses = []store.TransactionStatus{store.FailedTx, store.Created}
	default:
		statuses = []store.TransactionStatus{f.Status}
	}
	r := txRange{}
	switch {
	case f.Number != 0:
		r.bucket = bucketTxInvoice
		for _, s := range statuses {
			r.prefixes = append(r.prefixes, txInvoicePrefix(f.Number, s))
		}
	case f.Status != 0 || f.From != 0 || f.To != 0:
		r.bucket = bucketTxDay
		for _, s := range statuses {
			r.prefixes = append(r.prefixes, []byte{byte(s)})
		}
		r.least = u32(uint32(f.From))
		if f.To != 0 {
			r.below = u32(uint32(f.To) + 1)
		}
	default:
		r.bucket, r.prefixes = bucketTransactions, [][]byte{nil}
	}
	return r
}

// txFinder is a query on its way.
type txFinder struct {
	store.TransactionQuery
	s     *Store
	words store.Words
	last  []byte // the suffix of the key looked at last; nil: none was

	tx     *readTx // the view, and where it stands
	merged merged
	least  []byte
}

func (f *txFinder) seek(tx *readTx) error {
	r := f.find()
	if f.last == nil && f.After != 0 {
		t, err := f.after(tx)
		if err != nil {
			return err
		}
		f.last = u64(t.Seq)
		if bytes.Equal(r.bucket, bucketTxDay) {
			f.last = append(u32(uint32(t.Day)), f.last...)
		}
	}
	if f.last != nil {
		r.below = f.last
	}
	f.tx, f.merged, f.least = tx, nil, r.least
	for _, p := range r.prefixes {
		f.merged = append(f.merged, walkBack(tx.bucket(r.bucket), p, r.below))
	}
	return nil
}

// after is the last transaction of the page before.
func (f *txFinder) after(tx *readTx) (store.Transaction, error) {
	if tx.bucket(bucketTransactions).Get(u64(f.After)) == nil {
		return store.Transaction{}, &store.Error{Code: store.TransactionNotFound, Detail: fmt.Sprintf("no transaction has the sequence number %d", f.After)}
	}
	return tx.transactionAt(f.After)
}

func (f *txFinder) look(found *[]store.Transaction) (more bool, err error) {
	w := f.merged.top()
	if w == nil || (f.least != nil && bytes.Compare(w.suffix(), f.least) < 0) {
		return false, nil
	}
	f.last = append(f.last[:0], w.suffix()...)
	key, rec := w.key[len(w.key)-8:], w.value
	if len(rec) == 0 {
		rec = f.tx.bucket(bucketTransactions).Get(key)
	}
	t, wanted, err := f.read(key, rec)
	if err != nil {
		return false, err
	}
	if wanted {
		*found = append(*found, t)
	}
	w.next()
	return true, nil
}

// read decodes a record that is asked for. Of the others only a sketch is made,
// which a search of a million spends its time on.
func (f *txFinder) read(key, rec []byte) (t store.Transaction, wanted bool, err error) {
	if rec == nil {
		return t, false, damaged(bucketTransactions, key, "an index names a record that is not there")
	}
	payload, err := unsealBytes(bucketTransactions, key, rec)
	if err != nil {
		return t, false, err
	}
	if sketch, ok := sketchTransaction(payload); ok && !f.wants(sketch) {
		return t, false, nil
	}
	return f.decode(key, payload)
}

// decode is apart because what is decoded into is taken from the heap.
func (f *txFinder) decode(key, payload []byte) (t store.Transaction, wanted bool, err error) {
	if err := decode(bucketTransactions, key, payload, &t); err != nil {
		return t, false, err
	}
	t = f.s.clockedTx(t)
	return t, (f.Status == 0 || t.Status == f.Status) && f.wants(t), nil
}

// wants asks for all but the status, which the clock may change.
func (f *txFinder) wants(t store.Transaction) bool {
	return (f.Source == "" || t.Source == f.Source) &&
		(f.From == 0 || t.Day >= f.From) && (f.To == 0 || t.Day <= f.To) &&
		f.words.MatchTransaction(t)
}
