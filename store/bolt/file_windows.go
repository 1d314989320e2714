//go:build windows

package bolt

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

const (
	errorHandleDiskFull syscall.Errno = 39
	errorDiskFull       syscall.Errno = 112
)

// noSpace tells errors of a full disk from all others. Some of them bbolt hands
// on as text alone.
func noSpace(err error) bool {
	for _, full := range [...]syscall.Errno{errorDiskFull, errorHandleDiskFull} {
		if errors.Is(err, full) || err != nil && strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}

// testOwner has nothing to test: the user's data folder is closed by its access list.
func testOwner(string) error { return nil }

// testFolder has nothing to test, for the same reason.
func testFolder(string, fs.FileInfo) error { return nil }

// openNoFollow opens the file; links need a privilege to be made here.
func openNoFollow(path string, flag int, mode os.FileMode) (*os.File, error) {
	return os.OpenFile(path, flag, mode)
}

// syncFolder has nothing to do: NTFS journals renames itself.
func syncFolder(string) error { return nil }

// isRunning tells whether there is a process of that number.
func isRunning(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	_ = p.Release() // it was only looked for
	return true
}
