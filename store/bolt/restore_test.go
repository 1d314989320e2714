package bolt_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	bbolt "go.etcd.io/bbolt"

	"tushum/store"
	"tushum/store/bolt"
)

func TestARestoreUnderWhoeverUsesTheStore(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("kept", s.visit())
	backup := backupOf(t, s)
	held := s.dump()
	lostNumber := s.visit()
	s.paid("lost", lostNumber)
	before := s.dump()
	wake, cancel := s.Subscribe()
	defer cancel()

	kept, err := s.Restore(t.Context(), backup)
	must(t, kept, err)
	<-wake

	if after := s.dump(); len(after) != len(held)+1 || after["tx 1"] != held["tx 1"] { // and the floor of the numbers
		t.Errorf("%d keys are there, the backup has %d", len(after), len(held))
	}
	wantCode(t, second(s.status("lost")), store.TransactionNotFound)
	if tx := s.standing("kept"); tx.Status != store.Confirmed {
		t.Errorf("the kept one is %+v", tx)
	}
	if n := s.visit(); n.Base() != lostNumber.Base()+1 {
		t.Errorf("after %s was lost comes %s", lostNumber, n)
	}

	wantMode(t, kept, 0o600)
	wantWhole(t, kept)
	old, err := bolt.Open(kept, bolt.Options{Rules: shopRules(), NoSync: true})
	must(t, old, err)
	if all, err := bolt.Dump(old); err != nil || len(all) != len(before) || all["tx 2"] != before["tx 2"] {
		t.Errorf("the old file holds %d keys of %d (%v)", len(all), len(before), err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
}

// However often a backup is restored, no number is handed out twice.
func TestNoNumberIsUsedAgainAfterRestores(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	used := map[store.Number]bool{}
	take := func() {
		t.Helper()
		n := s.visit()
		if used[n] {
			t.Errorf("%s is handed out again", n)
		}
		used[n] = true
	}
	take()
	first := backupOf(t, s)
	for range 5 {
		take()
	}
	restore := func(path string) {
		t.Helper()
		_, err := s.Restore(t.Context(), path)
		must(t, "", err)
	}
	restore(first)
	restore(first) // with nothing in between: the store itself remembers no invoice of the five
	take()
	restore(first)
	again := backupOf(t, s) // a backup that has a floor and no invoice above it
	for range 3 {
		take()
	}
	restore(again)
	s.reopen()
	take()
	restore(first)
	_, _, err := s.Compact(t.Context())
	must(t, "", err)
	take()
	if entries, err := filepath.Glob(s.path + ".before-restore-*"); err != nil || len(entries) != 5 {
		t.Errorf("of 5 old files %d are kept (%v)", len(entries), err)
	}
}

// What can't be a store is not restored, and the store goes on as if nobody had asked.
func TestWhatIsNotRestored(t *testing.T) {
	t.Parallel()
	whole := aStore(t)
	content := readFile(t, whole)
	half := content[:len(content)/2]
	newer, broken := write(t, content), write(t, content)
	edit(t, newer, func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("meta")).Put([]byte("schema"), binary.BigEndian.AppendUint64(nil, bolt.SchemaVersion+1))
	})
	edit(t, broken, func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("event")).Put(binary.BigEndian.AppendUint64(nil, 2), []byte("ruined"))
	})
	for name, c := range map[string]struct {
		path string
		code store.Code
	}{
		"text":         {write(t, bytes.Repeat([]byte("hello"), 1000)), store.NotAStore},
		"nothing":      {write(t, nil), store.NotAStore},
		"half a store": {write(t, half), store.Damaged},
		"a newer one":  {newer, store.Newer},
		"a broken one": {broken, store.Damaged},
		"no file":      {filepath.Join(t.TempDir(), "missing"), ""},
		"a folder":     {t.TempDir(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openLedger(t)
			n := s.visit()
			before := s.dump()
			kept, err := s.Restore(t.Context(), c.path)
			if err == nil || kept != "" || store.CodeOf(err) != c.code {
				t.Errorf("the answer is %q, %v", kept, err)
			}
			if bad := new(bolt.BackupError); !errors.As(err, &bad) || bad.File != c.path {
				t.Errorf("%v does not say that the backup is at fault", err)
			}
			if after := s.dump(); len(after) != len(before) {
				t.Error("the store was changed")
			}
			base := filepath.Base(s.path)
			if left := litter(t, filepath.Dir(s.path), base, base+".pid", base+".ballast"); len(left) > 0 {
				t.Errorf("left behind are %q", left)
			}
			s.paid("a", n) // it goes on
			s.reopen()
		})
	}
}

