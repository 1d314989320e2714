package bolt

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"sync"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"tushum/store"
)

// writeTx is one commit in the making.
type writeTx struct {
	readTx
	s      *Store
	seq    sequences
	rules  *store.Rules
	events int // announced once they are on disk
	puts   int
}

// begin opens the transaction of a group. What bbolt panics at here leaves it
// unfit for another commit, so the store stops.
func (s *Store) begin() (*writeTx, error) {
	w := &writeTx{s: s, seq: s.seq, rules: s.rules.Load()}
	err := guardFile(func() (err error) {
		if w.tx, err = s.db.Begin(true); err != nil {
			return err
		}
		for _, name := range [][]byte{bucketTransactions, bucketEvents, bucketCalls} {
			w.bucket(name).FillPercent = 0.95 // keys only ever come at the end; what is left is for records that grow
		}
		return nil
	})
	if err == nil {
		return w, nil
	}
	w.rollback()
	if store.CodeOf(err) == store.Damaged {
		s.fail(err)
	}
	return nil, err
}

func (w *writeTx) rollback() {
	if w.tx != nil {
		_ = guardFile(w.tx.Rollback) // of a transaction that has ended, or of a store that has failed
	}
}

// commit makes the group durable, or tells what became of it:
//
//   - DiskFull: the disk had no room before the new root was written. Nothing
//     of the group is visible, and a later commit may succeed.
//   - OutcomeUnknown: anything else. After a failed fsync the records may be
//     visible and yet not on disk, so nothing more may be said of this store
//     before a restart has verified it.
func (s *Store) commit(w *writeTx) error {
	if w.puts == 0 {
		w.rollback()
		return nil
	}
	s.syncing.Lock()
	defer s.syncing.Unlock()
	id := w.tx.ID()
	err := guardFile(w.tx.Commit)
	if err == nil {
		s.seq = w.seq
		s.durable.Store(int64(id))
		s.full.Store(false)
		if w.events > 0 {
			s.hub.wake()
		}
		return nil
	}
	w.rollback() // some early returns of Commit leave the transaction open
	if noSpace(err) && s.lastCommitted() < id {
		s.diskIsFull(err)
		return &store.Error{Code: store.DiskFull, Err: err}
	}
	s.fail(err)
	return &store.Error{Code: store.OutcomeUnknown, Err: err}
}

// lastCommitted is the number of the newest commit that readers see; where
// that can't be told it is above all.
func (s *Store) lastCommitted() int {
	last := math.MaxInt
	_ = guardFile(func() error { return s.db.View(func(tx *bolt.Tx) error { last = tx.ID(); return nil }) })
	return last
}

func (s *Store) diskIsFull(err error) {
	if !s.full.Swap(true) {
		s.log.Error("the disk is full: new payments are refused until there is room", "err", err)
	}
	if s.ballast.release() {
		s.log.Warn("the ballast was given up, so that payments under way can be finished")
	}
}

// failure is the memory of an unknown outcome.
type failure struct {
	mu   sync.Mutex
	err  error
	down chan struct{}
}

// fail stops the store: nothing is answered from it any more.
func (s *Store) fail(err error) {
	s.failure.mu.Lock()
	defer s.failure.mu.Unlock()
	if s.failure.err != nil {
		return
	}
	s.failure.err = err
	s.log.Error("the outcome of a commit is unknown: the store stops", "err", err)
	if err := writeDurably(unverifiedPath(s.path), []byte(err.Error()+"\n")); err != nil {
		s.log.Error("the next start can't be told to verify first: run tushum verify", "err", err)
	}
	close(s.failure.down)
}

// writeDurably writes a small file of the owner's and syncs it.
func writeDurably(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close(), syncFolder(filepath.Dir(path)))
}

// Err is why the store has stopped; nil while it works.
func (s *Store) Err() error {
	s.failure.mu.Lock()
	defer s.failure.mu.Unlock()
	return s.failure.err
}

// Down is closed when the outcome of a commit became unknown. The process
// should then end; the next Open verifies the file before it serves.
func (s *Store) Down() <-chan struct{} { return s.failure.down }

func isClosed(err error) bool { return errors.Is(err, bolterrors.ErrDatabaseNotOpen) }
