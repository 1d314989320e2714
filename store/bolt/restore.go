package bolt

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// Restore puts a verified backup in the place of the store, under whoever uses
// it. The file that was there is kept beside it, under the name returned. A
// backup that can't be used is a *BackupError, and the store is as it was.
func (s *Store) Restore(ctx context.Context, src string) (kept string, err error) {
	done, err := s.alone(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	tmp, err := verifiedCopy(ctx, src, s.path, s.o.Checker)
	if err != nil {
		return "", err
	}
	defer os.Remove(tmp)
	err = s.exchange(tmp, func() error {
		floor, err := nextBaseOf(s.db)
		if err != nil {
			return err
		}
		if err := setNextBase(tmp, s.o, floor); err != nil {
			return err
		}
		kept, err = keepFile(s.path, s.o.Now())
		return err
	})
	return kept, err
}

// RestoreFile does what Restore does for a store that can't be opened. A store
// that by now can be opened, because another restore came first for instance,
// is left as it is, and the answer is Locked: it is restored by Restore.
func RestoreFile(ctx context.Context, path, src string, o Options) (kept string, err error) {
	o = o.withDefaults()
	tmp, err := verifiedCopy(ctx, src, path, o.Checker)
	if err != nil {
		return "", err
	}
	defer os.Remove(tmp)
	if err := setNextBase(tmp, o, 0); err != nil {
		return "", err
	}
	if err := stillShut(path, o); err != nil {
		return "", err
	}
	if kept, err = keepFile(path, o.Now()); err != nil {
		return "", err
	}
	if err := putInPlace(tmp, path); err != nil {
		return kept, err
	}
	_ = os.Remove(unverifiedPath(path))
	return kept, nil
}

// stillShut is nil for a store that can't be opened, or is not there.
func stillShut(path string, o Options) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	st, err := Open(path, o)
	switch {
	case err == nil:
		return errors.Join(&store.Error{Code: store.Locked, Detail: path + " has been mended meanwhile"}, st.Close())
	case store.CodeOf(err) == store.Locked:
		return err
	}
	return nil
}

// exchange puts another file in the store's place. While prepare runs nothing is
// written, but reads go on; until it has succeeded nothing is changed. The
// caller has upkeep to itself.
func (s *Store) exchange(tmp string, prepare func() error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.Err(); err != nil {
		return &store.Error{Code: store.Failed, Err: err}
	}
	if err := s.open(); err != nil {
		return err
	}
	if err := prepare(); err != nil {
		return err
	}
	s.swap.Lock()
	defer s.swap.Unlock()
	if runtime.GOOS == "windows" { // there an open file can't be replaced
		return s.exchangeClosed(tmp)
	}
	return s.exchangeOpen(tmp)
}

// exchangeOpen opens the new file, and so locks it, before it gets the store's
// name: at no moment does another process find a store that nobody holds.
func (s *Store) exchangeOpen(tmp string) error {
	db, q, err := openReady(tmp, s.o)
	if err != nil {
		return err
	}
	if err := os.Rename(tmp, s.path); err != nil {
		return errors.Join(doing("putting the new store in place", err), db.Close())
	}
	old := s.db
	s.adopt(db, q)
	if err := old.Close(); err != nil {
		s.log.Warn("the old file could not be closed well", "err", err)
	}
	s.hub.wake()
	if err := syncFolder(filepath.Dir(s.path)); err != nil {
		s.fail(err) // a power cut could bring the old file back, without what is written from now on
		return err
	}
	return nil
}

func (s *Store) exchangeClosed(tmp string) error {
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("closing the store: %w", err)
	}
	err := putInPlace(tmp, s.path)
	if openErr := s.openFile(); openErr != nil {
		s.fail(openErr)
		return errors.Join(err, openErr)
	}
	s.hub.wake()
	return err
}

// verifiedCopy copies a file beside the store and verifies the copy, so that
// what is verified is what is used.
func verifiedCopy(ctx context.Context, src, path string, checker []string) (string, error) {
	tmp, err := copyFile(ctx, src, path)
	if err != nil {
		return "", err
	}
	report, err := VerifyFile(ctx, tmp, checker)
	if err == nil && len(report.Problems) > 0 {
		err = &store.Error{Code: store.Damaged, Detail: report.Problems[0].String()}
	}
	if err == nil {
		return tmp, nil
	}
	_ = os.Remove(tmp)
	if ctx.Err() != nil {
		return "", fmt.Errorf("restoring %s: %w", src, err)
	}
	return "", &BackupError{File: src, Err: err}
}

