package bolt_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"runtime"
	"slices"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
)

// newest takes as many of a list as asked for and then goes away.
func newest[T any](t *testing.T, count int, list iter.Seq2[T, error]) (got []T) {
	t.Helper()
	for v, err := range list {
		if got = append(got, must(t, v, err)); len(got) == count {
			break
		}
	}
	return got
}

// A consumer that goes away has had the newest, and may come again.
func TestAListThatIsStopped(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 150)
	all := c.transactions()
	rapid.Check(t, func(r *rapid.T) {
		q := drawTransactionQuery(r, c, all)
		want := wanted(all, q)
		list := c.FindTransactions(t.Context(), q)
		for _, count := range []int{rapid.IntRange(1, 20).Draw(r, "count"), len(want) + 1} {
			if got := newest(t, count, list); !slices.Equal(got, want[:min(count, len(want))]) {
				r.Fatalf("%+v: the first %d are %d others", q, count, len(got))
			}
		}
	})
	invoices := c.invoices()
	if got := newest(t, 3, c.FindInvoices(t.Context(), store.InvoiceQuery{})); len(got) != 3 || got[2].Number != invoices[2].Number {
		t.Errorf("the first invoices are %+v", got)
	}
	if got := newest(t, 3, c.FindCalls(t.Context(), store.CallQuery{})); len(got) != 3 || got[0].Seq < got[2].Seq {
		t.Errorf("the first calls are %+v", got)
	}
}

// Everything that stood when a list was begun is in it once, in order, though the
// store is written between its rows. While a row is looked at, no view is open: a
// restore could exchange the file.
func TestAListWhileTheStoreIsWritten(t *testing.T) {
	t.Parallel()
	const count = 3 * bolt.StepLength // several steps, however fast the machine is
	s := openLedger(t)
	n := s.counter()
	s.close()
	s.damaged = true // no event speaks of these
	layDown(t, s.path, manyTransactions(count, n, n), func(uint64) bool { return true })
	s.open()
	page, err := s.Transactions(t.Context(), store.TransactionQuery{Limit: bolt.StepLength + 10})
	if must(t, page, err); len(page) != bolt.StepLength+10 {
		t.Errorf("a page over two steps has %d", len(page))
	}
	bySeq := func(a, b store.Transaction) int { return cmp.Compare(a.Seq, b.Seq) }
	byDay := func(a, b store.Transaction) int { return cmp.Or(cmp.Compare(a.Day, b.Day), bySeq(a, b)) }
	for i, list := range []struct {
		q     store.TransactionQuery
		order func(a, b store.Transaction) int
	}{{store.TransactionQuery{}, bySeq}, {store.TransactionQuery{Number: n}, bySeq}, {store.TransactionQuery{From: noonDay}, byDay}} {
		stood := s.created(fmt.Sprint("begin ", i), n).Seq
		told := uint64(0)
		last := store.Transaction{Seq: stood + 1, Day: noonDay + 100}
		for tx, err := range s.FindTransactions(t.Context(), list.q) {
			if must(t, tx, err); list.order(tx, last) >= 0 {
				t.Fatalf("%+v: %d comes after %d", list.q, tx.Seq, last.Seq)
			}
			last = tx
			if tx.Seq <= stood {
				told++
			}
			switch tx.Seq % 1000 {
			case 0:
				s.created(fmt.Sprint(i, " ", tx.Seq), n)
				bolt.AwaitReaders(s.Store)
			case 500:
				s.confirmLaid(tx.Seq - 101 - uint64(i)) // is still to come
				s.confirmLaid(min(tx.Seq+101+uint64(i), count-101-uint64(i)))
			}
		}
		if told != stood {
			t.Errorf("%+v: %d of %d are told", list.q, told, stood)
		}
	}
}

// confirmLaid confirms one of the transactions that were laid down, if it is not yet.
func (s *ledger) confirmLaid(seq uint64) {
	s.t.Helper()
	c := store.Confirmation{System: store.Uzum, TransID: fmt.Sprintf("t%06d", seq)}
	_, err := s.Confirm(s.t.Context(), c, s.witness("confirm", ""))
	if code := store.CodeOf(err); err != nil && code != store.AlreadyConfirmed {
		s.t.Error(err)
	}
}

