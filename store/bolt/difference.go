package bolt

import (
	"context"
	"fmt"
	"sort"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// Missing tells how many events another store's file holds that this store does
// not, and when the last of them was. After a restore it is asked of the file
// that was replaced. The chain of events tells where the two part: up to there
// every link is the same. A file that can't be read is answered with its error.
func (s *Store) Missing(ctx context.Context, path string) (events uint64, until store.Instant, err error) {
	if err := testFile(path); err != nil {
		return 0, 0, err
	}
	other, err := openBolt(path, &bolt.Options{ReadOnly: true, Timeout: s.o.Wait, NoStatistics: true})
	if err != nil {
		return 0, 0, err
	}
	defer other.Close()
	err = s.view(ctx, func(here *readTx) error {
		return guardFile(func() error {
			return other.View(func(there *bolt.Tx) error {
				events, until, err = partAt(there, here.tx)
				return err
			})
		})
	})
	return events, until, err
}

// partAt compares two journals by their chains.
func partAt(there, here *bolt.Tx) (events uint64, until store.Instant, err error) {
	if err := testSchema(there); err != nil {
		return 0, 0, err
	}
	last := lastSeq(there.Bucket(bucketEvents))
	if last == 0 {
		return 0, 0, nil
	}
	newest, err := eventAt(there, last)
	if err != nil {
		return 0, 0, err
	}
	shared := min(last, lastSeq(here.Bucket(bucketEvents)))
	parted := sort.Search(int(shared), func(i int) bool {
		if err != nil {
			return false
		}
		var a, b store.Event
		if a, err = eventAt(there, uint64(i)+1); err == nil {
			b, err = eventAt(here, uint64(i)+1)
		}
		return a.Chain != b.Chain
	})
	if err != nil {
		return 0, 0, fmt.Errorf("comparing with the store before: %w", err)
	}
	if events = last - uint64(parted); events == 0 {
		return 0, 0, nil
	}
	return events, newest.At, nil
}

func eventAt(tx *bolt.Tx, seq uint64) (store.Event, error) {
	key := u64(seq)
	e, _, err := unsealEvent(key, tx.Bucket(bucketEvents).Get(key))
	return e, err
}
