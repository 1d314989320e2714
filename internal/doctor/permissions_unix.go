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
	if err != nil {
		f := failed(about(sayNotThere, p.path, reason(err)), adviseLook)
		return &f
	}
	f := p.judge(info)
	return &f
}

// judge is about a place that is there.
func (p place) judge(info fs.FileInfo) finding {
	switch {
	case !ours(info):
		return failed(about(saySomebodys, p.path), about(adviseOwner, p.path))
	case p.folder:
		return p.judgeFolder(info)
	}
	return p.judgeFile(info)
}

func (p place) judgeFolder(info fs.FileInfo) finding {
	mode := info.Mode().Perm()
	switch {
	case mode&0o022 != 0 && info.Mode()&fs.ModeSticky == 0:
		return failed(about(sayOpenFolder, p.path, mode), adviceOf("700", p.path))
	case p.secret && mode&0o077 != 0:
		return failed(about(sayOpenKeys, p.path, mode), adviceOf("700", p.path))
	}
	return passed(plain(p.path))
}

func (p place) judgeFile(info fs.FileInfo) finding {
	mode, shared := info.Mode().Perm(), p.shared && ofRoot(info)
	switch {
	case shared && mode&0o037 == 0: // its group reads it at most
	case shared && mode&0o040 != 0: // it may be by its group that the service reads it
		return failed(about(sayOpenSecret, p.path, mode), adviceOf("640", p.path))
	case p.secret && mode&0o077 != 0:
		return failed(about(sayOpenSecret, p.path, mode), adviceOf("600", p.path))
	case mode&0o077 != 0:
		return warned(about(sayOpenPlain, p.path, mode), adviceOf("600", p.path))
	}
	return passed(plain(p.path))
}

// ours tells whether a place belongs to this user, or to root, who can do
// anything as it is.
func ours(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return !ok || st.Uid == 0 || int(st.Uid) == os.Geteuid()
}

func ofRoot(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && st.Uid == 0
}

// reason is the system's word without the path, which the sentence has already.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
