package bolt

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"syscall"
)

// freeSpace is what the user may still write beside path, in bytes; negative
// where that can't be told.
func freeSpace(path string) int64 {
	var st syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &st); err != nil || st.Bavail > math.MaxInt64/uint64(max(st.Bsize, 1)) {
		return -1
	}
	return int64(st.Bavail) * st.Bsize
}

// reserve makes a file whose blocks are really taken from the disk.
func reserve(path string, size int64) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(syscall.Fallocate(int(f.Fd()), 0, 0, size), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
