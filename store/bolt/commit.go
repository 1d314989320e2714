package bolt

import (
	"errors"
	"fmt"
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

func (s *Store) begin() (*writeTx, error) {
	tx, err := s.db.Begin(true)
	if err != nil {
		return nil, err
	}
	w := &writeTx{readTx: readTx{tx: tx}, s: s, seq: s.seq, rules: s.rules.Load()}
	for _, name := range [][]byte{bucketTransactions, bucketEvents, bucketCalls} {
		w.bucket(name).FillPercent = 0.95 // keys only ever come at the end; what is left is for records that grow
	}
	return w, nil
}

func (w *writeTx) rollback() { _ = w.tx.Rollback() }

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
	err := commitOrPanic(w.tx)
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

// commitOrPanic makes an error of a panic: the file is damaged where bbolt
// writes next, and what of the commit has been written can't be told.
func commitOrPanic(tx *bolt.Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("committing: panic: %v", p)
		}
	}()
	return tx.Commit()
}

// lastCommitted is the number of the newest commit that readers see.
func (s *Store) lastCommitted() int {
	last := -1
	_ = s.db.View(func(tx *bolt.Tx) error { last = tx.ID(); return nil })
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

// faultIsDamage turns a fault in the mapped file into an error.
func faultIsDamage(err *error) {
	p := recover()
	if p == nil {
		return
	}
	if fault, ok := p.(interface{ Addr() uintptr }); ok {
		*err = &store.Error{Code: store.Damaged, Detail: fmt.Sprintf("the file can't be read at %#x", fault.Addr())}
		return
	}
	panic(p)
}

func isClosed(err error) bool { return errors.Is(err, bolterrors.ErrDatabaseNotOpen) }
