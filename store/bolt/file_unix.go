//go:build unix

package bolt

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"tushum/store"
)

// noSpace tells errors of a full disk, or a full quota, from all others. Some
// of them bbolt hands on as text alone.
func noSpace(err error) bool {
	for _, full := range [...]syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, full) || err != nil && strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}

// testOwner refuses a file of somebody else, and closes one that others may open.
func testOwner(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return &store.Error{Code: store.Unusable, Err: err}
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if ok && int(st.Uid) != os.Geteuid() {
		return &store.Error{Code: store.Unusable, Detail: path + " belongs to another user"}
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return &store.Error{Code: store.Unusable, Detail: "closing the file to others", Err: err}
	}
	return nil
}

// testFolder refuses a folder in which others could exchange the store.
func testFolder(dir string, info fs.FileInfo) error {
	if info.Mode().Perm()&0o022 != 0 && info.Mode()&fs.ModeSticky == 0 {
		return &store.Error{Code: store.Unusable, Detail: "others may write to the folder " + dir + ": chmod 700 closes it"}
	}
	return nil
}

// openNoFollow opens the file itself and never what a link points to.
func openNoFollow(path string, flag int, mode os.FileMode) (*os.File, error) {
	return os.OpenFile(path, flag|syscall.O_NOFOLLOW, mode)
}

// syncFolder makes a rename in the folder durable.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// isRunning tells whether there is a process of that number.
func isRunning(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
