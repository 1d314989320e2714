package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"tushum/store"
	"tushum/store/bolt"
)

// holdWriter keeps the writer busy with a decision until release is called.
func (s *ledger) holdWriter() (release func()) {
	s.t.Helper()
	entered, let, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		_, _ = s.Create(context.Background(), store.Attempt{System: store.Uzum, TransID: "hold", Number: 1}, func(store.Decided) store.Call {
			close(entered)
			<-let
			return store.Call{Webhook: "create"}
		})
	}()
	<-entered
	return func() { close(let); <-done }
}

// asOneGroup makes the asks wait for the writer, in order, and lets it take
// them at once. It returns their answers and how many commits were made.
func (s *ledger) asOneGroup(asks ...func() error) (answers []error, commits int) {
	s.t.Helper()
	bolt.Journal(s.Store) // so that it puts nothing between
	release := s.holdWriter()
	before, waiting := bolt.LastCommit(s.Store), bolt.Waiting(s.Store)
	answers = make([]error, len(asks))
	var all sync.WaitGroup
	for i, ask := range asks {
		all.Go(func() { answers[i] = ask() })
		for bolt.Waiting(s.Store) <= waiting+i {
			runtime.Gosched()
		}
	}
	release()
	all.Wait()
	return answers, bolt.LastCommit(s.Store) - before
}

// Successes and refusals in one group: each gets its own answer, each rule runs
// once, one commit keeps what succeeded.
func TestAGroupOfSuccessesAndRefusals(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n, other := s.visit(), s.visit()
	s.created("a", n)
	s.paid("paid", other)
	before := s.lastEvent()
	answers, commits := s.asOneGroup(
		func() error { return second(s.create("b", n, fullPrice)) },
		func() error { return second(s.create("b", other, fullPrice)) }, // the id is taken by the one before
		func() error { return second(s.create("c", other, fullPrice)) },
		func() error { return second(s.confirm("a")) }, // pays, and fails b
		func() error { return second(s.confirm("b")) },
		func() error { return second(s.create("d", n, fullPrice)) },
		func() error { return second(s.confirm("none")) },
		func() error { return second(s.reverse("paid")) },
		func() error { return second(s.reverse("paid")) },
		func() error { return second(s.cancel(n, true)) },
		func() error { return second(s.Issue(t.Context(), store.Draft{Kind: store.Visit})) },
		func() error { return second(s.Issue(t.Context(), store.Draft{Kind: store.Visit, Amount: fullPrice})) },
	)
	want := []store.Code{
		"", store.TransIDTaken, store.AlreadyPaid, "", store.NotConfirmable, store.AlreadyPaid, store.TransactionNotFound,
		"", store.AlreadyReversed, store.AlreadyPaid, store.Invalid, "",
	}
	for i, err := range answers {
		if got := store.CodeOf(err); got != want[i] {
			t.Errorf("answer %d is %q (%v), want %q", i, got, err, want[i])
		}
	}
	if commits > 2 { // the group's, and one of the wire journal
		t.Errorf("%d commits were made", commits)
	}
	events := []string{
		"transaction.created b by uzum", "transaction.confirmed a by uzum", "transaction.failed b by uzum", "invoice.paid by uzum",
		"transaction.reversed paid by uzum", "invoice.refunded by uzum", "invoice.created by ",
	}
	if got := s.happened(before); !slices.Equal(got, events) {
		t.Errorf("the events are %q", got)
	}
	for name, times := range s.witnesses() {
		if want := map[bool]int{true: 2, false: 1}[name == "create b" || name == "reverse paid"]; times != want {
			t.Errorf("%q was decided %d times", name, times)
		}
	}
}

// Many creates at once are all answered, and all there when the file is opened
// again. This store syncs, as the real one does.
func TestManyCreatesAtOnce(t *testing.T) {
	t.Parallel()
	s := openLedger(t, func(o *bolt.Options) { o.NoSync = false })
	n := s.counter()
	before := bolt.LastCommit(s.Store)
	const writers, each = 32, 10
	seqs := make(chan uint64, writers*each)
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := range each {
				tx, err := s.create(fmt.Sprint(w, " ", i), n, fullPrice)
				if err != nil {
					t.Error(err)
				}
				seqs <- tx.Seq
			}
		})
	}
	all.Wait()
	close(seqs)
	commits := bolt.LastCommit(s.Store) - before
	if commits >= writers*each {
		t.Errorf("%d commits were made for %d creates", commits, writers*each)
	}
	s.reopen()
	seen := map[uint64]bool{}
	for seq := range seqs {
		seen[seq] = true
	}
	found, err := s.Transactions(t.Context(), store.TransactionQuery{})
	if must(t, found, err); len(found) != writers*each || len(seen) != writers*each {
		t.Errorf("%d transactions with %d numbers are there", len(found), len(seen))
	}
	for name, times := range s.witnesses() {
		if times != 1 {
			t.Errorf("%q was decided %d times", name, times)
		}
	}
}

