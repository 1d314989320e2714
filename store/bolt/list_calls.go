package bolt

import (
	"context"
	"encoding/binary"
	"iter"

	"tushum/store"
)

// Calls implements store.Books.
func (s *Store) Calls(ctx context.Context, q store.CallQuery) ([]store.Call, error) {
	return collect(s.FindCalls(ctx, q))
}

// FindCalls implements store.Books: both journals as one, newest first. Without
// other bounds than a transaction a page is one seek; the rest is looked for
// along the way.
func (s *Store) FindCalls(ctx context.Context, q store.CallQuery) iter.Seq2[store.Call, error] {
	return find(ctx, s, q.Limit, func() finder[store.Call] {
		return &callFinder{CallQuery: q, words: store.SplitWords(q.Search)}
	})
}

// callFinder is a query on its way; its After moves with it.
type callFinder struct {
	store.CallQuery
	words store.Words

	tx     *readTx // the view, and where it stands
	merged merged
}

func (f *callFinder) seek(tx *readTx) error {
	var below []byte
	if f.After != 0 {
		below = u64(f.After)
	}
	f.tx = tx
	if f.TxSeq != 0 {
		f.merged = merged{walkBack(tx.bucket(bucketTxCalls), u64(f.TxSeq), below)}
		return nil
	}
	f.merged = merged{walkBack(tx.bucket(bucketCalls), nil, below), walkBack(tx.bucket(bucketOtherCalls), nil, below)}
	return nil
}

func (f *callFinder) look(found *[]store.Call) (more bool, err error) {
	w := f.merged.top()
	if w == nil {
		return false, nil
	}
	f.After = binary.BigEndian.Uint64(w.suffix())
	c, wanted, err := f.read(u64(f.After))
	if err != nil {
		return false, err
	}
	if wanted {
		*found = append(*found, c)
	}
	w.next()
	return true, nil
}

// read decodes a record that is asked for; of the others it makes a sketch.
func (f *callFinder) read(key []byte) (c store.Call, wanted bool, err error) {
	bucket, rec := f.tx.callRecord(key)
	if rec == nil {
		return c, false, damaged(bucketCalls, key, "an index names a call that is not there")
	}
	payload, err := unsealBytes(bucket, key, rec)
	if err != nil {
		return c, false, err
	}
	if sketch, ok := sketchCall(payload); ok && !f.wants(sketch) {
		return c, false, nil
	}
	return f.decode(bucket, key, payload)
}

// decode is apart because what is decoded into is taken from the heap.
func (f *callFinder) decode(bucket, key, payload []byte) (c store.Call, wanted bool, err error) {
	err = decode(bucket, key, payload, &c)
	return c, err == nil && f.wants(c), err
}

func (f *callFinder) wants(c store.Call) bool {
	return (!f.Refused || c.Code != "") && (f.Webhook == "" || c.Webhook == f.Webhook) && f.words.MatchCall(c)
}

// callRecord finds a call in the journal that has it.
func (r *readTx) callRecord(key []byte) (bucket, rec []byte) {
	for _, bucket := range [][]byte{bucketCalls, bucketOtherCalls} {
		if rec := r.bucket(bucket).Get(key); rec != nil {
			return bucket, rec
		}
	}
	return bucketCalls, nil
}
