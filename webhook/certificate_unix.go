//go:build unix

package webhook

import (
	"io/fs"
	"syscall"
)

// keyOpenToOthers reports whether others have any right on a key. A group may read
// one that root owns, as on systems that have a group for keys.
func keyOpenToOthers(info fs.FileInfo) bool {
	closed := fs.FileMode(0o077)
	if of, ok := info.Sys().(*syscall.Stat_t); ok && of.Uid == 0 {
		closed = 0o037
	}
	return info.Mode().Perm()&closed != 0
}