// A lone request is committed by itself and at once: one commit each.
func TestALoneRequestIsCommittedAlone(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	before := bolt.LastCommit(s.Store)
	for i := range 20 {
		s.created(fmt.Sprint(i), n)
	}
	if got := bolt.LastCommit(s.Store) - before; got != 20 {
		t.Errorf("20 requests made %d commits", got)
	}
}

// A decision that panics is refused by itself; those beside it are kept.
func TestAPanicFailsOneRequest(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	panics := func(name string) func() error {
		return func() error {
			a := store.Attempt{System: store.Uzum, TransID: s.id(name), Number: n, Amount: fullPrice}
			return second(s.Create(t.Context(), a, func(store.Decided) store.Call { panic("no line for this") }))
		}
	}
	answers, _ := s.asOneGroup(
		func() error { return second(s.create("a", n, fullPrice)) },
		panics("b"),
		func() error { return second(s.create("c", n, fullPrice)) },
		panics("d"),
	)
	for i, want := range []store.Code{"", store.Internal, "", store.Internal} {
		if got := store.CodeOf(answers[i]); got != want {
			t.Errorf("answer %d is %v", i, answers[i])
		}
	}
	for name, want := range map[string]store.Code{"a": "", "b": store.TransactionNotFound, "c": "", "d": store.TransactionNotFound} {
		if got := store.CodeOf(second(s.status(name))); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if c := s.created("e", n); c.Seq != 3 {
		t.Errorf("the next transaction is number %d", c.Seq)
	}
}

// When the clock itself fails, so do the decisions that ask it, and no others.
func TestAPanicInADecision(t *testing.T) {
	t.Parallel()
	var broken sync.Map
	s := openLedger(t)
	s.close()
	now := s.o.Now
	s.o.Now = func() time.Time {
		if _, ok := broken.Load("clock"); ok {
			panic("the clock is broken")
		}
		return now()
	}
	s.open()
	n := s.counter()
	broken.Store("clock", true)
	wantCode(t, second(s.create("a", n, fullPrice)), store.Internal)
	broken.Delete("clock")
	s.created("a", n)
}

// When a write fails half way, nothing of its group is kept, and the store goes on.
func TestAWriteThatFailsHalfWayUndoesItsGroup(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	s.created("known", n)
	before := s.dump()
	reason := errors.New("half way")
	answers, commits := s.asOneGroup(
		func() error { return second(s.create("a", n, fullPrice)) },
		func() error { return second(s.create("known", n, fullPrice)) },
		func() error { return bolt.PutAndFail(s.Store, func() error { return reason }) },
		func() error { return second(s.create("b", n, fullPrice)) },
	)
	if !errors.Is(answers[0], reason) || !errors.Is(answers[2], reason) || !errors.Is(answers[3], reason) {
		t.Errorf("the answers are %v", answers)
	}
	wantCode(t, answers[0], store.Internal)
	wantCode(t, answers[3], store.Internal)
	if commits > 1 {
		t.Errorf("%d commits were made", commits)
	}
	if after := s.dump(); len(after) != len(before) {
		t.Errorf("%d keys became %d", len(before), len(after))
	}
	wantCode(t, bolt.PutAndFail(s.Store, func() error { panic("half way") }), store.Internal)
	if tx := s.created("a", n); tx.Seq != 2 {
		t.Errorf("the next transaction is number %d", tx.Seq)
	}
}

// More requests than may wait are told to come again.
func TestAFullQueueIsBusy(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	release := s.holdWriter()
	var all sync.WaitGroup
	for i := range bolt.QueueLength {
		all.Go(func() {
			if _, err := s.create(fmt.Sprint(i), 1, fullPrice); store.CodeOf(err) != store.InvoiceNotFound {
				t.Error(err)
			}
		})
	}
	for bolt.Waiting(s.Store) < bolt.QueueLength {
		runtime.Gosched()
	}
	wantCode(t, second(s.create("one more", n, fullPrice)), store.Busy)
	wantCode(t, second(s.cancel(n, false)), store.Busy)
	if _, err := s.Transactions(t.Context(), store.TransactionQuery{Limit: 1}); err != nil {
		t.Errorf("a reader answers %v", err)
	}
	release()
	all.Wait()
	s.created("one more", n)
}
