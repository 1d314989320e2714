package bolt_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"

	bbolt "go.etcd.io/bbolt"

	"tushum/store"
	"tushum/store/bolt"
)

// olderStore is a store as a program before the first might have left it: with
// schema 0 and without one of the indexes.
func olderStore(t *testing.T) *ledger {
	t.Helper()
	s := openLedger(t)
	s.visit()
	s.close()
	edit(t, s.path, func(tx *bbolt.Tx) error {
		if err := tx.DeleteBucket([]byte("tx.day")); err != nil {
			return err
		}
		return tx.Bucket([]byte("meta")).Put([]byte("schema"), make([]byte, 8))
	})
	return s
}

// TestMigrations is not parallel: it puts migrations where every Open finds them.
func TestMigrations(t *testing.T) {
	t.Run("brings an older file up", func(t *testing.T) {
		s := olderStore(t)
		runs := 0
		migrateWith(t, func(tx *bbolt.Tx) error {
			runs++
			_, err := tx.CreateBucket([]byte("tx.day"))
			return err
		})
		s.open()
		s.paid("a", s.visit())
		s.reopen()
		if runs != 1 {
			t.Errorf("the migration ran %d times", runs)
		}
		edit(t, backupOf(t, s), func(tx *bbolt.Tx) error {
			if v := binary.BigEndian.Uint64(tx.Bucket([]byte("meta")).Get([]byte("schema"))); v != bolt.SchemaVersion {
				t.Errorf("the schema is %d", v)
			}
			return nil
		})
	})
	t.Run("leaves the file as it was when it fails", func(t *testing.T) {
		s := olderStore(t)
		reason := errors.New("it can't be done")
		migrateWith(t, func(tx *bbolt.Tx) error {
			_, err := tx.CreateBucket([]byte("tx.day"))
			return errors.Join(err, reason)
		})
		before := readFile(t, s.path)
		if _, err := bolt.Open(s.path, s.o); !errors.Is(err, reason) {
			t.Errorf("the answer is %v", err)
		}
		if !bytes.Equal(readFile(t, s.path), before) {
			t.Error("the file was changed")
		}
		s.damaged = true
	})
	t.Run("refuses a file that no way leads from", func(t *testing.T) {
		s := olderStore(t)
		s.damaged = true
		wantRefused(t, s.path, store.Damaged)
	})
	t.Run("refuses a file that a migration leaves incomplete", func(t *testing.T) {
		s := olderStore(t)
		s.damaged = true
		migrateWith(t, func(*bbolt.Tx) error { return nil })
		_, err := bolt.Open(s.path, s.o)
		wantCode(t, err, store.Damaged)
	})
}

func migrateWith(t *testing.T, step func(*bbolt.Tx) error) {
	t.Helper()
	bolt.Migrate(0, step)
	t.Cleanup(func() { bolt.Migrate(0, nil) })
}

// backupOf makes a backup and returns its path.
func backupOf(t *testing.T, s *ledger) string {
	t.Helper()
	path := s.path + ".backup-" + newID(t)
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	return path
}
