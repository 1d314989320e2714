package bolt_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
)

// record keeps calls that changed nothing and waits until they are written.
func (s *ledger) record(calls ...store.Call) {
	s.t.Helper()
	for part := range slices.Chunk(calls, bolt.CallsWaiting/2) {
		for _, c := range part {
			s.Record(c)
		}
		bolt.Journal(s.Store)
	}
}

// checks are n calls of the webhook check, which changes nothing.
func (s *ledger) checks(n int) (calls []store.Call) {
	for i := range n {
		calls = append(calls, store.Call{At: s.clock.instant(), Webhook: "check", HTTPStatus: 200, Reason: fmt.Sprint(i)})
	}
	return calls
}

func (s *ledger) calls(q store.CallQuery) []store.Call {
	s.t.Helper()
	calls, err := s.Calls(s.t.Context(), q)
	return must(s.t, calls, err)
}

func webhooks(calls []store.Call) (names []string) {
	for _, c := range calls {
		names = append(names, c.Webhook)
	}
	return names
}

// Calls that changed the ledger and calls that did not are kept apart and told
// as one journal, newest first.
func TestCallsAreToldAsOneJournal(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.visit()
	s.record(s.checks(2)...)
	a := s.created("a", n)
	s.record(store.Call{At: s.clock.instant(), Webhook: "status", TxSeq: a.Seq})
	must(t, "", second(s.confirm("a")))
	s.record(s.checks(1)...)
	want := []string{"check", "confirm", "status", "create", "check", "check"}
	all := s.calls(store.CallQuery{})
	if got := webhooks(all); !slices.Equal(got, want) {
		t.Fatalf("the calls are %q", got)
	}
	for i, c := range all {
		if c.Seq != uint64(len(all)-i) {
			t.Errorf("call %d has number %d", i, c.Seq)
		}
	}
	if got := webhooks(s.calls(store.CallQuery{TxSeq: a.Seq})); !slices.Equal(got, []string{"confirm", "status", "create"}) {
		t.Errorf("of the transaction they are %q", got)
	}
	var paged []store.Call
	for q := (store.CallQuery{Limit: 2}); ; {
		page := s.calls(q)
		paged = append(paged, page...)
		if len(page) < q.Limit {
			break
		}
		q.After = page[len(page)-1].Seq
	}
	if got := webhooks(paged); !slices.Equal(got, want) {
		t.Errorf("in pages they are %q", got)
	}
	if got := s.calls(store.CallQuery{TxSeq: 77}); len(got) != 0 {
		t.Errorf("of a transaction that is not there they are %+v", got)
	}
}

// A call keeps all of its line, and learns which transaction it was about.
func TestACallIsKeptWhole(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.visit()
	line := store.Call{
		At: s.clock.instant(), Took: 3 * time.Millisecond, System: store.Uzum, Webhook: "create", Address: "192.0.2.7", TransID: s.id("a"),
		Number: n, HTTPStatus: 400, Code: "10011", Reason: "bytes that are no text: \xff\xfe", Request: []byte("{\"a\":\x00\xff"), Response: []byte("{}"), Cut: true,
	}
	for amount, want := range map[money.Amount]store.Code{fullPrice + 100: store.WrongAmount, fullPrice: ""} {
		id := s.id(string(want)) // two transIds, so that the order does not matter
		a := store.Attempt{System: store.Uzum, TransID: id, Number: n, Amount: amount}
		_, err := s.Create(t.Context(), a, func(store.Decided) store.Call { return line })
		wantCode(t, err, want)
	}
	bolt.Journal(s.Store)
	s.reopen()
	calls := s.calls(store.CallQuery{})
	if len(calls) != 2 {
		t.Fatalf("%d calls are kept", len(calls))
	}
	about := 0
	for _, c := range calls {
		about += int(c.TxSeq)
		c.Seq, c.TxSeq = 0, 0
		if fmt.Sprintf("%+v", c) != fmt.Sprintf("%+v", line) {
			t.Errorf("got  %+v\nwant %+v", c, line)
		}
	}
	if about != 1 {
		t.Errorf("the calls are about transaction %d", about)
	}
}

// However many calls come that change nothing, only the newest are kept, and
// none of those that changed the ledger goes with the old.
func TestOtherCallsAreBoundedInNumber(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	a := s.created("a", s.visit())
	about := store.Call{At: s.clock.instant(), Webhook: "status", TxSeq: a.Seq}
	s.record(about, about)
	s.record(s.checks(bolt.OtherCallsKept + 500)...)
	s.record(about)

	all := s.calls(store.CallQuery{})
	if len(all) != bolt.OtherCallsKept+1 {
		t.Errorf("%d calls are kept", len(all))
	}
	if oldest := all[len(all)-1]; oldest.Webhook != "create" {
		t.Errorf("the oldest is %+v", oldest)
	}
	if next := all[len(all)-2]; next.Reason != "501" {
		t.Errorf("after it comes %+v", next)
	}
	if got := webhooks(s.calls(store.CallQuery{TxSeq: a.Seq})); !slices.Equal(got, []string{"status", "create"}) {
		t.Errorf("of the transaction there are %q", got)
	}
}

func TestOtherCallsAreBoundedInAge(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	a := s.created("a", s.visit())
	s.record(append(s.checks(200), store.Call{At: s.clock.instant(), Webhook: "status", TxSeq: a.Seq})...)
	s.clock.advance(bolt.OtherCallsAge)
	s.record(s.checks(1)...)
	if got := len(s.calls(store.CallQuery{})); got != 203 {
		t.Fatalf("%d calls are there before they are too old", got)
	}
	s.clock.advance(time.Millisecond)
	s.record(s.checks(1)...)
	if got := len(s.calls(store.CallQuery{})); got != 76 {
		t.Errorf("%d calls are there: a commit drops 128 at most", got)
	}
	s.record(s.checks(1)...)
	if got := webhooks(s.calls(store.CallQuery{})); !slices.Equal(got, []string{"check", "check", "check", "create"}) {
		t.Errorf("kept are %q", got)
	}
	if got := webhooks(s.calls(store.CallQuery{TxSeq: a.Seq})); !slices.Equal(got, []string{"create"}) {
		t.Errorf("of the transaction there are %q", got)
	}
}

// A journal that can't keep up drops lines rather than wait.
func TestRecordNeverBlocks(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	release := s.holdWriter()
	for _, c := range s.checks(bolt.CallsWaiting + bolt.CallsWaiting) {
		s.Record(c)
	}
	release()
	s.reopen()
	if got := len(s.calls(store.CallQuery{})); got < bolt.CallsWaiting || got == 2*bolt.CallsWaiting {
		t.Errorf("%d calls are kept", got)
	}
}
