package bolt_test

import (
	"testing"

	"tushum/store"
	"tushum/store/bolt"
)

// What a restore takes away is told by the file that it keeps.
func TestWhatABackupLacksIsTold(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("a", s.visit())
	backup := backupOf(t, s)
	wantMissing := func(path string, events uint64, until store.Instant) {
		t.Helper()
		got, at, err := s.Missing(t.Context(), path)
		if must(t, got, err); got != events || at != until {
			t.Errorf("missing are %d up to %v, want %d up to %v", got, at, events, until)
		}
	}
	restore := func() (kept string) {
		t.Helper()
		kept, err := s.Restore(t.Context(), backup)
		return must(t, kept, err)
	}
	wantMissing(restore(), 0, 0) // nothing has happened since

	s.clock.advance(1000)
	s.paid("b", s.visit()) // issued, created, confirmed, paid
	last := s.clock.instant()
	kept := restore()
	wantMissing(kept, 4, last)
	// What happens next takes the same places in the journal, and is not the same.
	for range 6 {
		s.visit()
	}
	wantMissing(kept, 4, last)

	_, _, err := s.Missing(t.Context(), write(t, []byte("this was a store once")))
	wantCode(t, err, store.NotAStore)
}

// A store that somebody has mended meanwhile is not replaced from outside.
func TestAStoreThatCanBeOpenedIsNotReplacedFromOutside(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	backup := backupOf(t, s)
	s.paid("a", s.visit())
	for _, held := range []bool{true, false} {
		if !held {
			s.close()
		}
		kept, err := bolt.RestoreFile(t.Context(), s.path, backup, s.impatient())
		if wantCode(t, err, store.Locked); kept != "" {
			t.Errorf("kept is %q", kept)
		}
	}
	s.open()
	tx, err := s.status("a")
	must(t, tx, err)
}
