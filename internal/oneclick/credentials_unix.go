//go:build unix

package oneclick

import (
	"io/fs"
	"os"
	"syscall"
)

// openFile opens what is at a path without waiting: a pipe there would be waited for
// until somebody writes into it.
func openFile(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// openToOthers reports whether the group or others have any right on a file.
func openToOthers(mode fs.FileMode) bool { return mode.Perm()&0o077 != 0 }
