package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tushum/store"
)

// Backup writes a copy of the store as it is at one moment, while the store
// goes on working. It counts as a backup, and gets its name, only when it is on
// disk and has been opened and verified. An existing file is never replaced.
func (s *Store) Backup(ctx context.Context, dst string) error {
	if _, err := os.Lstat(dst); err == nil {
		return fmt.Errorf("writing a backup: %s: %w", dst, fs.ErrExist)
	}
	done, err := s.alone(ctx)
	if err != nil {
		return err
	}
	defer done()
	tmp, err := s.snapshot(ctx, filepath.Dir(dst))
	if err != nil {
		return err
	}
	defer os.Remove(tmp)
	report, err := VerifyFile(ctx, tmp, s.o.Checker)
	if err != nil {
		return fmt.Errorf("verifying the backup: %w", err)
	}
	if len(report.Problems) > 0 {
		return &store.Error{Code: store.Damaged, Detail: "the backup: " + report.Problems[0].String()}
	}
	return giveName(tmp, dst)
}

// alone waits until no other backup, verification, restore or compaction is
// under way. Each takes much of the disk, and a restore that waited behind a
// copy would make every payment wait with it.
func (s *Store) alone(ctx context.Context) (done func(), err error) {
	select {
	case s.upkeep <- struct{}{}:
		return func() { <-s.upkeep }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// giveName gives a finished file its name, unless the name is taken.
func giveName(tmp, dst string) error {
	if err := os.Link(tmp, dst); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("writing a backup: %w", err)
		}
		if err := os.Rename(tmp, dst); err != nil { // a file system without links
			return fmt.Errorf("writing a backup: %w", err)
		}
	}
	return syncFolder(filepath.Dir(dst))
}

// snapshot copies the store as it is at one moment to a new file in dir and
// syncs it. The caller removes the file.
func (s *Store) snapshot(ctx context.Context, dir string) (string, error) {
	if err := s.roomFor(ctx, dir); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(dir, unfinishedName(s.path, "*")) // 0600
	if err != nil {
		return "", fmt.Errorf("copying the store: %w", err)
	}
	err = s.view(ctx, func(r *readTx) error {
		_, err := r.tx.WriteTo(&steadyWriter{ctx: ctx, f: f})
		return err
	})
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return "", doing("copying the store", err)
	}
	return f.Name(), nil
}

// roomFor refuses a copy that would leave the disk without room for payments.
func (s *Store) roomFor(ctx context.Context, dir string) error {
	var size int64
	if err := s.view(ctx, func(r *readTx) error { size = r.tx.Size(); return nil }); err != nil {
		return err
	}
	if s.ballast.isHeld() {
		size += ballastSize
	}
	if free := freeSpace(filepath.Join(dir, "copy")); free >= 0 && free < size {
		return &store.Error{Code: store.DiskFull, Detail: fmt.Sprintf("a copy of the store needs %d MB in %s, %d are free", size>>20, dir, free>>20)}
	}
	return nil
}

// doing says what was being done, and gives an error of a full disk its code.
func doing(what string, err error) error {
	if store.CodeOf(err) == "" && noSpace(err) {
		return &store.Error{Code: store.DiskFull, Detail: what, Err: err}
	}
	return fmt.Errorf("%s: %w", what, err)
}

// steadyWriter hands a copy to the disk piece by piece: a gigabyte that is
// synced at once would keep every commit waiting for it.
type steadyWriter struct {
	ctx   context.Context
	f     *os.File
	dirty int
}

const steadyPiece = 4 << 20

func (w *steadyWriter) Write(p []byte) (n int, err error) {
	for len(p) > 0 && err == nil {
		if err = w.ctx.Err(); err != nil {
			return n, err
		}
		piece := p[:min(len(p), steadyPiece)]
		var m int
		m, err = w.f.Write(piece)
		n, p, w.dirty = n+m, p[m:], w.dirty+m
		if err == nil && w.dirty >= steadyPiece {
			err, w.dirty = w.f.Sync(), 0
		}
	}
	return n, err
}
