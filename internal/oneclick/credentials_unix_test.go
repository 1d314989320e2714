//go:build unix

package oneclick_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"tushum/internal/oneclick"
)

func TestACredentialsFileThatOthersCanReadIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "oneclick.json")
	if err := os.WriteFile(path, file(t, "realm", "r"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []os.FileMode{0o644, 0o640, 0o604, 0o602} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := oneclick.ReadCredentials(path)
		is(t, err, oneclick.ErrCredentialsOpen)
	}
}

// A pipe is not waited for: nobody may ever write into it.
func TestAPipeIsNoCredentialsFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "oneclick.json")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := oneclick.ReadCredentials(path)
	is(t, err, oneclick.ErrCredentialsUnreadable)
}
