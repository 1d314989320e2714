package bolt_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"tushum/store"
	"tushum/store/bolt"
)

// manyTransactions are spread over 20 days and two invoices, newest first. Every
// fiftieth is paid; one in a thousand is of the rare invoice.
func manyTransactions(count int, common, rare store.Number) (all []store.Transaction) {
	for i := count; i > 0; i-- {
		at := noon.Add(time.Duration((i-1)/(count/20)) * 24 * time.Hour)
		tx := store.Transaction{
			Seq: uint64(i), TransID: fmt.Sprintf("t%06d", i), System: store.Uzum, Number: common, Amount: fullPrice, Status: store.Created,
			CreatedAt: store.At(at), Day: store.Calendar{Location: tashkent}.Day(store.At(at)),
		}
		if i%50 == 0 {
			tx.Status, tx.ConfirmedAt, tx.ConfirmedDay = store.Confirmed, tx.CreatedAt, tx.Day
		}
		if i%1000 == 1 {
			tx.Number = rare
		}
		all = append(all, tx)
	}
	return all
}

// layDown writes transactions with their indexes, and calls, into a closed file.
// Those that are not to be readable are ruined.
func layDown(t *testing.T, path string, all []store.Transaction, readable func(seq uint64) bool) {
	t.Helper()
	u64 := func(v uint64) []byte { return binary.BigEndian.AppendUint64(nil, v) }
	u32 := func(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }
	ruined := []byte("ruined")
	oldest := slices.Clone(all)
	slices.Reverse(oldest)
	editInSteps(t, path, slices.Chunk(oldest, 500), func(db *bbolt.Tx, group []store.Transaction) error {
		put := func(bucket string, k, v []byte) error { return db.Bucket([]byte(bucket)).Put(k, v) }
		for _, tx := range group {
			key, rec, err := bolt.SealTransaction(tx)
			_, call, callErr := bolt.SealCall(store.Call{Seq: tx.Seq, TxSeq: tx.Seq})
			if !readable(tx.Seq) {
				rec, call = ruined, ruined
			}
			status := []byte{byte(tx.Status)}
			if tx.Seq%10 == 0 { // a call for one in ten
				err = errors.Join(err, put("call", key, call), put("call.tx", slices.Concat(u64(tx.Seq), key), nil))
			}
			err = errors.Join(err, callErr,
				put("tx", key, rec),
				put("tx.id", bolt.TransIDKey(tx.System, tx.TransID), key),
				put("tx.invoice", slices.Concat(u32(uint32(tx.Number)), status, key), nil),
				put("tx.day", slices.Concat(status, u32(uint32(tx.Day)), key), nil),
			)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// page is what a query should find, the slow way.
func page(all []store.Transaction, q store.TransactionQuery) []store.Transaction {
	found := slices.DeleteFunc(wanted(all, q), func(tx store.Transaction) bool { return q.After != 0 && tx.Seq >= q.After })
	if q.Limit > 0 && len(found) > q.Limit {
		return found[:q.Limit]
	}
	return found
}

// TestAPageIsASeek makes every record of 20,000 unreadable that no page of the
// queries holds: one that looked at even one more would fail.
func TestAPageIsASeek(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	common, rare := s.counter(), s.counter()
	s.close()
	s.damaged = true
	all := manyTransactions(20_000, common, rare)
	queries := map[string]store.TransactionQuery{
		"the last page":          {Limit: 50},
		"a page in the middle":   {Limit: 50, After: 10_000},
		"a page of a day":        {From: noonDay + 7, To: noonDay + 7, Limit: 50},
		"days without any":       {From: noonDay + 100, Limit: 50},
		"a page of some days":    {To: noonDay + 3, Limit: 50},
		"the next page of them":  {To: noonDay + 3, Limit: 50, After: 2_000},
		"all of an invoice":      {Number: rare},
		"a page of an invoice":   {Number: rare, Limit: 2, After: 10_000},
		"a page of a status":     {Status: store.Confirmed, Limit: 50},
		"a status on a day":      {Status: store.Confirmed, From: noonDay + 5, To: noonDay + 5, Limit: 20},
		"a status of an invoice": {Status: store.Created, Number: rare, Limit: 50},
		"a status that none has": {Status: store.Reversed, Limit: 50},
	}
	keep := map[uint64]bool{10_000: true, 2_000: true} // After is looked up
	for _, q := range queries {
		for _, tx := range page(all, q) {
			keep[tx.Seq] = true
		}
	}
	layDown(t, s.path, all, func(seq uint64) bool { return keep[seq] })
	s.open()
	ctx := t.Context()
	for name, q := range queries {
		found, err := s.Transactions(ctx, q)
		if want := page(all, q); err != nil || !slices.Equal(found, want) {
			t.Errorf("%s: %d transactions, want %d (%v)", name, len(found), len(want), err)
		}
	}
	if got, err := s.Status(ctx, store.Uzum, all[0].TransID); err != nil || got != all[0] {
		t.Errorf("by its transId: %+v (%v)", got, err)
	}
	if got, err := s.Calls(ctx, store.CallQuery{TxSeq: 10_000}); err != nil || len(got) != 1 || got[0].Seq != 10_000 {
		t.Errorf("the calls of a transaction: %+v (%v)", got, err)
	}
	if got, err := s.Calls(ctx, store.CallQuery{Limit: 5}); err != nil || len(got) != 5 || got[0].Seq != 20_000 {
		t.Errorf("the last calls: %d (%v)", len(got), err)
	}
	_, err := s.Transactions(ctx, store.TransactionQuery{Limit: 52})
	wantCode(t, err, store.Damaged) // the trap works
}

func TestAPageOfInvoicesIsASeek(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	var numbers []store.Number
	for range 60 {
		numbers = append(numbers, s.visit())
	}
	for _, n := range numbers[5:15] {
		must(t, "", second(s.cancel(n, false)))
	}
	s.close()
	s.damaged = true
	readable := slices.Concat(numbers[8:15], numbers[50:])
	edit(t, s.path, func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte("invoice"))
		return b.ForEach(func(k, _ []byte) error {
			if slices.Contains(readable, store.Number(binary.BigEndian.Uint32(k))) {
				return nil
			}
			return b.Put(k, []byte("ruined"))
		})
	})
	s.open()
	for name, c := range map[string]struct {
		q    store.InvoiceQuery
		want []store.Number
	}{
		"the last page":        {store.InvoiceQuery{Limit: 10}, numbers[50:]},
		"a page of a status":   {store.InvoiceQuery{Status: store.Cancelled, Limit: 7}, numbers[8:15]},
		"the rest of it":       {store.InvoiceQuery{Status: store.Cancelled, After: numbers[10], Limit: 2}, numbers[8:10]},
		"none":                 {store.InvoiceQuery{Status: store.Refunded}, nil},
		"none that expired":    {store.InvoiceQuery{Status: store.Expired}, nil},
		"a page in the middle": {store.InvoiceQuery{After: numbers[13], Limit: 5}, numbers[8:13]},
	} {
		found, err := s.Invoices(t.Context(), c.q)
		var got []store.Number
		for _, inv := range found {
			got = append(got, inv.Number)
		}
		slices.Reverse(got)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v (%v)", name, got, c.want, err)
		}
	}
	_, err := s.Invoices(t.Context(), store.InvoiceQuery{Limit: 11})
	wantCode(t, err, store.Damaged)
}

// A list of all is read in many short views, so that it does not hold up the
// writer, and can be given up.
func TestAListOfAllCanBeGivenUp(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	s.close()
	s.damaged = true // no event speaks of these
	layDown(t, s.path, manyTransactions(1100, n, n), func(uint64) bool { return true })
	s.open()
	all, err := s.Transactions(t.Context(), store.TransactionQuery{})
	if must(t, all, err); len(all) != 1100 || all[0].Seq != 1100 || all[1099].Seq != 1 {
		t.Fatalf("%d transactions are listed", len(all))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Transactions(ctx, store.TransactionQuery{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a list that nobody wants answers %v", err)
	}
}