// A store that can't be opened is restored from outside. Nobody knows then
// which numbers were handed out, so a thousand are given up.
func TestARestoreOfAStoreThatCantBeOpened(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.visit()
	backup := backupOf(t, s)
	s.visit()
	s.close()
	damage := []byte("this was a store once")
	if err := os.WriteFile(s.path, damage, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path+".unverified", []byte("i/o error\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	kept, err := bolt.RestoreFile(t.Context(), s.path, backup, s.o)
	must(t, kept, err)
	if !bytes.Equal(readFile(t, kept), damage) {
		t.Error("what was there is not kept")
	}
	s.open()
	if next := s.visit(); next.Base() != n.Base()+1+bolt.NumbersSkipped {
		t.Errorf("after %s comes %s", n, next)
	}
}

func TestARestoreWhereNoStoreIs(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("a", s.visit())
	backup := backupOf(t, s)
	path := filepath.Join(t.TempDir(), "new.db")
	kept, err := bolt.RestoreFile(t.Context(), path, backup, s.o)
	if must(t, kept, err); kept != "" {
		t.Errorf("kept is %q", kept)
	}
	wantMode(t, path, 0o600)
	if report := wantWhole(t, path); report.Transactions != 1 {
		t.Errorf("restored is %+v", report)
	}
}

// A mark of an unknown outcome makes the next start verify first.
func TestAStartAfterAnUnknownOutcomeVerifies(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("a", s.visit())
	s.close()
	mark := s.path + ".unverified"
	for _, whole := range []bool{true, false} {
		if err := os.WriteFile(mark, []byte("i/o error\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if whole {
			s.open()
			s.close()
			if _, err := os.Stat(mark); err == nil {
				t.Error("the mark is still there")
			}
			continue
		}
		s.damaged = true
		edit(t, s.path, func(tx *bbolt.Tx) error {
			return tx.Bucket([]byte("total")).Put([]byte("forged"), []byte("forged"))
		})
		wantRefused(t, s.path, store.Damaged)
		if _, err := os.Stat(mark); err != nil {
			t.Error("the mark is gone though the store is damaged")
		}
	}
}

// Payments, restores and compactions at once: every answer is a success, and
// what was paid after the last restore is there.
func TestRestoresAndCompactionsWhilePaymentsGoOn(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.visit()
	stop := s.traffic("before ")
	stop()
	backup := backupOf(t, s)
	var readers sync.WaitGroup
	over := make(chan struct{})
	readers.Go(func() {
		for {
			select {
			case <-over:
				return
			default:
			}
			if _, err := s.Transactions(t.Context(), store.TransactionQuery{Limit: 50}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range 3 {
		_, err := s.Restore(t.Context(), backup)
		must(t, "", err)
		stop := s.traffic(newID(t))
		_, _, err = s.Compact(t.Context())
		must(t, "", err)
		for _, name := range stop() {
			if tx := s.standing(name); tx.Status != store.Confirmed {
				t.Errorf("paid beside a compaction: %+v", tx)
			}
		}
	}
	close(over)
	readers.Wait()
}

// A restore in the midst of payments: those that the backup does not know are
// refused as unknown, nothing is kept by half, and the books add up.
func TestARestoreInTheMidstOfPayments(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	backup := backupOf(t, s)
	var writers sync.WaitGroup
	begun := make(chan struct{}, 4)
	for range 4 {
		writers.Go(func() {
			for i := range 40 {
				name := newID(t)
				codes := []store.Code{store.CodeOf(second(s.create(name, n, fullPrice))), store.CodeOf(second(s.confirm(name))), store.CodeOf(second(s.status(name)))}
				for _, code := range codes {
					if !slices.Contains([]store.Code{"", store.TransactionNotFound}, code) {
						t.Errorf("the answers are %q", codes)
					}
				}
				if i == 5 {
					begun <- struct{}{}
				}
			}
		})
	}
	for range 4 {
		<-begun
	}
	_, err := s.Restore(t.Context(), backup)
	must(t, "", err)
	writers.Wait()
	report, err := s.Verify(t.Context())
	if must(t, report, err); len(report.Problems) > 0 {
		t.Errorf("found are %v", report.Problems)
	}
}

// TestRestoreReadsOnlyFiles is given what can't be copied to an end.
func TestRestoreReadsOnlyFiles(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	for _, src := range []string{os.DevNull, "/dev/zero"} {
		_, err := s.Restore(t.Context(), src)
		wantCode(t, err, store.NotAStore)
		if bad := new(bolt.BackupError); !errors.As(err, &bad) || bad.File != src {
			t.Errorf("%s: %v is no fault of the backup", src, err)
		}
	}
}