// BackupError tells that a backup can't be put in a store's place: it can't be
// read, or is damaged, of a newer version, or no store at all. It says nothing
// about the store, which was not touched.
type BackupError struct {
	File string // the backup
	Err  error  // a *store.Error of the file, or what the system answered
}

func (e *BackupError) Error() string { return fmt.Sprintf("restoring %s: %v", e.File, e.Err) }

// Unwrap gives the cause.
func (e *BackupError) Unwrap() error { return e.Err }

// backupReader keeps the errors of a backup apart from those of the disk that it
// is copied to.
type backupReader struct {
	io.Reader
	file string
}

func (r backupReader) Read(p []byte) (n int, err error) {
	if n, err = r.Reader.Read(p); err != nil && !errors.Is(err, io.EOF) {
		err = &BackupError{File: r.file, Err: err}
	}
	return n, err
}

// copyFile copies a file beside the store.
func copyFile(ctx context.Context, src, path string) (string, error) {
	info, err := os.Stat(src)
	switch {
	case err != nil:
		return "", &BackupError{File: src, Err: err}
	case !info.Mode().IsRegular() && !info.IsDir(): // to open a pipe can take for ever, and a device never ends
		return "", &BackupError{File: src, Err: &store.Error{Code: store.NotAStore, Detail: src + " is not a regular file"}}
	}
	in, err := os.Open(src)
	if err != nil {
		return "", &BackupError{File: src, Err: err}
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(path), unfinishedName(path, "*"))
	if err != nil {
		return "", doing("copying "+src, err)
	}
	_, err = io.Copy(&steadyWriter{ctx: ctx, f: out}, backupReader{in, src})
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		_ = os.Remove(out.Name())
		if bad := new(BackupError); errors.As(err, &bad) {
			return "", bad
		}
		return "", doing("copying "+src, err)
	}
	return out.Name(), nil
}

// numbersSkipped is how many invoice numbers are given up when a backup is
// restored and nobody can tell which were handed out after it was made.
const numbersSkipped = 1000

// setNextBase sees to it that a number handed out after the backup was made is
// not handed out again to somebody else. Floor is the next base of the store
// that is replaced; zero when that is not known.
func setNextBase(path string, o Options, floor uint32) error {
	db, err := openBolt(path, boltOptions(o))
	if err != nil {
		return err
	}
	next, err := nextBaseOf(db)
	if floor == 0 {
		next += numbersSkipped
	}
	if err == nil {
		err = db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketMeta).Put(metaBase, u32(max(next, floor))) })
	}
	return errors.Join(err, db.Close())
}

// nextBaseOf is the base of the next invoice number.
func nextBaseOf(db *bolt.DB) (base uint32, err error) {
	err = db.View(func(tx *bolt.Tx) error {
		q, err := loadSequences(tx)
		base = nextBase(q.base, tx.Bucket(bucketMeta).Get(metaBase))
		return err
	})
	return base, err
}

// nextBase follows the last base and is not below the floor that a restore has set.
func nextBase(last uint32, floor []byte) uint32 {
	base := max(last+1, store.FirstBase)
	if len(floor) == 4 {
		base = max(base, binary.BigEndian.Uint32(floor))
	}
	return base
}

// keepFile gives the store's file a second name, under which it stays when
// another takes its place. The name is empty when there is no file.
func keepFile(path string, now time.Time) (string, error) {
	for i := 0; ; i++ {
		kept := keptName(path, now.Add(time.Duration(i)*time.Millisecond))
		err := os.Link(path, kept)
		switch {
		case err == nil:
			return kept, nil
		case errors.Is(err, fs.ErrNotExist):
			return "", nil
		case errors.Is(err, fs.ErrExist):
			continue
		}
		tmp, err := copyFile(context.Background(), path, path) // a file system without links
		if err == nil {
			err = os.Rename(tmp, kept)
		}
		if err != nil {
			return "", doing("keeping the old store", err)
		}
		return kept, nil
	}
}

// putInPlace gives the store's name to a finished file in one step, so that at
// no moment a crash leaves no store there.
func putInPlace(tmp, path string) error {
	if err := os.Rename(tmp, path); err != nil {
		return fmt.Errorf("putting the new store in place: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

func keptName(path string, now time.Time) string {
	return fmt.Sprintf("%s.before-restore-%s", path, now.UTC().Format("20060102-150405.000"))
}
