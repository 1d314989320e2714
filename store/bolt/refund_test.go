package bolt_test

import (
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	bbolt "go.etcd.io/bbolt"

	"tushum/store"
)

func (s *ledger) requestRefund(name string) (store.Transaction, error) {
	return s.RequestRefund(s.t.Context(), store.RefundOrder{TransID: s.id(name), By: "malika", Reason: "mijoz kelmadi"})
}

func (s *ledger) closeRefund(name string, outcome store.RefundState) (store.Transaction, error) {
	return s.CloseRefund(s.t.Context(), store.RefundEnd{TransID: s.id(name), By: "aziz", Outcome: outcome, Reason: "mijoz keldi"})
}

// refunds are the names of what a query finds.
func (s *ledger) refunds(q store.RefundQuery) (names []string) {
	s.t.Helper()
	found, err := s.Refunds(s.t.Context(), q)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, t := range found {
		names = append(names, s.name(t.TransID))
	}
	return names
}

func TestARefundFromTheRequestToTheReverse(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("a", s.visit())
	totals, after := s.totals(), s.lastEvent()
	for range 2 { // withdrawn and requested again, refused and requested again
		for _, outcome := range []store.RefundState{store.Withdrawn, store.Refused} {
			tx, err := s.requestRefund("a")
			must(t, tx, err)
			if got := store.RefundStateOf(tx); got != store.Requested || tx.Refund.By != "malika" || tx.Refund.AskedAt != s.clock.instant() {
				t.Fatalf("it is %s: %+v", got, tx)
			}
			wantCode(t, second(s.requestRefund("a")), store.NotAllowed)
			s.reopen()
			tx, err = s.closeRefund("a", outcome)
			must(t, tx, err)
			if got := store.RefundStateOf(s.standing("a")); got != outcome {
				t.Fatalf("it is %s, want %s", got, outcome)
			}
			wantCode(t, second(s.closeRefund("a", outcome)), store.NotAllowed)
		}
	}
	must(t, "", second(s.requestRefund("a")))
	if !slices.Equal(s.totals(), totals) {
		t.Errorf("a request moved the totals to %+v", s.totals())
	}
	must(t, "", second(s.reverse("a")))
	s.reopen()
	tx := s.standing("a")
	if got := store.RefundStateOf(tx); got != store.RefundDone || tx.Refund.Reason != "mijoz kelmadi" {
		t.Errorf("at the end it is %s: %+v", got, tx)
	}
	wantCode(t, second(s.requestRefund("a")), store.AlreadyReversed)
	wantCode(t, second(s.closeRefund("a", store.Withdrawn)), store.AlreadyReversed)
	wantCode(t, second(s.requestRefund("nobody")), store.TransactionNotFound)
	round := []string{
		"refund.requested a by malika", "refund.withdrawn a by aziz", "refund.requested a by malika", "refund.refused a by aziz",
	}
	want := append(slices.Concat(round, round), "refund.requested a by malika", "transaction.reversed a by uzum", "invoice.refunded by uzum")
	if got := s.happened(after); !slices.Equal(got, want) {
		t.Errorf("there happened\n%q, want\n%q", got, want)
	}
}

func TestRefundsByState(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	till := s.counter()
	for _, name := range []string{"never", "open1", "done", "unasked", "withdrawn", "open2", "refused", "taken after all", "refused and reversed"} {
		s.paid(name, till)
	}
	s.created("early", till)
	for _, name := range []string{"done", "open2", "withdrawn", "open1", "refused", "taken after all", "refused and reversed"} {
		must(t, "", second(s.requestRefund(name)))
	}
	for name, outcome := range map[string]store.RefundState{
		"withdrawn": store.Withdrawn, "taken after all": store.Withdrawn, "refused": store.Refused, "refused and reversed": store.Refused,
	} {
		must(t, "", second(s.closeRefund(name, outcome)))
	}
	for _, name := range []string{"done", "unasked", "taken after all", "refused and reversed", "early"} {
		must(t, "", second(s.reverse(name)))
	}
	s.reopen()
	for name, c := range map[string]struct {
		q    store.RefundQuery
		want []string
	}{
		"any":                   {store.RefundQuery{}, []string{"refused and reversed", "taken after all", "refused", "open2", "withdrawn", "done", "open1"}},
		"any, the first two":    {store.RefundQuery{Limit: 2}, []string{"refused and reversed", "taken after all"}},
		"any, the next two":     {store.RefundQuery{Limit: 2, After: 8}, []string{"refused", "open2"}},
		"any, to the end":       {store.RefundQuery{Limit: 5, After: 3}, []string{"open1"}},
		"any, past the end":     {store.RefundQuery{After: 2}, nil},
		"open":                  {store.RefundQuery{State: store.Requested}, []string{"open2", "open1"}},
		"open, the second page": {store.RefundQuery{State: store.Requested, After: 6}, []string{"open1"}},
		"done":                  {store.RefundQuery{State: store.RefundDone}, []string{"refused and reversed", "done"}},
		"withdrawn":             {store.RefundQuery{State: store.Withdrawn}, []string{"withdrawn"}},
		"refused":               {store.RefundQuery{State: store.Refused}, []string{"refused"}},
		"unasked":               {store.RefundQuery{State: store.Unasked}, []string{"taken after all", "unasked"}},
		"unasked, the first":    {store.RefundQuery{State: store.Unasked, Limit: 1}, []string{"taken after all"}},
		"unasked, the second":   {store.RefundQuery{State: store.Unasked, Limit: 1, After: 8}, []string{"unasked"}},
	} {
		if got := s.refunds(c.q); !slices.Equal(got, c.want) {
			t.Errorf("%s: found %q, want %q", name, got, c.want)
		}
	}
}

