package bolt_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"testing"
)

func TestWhatAnInterruptedRunLeftIsCleared(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("a", s.counter())
	s.close()
	ended := exec.Command(os.Args[0], "-test.run=^$") //nolint:gosec // this test itself
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	for name, stays := range map[string]bool{
		s.path + fmt.Sprintf(".unfinished-%d-new", os.Getppid()):        true,  // another process is making it
		s.path + fmt.Sprintf(".unfinished-%d-1234", os.Getpid()):        false, // who had our number is gone
		s.path + fmt.Sprintf(".unfinished-%d-1234", ended.Process.Pid):  false,
		s.path + ".unfinished-compact":                                  false,
		s.path + ".unfinished-0-new":                                    false,
		s.path + ".before-restore-20261121-070000.000":                  true,
		s.path + ".ballast":                                             true,
		s.path[:len(s.path)-len("tushum.db")] + "other.db.unfinished-1": true, // another store's
	} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if _, err := os.Stat(name); (err == nil) != stays || (err != nil && !errors.Is(err, fs.ErrNotExist)) {
				t.Errorf("%s: %v, want it to stay: %v", name, err, stays)
			}
		})
	}
	s.open()
	tx, err := s.status("a")
	must(t, tx, err)
}
