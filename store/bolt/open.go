package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"tushum/store"
)

// Open opens the store, or makes it. It answers Locked when another process
// holds it, Damaged, Newer or NotAStore for a file that it leaves as it was.
// Where the process before ended with an unknown outcome, it verifies first.
func Open(path string, o Options) (*Store, error) {
	o = o.withDefaults()
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	if err := prepareFile(path, o); err != nil {
		return nil, err
	}
	if err := verifyAfterFailure(path, o); err != nil {
		return nil, err
	}
	s := &Store{
		path: path, o: o, log: o.Log,
		queue: make(chan *request, queueLength), written: make(chan struct{}),
		calls: make(chan store.Call, callsWaiting), came: make(chan struct{}, 1), stop: make(chan struct{}),
		upkeep: make(chan struct{}, 1), failure: failure{down: make(chan struct{})}, ballast: ballast{path: path + ".ballast"},
	}
	s.SetRules(o.Rules)
	if err := s.openFile(); err != nil {
		return nil, err
	}
	if err := s.trustAgain(); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	s.clearUnfinished()
	writePidFile(path, o)
	s.ballast.take()
	s.working.Add(1)
	go s.writeLoop()
	go s.journalLoop()
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Wait == 0 {
		o.Wait = time.Second
	}
	if o.Holder == "" {
		o.Holder = filepath.Base(os.Args[0])
	}
	return o
}

// prepareFile makes the folder and the file where they are missing, and tests
// what is there before anything maps it.
func prepareFile(path string, o Options) error {
	if err := prepareFolder(filepath.Dir(path)); err != nil {
		return err
	}
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := create(path, o); err != nil {
			return err
		}
	} else if err != nil {
		return &store.Error{Code: store.Unusable, Detail: "looking at the file", Err: err}
	}
	if err := testFile(path); err != nil {
		return err
	}
	return testOwner(path)
}

func prepareFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return &store.Error{Code: store.Unusable, Detail: "making the store's folder", Err: err}
	}
	info, err := os.Stat(dir)
	if err != nil {
		return &store.Error{Code: store.Unusable, Detail: "looking at the store's folder", Err: err}
	}
	return testFolder(dir, info)
}

// create makes a new store under another name and links it into place when it
// is whole, so that a crash can't leave half a file, and so that of two
// processes that create at once one finds the other's.
func create(path string, o Options) error {
	tmp := filepath.Join(filepath.Dir(path), unfinishedName(path, "new"))
	defer os.Remove(tmp)
	if err := fill(tmp, o); err != nil {
		return creationError(err)
	}
	if err := os.Link(tmp, path); err != nil && !errors.Is(err, fs.ErrExist) {
		if err := os.Rename(tmp, path); err != nil { // a file system without links
			return creationError(err)
		}
	}
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return creationError(err)
	}
	_ = syncFolder(filepath.Dir(filepath.Dir(path))) // the folder may be new; the one above may be closed to us
	return nil
}

func creationError(err error) error {
	code := store.Unusable
	if noSpace(err) {
		code = store.DiskFull
	}
	return &store.Error{Code: code, Detail: "making a new store", Err: err}
}

func fill(tmp string, o Options) error {
	_ = os.Remove(tmp) // of a process with our number that crashed here
	db, err := bolt.Open(tmp, 0o600, boltOptions(o))
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range allBuckets() {
			if _, err := tx.CreateBucket(name); err != nil {
				return err
			}
		}
		meta := tx.Bucket(bucketMeta)
		return errors.Join(meta.Put(metaApp, appName), meta.Put(metaSchema, u64(schemaVersion)))
	})
	return errors.Join(err, db.Sync(), db.Close())
}

// boltOptions are what reliability asks of bbolt. The map is large from the
// start, for the writer must wait for every reader when it grows.
func boltOptions(o Options) *bolt.Options {
	return &bolt.Options{
		Timeout: o.Wait, FreelistType: bolt.FreelistMapType, NoStatistics: true,
		InitialMmapSize: mapSize(0), NoSync: o.NoSync, OpenFile: openNoFollow,
	}
}

func mapSize(size int64) int {
	if runtime.GOOS == "windows" || math.MaxInt == math.MaxInt32 {
		return 0 // there the file itself grows to the size of the map, or addresses are few
	}
	const gib = 1 << 30
	return int(max(gib, (2*size+gib-1)/gib*gib))
}

