package bolt_test

import (
	"bytes"
	"log/slog"
	"os"
	"strings"
	"testing"

	"tushum/store"
	"tushum/store/bolt"
)

func TestARefusalFallsWithTheGroupThatItRestsOn(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	s.created("paying", n)
	s.paid("paid", n)
	ask := func(do func(string) (store.Transaction, error), name string) func() error {
		return func() error {
			_, err := do(name)
			return err
		}
	}
	if err := bolt.LoseDisk(s.Store); err != nil {
		t.Fatal(err)
	}
	errs, _ := s.asOneGroup(
		ask(s.confirm, "paid"),   // stood before the group
		ask(s.confirm, "paying"), // is to be kept
		ask(s.confirm, "paying"), // would be kept twice
		ask(s.reverse, "paying"),
	)
	for i, want := range []store.Code{store.AlreadyConfirmed, store.OutcomeUnknown, store.OutcomeUnknown, store.OutcomeUnknown} {
		if got := store.CodeOf(errs[i]); got != want {
			t.Errorf("request %d is answered with %v, want %s", i, errs[i], want)
		}
	}
}

func TestAnUnknownOutcomeStopsTheStoreUntilItIsVerified(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := openLedger(t, func(o *bolt.Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	n := s.counter()
	s.created("a", n)
	if err := bolt.LoseDisk(s.Store); err != nil {
		t.Fatal(err)
	}
	_, err := s.confirm("a")
	wantCode(t, err, store.OutcomeUnknown)
	<-s.Down()
	if s.Err() == nil {
		t.Error("Err is nil in a store that has stopped")
	}
	_, err = s.status("a")
	wantCode(t, err, store.Failed)
	_, err = s.confirm("a")
	wantCode(t, err, store.Failed)

	const verifying = "verifying the store first"
	if strings.Contains(log.String(), verifying) {
		t.Fatalf("it verified already: %s", &log)
	}
	s.reopen()
	if !strings.Contains(log.String(), verifying) {
		t.Errorf("the start after an unknown outcome did not verify: %s", &log)
	}
	tx, err := s.status("a")
	if must(t, tx, err).Status != store.Created {
		t.Errorf("a confirm that no disk took: %s", tx.Status)
	}
	s.paid("b", n)
	log.Reset()
	s.reopen()
	if strings.Contains(log.String(), verifying) {
		t.Error("the mark of an unverified store outlived the verification")
	}
}

func TestAMarkedStoreThatIsDamagedStaysShut(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.damaged = true
	s.paid("a", s.counter())
	s.close()
	content := readFile(t, s.path)
	record := bytes.Index(content, []byte("UZCARD"))
	content[record] ^= 1
	for name, b := range map[string][]byte{s.path: content, s.path + ".unverified": nil} {
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the mark must not go away by itself
		_, err := bolt.Open(s.path, s.o)
		wantCode(t, err, store.Damaged)
	}
	if !bytes.Equal(readFile(t, s.path), content) {
		t.Error("the file was changed")
	}
	if _, err := os.Stat(s.path + ".unverified"); err != nil {
		t.Errorf("the mark is gone: %v", err)
	}
}

// Whoever opens a store that another is writing at that moment must hear that
// it is held, and never that it is damaged.
func TestABusyStoreIsHeldAndNotDamaged(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 200 {
			if _, err := s.create(newID(t), n, fullPrice); err != nil {
				t.Error(err)
			}
		}
	}()
	o := s.o
	o.Wait = 1 // ns: don't wait for the holder
	for {
		_, err := bolt.Open(s.path, o)
		wantCode(t, err, store.Locked)
		select {
		case <-done:
			return
		default:
		}
	}
}
