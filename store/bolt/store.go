package bolt

import (
	"context"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// Options are what Open needs to know beside the file's name.
type Options struct {
	Rules   store.Rules
	Now     func() time.Time // default time.Now
	Log     *slog.Logger     // default: nowhere
	Checker []string         // the command that checks a file's structure in a process of its own; its last argument is the file. Empty: in this process, which a damaged file may end
	Holder  string           // how this process is named to others that find the store locked
	Wait    time.Duration    // how long to wait for another holder; default 1 s
	NoSync  bool             // never sync: only to prove that tests of durability can fail
}

// Store is a ledger in one file. It implements store.Ledger; all methods may be
// called from any goroutine.
type Store struct {
	path string
	o    Options
	log  *slog.Logger

	rules atomic.Pointer[store.Rules]

	swap  sync.RWMutex // held for reading by whoever uses db; for writing while the file is exchanged
	db    *bolt.DB
	seq   sequences   // the writer's alone
	place os.FileInfo // the file that db has open, see place.go

	durable atomic.Int64 // the newest commit that is known to be on disk
	syncing sync.Mutex   // held while a commit is on its way there

	upkeep  chan struct{} // holds one: backup, verify, restore and compact come one at a time
	writing sync.Mutex    // held while a group is committed, and while a file is prepared to take the store's place

	queue   chan *request
	sending sync.RWMutex // guards closing against a send on the closed queue
	closing bool
	written chan struct{} // closed when the writer has ended

	calls    chan store.Call
	came     chan struct{}  // holds one when there may be calls to write
	noting   sync.Mutex     // held by whoever takes calls from the channel
	stop     chan struct{}  // closed to end the background work
	working  sync.WaitGroup // the background work
	closeErr error
	once     sync.Once

	full    atomic.Bool // the last commit found no space
	ballast ballast
	failure failure
	hub     hub
}

var _ store.Ledger = (*Store)(nil)

// sequences are the last numbers given out, and the head of the event chain.
// They move with a group and go back with it when it is undone.
type sequences struct {
	tx, event, call uint64
	deal            uint64
	base            uint32 // of the last invoice
	chain           [32]byte
}

// Path is the store's file.
func (s *Store) Path() string { return s.path }

// Now is the clock that every decision is made with.
func (s *Store) Now() time.Time { return s.o.Now() }

func (s *Store) now() store.Instant { return store.At(s.o.Now()) }

// Rules are the settings in force.
func (s *Store) Rules() store.Rules { return *s.rules.Load() }

// SetRules puts other settings in force for all decisions after it.
func (s *Store) SetRules(r store.Rules) { s.rules.Store(&r) }

// Ready is nil when the store can be written.
func (s *Store) Ready() error {
	if err := s.Err(); err != nil {
		return err
	}
	if s.short() {
		return &store.Error{Code: store.DiskFull}
	}
	return s.open()
}

// open is nil until Close begins.
func (s *Store) open() error {
	s.sending.RLock()
	defer s.sending.RUnlock()
	if s.closing {
		return &store.Error{Code: store.Closed}
	}
	return nil
}

// Subscribe returns a channel that is signalled after each commit that left
// events; signals merge. cancel ends it.
func (s *Store) Subscribe() (wake <-chan struct{}, cancel func()) { return s.hub.subscribe() }

// Close answers what is in the queue, keeps the calls that wait for their
// journal, and lets go of the file. Further calls get Closed.
func (s *Store) Close() error {
	s.once.Do(func() {
		close(s.stop)
		s.working.Wait()
		s.sending.Lock()
		s.closing = true
		close(s.queue)
		s.sending.Unlock()
		<-s.written
		s.journal(s.commitAlone)
		s.swap.Lock()
		defer s.swap.Unlock()
		removePidFile(s.path) // first, for it may be another's as soon as the store is let go of
		s.closeErr = s.db.Close()
		s.hub.close()
	})
	return s.closeErr
}

// short tells that the disk is full, or has not enough room yet to take the
// ballast back: nothing new is begun then.
func (s *Store) short() bool { return s.full.Load() || s.ballast.released() }

// view runs a short read. It must copy out what it keeps and draw nothing.
// Where the file is damaged so that bbolt panics, the read is Damaged.
func (s *Store) view(ctx context.Context, read func(*readTx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.Err(); err != nil {
		return &store.Error{Code: store.Failed, Err: err}
	}
	s.swap.RLock()
	defer s.swap.RUnlock()
	seen := 0
	err := guardFile(func() error {
		return s.db.View(func(tx *bolt.Tx) error {
			seen = tx.ID()
			return read(&readTx{tx: tx})
		})
	})
	if isClosed(err) {
		return &store.Error{Code: store.Closed}
	}
	if lost := s.awaitDisk(seen); lost != nil {
		return lost
	}
	return err
}

// awaitDisk returns when the commit that a view has seen is on disk. bbolt
// shows it to readers before its last sync has returned; what is told then
// could be undone by a power cut.
func (s *Store) awaitDisk(seen int) error {
	if int64(seen) <= s.durable.Load() {
		return nil
	}
	s.syncing.Lock() // the commit that was seen holds it
	defer s.syncing.Unlock()
	if err := s.Err(); err != nil {
		return &store.Error{Code: store.Failed, Err: err}
	}
	return nil
}
