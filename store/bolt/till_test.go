package bolt_test

import (
	"encoding/binary"
	"os"
	"strings"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
)

// wantTill fails the test unless the till is the invoice; zero means that there is none.
func (s *ledger) wantTill(when string, want store.Number) {
	s.t.Helper()
	till, err := s.Till(s.t.Context())
	code := store.Code("")
	if want == 0 {
		code = store.InvoiceNotFound
	}
	if store.CodeOf(err) != code || till.Number != want || want != 0 && (till.Status != store.Open || !till.Reusable()) {
		s.t.Fatalf("%s the till is %s, %s (%v); want %s", when, till.Number, till.Status, err, want)
	}
}

func TestTheTillIsTheOldestThatIsOpen(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.wantTill("in an empty store", 0)
	s.visit()
	s.wantTill("with a one-time invoice", 0)
	passing := s.issue(store.Draft{Kind: store.Counter, By: "malika", ExpiresAt: s.clock.instant().Add(time.Hour)}).Number
	middle, last := s.counter(), s.counter()
	s.wantTill("with three", passing)
	s.paid("a", passing)
	s.wantTill("after a payment", passing)
	s.clock.advance(time.Hour)
	s.wantTill("when the first has expired", middle)
	must(t, "", second(s.Sweep(t.Context())))
	s.wantTill("when that was written down", middle)
	must(t, "", second(s.cancel(middle, false)))
	s.wantTill("when the second was cancelled", last)
	s.reopen()
	s.wantTill("after a restart", last)
	must(t, "", second(s.Reopen(t.Context(), passing, "malika", "", 0)))
	s.wantTill("when the first is open again", passing)
	for _, n := range []store.Number{passing, last} {
		must(t, "", second(s.cancel(n, false)))
	}
	s.wantTill("when all are cancelled", 0)
}

func TestTheTillSurvivesCopies(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	till := s.counter()
	backup := backupOf(t, s)
	wantWhole(t, backup)
	if _, _, err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.wantTill("after a compaction", till)
	must(t, "", second(s.cancel(till, false)))
	s.wantTill("when it was cancelled", 0)
	must(t, "", second(s.Restore(t.Context(), backup)))
	s.wantTill("after a restore", till)
}

// withoutTills takes the index of counter invoices out of a closed file, as a
// build that knew none has left it.
func withoutTills(t *testing.T, path string) {
	t.Helper()
	edit(t, path, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("invoice.counter")) })
}

func TestAStoreWithoutAnIndexOfTills(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice, Note: "beside the counter", By: "malika"})
	gone, till := s.counter(), s.counter()
	must(t, "", second(s.cancel(gone, false)))
	s.visit()
	s.close()
	withoutTills(t, s.path)
	backup := s.path + ".earlier"
	content := readFile(t, s.path)
	if err := os.WriteFile(backup, content, 0o600); err != nil {
		t.Fatal(err)
	}
	wantWhole(t, backup)
	s.open()
	s.wantTill("after the first start", till)
	s.reopen()
	s.wantTill("after the second start", till)
	later := s.counter()
	must(t, "", second(s.cancel(till, false)))
	s.wantTill("with one more", later)
	must(t, "", second(s.Restore(t.Context(), backup)))
	s.wantTill("after a restore", till)
	if string(readFile(t, backup)) != string(content) {
		t.Error("the backup was changed")
	}
}

// One damaged invoice keeps nobody from the others: it is for verify to tell.
func TestAnIndexOfTillsIsMadeOverADamagedInvoice(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	bad, till := s.counter(), s.counter()
	s.close()
	s.damaged = true
	withoutTills(t, s.path)
	edit(t, s.path, func(tx *bbolt.Tx) error {
		k, v := first(tx, "invoice")
		v[len(v)-1] ^= 1 // of the checksum
		return tx.Bucket([]byte("invoice")).Put(k, v)
	})
	s.open()
	s.wantTill("beside a damaged invoice", till)
	wantCode(t, second(s.Invoice(t.Context(), bad)), store.Damaged)
}

// What the index says and the invoices do not is damage, never an answer.
func TestADamagedIndexOfTills(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	visit, till := s.visit(), s.counter()
	s.close()
	content := readFile(t, s.path)
	key := func(n store.Number) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }
	put := func(key []byte) func(*bbolt.Bucket) error {
		return func(b *bbolt.Bucket) error { return b.Put(key, nil) }
	}
	for name, c := range map[string]struct {
		change func(*bbolt.Bucket) error
		code   store.Code
	}{
		"a one-time invoice":  {put(key(visit)), store.Damaged},
		"an invoice too low":  {put(key(visit - 1)), store.Damaged},
		"a short key":         {put([]byte{0}), store.Damaged},
		"an invoice too high": {put(key(till + 1)), ""}, // the one before it is found
		"nothing":             {func(b *bbolt.Bucket) error { return b.Delete(key(till)) }, store.InvoiceNotFound},
		"a key with a value":  {func(b *bbolt.Bucket) error { return b.Put(key(till), []byte{1}) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := write(t, content)
			if err := os.Chmod(path, 0o600); err != nil {
				t.Fatal(err)
			}
			edit(t, path, func(tx *bbolt.Tx) error { return c.change(tx.Bucket([]byte("invoice.counter"))) })
			report, err := bolt.VerifyFile(t.Context(), path, nil)
			if err != nil {
				t.Fatal(err)
			}
			about := func(p bolt.Problem) bool { return strings.Contains(p.Where+p.What, "invoice.counter") }
			if len(report.Problems) == 0 || !about(report.Problems[0]) {
				t.Errorf("verify finds %v", report.Problems)
			}
			opened, err := bolt.Open(path, s.o)
			if err != nil {
				t.Fatal(err)
			}
			_, err = opened.Till(t.Context())
			if store.CodeOf(err) != c.code {
				t.Errorf("the till is answered %v, want %q", err, c.code)
			}
			if err := opened.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestAnInvoiceKeepsWhatComesOff(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.issue(store.Draft{
		Kind: store.Visit, Discount: 20_000 * money.Som, Prepaid: 50_000 * money.Som, By: "malika",
		Lines: []store.Line{{Name: "Soch bo‘yash", Quantity: 2, Price: 100_000 * money.Som}},
	}).Number
	s.reopen()
	inv := s.invoice(n)
	if inv.Amount != 130_000*money.Som || inv.Discount != 20_000*money.Som || inv.Prepaid != 50_000*money.Som {
		t.Errorf("kept are %d, %d off and %d paid before", inv.Amount, inv.Discount, inv.Prepaid)
	}
	s.paid("a", n) // the bank takes what is due, and no more
	if got := s.totals(); len(got) != 1 || got[0].Amount != fullPrice {
		t.Errorf("the day's totals are %+v", got)
	}
}
