//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// ownFile refuses what belongs to somebody else. Root may work on everybody's.
func ownFile(info fs.FileInfo) error {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(st.Uid) == os.Geteuid() || os.Geteuid() == 0 {
		return nil
	}
	return errors.New("the socket of the service belongs to another user")
}

// allowedUser tells whether a user at the other end of the socket may talk to us.
func allowedUser(uid int) error {
	if uid == os.Geteuid() || uid == 0 || os.Geteuid() == 0 {
		return nil
	}
	return fmt.Errorf("user %d is at the other end", uid)
}

// privateFolder is a folder for sockets that only this user can open. It does
// not depend on the environment, for a service and a command have different
// ones.
func privateFolder() string {
	return filepath.Join("/tmp", "tushum-"+strconv.Itoa(os.Geteuid()))
}

// makePrivateFolder refuses a folder that somebody else has put there.
func makePrivateFolder() error {
	folder := privateFolder()
	if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(folder)
	if err != nil {
		return err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || info.Mode().Perm() != 0o700 || !ok || int(st.Uid) != os.Geteuid() {
		return fmt.Errorf("%s is not a folder of this user alone", folder)
	}
	return nil
}
