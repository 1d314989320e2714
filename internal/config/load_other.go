//go:build !unix

package config

import (
	"io/fs"
	"os"
)

// openToOthers is false where files have no such permissions: on Windows a
// file in a user's own folder is closed to other users by its folder.
func openToOthers(fs.FileMode) bool { return false }

// keepOwner has nothing to do: a file of Windows belongs to its folder's owner.
func keepOwner(*os.File, fs.FileInfo) error { return nil }
