package bolt_test

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"testing"
	"time"

	"tushum/store"
	"tushum/store/bolt"
)

// A store from which much was removed becomes small again, and holds after it
// what it held before: keys, values, and how many calls it counts.
func TestCompactShrinksAndLosesNothing(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	s.paid("a", n)
	body := bytes.Repeat([]byte("x"), 20_000)
	var calls []store.Call
	for range 2000 {
		calls = append(calls, store.Call{At: s.clock.instant(), Webhook: "check", Request: body})
	}
	s.record(calls...)
	s.clock.advance(bolt.OtherCallsAge + 1e9)
	for range 2000/128 + 1 {
		s.record(s.checks(1)...)
	}
	held := s.dump()
	others := s.calls(store.CallQuery{})
	wake, cancel := s.Subscribe()
	defer cancel()

	before, after, err := s.Compact(t.Context())
	must(t, "", err)

	<-wake
	if after > before/10 || fileLength(t, s.path) != after {
		t.Errorf("%d bytes became %d, the file has %d", before, after, fileLength(t, s.path))
	}
	if !maps.Equal(s.dump(), held) {
		t.Error("the store holds something else")
	}
	if got := s.calls(store.CallQuery{}); len(got) != len(others) {
		t.Errorf("%d calls are there of %d", len(got), len(others))
	}
	wantMode(t, s.path, 0o600)
	name := filepath.Base(s.path)
	if left := litter(t, filepath.Dir(s.path), name, name+".pid", name+".ballast"); len(left) > 0 {
		t.Errorf("left behind are %q", left)
	}
	s.paid("b", n)
	s.record(s.checks(3)...)
	s.reopen()
	if tx := s.standing("b"); tx.Seq != 2 {
		t.Errorf("after it comes transaction %d", tx.Seq)
	}
}

func fileLength(t *testing.T, path string) int64 {
	t.Helper()
	return stat(t, path).Size()
}

// A damaged store is left as it is.
func TestADamagedStoreIsNotCompacted(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("a", s.visit())
	s.close()
	s.damaged = true
	ruin(t, s.path, "tx")
	s.open()
	before := s.dump()
	_, _, err := s.Compact(t.Context())
	wantCode(t, err, store.Damaged)
	if !maps.Equal(s.dump(), before) {
		t.Error("the store was changed")
	}
	s.visit() // it goes on
}

// While the store is exchanged for its compacted self, no other process finds
// it free.
func TestNobodySlipsInDuringACompaction(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.paid("a", s.visit())
	stop := make(chan struct{})
	tried := make(chan int)
	go func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				tried <- n
				return
			default:
			}
			other, err := bolt.Open(s.path, s.impatient())
			if err == nil {
				t.Error("the store was opened twice")
				_ = other.Close()
			} else if code := store.CodeOf(err); code != store.Locked {
				t.Errorf("another Open answers %v", err)
			}
		}
	}()
	for range 20 {
		_, _, err := s.Compact(t.Context())
		must(t, "", err)
	}
	close(stop)
	if n := <-tried; n == 0 {
		t.Error("nobody tried")
	}
}

// Whoever waits for the store while it is exchanged gets the new file in the
// end, and never the one that was taken away.
func TestWhoeverWaitsGetsTheNewFile(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	n := s.counter()
	o := s.o
	o.Wait = time.Minute
	opened := make(chan *bolt.Store)
	go func() {
		other, err := bolt.Open(s.path, o)
		if err != nil {
			t.Error(err)
		}
		opened <- other
	}()
	for i := range 10 {
		s.paid(fmt.Sprint(i), n)
		_, _, err := s.Compact(t.Context())
		must(t, "", err)
	}
	s.paid("last", n)
	s.close()
	other := <-opened
	if tx, err := other.Status(t.Context(), store.Uzum, s.id("last")); err != nil || tx.Status != store.Confirmed {
		t.Errorf("the last payment is %+v (%v)", tx, err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
}
