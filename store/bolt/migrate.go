package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// testSchema refuses a file that is not ours or that is newer than we are.
func testSchema(tx *bolt.Tx) error {
	meta := tx.Bucket(bucketMeta)
	if meta == nil || string(meta.Get(metaApp)) != string(appName) || len(meta.Get(metaSchema)) != 8 {
		return &store.Error{Code: store.NotAStore, Detail: "it is a bbolt file of another program"}
	}
	if v := schemaOf(tx); v > schemaVersion {
		return &store.Error{Code: store.Newer, Detail: fmt.Sprintf("the file has schema %d, this program knows %d", v, schemaVersion)}
	}
	return nil
}

// testWhole refuses a file that is not of our schema, or that lacks a part which
// every store has had.
func testWhole(tx *bolt.Tx) error {
	if err := testSchema(tx); err != nil {
		return err
	}
	for _, name := range firstBuckets() {
		if tx.Bucket(name) == nil {
			return &store.Error{Code: store.Damaged, Detail: "bucket " + string(name) + " is missing"}
		}
	}
	return nil
}

func schemaOf(tx *bolt.Tx) uint64 {
	return binary.BigEndian.Uint64(tx.Bucket(bucketMeta).Get(metaSchema))
}

// bringUp makes the file one of our schema and reads where its sequences stand.
func bringUp(db *bolt.DB) (q sequences, err error) {
	err = guardFile(func() error {
		if err := migrate(db); err != nil {
			return err
		}
		err := db.View(func(tx *bolt.Tx) (err error) {
			if err := testWhole(tx); err != nil {
				return err
			}
			q, err = loadSequences(tx)
			return err
		})
		if err != nil {
			return err
		}
		return addBuckets(db)
	})
	return q, err
}

// addBuckets makes the later buckets where an earlier build has made the store.
func addBuckets(db *bolt.DB) error {
	var lacking [][]byte
	err := db.View(func(tx *bolt.Tx) error {
		for _, name := range laterBuckets() {
			if tx.Bucket(name) == nil {
				lacking = append(lacking, name)
			}
		}
		return nil
	})
	if err != nil || len(lacking) == 0 {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range lacking {
			if _, err := tx.CreateBucket(name); err != nil {
				return err
			}
			if err := fillBucket(tx, string(name)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return doing("adding to a store of an earlier version", err)
	}
	return nil
}

// fillBucket fills an index that the records were kept without. The others were
// made together with what they are of.
func fillBucket(tx *bolt.Tx, name string) error {
	switch name {
	case string(bucketCounters):
		return indexCounters(tx)
	case string(bucketDealTrouble):
		return indexTroubles(tx)
	}
	return nil
}

// migrate brings an older file up in one transaction: it succeeds or the file
// stays as it was.
func migrate(db *bolt.DB) error {
	var version uint64
	err := db.View(func(tx *bolt.Tx) error {
		if err := testSchema(tx); err != nil {
			return err
		}
		version = schemaOf(tx)
		return nil
	})
	if err != nil || version == schemaVersion {
		return err
	}
	return db.Update(func(tx *bolt.Tx) error {
		for v := version; v < schemaVersion; v++ {
			step, ok := migrations[v]
			if !ok {
				return &store.Error{Code: store.Damaged, Detail: fmt.Sprintf("no way leads from schema %d", v)}
			}
			if err := step(tx); err != nil {
				return fmt.Errorf("bringing the store from schema %d to %d: %w", v, v+1, err)
			}
		}
		return tx.Bucket(bucketMeta).Put(metaSchema, u64(schemaVersion))
	})
}

// indexCounters fills the index of the counter invoices from the invoices. That
// of requested refunds needs none of this: there were no requests before it. A
// damaged invoice is left to verify: the others can be paid as before.
func indexCounters(tx *bolt.Tx) error {
	index := tx.Bucket(bucketCounters)
	return tx.Bucket(bucketInvoices).ForEach(func(k, v []byte) error {
		if !bytes.Contains(v, []byte(store.Counter)) {
			return nil // its kind is another: to decode a million would take many seconds
		}
		var inv store.Invoice
		if err := unseal(bucketInvoices, k, v, &inv); err == nil && inv.Reusable() {
			return index.Put(k, nil)
		}
		return nil
	})
}

// indexTroubles fills the index of the deals in which somebody has to look at
// something from the deals. A damaged one is left to verify.
func indexTroubles(tx *bolt.Tx) error {
	index := tx.Bucket(bucketDealTrouble)
	return tx.Bucket(bucketDeals).ForEach(func(k, v []byte) error {
		var d store.Deal
		if err := unseal(bucketDeals, k, v, &d); err == nil && d.Trouble != "" {
			return index.Put(k, nil)
		}
		return nil
	})
}
