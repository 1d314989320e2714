package bolt_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tushum/store"
	"tushum/store/bolt"
)

// wantMode fails the test unless only the owner can open the file. Windows has no such bits.
func wantMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); runtime.GOOS != "windows" && got != want {
		t.Errorf("%s has mode %o, want %o", filepath.Base(path), got, want)
	}
}

func TestANewStoreIsTheOwnersAlone(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	s, err := bolt.Open(filepath.Join(dir, "tushum.db"), bolt.Options{Rules: shopRules()})
	if err != nil {
		t.Fatal(err)
	}
	wantMode(t, dir, 0o700)
	wantMode(t, filepath.Dir(dir), 0o700)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name != "tushum.db" && name != "tushum.db.pid" && name != "tushum.db.ballast" {
			t.Errorf("%s was left behind", name)
		}
		wantMode(t, filepath.Join(dir, e.Name()), 0o600)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.Path() + ".pid"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("who held the store is still written down: %v", err)
	}
}

func TestAStoreThatOthersCanReadIsClosedToThem(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.close()
	if err := os.Chmod(s.path, 0o644); err != nil {
		t.Fatal(err)
	}
	s.open()
	wantMode(t, s.path, 0o600)
}

func TestASequenceGoesOnAfterReopening(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	first := s.visit()
	s.paid("a", first)
	events := s.lastEvent()
	head, err := s.Events(t.Context(), events-1, 1)
	must(t, head, err)

	s.reopen()

	if got := s.lastEvent(); got != events {
		t.Errorf("the last event is %d, it was %d", got, events)
	}
	second := s.visit()
	if second.Base() != first.Base()+1 {
		t.Errorf("number %s follows %s", second, first)
	}
	b := s.created("b", second)
	if b.Seq != 2 {
		t.Errorf("the second transaction is number %d", b.Seq)
	}
	next, err := s.Events(t.Context(), events, 10)
	must(t, next, err)
	if len(next) != 2 || next[0].Seq != events+1 || next[1].Seq != events+2 || next[0].Chain == head[0].Chain {
		t.Errorf("after event %d come %+v", events, next)
	}
	calls, err := s.Calls(t.Context(), store.CallQuery{})
	must(t, calls, err)
	if len(calls) != 3 || calls[0].Seq != 3 || calls[2].Seq != 1 {
		t.Errorf("the calls are %+v", calls)
	}
}

func TestASecondOpenNamesTheHolder(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	before := readFile(t, s.path)
	_, err := bolt.Open(s.path, s.impatient())
	wantCode(t, err, store.Locked)
	since := time.Date(2026, 11, 21, 7, 0, 0, 0, time.UTC).Local()
	for _, word := range []string{s.path, "tushum test", "process", "since " + since.Format(time.RFC3339)} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %q", err, word)
		}
	}
	if string(readFile(t, s.path)) != string(before) {
		t.Error("the file was changed")
	}
	s.visit() // the holder goes on

	if err := os.Remove(s.path + ".pid"); err != nil {
		t.Fatal(err)
	}
	_, err = bolt.Open(s.path, s.impatient())
	wantCode(t, err, store.Locked)
	if !strings.Contains(err.Error(), s.path+" is held by another program") {
		t.Errorf("%q names nobody and does not say so", err)
	}
}

