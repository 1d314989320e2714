//go:build unix

package config

import (
	"io/fs"
	"os"
	"syscall"
)

// openToOthers reports whether the group or others can read or write a file.
func openToOthers(mode fs.FileMode) bool { return mode.Perm()&0o066 != 0 }

// keepOwner gives a file to the owner of the one that it takes the place of:
// root may edit the settings of a service, which has to read them afterwards.
func keepOwner(f *os.File, old fs.FileInfo) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	was, known := old.Sys().(*syscall.Stat_t)
	is, _ := info.Sys().(*syscall.Stat_t)
	if !known || is.Uid == was.Uid {
		return nil
	}
	return f.Chown(int(was.Uid), int(was.Gid))
}
