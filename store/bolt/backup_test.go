package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"tushum/store"
	"tushum/store/bolt"
)

// traffic pays invoices until stop is called, which returns the names of the
// transactions that were confirmed. Every answer must be a success.
func (s *ledger) traffic(prefix string) (stop func() []string) {
	const writers = 4
	var over atomic.Bool
	var all sync.WaitGroup
	paid := make([][]string, writers)
	started := make(chan struct{}, writers)
	for w := range writers {
		all.Go(func() {
			for i := 0; !over.Load(); i++ {
				name := fmt.Sprint(prefix, w, " ", i)
				inv, err := s.Issue(context.Background(), store.Draft{Kind: store.Visit, Amount: fullPrice})
				if err == nil {
					_, err = s.create(name, inv.Number, fullPrice)
				}
				if err == nil {
					_, err = s.confirm(name)
				}
				if err != nil {
					s.t.Error(err)
					return
				}
				paid[w] = append(paid[w], name)
				if i == 0 {
					started <- struct{}{}
				}
			}
		})
	}
	for range writers {
		<-started
	}
	return func() []string {
		over.Store(true)
		all.Wait()
		return slices.Concat(paid...)
	}
}

// wantWhole verifies a file and returns the report.
func wantWhole(t *testing.T, path string) bolt.Report {
	t.Helper()
	report, err := bolt.VerifyFile(t.Context(), path, nil)
	must(t, report, err)
	for _, p := range report.Problems {
		t.Errorf("%s: %s", filepath.Base(path), p)
	}
	return report
}

// litter is what stands in a folder beside the files that belong there.
func litter(t *testing.T, dir string, belong ...string) (left []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	for _, e := range must(t, entries, err) {
		if !slices.Contains(belong, e.Name()) {
			left = append(left, e.Name())
		}
	}
	return left
}

// A backup made while payments go on is the ledger of one moment: all that was
// answered before it began is in it, and what is in it is a beginning of what
// the store holds in the end.
func TestABackupWhilePaymentsGoOn(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	stop := s.traffic("")
	dir := t.TempDir()
	var backups []string
	var least []uint64
	for i := range 5 {
		last, err := s.LastEvent(t.Context())
		must(t, last, err)
		path := filepath.Join(dir, fmt.Sprint("backup-", i))
		if err := s.Backup(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		backups, least = append(backups, path), append(least, last)
	}
	stop()
	all, err := s.Events(t.Context(), 0, 1_000_000)
	must(t, all, err)
	for i, path := range backups {
		wantMode(t, path, 0o600)
		if report := wantWhole(t, path); uint64(report.Events) < least[i] {
			t.Errorf("the backup holds %d events of %d that were there", report.Events, least[i])
		}
		b, err := bolt.Open(path, bolt.Options{Rules: shopRules(), NoSync: true})
		must(t, b, err)
		events, err := b.Events(t.Context(), 0, 1_000_000)
		if must(t, events, err); !slices.Equal(events, all[:len(events)]) {
			t.Error("the backup's journal is not the beginning of the store's")
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range litter(t, dir) {
		if !strings.HasPrefix(name, "backup-") {
			t.Errorf("%s was left behind", name)
		}
	}
}

func TestABackupReplacesNothing(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.visit()
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken")
	if err := os.WriteFile(taken, []byte("dear to somebody"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	for _, dst := range []string{taken, filepath.Join(dir, "link"), dir, s.path} {
		if err := s.Backup(t.Context(), dst); !errors.Is(err, fs.ErrExist) {
			t.Errorf("a backup to %s answers %v", dst, err)
		}
	}
	if err := s.Backup(t.Context(), filepath.Join(dir, "missing", "backup")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a backup into no folder answers %v", err)
	}
	if string(readFile(t, taken)) != "dear to somebody" {
		t.Error("the file was replaced")
	}
	if left := litter(t, dir, "taken", "link"); len(left) > 0 {
		t.Errorf("left behind are %q", left)
	}
}

func TestABackupCanBeGivenUp(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.visit()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	if err := s.Backup(ctx, filepath.Join(dir, "backup")); !errors.Is(err, context.Canceled) {
		t.Errorf("the answer is %v", err)
	}
	if left := litter(t, dir); len(left) > 0 {
		t.Errorf("left behind are %q", left)
	}
}

// A copy that does not verify is no backup.
func TestADamagedStoreGivesNoBackup(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.visit()
	s.close()
	s.damaged = true
	ruin(t, s.path, "invoice")
	s.open()
	dst := filepath.Join(t.TempDir(), "backup")
	wantCode(t, s.Backup(t.Context(), dst), store.Damaged)
	if left := litter(t, filepath.Dir(dst)); len(left) > 0 {
		t.Errorf("left behind are %q", left)
	}
	report, err := s.Verify(t.Context())
	if must(t, report, err); len(report.Problems) == 0 {
		t.Error("the verification finds nothing")
	}
}

// A verification of the running store is of one moment too, and leaves nothing behind.
func TestVerifyWhilePaymentsGoOn(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	stop := s.traffic("")
	for range 5 {
		report, err := s.Verify(t.Context())
		if must(t, report, err); len(report.Problems) > 0 || report.Transactions == 0 {
			t.Errorf("the report is %+v", report)
		}
	}
	paid := stop()
	report, err := s.Verify(t.Context())
	if must(t, report, err); report.Transactions != int64(len(paid)) || report.Bytes == 0 {
		t.Errorf("%d paid, and the report is %+v", len(paid), report)
	}
	name := filepath.Base(s.path)
	if left := litter(t, filepath.Dir(s.path), name, name+".pid", name+".ballast"); len(left) > 0 {
		t.Errorf("left behind are %q", left)
	}
}

// The structure is checked in a process of its own: a file that ends the
// process which looks at it is told of as damaged.
func TestAFileThatEndsItsCheckerIsDamaged(t *testing.T) {
	t.Parallel()
	s := openLedger(t, func(o *bolt.Options) { o.Checker = checker(t) })
	s.paid("a", s.visit())
	backup := backupOf(t, s) // by way of the checker, which finds it whole
	if report, err := bolt.VerifyFile(t.Context(), backup, checker(t)); err != nil || report.Transactions != 1 || len(report.Problems) > 0 {
		t.Fatalf("of a whole file the checker says %+v (%v)", report, err)
	}
	deadly := write(t, fatal(readFile(t, backup)))
	_, err := bolt.VerifyFile(t.Context(), deadly, checker(t))
	wantCode(t, err, store.Damaged)
	if !strings.Contains(err.Error(), "ended with") {
		t.Errorf("%q does not say that the checker ended", err)
	}
	before := s.dump()
	_, err = s.Restore(t.Context(), deadly)
	wantCode(t, err, store.Damaged)
	if !bytes.Equal(fmt.Append(nil, before), fmt.Append(nil, s.dump())) {
		t.Error("the store was changed")
	}
}

// A checker that can't be started, or says nothing, is not taken for a yes.
func TestACheckerThatSaysNothing(t *testing.T) {
	t.Parallel()
	path := aStore(t)
	for _, command := range [][]string{{filepath.Join(t.TempDir(), "missing")}, {os.Args[0], "-test.run=^$"}} {
		_, err := bolt.VerifyFile(t.Context(), path, command)
		wantCode(t, err, store.Damaged)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := bolt.VerifyFile(ctx, path, checker(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("given up, it answers %v", err)
	}
}
