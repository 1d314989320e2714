//go:build unix

package config

import (
	"errors"
	"os"
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
