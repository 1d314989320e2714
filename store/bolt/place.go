package bolt

import (
	"errors"
	"os"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// A store whose file is removed or replaced under it would go on answering, and
// lose all of it at its end. So each commit looks first whether the file is
// still where it was opened.

// stay notes which file has the store's name now: the one that was just opened.
func (s *Store) stay() {
	s.place, _ = os.Lstat(s.path) // one that can't be looked at is not in place
}

// inPlace tells whether the open file still has the store's name. The caller
// holds swap.
func (s *Store) inPlace() bool {
	there, err := os.Lstat(s.path)
	return err == nil && os.SameFile(s.place, there)
}

// stillThere is inPlace for those who hold nothing.
func (s *Store) stillThere() bool {
	s.swap.RLock()
	defer s.swap.RUnlock()
	return s.inPlace()
}

// moved stops the store and saves what the open file holds.
func (s *Store) moved() error {
	saved := s.path + ".rescued-" + s.o.Now().UTC().Format("20060102-150405.000")
	what := "the file " + s.path + " was removed or replaced while it was in use; what it held is in " + saved
	if err := s.rescue(saved); err != nil {
		what = "the file " + s.path + " was removed or replaced while it was in use, and what it held could not be saved: " + err.Error()
	}
	err := &store.Error{Code: store.Unusable, Detail: what}
	s.fail(err)
	return err
}

// rescue copies the open file, whatever its name is now.
func (s *Store) rescue(dst string) error {
	f, err := os.OpenFile(dst, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = guardFile(func() error {
		return s.db.View(func(tx *bolt.Tx) error { _, err := tx.WriteTo(f); return err })
	})
	return errors.Join(err, f.Sync(), f.Close())
}
