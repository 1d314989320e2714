//go:build unix

package doctor

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// look tells what is wrong with the permissions of a place; nil where it is not
// there and need not be.
func (p place) look() *finding {
	info, err := os.Stat(p.path)
	if errors.Is(err, fs.ErrNotExist) && !p.wanted {
		return nil
	}
	f := passed(plain(p.path))
	mode := fs.FileMode(0)
	if err == nil {
		mode = info.Mode().Perm()
	}
	switch {
	case err != nil:
		f = failed(about(sayNotThere, p.path, reason(err)), adviseLook)
	case !ours(info):
		f = failed(about(saySomebodys, p.path), about(adviseOwner, p.path))
	case p.folder && mode&0o022 != 0 && info.Mode()&fs.ModeSticky == 0:
		f = failed(about(sayOpenFolder, p.path, mode), adviceOf("700", p.path))
	case !p.folder && p.secret && mode&0o077 != 0:
		f = failed(about(sayOpenSecret, p.path, mode), adviceOf("600", p.path))
	case !p.folder && mode&0o077 != 0:
		f = warned(about(sayOpenPlain, p.path, mode), adviceOf("600", p.path))
	}
	return &f
}

// ours tells whether a place belongs to this user, or to root, who can do
// anything as it is.
func ours(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return !ok || st.Uid == 0 || int(st.Uid) == os.Geteuid()
}

// reason is the system's word without the path, which the sentence has already.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