// everyMethod calls all that can answer with an error.
func everyMethod(ctx context.Context, s *bolt.Store, dir string) map[string]error {
	answers := map[string]error{}
	note := func(name string) func(any, error) { return func(_ any, err error) { answers[name] = err } }
	w := func(store.Decided) store.Call { return store.Call{} }
	note("Check")(s.Check(ctx, store.Uzum, 1000007))
	note("Create")(s.Create(ctx, store.Attempt{System: store.Uzum, TransID: "x"}, w))
	note("Confirm")(s.Confirm(ctx, store.Confirmation{System: store.Uzum, TransID: "x"}, w))
	note("Reverse")(s.Reverse(ctx, store.Uzum, "x", w))
	note("Status")(s.Status(ctx, store.Uzum, "x"))
	note("Invoice")(s.Invoice(ctx, 1000007))
	note("InvoiceByToken")(s.InvoiceByToken(ctx, store.Token{}))
	note("Invoices")(s.Invoices(ctx, store.InvoiceQuery{}))
	note("Transaction")(s.Transaction(ctx, "x"))
	note("Transactions")(s.Transactions(ctx, store.TransactionQuery{}))
	note("Calls")(s.Calls(ctx, store.CallQuery{}))
	note("Totals")(s.Totals(ctx, 0, 0))
	note("Events")(s.Events(ctx, 0, 1))
	note("LastEvent")(s.LastEvent(ctx))
	note("Issue")(s.Issue(ctx, store.Draft{Kind: store.Visit, Amount: fullPrice}))
	note("Cancel")(s.Cancel(ctx, store.CancelOrder{Number: 1000007}))
	note("Reopen")(s.Reopen(ctx, 1000007, "", "", 0))
	note("Extend")(s.Extend(ctx, 1000007, "", "", 0))
	note("MarkPaid")(s.MarkPaid(ctx, store.ManualPayment{Number: 1000007}))
	note("Sweep")(s.Sweep(ctx))
	note("Verify")(s.Verify(ctx))
	note("Ready")(nil, s.Ready())
	note("Backup")(nil, s.Backup(ctx, filepath.Join(dir, "late-backup")))
	note("Restore")(s.Restore(ctx, filepath.Join(dir, "early-backup")))
	_, _, err := s.Compact(ctx)
	note("Compact")(nil, err)
	return answers
}

func TestAClosedStoreSaysSo(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("a", s.visit())
	dir := filepath.Dir(s.path)
	if err := s.Backup(t.Context(), filepath.Join(dir, "early-backup")); err != nil {
		t.Fatal(err)
	}
	wake, cancel := s.Subscribe()
	defer cancel()
	s.close()
	<-wake // a subscriber learns of it
	before := readFile(t, s.path)
	for name, err := range everyMethod(t.Context(), s.Store, dir) {
		if store.CodeOf(err) != store.Closed {
			t.Errorf("%s answers %v", name, err)
		}
	}
	s.Record(store.Call{Webhook: "check"})
	if string(readFile(t, s.path)) != string(before) {
		t.Error("the file was changed")
	}
	s.close() // again
}

func TestCloseAnswersWhoWaits(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	const writers = 16
	ids := make([][]string, writers)
	var started, done sync.WaitGroup
	started.Add(writers)
	for i := range writers {
		done.Go(func() {
			for first := true; ; first = false {
				id := newID(t)
				_, err := s.Create(t.Context(), store.Attempt{System: store.Uzum, TransID: id, Number: n, Amount: fullPrice}, s.witness("create", id))
				if err != nil {
					if store.CodeOf(err) != store.Closed {
						t.Errorf("a create beside Close answers %v", err)
					}
					return
				}
				ids[i] = append(ids[i], id)
				if first {
					started.Done()
				}
			}
		})
	}
	started.Wait()
	for range 3 {
		done.Go(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	s.open()
	for _, id := range slices.Concat(ids...) {
		if _, err := s.Transaction(t.Context(), id); err != nil {
			t.Errorf("an answered create is lost: %v", err)
		}
	}
}

func TestCloseKeepsTheCallsThatWait(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	for range 100 {
		s.Record(store.Call{At: s.clock.instant(), Webhook: "check"})
	}
	s.reopen()
	calls, err := s.Calls(t.Context(), store.CallQuery{})
	if must(t, calls, err); len(calls) != 100 {
		t.Errorf("%d calls of 100 are there", len(calls))
	}
}

// TestCloseLeavesNoGoroutine is not parallel: it looks at all that run.
func TestCloseLeavesNoGoroutine(t *testing.T) {
	others := goleak.IgnoreCurrent()
	s := openLedger(t)
	wake, cancel := s.Subscribe()
	defer cancel()
	s.paid("a", s.visit())
	<-wake
	backup := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	_, err := s.Restore(t.Context(), backup)
	must(t, "", err)
	_, _, err = s.Compact(t.Context())
	must(t, "", err)
	report, err := s.Verify(t.Context())
	must(t, report, err)
	s.close()
	goleak.VerifyNone(t, others)
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	return must(t, b, err)
}
