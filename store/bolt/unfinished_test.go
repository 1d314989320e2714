package bolt_test

import (
	"errors"
	"io/fs"
	"os"
	"testing"
)

func TestWhatAnInterruptedRunLeftIsCleared(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("a", s.counter())
	s.close()
	for name, stays := range map[string]bool{
		s.path + ".unfinished-123456":                                   false, // a snapshot or a restore
		s.path + ".unfinished-compact-1":                                false,
		s.path + ".unfinished-new-1":                                    false,
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
