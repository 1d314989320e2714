//go:build !unix

package oneclick

import (
	"io/fs"
	"os"
)

func openFile(path string) (*os.File, error) { return os.Open(path) }

// openToOthers is false where files have no such permissions: on Windows a file in
// a user's own folder is closed to other users by its folder.
func openToOthers(fs.FileMode) bool { return false }