// openFile opens the tested file and reads where its sequences stand.
func (s *Store) openFile() error {
	if err := lookInside(s.path, s.o); err != nil {
		return err
	}
	db, q, err := openReady(s.path, s.o)
	if err == nil {
		s.adopt(db, q)
	}
	return err
}

// openReady opens a file and makes it one of our schema.
func openReady(path string, o Options) (*bolt.DB, sequences, error) {
	db, err := openBolt(path, boltOptions(o))
	if err != nil {
		return nil, sequences{}, err
	}
	q, err := bringUp(db)
	if err != nil {
		return nil, sequences{}, errors.Join(err, db.Close())
	}
	return db, q, nil
}

// adopt makes an open file the store's.
func (s *Store) adopt(db *bolt.DB, q sequences) {
	s.db, s.seq = db, q
	s.durable.Store(int64(s.lastCommitted()))
	s.stay()
}

// lookInside refuses a file that is not ours before it is opened for writing,
// for that alone can change it.
func lookInside(path string, o Options) error {
	db, err := openBolt(path, &bolt.Options{ReadOnly: true, Timeout: o.Wait, NoStatistics: true})
	if err != nil {
		return err
	}
	return errors.Join(guardFile(func() error { return db.View(testSchema) }), db.Close())
}

// openBolt maps the file. It answers Locked when another process has it.
func openBolt(path string, o *bolt.Options) (*bolt.DB, error) {
	for {
		db, file, err := openOnce(path, o)
		if err != nil {
			return nil, err
		}
		if isFile(file, path) {
			return db, nil
		}
		// While this waited for the lock, its holder put another file in the place.
		if err := db.Close(); err != nil {
			return nil, &store.Error{Code: store.Unusable, Detail: "closing a file that was replaced", Err: err}
		}
	}
}

func openOnce(path string, o *bolt.Options) (db *bolt.DB, file *os.File, err error) {
	once := *o
	once.OpenFile = func(path string, flag int, mode os.FileMode) (f *os.File, err error) {
		f, err = openNoFollow(path, flag, mode)
		if file == nil {
			file = f
		}
		return f, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, &store.Error{Code: store.Unusable, Err: err}
	}
	if !once.ReadOnly {
		once.InitialMmapSize = mapSize(info.Size())
	}
	finished := false
	err = guardFile(func() error {
		db, err = bolt.Open(path, 0o600, &once)
		finished = true
		return err
	})
	switch {
	case err == nil:
		return db, file, nil
	case !finished && file != nil:
		return nil, nil, errors.Join(err, file.Close()) // and with it the lock
	case !finished:
		return nil, nil, err
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, nil, &store.Error{Code: store.Locked, Holder: holderOf(path)}
	default:
		return nil, nil, &store.Error{Code: store.Unusable, Detail: "opening the file", Err: err}
	}
}

// isFile tells whether path still names the open file.
func isFile(f *os.File, path string) bool {
	there, err := os.Lstat(path)
	if err != nil {
		return false
	}
	here, err := f.Stat()
	return err == nil && os.SameFile(here, there)
}

// guardFile turns what bbolt panics at, or faults at, in a damaged file into Damaged.
func guardFile(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = &store.Error{Code: store.Damaged, Detail: fmt.Sprint("reading the file: ", p)}
		}
	}()
	return do()
}

func unverifiedPath(path string) string { return path + ".unverified" }

// verifyAfterFailure verifies a store whose last process ended with an unknown
// outcome, before anything is answered from it.
func verifyAfterFailure(path string, o Options) error {
	mark := unverifiedPath(path)
	if _, err := os.Stat(mark); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	o.Log.Warn("the last run ended with an unknown outcome: verifying the store first")
	report, err := VerifyFile(context.Background(), path, o.Checker)
	if err != nil {
		return err
	}
	if len(report.Problems) > 0 {
		return &store.Error{Code: store.Damaged, Detail: report.Problems[0].String()}
	}
	return nil
}

// trustAgain removes the mark of an unverified store, which by now is verified.
// A root whose sync failed may stand in the system's cache and not on disk, so
// one more commit writes a new one before anything is told.
func (s *Store) trustAgain() error {
	mark := unverifiedPath(s.path)
	if _, err := os.Stat(mark); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	err := s.db.Update(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketMeta).Put(metaProbe, u64(uint64(s.now())))
	})
	if err != nil {
		return doing("writing the root of a verified store", err)
	}
	s.durable.Store(int64(s.lastCommitted()))
	if err := os.Remove(mark); err != nil {
		return fmt.Errorf("removing the mark of an unverified store: %w", err)
	}
	return nil
}
