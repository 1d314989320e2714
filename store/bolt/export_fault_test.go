package bolt

import (
	"errors"
	"os"

	bolt "go.etcd.io/bbolt"
)

// LoseDisk makes every further write of the store fail, as a disk does that has
// gone read-only.
func LoseDisk(s *Store) error {
	s.swap.Lock()
	defer s.swap.Unlock()
	o := boltOptions(s.o)
	o.OpenFile = func(path string, _ int, mode os.FileMode) (*os.File, error) {
		return os.OpenFile(path, os.O_RDONLY, mode)
	}
	err := s.db.Close()
	db, openErr := bolt.Open(s.path, 0o600, o)
	if openErr == nil {
		s.db = db
	}
	return errors.Join(err, openErr)
}