// A context that ends is told once, in the place of the next row.
func TestAListThatIsGivenUp(t *testing.T) {
	others := goleak.IgnoreCurrent() // not parallel: it looks at all that run
	s := openLedger(t)
	n := s.counter()
	for i := range 20 {
		s.created(fmt.Sprint(i), n)
	}
	givenUp(t, "transactions", func(ctx context.Context) iter.Seq2[store.Transaction, error] {
		return s.FindTransactions(ctx, store.TransactionQuery{})
	})
	givenUp(t, "calls", func(ctx context.Context) iter.Seq2[store.Call, error] { return s.FindCalls(ctx, store.CallQuery{}) })
	s.visit()
	s.visit()
	s.visit()
	givenUp(t, "invoices", func(ctx context.Context) iter.Seq2[store.Invoice, error] {
		return s.FindInvoices(ctx, store.InvoiceQuery{})
	})
	if bolt.Reading(s.Store) {
		t.Error("a view was never ended")
	}
	s.close()
	goleak.VerifyNone(t, others)
	s.open()
}

func givenUp[T any](t *testing.T, what string, find func(context.Context) iter.Seq2[T, error]) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	rows, errs := 0, 0
	list := find(ctx)
	for range 2 { // it does not begin again under the same context
		for _, err := range list {
			if err == nil {
				rows++
			} else if errs++; !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", what, err)
			}
			if rows == 2 {
				cancel()
			}
		}
	}
	if rows != 2 || errs != 2 {
		t.Errorf("%s: %d rows and %d errors of two lists", what, rows, errs)
	}
	next, stop := iter.Pull2(find(t.Context()))
	if _, err, ok := next(); err != nil || !ok {
		t.Errorf("%s: there is none (%v)", what, err)
	}
	stop()
}

// What can be read is told before the record that can't; the slice has none of it.
func TestAListUpToADamagedRecord(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	for i := range 10 {
		s.created(fmt.Sprint(i), n)
	}
	s.close()
	s.damaged = true
	edit(t, s.path, func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("tx")).Put([]byte{0, 0, 0, 0, 0, 0, 0, 4}, []byte("ruined"))
	})
	s.open()
	var seqs []uint64
	var failed []error
	for tx, err := range s.FindTransactions(t.Context(), store.TransactionQuery{}) {
		if err != nil {
			failed = append(failed, err)
			continue
		}
		seqs = append(seqs, tx.Seq)
	}
	if !slices.Equal(seqs, []uint64{10, 9, 8, 7, 6, 5}) || len(failed) != 1 || store.CodeOf(failed[0]) != store.Damaged {
		t.Errorf("%d are told, and then %v", seqs, failed)
	}
	all, err := s.Transactions(t.Context(), store.TransactionQuery{})
	if wantCode(t, err, store.Damaged); all != nil {
		t.Errorf("with the error come %d", len(all))
	}
}

// A row that a power cut could still undo is told to nobody.
func TestAListWaitsForTheDisk(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.damaged = true // the store stops
	s.created("a", s.counter())
	lose := bolt.HoldDisk(s.Store)
	told := make(chan []store.Transaction)
	go func() {
		var rows []store.Transaction
		for tx, err := range s.FindTransactions(context.Background(), store.TransactionQuery{}) {
			if err == nil {
				rows = append(rows, tx)
				continue
			}
			if store.CodeOf(err) != store.Failed {
				t.Errorf("it ends with %v", err)
			}
		}
		told <- rows
	}()
	for !bolt.Reading(s.Store) {
		runtime.Gosched()
	}
	lose(errors.New("the disk is gone"))
	if rows := <-told; len(rows) != 0 {
		t.Errorf("told are %+v", rows)
	}
}

func drawCallQuery(r *rapid.T, all []store.Call) store.CallQuery {
	one := rapid.SampledFrom(all).Draw(r, "like")
	return store.CallQuery{
		TxSeq:   maybe(r, "transaction", []uint64{one.TxSeq, 7777}),
		Refused: rapid.Bool().Draw(r, "refused"),
		Webhook: maybe(r, "webhook", []string{"check", "create", "confirm", "none"}),
		Search:  maybe(r, "search", []string{one.TransID, one.Number.String(), one.Code, one.Webhook, "192.0.2.7", "МИЖОЗ", "10011 mijoz", "nothing"}),
	}
}

