package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// stepLength is how many records one view looks at: a list of a million is read
// in many short views, so that it never holds up the writer.
const stepLength = 512

// backward walks the keys with a prefix from high to low.
type backward struct {
	c      *bolt.Cursor
	prefix []byte
	key    []byte // nil at the end
}

// walkBack starts below prefix+below; a nil below means at the end of the prefix.
func walkBack(b *bolt.Bucket, prefix, below []byte) *backward {
	w := &backward{c: b.Cursor(), prefix: prefix}
	limit := append(bytes.Clone(prefix), below...)
	if below == nil {
		limit = successor(prefix)
	}
	var k []byte
	if limit != nil {
		k, _ = w.c.Seek(limit)
	}
	if k == nil {
		k, _ = w.c.Last()
	} else {
		k, _ = w.c.Prev()
	}
	w.set(k)
	return w
}

func (w *backward) set(k []byte) {
	w.key = nil
	if bytes.HasPrefix(k, w.prefix) {
		w.key = k
	}
}

func (w *backward) suffix() []byte { return w.key[len(w.prefix):] }

func (w *backward) next() {
	k, _ := w.c.Prev()
	w.set(k)
}

// successor is the least key above all that begin with prefix; nil for none.
func successor(prefix []byte) []byte {
	s := bytes.Clone(prefix)
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] < math.MaxUint8 {
			s[i]++
			return s[:i+1]
		}
	}
	return nil
}

// merged walks several ranges as one, ordered by what follows their prefixes.
type merged []*backward

func (m merged) top() *backward {
	var top *backward
	for _, w := range m {
		if w.key != nil && (top == nil || bytes.Compare(w.suffix(), top.suffix()) > 0) {
			top = w
		}
	}
	return top
}

// txRange is where the transactions of a query stand: keys whose last 8 bytes
// are the sequence number, under one or more prefixes of one bucket.
type txRange struct {
	bucket   []byte
	prefixes [][]byte
	below    []byte // start below this suffix; nil: at the end
	least    []byte // stop at suffixes less than this; nil: never
}

func (q *txQuery) find() txRange {
	statuses := store.TransactionStatuses()
	switch q.Status {
	case 0:
	case store.FailedTx: // some are so by the clock alone
		statuses = []store.TransactionStatus{store.FailedTx, store.Created}
	default:
		statuses = []store.TransactionStatus{q.Status}
	}
	r := txRange{}
	switch {
	case q.Number != 0:
		r.bucket = bucketTxInvoice
		for _, s := range statuses {
			r.prefixes = append(r.prefixes, txInvoicePrefix(q.Number, s))
		}
		if q.started {
			r.below = u64(q.last.Seq)
		}
	case q.Status != 0 || q.From != 0 || q.To != 0:
		r.bucket = bucketTxDay
		for _, s := range statuses {
			r.prefixes = append(r.prefixes, []byte{byte(s)})
		}
		r.least = u32(uint32(q.From))
		if q.To != 0 {
			r.below = u32(uint32(q.To) + 1)
		}
		if q.started {
			r.below = append(u32(uint32(q.last.Day)), u64(q.last.Seq)...)
		}
	default:
		r.bucket, r.prefixes = bucketTransactions, [][]byte{nil}
		if q.started {
			r.below = u64(q.last.Seq)
		}
	}
	return r
}

// txQuery is a query on its way: last is the transaction looked at last.
type txQuery struct {
	store.TransactionQuery
	words   store.Words
	last    store.Transaction
	started bool
	out     []store.Transaction
}

// Transactions implements store.Books. Without other bounds than a status, a
// day or an invoice, a page is one seek; a source or words are looked for along the way.
func (s *Store) Transactions(ctx context.Context, query store.TransactionQuery) ([]store.Transaction, error) {
	q := &txQuery{TransactionQuery: query, words: store.SplitWords(query.Search)}
	if q.After != 0 {
		err := s.view(ctx, func(tx *readTx) (err error) {
			if tx.bucket(bucketTransactions).Get(u64(q.After)) == nil {
				return &store.Error{Code: store.TransactionNotFound, Detail: fmt.Sprintf("no transaction has the sequence number %d", q.After)}
			}
			q.last, err = tx.transactionAt(q.After)
			return err
		})
		if err != nil {
			return nil, err
		}
		q.started = true
	}
	for more := true; more; {
		err := s.view(ctx, func(tx *readTx) (err error) {
			more, err = s.stepTransactions(tx, q)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return q.out, nil
}

func (s *Store) stepTransactions(tx *readTx, q *txQuery) (more bool, err error) {
	r := q.find()
	var m merged
	for _, p := range r.prefixes {
		m = append(m, walkBack(tx.bucket(r.bucket), p, r.below))
	}
	for range stepLength {
		w := m.top()
		if w == nil || (r.least != nil && bytes.Compare(w.suffix(), r.least) < 0) {
			return false, nil
		}
		t, err := tx.transactionAt(binary.BigEndian.Uint64(w.key[len(w.key)-8:]))
		if err != nil {
			return false, err
		}
		q.last, q.started = t, true
		if t = s.clockedTx(t); q.wants(t) {
			q.out = append(q.out, t)
		}
		if q.Limit > 0 && len(q.out) == q.Limit {
			return false, nil
		}
		w.next()
	}
	return true, nil
}

func (q *txQuery) wants(t store.Transaction) bool {
	return (q.Status == 0 || t.Status == q.Status) &&
		(q.Source == "" || t.Source == q.Source) &&
		(q.From == 0 || t.Day >= q.From) && (q.To == 0 || t.Day <= q.To) &&
		q.words.MatchTransaction(t)
}