func TestMoneyTakenByHandIsNotRequested(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.visit()
	must(t, "", second(s.markPaid(n, false)))
	s.nameCash(n)
	before := s.dump()
	wantCode(t, second(s.requestRefund("cash")), store.NotAllowed)
	wantCode(t, second(s.closeRefund("cash", store.Refused)), store.NotAllowed)
	if len(s.dump()) != len(before) {
		t.Error("a refusal has left something")
	}
}

// Of requests that come at once one is kept; a reverse beside it finds the
// request or comes before it, and either way both are told the truth.
func TestRefundsAtOnce(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	till := s.counter()
	for i := range 100 {
		name := fmt.Sprint("t", i)
		s.paid(name, till)
		var (
			running sync.WaitGroup
			asked   [2]error
			reverse error
		)
		for j := range asked {
			running.Go(func() { asked[j] = second(s.requestRefund(name)) })
		}
		running.Go(func() { reverse = second(s.reverse(name)) })
		running.Wait()
		kept := 0
		for _, err := range asked {
			switch store.CodeOf(err) {
			case "":
				kept++
			case store.NotAllowed, store.AlreadyReversed:
			default:
				t.Fatal(err)
			}
		}
		want := store.Unasked
		if kept == 1 {
			want = store.RefundDone
		}
		if got := store.RefundStateOf(s.standing(name)); kept > 1 || reverse != nil || got != want {
			t.Fatalf("%d requests were kept, the reverse got %v, and it is %s", kept, reverse, got)
		}
	}
}

// earlierStore is one as the first builds made it, without the index of refunds.
func earlierStore(t *testing.T) *ledger {
	t.Helper()
	s := openLedger(t)
	s.paid("a", s.visit())
	s.close()
	edit(t, s.path, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("tx.refund")) })
	return s
}

func TestAStoreOfAnEarlierBuild(t *testing.T) {
	t.Parallel()
	s := earlierStore(t)
	backup := s.path + ".earlier"
	if err := os.WriteFile(backup, readFile(t, s.path), 0o600); err != nil {
		t.Fatal(err)
	}
	content := readFile(t, backup)
	wantWhole(t, backup)
	s.open()
	must(t, "", second(s.requestRefund("a")))
	s.reopen()
	if got := s.refunds(store.RefundQuery{State: store.Requested}); !slices.Equal(got, []string{"a"}) {
		t.Errorf("found %q", got)
	}
	kept, err := s.Restore(t.Context(), backup)
	must(t, kept, err)
	wantWhole(t, kept)
	if got := s.refunds(store.RefundQuery{}); len(got) != 0 {
		t.Errorf("after the restore there are %q", got)
	}
	must(t, "", second(s.requestRefund("a")))
	must(t, "", second(s.reverse("a")))
	if string(readFile(t, backup)) != string(content) {
		t.Error("the backup was changed")
	}
}

// A store whose index was taken away behind its back is opened, and verify
// tells of it: the records ask for keys that are not there.
func TestAnIndexOfRefundsThatWasTakenAway(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("a", s.visit())
	must(t, "", second(s.requestRefund("a")))
	s.close()
	s.damaged = true
	edit(t, s.path, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("tx.refund")) })
	if len(s.problems()) == 0 {
		t.Error("verify finds nothing")
	}
	s.open()
	must(t, "", second(s.closeRefund("a", store.Withdrawn)))
}

func TestRefundsSurviveCopies(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	till := s.counter()
	for _, name := range []string{"a", "b"} {
		s.paid(name, till)
		must(t, "", second(s.requestRefund(name)))
	}
	must(t, "", second(s.closeRefund("b", store.Refused)))
	backup := backupOf(t, s)
	wantWhole(t, backup)
	want := []string{"b", "a"}
	_, _, err := s.Compact(t.Context())
	must(t, "", err)
	if got := s.refunds(store.RefundQuery{}); !slices.Equal(got, want) {
		t.Errorf("after a compaction there are %q", got)
	}
	must(t, "", second(s.reverse("a")))
	_, err = s.Restore(t.Context(), backup)
	must(t, "", err)
	if got := s.refunds(store.RefundQuery{State: store.Requested}); !slices.Equal(got, []string{"a"}) {
		t.Errorf("after a restore there are %q", got)
	}
}

// What the index says and the transaction does not is damage, never an answer.
func TestADamagedIndexOfRefunds(t *testing.T) {
	t.Parallel()
	for name, key := range map[string][]byte{
		"another state":       {byte(store.Refused), 0, 0, 0, 0, 0, 0, 0, 1},
		"another transaction": {byte(store.Requested), 0, 0, 0, 0, 0, 0, 0, 9},
		"another length":      {byte(store.Requested), 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openLedger(t)
			s.damaged = true
			s.paid("a", s.visit())
			must(t, "", second(s.requestRefund("a")))
			s.close()
			edit(t, s.path, func(tx *bbolt.Tx) error { return tx.Bucket([]byte("tx.refund")).Put(key, nil) })
			s.open()
			wantCode(t, second(s.Refunds(t.Context(), store.RefundQuery{})), store.Damaged)
			s.close()
			if len(s.problems()) == 0 {
				t.Error("verify finds nothing")
			}
		})
	}
}
