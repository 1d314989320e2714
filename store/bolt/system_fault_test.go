//go:build system

package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tushum/store"
	"tushum/store/bolt"
)

// fault is an error that a system call answers once, at the nth time that a
// thread makes it.
type fault struct {
	call, errno string
	nth         int
}

func (f fault) String() string { return fmt.Sprintf("%s of %s %d", f.errno, f.call, f.nth) }

// tracer is what stands before a command that is to meet the fault.
func (f fault) tracer() []string {
	return []string{
		"strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=" + f.call,
		"-e", fmt.Sprintf("inject=%s:error=%s:when=%d", f.call, f.errno, f.nth),
	}
}

// prepared makes a store with some payments at path, without a byte to spare in
// its file, so that the next commit must make it grow.
func prepared(t *testing.T, path string, w *told) string {
	t.Helper()
	first := filepath.Join(t.TempDir(), "first.db")
	var out bytes.Buffer
	l, err := openTill(first, durableOptions(task{}), &out)
	if err != nil {
		t.Fatal(err)
	}
	defer l.s.Close()
	for i := range 12 {
		if err := l.pay(i); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if other := w.listen(&out); len(other) > 0 {
		t.Fatalf("nobody understands %q", other)
	}
	return path
}

// falter lets a child take payments, one at a time, until it meets the fault,
// and fails the test unless the child then keeps every promise. It returns the
// code that the child met the fault with.
func falter(t *testing.T, f fault, path string, w *told) store.Code {
	t.Helper()
	cmd := child(t, task{Do: "falter", Path: path, Errno: f.errno}, f.tracer()...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	other := w.listen(&stdout)
	if err != nil || len(other) != 1 {
		t.Fatalf("%v (strace is needed): the child says %q and ends with %v: %.500s", f, other, err, stderr.String())
	}
	return store.Code(other[0])
}

// falterMain is that child. Beside what it was told it prints one line: the
// code of the error that it met last. What should not be goes to standard error.
func falterMain(k task) int {
	l, err := openTill(k.Path, durableOptions(k), os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	var (
		met   store.Code
		wrong []string
	)
	paid := 0 // since the fault
	for i := 0; i < 200 && met != store.OutcomeUnknown && (met == "" || paid < 3); i++ {
		a, stood, err := l.payAlone(i)
		paid++
		if err == nil {
			continue
		}
		met, paid = store.CodeOf(err), 0
		switch {
		case met == store.OutcomeUnknown:
			wrong = append(wrong, stopped(l.s, a)...)
		case met == store.DiskFull && k.Errno == "ENOSPC":
			wrong = append(wrong, l.nothingKept(a, stood)...)
		default:
			wrong = append(wrong, "the fault is answered with: "+err.Error())
		}
	}
	if met != store.OutcomeUnknown && (met == "" || paid < 3 || l.s.Ready() != nil) {
		wrong = append(wrong, fmt.Sprintf("met %q, then %d payments, then %v", met, paid, l.s.Ready()))
	}
	l.print(string(met))
	fmt.Fprintln(os.Stderr, strings.Join(wrong, "\n"))
	return min(len(wrong), 1)
}

// payAlone plays a payment with nobody beside it; stood is how far it had come
// before the error.
func (l *till) payAlone(i int) (a store.Attempt, stood store.TransactionStatus, err error) {
	if a, err = l.attempt(i%3 == 0); err != nil {
		return a, 0, err
	}
	if err := l.create(a); err != nil {
		return a, 0, err
	}
	if err := l.confirm(a.TransID); err != nil {
		return a, store.Created, err
	}
	if err := l.reverse(a.TransID); err != nil {
		return a, store.Confirmed, err
	}
	return a, store.Reversed, nil
}

// nothingKept tells what is wrong after a commit that found no room: nothing of
// it may be seen, and the store must not call itself ready until a sweep, which
// may meet the fault again in another thread, finds room.
func (l *till) nothingKept(a store.Attempt, stood store.TransactionStatus) (wrong []string) {
	if l.s.Ready() == nil {
		wrong = append(wrong, "the store calls itself ready after a commit that found no room")
	}
	t, err := l.s.Status(context.Background(), a.System, a.TransID)
	if t.Status != stood || (err == nil) != (stood != 0) {
		wrong = append(wrong, fmt.Sprintf("it stood at %q and now at %q: %v", stood, t.Status, err))
	}
	for range 20 {
		if _, err = l.s.Sweep(context.Background()); err == nil {
			return wrong
		}
	}
	return append(wrong, "sweeping with room again: "+err.Error())
}

// stopped tells what is wrong after a commit of unknown outcome: the store must
// say that it is down and answer everything with Failed.
func stopped(s *bolt.Store, a store.Attempt) (wrong []string) {
	select {
	case <-s.Down():
	default:
		wrong = append(wrong, "Down is not closed")
	}
	for name, err := range everything(s, a) {
		if store.CodeOf(err) != store.Failed && !errors.Is(err, s.Err()) {
			wrong = append(wrong, fmt.Sprintf("%s answers %v", name, err))
		}
	}
	if s.Err() == nil {
		wrong = append(wrong, "Err is nil")
	}
	return wrong
}

// everything asks the store for all it can do.
func everything(s *bolt.Store, a store.Attempt) map[string]error {
	ctx, n := context.Background(), a.Number
	only := func(_ any, err error) error { return err }
	_, _, compact := s.Compact(ctx)
	return map[string]error{
		"Check": only(s.Check(ctx, a.System, n)), "Create": only(s.Create(ctx, a, line("create"))),
		"Confirm":     only(s.Confirm(ctx, store.Confirmation{System: a.System, TransID: a.TransID}, line("confirm"))),
		"Reverse":     only(s.Reverse(ctx, a.System, a.TransID, line("reverse"))),
		"Status":      only(s.Status(ctx, a.System, a.TransID)),
		"Issue":       only(s.Issue(ctx, store.Draft{Kind: store.Visit, Amount: price})),
		"Cancel":      only(s.Cancel(ctx, store.CancelOrder{Number: n})),
		"Invoice":     only(s.Invoice(ctx, n)),
		"Invoices":    only(s.Invoices(ctx, store.InvoiceQuery{Limit: 1})),
		"Transaction": only(s.Transaction(ctx, a.TransID)), "Transactions": only(s.Transactions(ctx, store.TransactionQuery{Limit: 1})),
		"Totals": only(s.Totals(ctx, 0, 0)), "Events": only(s.Events(ctx, 0, 1)), "Calls": only(s.Calls(ctx, store.CallQuery{Limit: 1})),
		"Sweep": only(s.Sweep(ctx)), "Verify": only(s.Verify(ctx)), "Backup": s.Backup(ctx, s.Path()+".backup"), "Compact": compact, "Ready": s.Ready(),
	}
}

// Whichever write or sync the disk fails at, the store stops at once, the next
// start verifies first, and nothing that was told is lost.
func TestIOErrors(t *testing.T) {
	for _, f := range []struct {
		call, errno string
		most        int
		want        []store.Code
	}{
		{"fdatasync", "EIO", 20, []store.Code{store.OutcomeUnknown}},
		{"pwrite64", "EIO", 20, []store.Code{store.OutcomeUnknown}},
		{"fsync", "EIO", 1, []store.Code{store.OutcomeUnknown}},
		{"ftruncate", "EIO", 1, []store.Code{store.OutcomeUnknown}},
		{"ftruncate", "ENOSPC", 1, []store.Code{store.DiskFull}},
		{"pwrite64", "ENOSPC", 10, []store.Code{store.DiskFull}},
		{"fdatasync", "ENOSPC", 4, []store.Code{store.DiskFull, store.OutcomeUnknown}}, // before the new root was written, and after
	} {
		t.Run(f.call+" "+f.errno, func(t *testing.T) {
			met := map[store.Code]int{}
			for nth := 1; nth <= f.most; nth++ {
				code := meet(t, fault{f.call, f.errno, nth})
				if !slices.Contains(f.want, code) {
					t.Errorf("%v is answered with %s, want %s", fault{f.call, f.errno, nth}, code, f.want)
				}
				met[code]++
			}
			t.Logf("met with %v", met)
		})
	}
}

// meet lets a store meet the fault, and starts it again.
func meet(t *testing.T, f fault) store.Code {
	t.Helper()
	path, w := filepath.Join(t.TempDir(), "tushum.db"), newTold()
	code := falter(t, f, prepared(t, path, w), w)
	mark := path + ".unverified"
	if _, err := os.Stat(mark); (err == nil) != (code == store.OutcomeUnknown) {
		t.Errorf("%v: after %s the mark of an unverified store: %v", f, code, err)
	}
	log := w.mustHold(t, path)
	if strings.Contains(log, "verifying the store first") != (code == store.OutcomeUnknown) {
		t.Errorf("%v: after %s the next start says: %s", f, code, log)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Errorf("%v: the mark is still there after the next start", f)
	}
	return code
}

// Where several callers share a commit that fails, none of them is told what
// only that commit would have made true.
func TestIOErrorsUnderLoad(t *testing.T) {
	for _, errno := range []string{"EIO", "ENOSPC"} {
		for nth := 1; nth <= 12; nth++ {
			path, w := filepath.Join(t.TempDir(), "tushum.db"), newTold()
			prepared(t, path, w)
			// All writes fail from there on: what the cache holds is what the disk holds.
			f := fault{"pwrite64", errno, nth}
			tracer := f.tracer()
			tracer[len(tracer)-1] += "+"
			cmd := child(t, task{Do: "pay", Path: path, Payers: 12, Forever: true}, tracer...)
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v: %v", f, err)
			}
			w.listen(bytes.NewReader(out))
			w.mustHold(t, path)
		}
	}
}

// A store that can't be made leaves nothing behind, and can be made later.
func TestIOErrorsWhileTheStoreIsMade(t *testing.T) {
	failed := 0
	for _, call := range []string{"pwrite64", "fdatasync", "fsync", "ftruncate", "linkat"} {
		for nth := 1; nth <= 4; nth++ {
			path, w := filepath.Join(t.TempDir(), "shop", "tushum.db"), newTold()
			cmd := child(t, task{Do: "pay", Path: path, Payers: 1}, fault{call, "EIO", nth}.tracer()...)
			out, err := cmd.Output()
			if err != nil {
				failed++
			}
			w.listen(bytes.NewReader(out))
			if left, _ := filepath.Glob(path + ".unfinished-*"); len(left) > 0 {
				t.Errorf("%s %d leaves %v", call, nth, left)
			}
			w.mustHold(t, path)
		}
	}
	if failed == 0 {
		t.Error("no fault was met")
	}
	t.Logf("%d starts failed", failed)
}
