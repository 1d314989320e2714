//go:build unix

package doctor_test

import (
	"io/fs"
	"syscall"
	"testing"
	"time"

	"tushum/internal/doctor"
)

// rootsFile is what the system tells of a file of root's.
type rootsFile struct{ mode fs.FileMode }

func (rootsFile) Name() string        { return "privkey.pem" }
func (rootsFile) Size() int64         { return 1 }
func (f rootsFile) Mode() fs.FileMode { return f.mode }
func (rootsFile) ModTime() time.Time  { return time.Time{} }
func (rootsFile) IsDir() bool         { return false }
func (rootsFile) Sys() any            { return &syscall.Stat_t{Uid: 0} }

// Debian keeps keys as root:ssl-cert 0640: chmod 600 would take the key from the
// service.
func TestAKeyOfRootsIsForItsGroup(t *testing.T) {
	t.Parallel()
	for mode, w := range map[fs.FileMode]want{
		0o600: {status: doctor.Passed},
		0o640: {status: doctor.Passed},
		0o440: {status: doctor.Passed},
		0o644: {doctor.Failed, "0644", "chmod 640"},
		0o660: {doctor.Failed, "0660", "chmod 640"},
		0o604: {doctor.Failed, "0604", "chmod 600"},
	} {
		w.hold(t, mode.String(), doctor.JudgeKey(rootsFile{mode}))
	}
}
