package bolt_test

import (
	"bytes"
	"os"
	"testing"

	bbolt "go.etcd.io/bbolt"

	"tushum/store"
	"tushum/store/bolt"
)

// place is where the bytes of a record lie in a file without free pages.
func place(t *testing.T, path string, rec []byte) int64 {
	t.Helper()
	content := readFile(t, path)
	at := bytes.Index(content, rec)
	if at < 0 || bytes.Contains(content[at+1:], rec) {
		t.Fatal("the record does not stand in the file once")
	}
	return int64(at)
}

// TestEverySingleBitFlipInTheFileIsDetected flips each bit of a stored payment,
// and of what goes with it, in the file of a running store: the next read says
// so, and so does a verification.
func TestEverySingleBitFlipInTheFileIsDetected(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.visit()
	tx := s.paid("a", n)
	_, _, err := s.Compact(t.Context())
	must(t, "", err)
	f, err := os.OpenFile(s.path, os.O_RDWR, 0)
	must(t, f, err)
	defer f.Close()
	ctx := t.Context()
	for name, read := range map[string]func() error{
		"tx 1":                  func() error { return second(s.Transaction(ctx, tx.TransID)) },
		"invoice " + n.String(): func() error { return second(s.Invoice(ctx, n)) },
		"event 3":               func() error { return second(s.Events(ctx, 0, 10)) },
		"total " + totalPlace:   func() error { return second(s.Totals(ctx, 0, 0)) },
		"call 1":                func() error { return second(s.Calls(ctx, store.CallQuery{})) },
	} {
		rec := []byte(s.dump()[name])
		at := place(t, s.path, rec)
		put := func(i int, b byte) {
			if _, err := f.WriteAt([]byte{b}, at+int64(i)); err != nil {
				t.Fatal(err)
			}
		}
		for bit := range 8 * len(rec) {
			i := bit / 8
			put(i, rec[i]^1<<(bit%8))
			wantCode(t, read(), store.Damaged)
			if bit%8 == i%8 && i%8 == 0 { // a verification takes its time
				report, err := s.Verify(ctx)
				if err != nil || len(report.Problems) == 0 {
					t.Errorf("%s: bit %d: verify finds nothing (%v)", name, bit, err)
				}
			}
			put(i, rec[i])
		}
		wantCode(t, read(), "")
	}
}

// No decision rests on a record that can't be read.
func TestNothingIsDecidedOnADamagedRecord(t *testing.T) {
	t.Parallel()
	whole := openLedger(t)
	n := whole.visit()
	whole.created("a", n)
	whole.paid("b", whole.counter())
	content := readFile(t, backupOf(t, whole))
	for ruined, asks := range map[string]map[string]func(s *ledger) error{
		"tx": {
			"status":       func(s *ledger) error { return second(s.status("a")) },
			"confirm":      func(s *ledger) error { return second(s.confirm("a")) },
			"reverse":      func(s *ledger) error { return second(s.reverse("a")) },
			"create":       func(s *ledger) error { return second(s.create("a", n, fullPrice)) },
			"cancel":       func(s *ledger) error { return second(s.cancel(n, true)) },
			"mark as paid": func(s *ledger) error { return second(s.markPaid(n, true)) },
			"list":         func(s *ledger) error { return second(s.Transactions(t.Context(), store.TransactionQuery{})) },
			"list of failed": func(s *ledger) error {
				return second(s.Transactions(t.Context(), store.TransactionQuery{Status: store.FailedTx}))
			},
		},
		"invoice": {
			"check":   func(s *ledger) error { return second(s.Check(t.Context(), store.Uzum, n)) },
			"create":  func(s *ledger) error { return second(s.create("c", n, fullPrice)) },
			"confirm": func(s *ledger) error { return second(s.confirm("a")) },
			"reverse": func(s *ledger) error { return second(s.reverse("b")) },
			"extend":  func(s *ledger) error { return second(s.Extend(t.Context(), n, "", "", 0)) },
			"list":    func(s *ledger) error { return second(s.Invoices(t.Context(), store.InvoiceQuery{})) },
		},
		"total": {
			"confirm": func(s *ledger) error { return second(s.confirm("a")) },
			"reverse": func(s *ledger) error { return second(s.reverse("b")) },
			"totals":  func(s *ledger) error { return second(s.Totals(t.Context(), 0, 0)) },
		},
	} {
		t.Run(ruined, func(t *testing.T) {
			t.Parallel()
			s := openLedger(t)
			s.close()
			s.damaged = true
			s.ids = map[string]string{"a": whole.id("a"), "b": whole.id("b")}
			if err := os.WriteFile(s.path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			ruin(t, s.path, ruined)
			s.open()
			for name, ask := range asks {
				if err := s.wantUnchanged(func() error { return ask(s) }); store.CodeOf(err) != store.Damaged {
					t.Errorf("%s answers %v", name, err)
				}
			}
		})
	}
}

// ruin makes all records of a bucket unreadable.
func ruin(t *testing.T, path, bucket string) {
	t.Helper()
	edit(t, path, func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(bucket))
		return b.ForEach(func(k, v []byte) error {
			ruined := bytes.Clone(v)
			ruined[1] ^= 1
			return b.Put(k, ruined)
		})
	})
}

// totalPlace is 21.11.2026, uzum, UZCARD.
const totalPlace = "01352901" + "757a756d" + "00" + "555a43415244"

// A store whose newest event can't be read is refused: the chain would have no head.
func TestADamagedHeadOfTheChainIsRefused(t *testing.T) {
	t.Parallel()
	path := aStore(t)
	edit(t, path, func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte("event"))
		k, v := b.Cursor().Last()
		damaged := bytes.Clone(v)
		damaged[len(damaged)/2] ^= 1
		return b.Put(bytes.Clone(k), damaged)
	})
	wantRefused(t, path, store.Damaged)
}

// TestFlipsAnywhereInTheFile flips bits all over a store, in the records and in
// what bbolt keeps them with. A verification in a process of its own says what
// is wrong, or finds everything there; it is never silent about a loss.
func TestFlipsAnywhereInTheFile(t *testing.T) {
	t.Parallel()
	whole := readFile(t, aStore(t))
	path := write(t, whole)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, f, err)
	defer f.Close()
	want, err := bolt.VerifyFile(t.Context(), path, checker(t))
	if must(t, want, err); len(want.Problems) > 0 {
		t.Fatal(want.Problems)
	}
	found := 0
	for i := range 20 {
		at := (i*7919 + 100_003) % len(whole)
		for whole[at] == 0 { // what is free says nothing
			at = (at + 1) % len(whole)
		}
		flipped := []byte{whole[at] ^ 1<<(i%8)}
		if _, err := f.WriteAt(flipped, int64(at)); err != nil {
			t.Fatal(err)
		}
		got, err := bolt.VerifyFile(t.Context(), path, checker(t))
		switch code := store.CodeOf(err); {
		case code == store.Damaged || code == store.NotAStore || code == store.Newer || len(got.Problems) > 0:
			found++
		case err != nil || got.Transactions != want.Transactions || got.Events != want.Events || got.Invoices != want.Invoices || got.Calls != want.Calls:
			t.Errorf("byte %d: %+v (%v)", at, got, err)
		}
		if _, err := f.WriteAt(whole[at:at+1], int64(at)); err != nil {
			t.Fatal(err)
		}
	}
	if found < 10 {
		t.Errorf("only %d flips were found", found)
	}
}
