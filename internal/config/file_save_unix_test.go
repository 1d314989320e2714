//go:build unix

package config

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Root may edit the settings of a service, which has to read them afterwards.
func TestSaveKeepsTheOwner(t *testing.T) {
	t.Parallel()
	owner := os.Geteuid()
	if owner == 0 {
		owner = 12345
	}
	path := write(t, connected, 0o600)
	if err := os.Chown(path, owner, -1); err != nil {
		t.Fatal(err)
	}
	f := opened(t, path)
	if err := errors.Join(f.Set("uzum.service_id", Whole(2)), f.Save()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, path + ".old"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if st, ok := info.Sys().(*syscall.Stat_t); !ok || int(st.Uid) != owner || info.Mode().Perm() != 0o600 {
			t.Errorf("%s belongs to %+v, mode %v", name, info.Sys(), info.Mode())
		}
	}
}

// A folder that may be written to but not opened can't be synced. The new text
// is in its place all the same, and the next one follows it.
func TestSaveInAFolderThatCantBeOpened(t *testing.T) {
	t.Parallel()
	path := write(t, connected, 0o600)
	f := opened(t, path)
	if err := os.Chmod(filepath.Dir(path), 0o300); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Dir(path), 0o700) })
	for n := range int64(2) {
		if err := errors.Join(f.Set("uzum.service_id", Whole(n+2)), f.Save()); err != nil {
			t.Fatal(err)
		}
	}
	if got := textOf(t, path); got != string(f.Text()) {
		t.Errorf("the file holds\n%s", got)
	}
}
