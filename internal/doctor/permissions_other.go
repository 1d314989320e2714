//go:build !unix

package doctor

import (
	"errors"
	"io/fs"
	"os"
)

// look only sees whether a place is there: where files have no such
// permissions, a user's own folder is closed to others.
func (p place) look() *finding {
	_, err := os.Stat(p.path)
	if errors.Is(err, fs.ErrNotExist) && !p.wanted {
		return nil
	}
	f := passed(plain(p.path))
	if err != nil {
		f = failed(about(sayNotThere, p.path, err), adviseLook)
	}
	return &f
}