// wantedCalls are what the query asks for, the slow way.
func wantedCalls(all []store.Call, q store.CallQuery) (seqs []uint64) {
	words := store.SplitWords(q.Search)
	for _, c := range all {
		if (q.TxSeq == 0 || c.TxSeq == q.TxSeq) && (!q.Refused || c.Code != "") && (q.Webhook == "" || c.Webhook == q.Webhook) && words.MatchCall(c) {
			seqs = append(seqs, c.Seq)
		}
	}
	return seqs
}

func TestCallsAreAsAsked(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 200)
	for i := range 60 {
		line := store.Call{At: c.clock.instant(), Webhook: "check", HTTPStatus: http.StatusOK, Address: fmt.Sprint("192.0.2.", i%10), Number: c.numbers[i%len(c.numbers)]}
		if i%3 == 0 {
			line.HTTPStatus, line.Code, line.Reason = http.StatusBadRequest, "10011", "mijozdan 90 000 olindi"
		}
		c.record(line)
	}
	all := c.calls(store.CallQuery{})
	if len(all) < 200 || len(wantedCalls(all, store.CallQuery{Refused: true})) < 20 {
		t.Fatalf("the journal is thin: %d calls", len(all))
	}
	rapid.Check(t, func(r *rapid.T) {
		q := drawCallQuery(r, all)
		want := wantedCalls(all, q)
		q.Limit = rapid.IntRange(1, 40).Draw(r, "limit")
		var got []uint64
		for _, call := range pages(r, q.Limit, func(after uint64) ([]store.Call, error) {
			q.After = after
			return c.Calls(t.Context(), q)
		}, func(call store.Call) uint64 { return call.Seq }) {
			got = append(got, call.Seq)
		}
		if !slices.Equal(got, want) {
			r.Fatalf("%+v finds %v, want %v", q, got, want)
		}
	})
}

// Invoices are of the business day on which they were made, also where a clock
// that was set back makes their order another.
func TestInvoicesOfDays(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	var all []store.Invoice
	for _, step := range []time.Duration{0, 20 * time.Hour, 30 * time.Hour, -48 * time.Hour, 100 * time.Hour, time.Hour} {
		s.clock.advance(step)
		all = append(all, s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice}))
	}
	slices.SortFunc(all, func(a, b store.Invoice) int { return cmp.Compare(b.Number, a.Number) })
	some := false
	for from := noonDay - 3; from < noonDay+8; from++ {
		for to := noonDay - 3; to < noonDay+8; to++ {
			for _, q := range []store.InvoiceQuery{{From: from, To: to}, {From: from}, {To: to}} {
				var want []store.Number
				for _, inv := range all {
					if day := s.Rules().Calendar.Day(inv.CreatedAt); day >= q.From && (q.To == 0 || day <= q.To) {
						want = append(want, inv.Number)
					}
				}
				found, err := s.Invoices(t.Context(), q)
				var got []store.Number
				for _, inv := range must(t, found, err) {
					got = append(got, inv.Number)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%+v finds %v, want %v", q, got, want)
				}
				some = some || (len(want) > 0 && len(want) < len(all))
			}
		}
	}
	if !some {
		t.Error("the days are all one")
	}
}

// Sums and phones are found as people type them.
func TestFindAsPeopleType(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	for i, amount := range []money.Amount{2_500_000, 2_500_050, 150_000_000, 25_000_000} {
		must(t, "", second(s.create(fmt.Sprint(i), n, amount)))
	}
	must(t, "", second(s.confirm("0")))
	for search, want := range map[string][]uint64{
		"25k": {1}, "25 ming": {1}, "25\u00a0000\u00a0so‘m": {1}, "25000,50": {2}, "1,5 mln": {3}, "250 000,00": {4}, "250 ming": {4},
		"90 123-45-67": {1}, "+998901234567": {1}, "998-90-123-45-67": {1}, "(90) 1234567": {1}, "1234567": {1}, "uzcard 1234567": {1},
	} {
		var got []uint64
		for tx, err := range s.FindTransactions(t.Context(), store.TransactionQuery{Search: search}) {
			got = append(got, must(t, tx, err).Seq)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", search, got, want)
		}
	}
}
