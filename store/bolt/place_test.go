package bolt_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"tushum/store"
	"tushum/store/bolt"
)

// TestAFileThatIsTakenAwayStopsTheStore removes and replaces the file of a
// running store: nothing more may be acknowledged, and nothing is lost.
func TestAFileThatIsTakenAwayStopsTheStore(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(path string) error{
		"removed": os.Remove,
		"replaced": func(path string) error {
			return errors.Join(os.WriteFile(path+".other", []byte("another"), 0o600), os.Rename(path+".other", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openLedger(t)
			s.damaged = true
			n := s.visit()
			s.created("a", n)
			if err := take(s.path); err != nil {
				t.Fatal(err)
			}
			_, err := s.confirm("a")
			wantCode(t, err, store.Unusable)
			select {
			case <-s.Down():
			case <-time.After(patience):
				t.Fatal("the store goes on")
			}
			_, err = s.Invoice(t.Context(), n)
			wantCode(t, err, store.Failed)
			saved, err := filepath.Glob(s.path + ".rescued-*")
			if err != nil || len(saved) != 1 {
				t.Fatal(saved, err)
			}
			report, err := bolt.VerifyFile(t.Context(), saved[0], nil)
			if err != nil || len(report.Problems) > 0 || report.Transactions != 1 {
				t.Errorf("rescued %+v, %v", report, err)
			}
		})
	}
}

// TestAnIdleStoreNoticesToo sees the loss by the sweep, without a payment.
func TestAnIdleStoreNoticesToo(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.damaged = true
	if err := os.Remove(s.path); err != nil {
		t.Fatal(err)
	}
	_, err := s.Sweep(t.Context())
	wantCode(t, err, store.Unusable)
	<-s.Down()
}

// TestADamagedPageIsAnError turns the first page of each bucket into another
// page: whatever is then asked is answered, or refused as damaged, and the
// process goes on.
func TestADamagedPageIsAnError(t *testing.T) {
	t.Parallel()
	for _, bucket := range []string{"invoice", "invoice.expiry", "tx", "tx.id", "tx.invoice", "tx.day", "event", "call.other"} {
		t.Run(bucket, func(t *testing.T) {
			t.Parallel()
			s := openLedger(t)
			s.damaged = true
			n := s.visit()
			for i := range 60 { // so many that each bucket has a page of its own
				s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice, ExpiresAt: s.clock.instant().Add(time.Minute)})
				s.record(store.Call{At: s.clock.instant(), Webhook: "status", Request: make([]byte, 200)})
				s.created(fmt.Sprint("b", i), n)
			}
			s.created("a", n)
			s.close()
			spoilPage(t, s.path, bucket)
			again, err := bolt.Open(s.path, s.o)
			if err != nil {
				wantCode(t, err, store.Damaged)
				s.Store = reborn(t, s)
				return
			}
			s.Store = again
			s.clock.advance(2 * time.Minute)
			for what, ask := range map[string]func() error{
				"sweep":        func() error { return second(s.Sweep(t.Context())) },
				"invoices":     func() error { return second(s.Invoices(t.Context(), store.InvoiceQuery{})) },
				"transactions": func() error { return second(s.Transactions(t.Context(), store.TransactionQuery{})) },
				"by status": func() error {
					return second(s.Transactions(t.Context(), store.TransactionQuery{Status: store.Created}))
				},
				"events":  func() error { return second(s.Events(context.Background(), 0, 1000)) },
				"calls":   func() error { return second(s.Calls(t.Context(), store.CallQuery{})) },
				"confirm": func() error { return second(s.confirm("a")) },
			} {
				switch code := store.CodeOf(ask()); code {
				case "", store.Damaged, store.Internal, store.Failed, store.OutcomeUnknown, store.TransactionNotFound, store.InvoiceNotFound:
				default:
					t.Errorf("%s: %s", what, code)
				}
			}
		})
	}
}

// reborn gives the ledger a store that can be closed at the end.
func reborn(t *testing.T, s *ledger) *bolt.Store {
	t.Helper()
	st, err := bolt.Open(filepath.Join(t.TempDir(), "other.db"), s.o)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// spoilPage gives the root page of a bucket another number than its own.
func spoilPage(t *testing.T, path, bucket string) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: patience})
	if err != nil {
		t.Fatal(err)
	}
	var root uint64
	pageSize := int64(db.Info().PageSize)
	err = db.View(func(tx *bbolt.Tx) error { root = uint64(tx.Bucket([]byte(bucket)).Root()); return nil })
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if root == 0 {
		t.Fatal("the bucket has no page of its own: put more into it")
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt(binary.NativeEndian.AppendUint64(nil, 255), int64(root)*pageSize)
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}
