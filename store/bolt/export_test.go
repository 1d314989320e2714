package bolt

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// What tests see of the inside: the limits, the writer's queue, the place and
// the form of records.

const (
	QueueLength    = queueLength
	OtherCallsKept = otherCallsKept
	OtherCallsAge  = otherCallsAge
	CallsWaiting   = callsWaiting
	NumbersSkipped = numbersSkipped
	SchemaVersion  = schemaVersion
)

// LastCommit is the number of the newest commit.
func LastCommit(s *Store) int {
	s.swap.RLock()
	defer s.swap.RUnlock()
	return s.lastCommitted()
}

// Waiting is how many requests the writer has not yet taken.
func Waiting(s *Store) int { return len(s.queue) }

// Journal writes the calls that wait, now.
func Journal(s *Store) { s.journal(s.write) }

// PutAndFail asks the writer for a decision that fails after it has put something.
func PutAndFail(s *Store, fail func() error) error {
	return s.write(func(w *writeTx) error {
		if err := w.put(bucketMeta, []byte("half"), []byte("written")); err != nil {
			return err
		}
		return fail()
	})
}

// Dump copies every key out, by bucket; of what a refusal may leave, the
// journal of other calls, it takes nothing.
func Dump(s *Store) (map[string]string, error) {
	s.swap.RLock()
	defer s.swap.RUnlock()
	all := map[string]string{}
	err := s.db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			if bytes.Equal(name, bucketOtherCalls) {
				return nil
			}
			return b.ForEach(func(k, v []byte) error {
				all[place(name, k)] = string(v)
				return nil
			})
		})
	})
	return all, err
}

// GiveUpBallast does what a full disk does; it tells whether there was ballast.
func GiveUpBallast(s *Store) bool { return s.ballast.release() }

// LaterBuckets are those that the first stores had not.
func LaterBuckets() [][]byte { return laterBuckets() }

// Migrate registers what brings a file from a schema up; nil removes it.
func Migrate(from uint64, step func(*bolt.Tx) error) {
	if step == nil {
		delete(migrations, from)
		return
	}
	migrations[from] = step
}

// The forms of records and keys.

func SealTransaction(t store.Transaction) (key, rec []byte, err error) {
	key = u64(t.Seq)
	rec, err = seal(bucketTransactions, key, t)
	return key, rec, err
}

func UnsealTransaction(key, rec []byte) (t store.Transaction, err error) {
	return t, unseal(bucketTransactions, key, rec, &t)
}

func SealInvoice(inv store.Invoice) (key, rec []byte, err error) {
	key = invoiceKey(inv.Number)
	rec, err = seal(bucketInvoices, key, inv)
	return key, rec, err
}

func UnsealInvoice(key, rec []byte) (inv store.Invoice, err error) {
	return inv, unseal(bucketInvoices, key, rec, &inv)
}

func SealDeal(d store.Deal) (key, rec []byte, err error) {
	key = u64(d.Seq)
	rec, err = seal(bucketDeals, key, d)
	return key, rec, err
}

func UnsealDeal(key, rec []byte) (d store.Deal, err error) {
	return d, unseal(bucketDeals, key, rec, &d)
}

func SealCall(c store.Call) (key, rec []byte, err error) {
	key = u64(c.Seq)
	rec, err = seal(bucketCalls, key, c)
	return key, rec, err
}

func UnsealCall(key, rec []byte) (c store.Call, err error) {
	return c, unseal(bucketCalls, key, rec, &c)
}

// SealEvent links the event to prev and returns it with its link.
func SealEvent(prev [32]byte, e store.Event) (linked store.Event, key, rec []byte, err error) {
	key = u64(e.Seq)
	rec, err = sealEvent(key, prev, &e)
	return e, key, rec, err
}

func UnsealEvent(key, rec []byte) (store.Event, error) {
	e, _, err := unsealEvent(key, rec)
	return e, err
}

func TransIDKey(system store.System, id string) []byte { return transIDKey(system, id) }

// Place is how Dump names a key.
func Place(bucket, key []byte) string { return place(bucket, key) }
