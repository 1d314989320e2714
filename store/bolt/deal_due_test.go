package bolt_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"tushum/store"
)

// due are the names of the deals that are due, and how long it is to the next one
// (zero: there is none).
func (s *ledger) due(limit int) (refs []string, rest time.Duration) {
	s.t.Helper()
	deals, next, err := s.DueDeals(s.t.Context(), oneClick, limit)
	for _, d := range must(s.t, deals, err) {
		refs = append(refs, d.Ref)
	}
	if next == 0 {
		return refs, 0
	}
	return refs, next.Time().Sub(s.clock.now())
}

func (s *ledger) dueNow(limit int) []string {
	s.t.Helper()
	refs, _ := s.due(limit)
	return refs
}

func (s *ledger) lookAgain(ref string, in time.Duration) {
	s.t.Helper()
	at := store.Instant(0)
	if in != 0 {
		at = s.clock.instant().Add(in)
	}
	if err := s.LookAgain(s.t.Context(), []store.DealDue{{Ref: ref, At: at}}); err != nil {
		s.t.Fatal(err)
	}
}

func TestDueDealsComeLongestOverdueFirst(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	if refs, rest := s.due(10); len(refs) != 0 || rest != 0 {
		t.Errorf("an empty store has %v due, and the next in %v", refs, rest)
	}
	for i := range 3 {
		s.begun(fmt.Sprint("ref", i), s.topUp())
	}
	if refs, rest := s.due(10); len(refs) != 0 || rest != 5*time.Second {
		t.Errorf("just begun, %v are due, and the next in %v", refs, rest)
	}
	s.lookAgain("ref0", 3*time.Minute)
	s.lookAgain("ref1", time.Minute)
	s.lookAgain("ref2", 2*time.Minute)
	s.clock.advance(2 * time.Minute)
	if refs, rest := s.due(10); !slices.Equal(refs, []string{"ref1", "ref2"}) || rest != time.Minute {
		t.Errorf("%v are due, and the next in %v", refs, rest)
	}
	if refs, rest := s.due(1); !slices.Equal(refs, []string{"ref1"}) || rest != 0 {
		t.Errorf("%v is the first, and the next in %v", refs, rest)
	}
	s.lookAgain("ref1", 0)
	s.reopen()
	if refs, rest := s.due(10); !slices.Equal(refs, []string{"ref2"}) || rest != time.Minute {
		t.Errorf("after one is let go of, %v are due, and the next in %v", refs, rest)
	}
	if deals, next, err := s.DueDeals(t.Context(), "onecli", 10); err != nil || len(deals) != 0 || next != 0 {
		t.Errorf("another system has %v, %d (%v)", deals, next, err)
	}
}

// A word of the payment system sets when it is asked next.
func TestNewsMoveWhenADealIsDue(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.begun("one", s.topUp())
	for _, c := range []struct {
		state store.DealState
		rest  time.Duration
	}{
		{store.DealOpen, 3 * time.Second}, {store.DealClaimed, 3 * time.Second}, {store.DealCanceled, 15 * time.Second}, {store.DealCompleted, 5 * time.Minute},
	} {
		s.hears("one", c.state, fullPrice)
		if refs, rest := s.due(10); len(refs) != 0 || rest != c.rest {
			t.Errorf("%s: %v are due, and the next in %v, want %v", c.state, refs, rest, c.rest)
		}
	}
}

// What nobody can learn anything about is not asked about, whatever was wanted by
// one who did not know yet.
func TestAVoidDealIsNeverDue(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.begun("one", s.topUp())
	must(t, "", second(s.VoidDeal(t.Context(), "one", "no such deal")))
	s.lookAgain("one", time.Second)
	s.clock.advance(time.Hour)
	if refs, rest := s.due(10); len(refs) != 0 || rest != 0 {
		t.Errorf("%v are due, and the next in %v", refs, rest)
	}
}

// A deal that is not there any more keeps no other from being put off.
func TestWhenADealIsDueThatIsGone(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.begun("one", s.topUp())
	at := s.clock.instant().Add(time.Hour)
	if err := s.LookAgain(t.Context(), []store.DealDue{{Ref: "gone", At: 1}, {Ref: "one", At: at}}); err != nil {
		t.Fatal(err)
	}
	if refs, rest := s.due(10); len(refs) != 0 || rest != time.Hour {
		t.Errorf("%v are due, and the next in %v", refs, rest)
	}
}

// A clock that was a year ahead, and is set back, keeps no deal from being asked
// about.
func TestDealsAreDueAfterTheClockIsSetBack(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.begun("now", s.topUp())
	s.clock.advance(365 * 24 * time.Hour)
	s.begun("ahead", s.topUp())
	s.begun("ahead too", s.topUp())
	s.clock.advance(-365 * 24 * time.Hour)
	if refs, rest := s.due(10); !slices.Equal(refs, []string{"ahead", "ahead too"}) || rest != 5*time.Second {
		t.Errorf("%v are due, and the next in %v", refs, rest)
	}
	s.clock.advance(time.Minute)
	if refs, rest := s.due(2); !slices.Equal(refs, []string{"now", "ahead"}) || rest != 0 {
		t.Errorf("%v are the first, and the next in %v", refs, rest)
	}
	for _, ref := range []string{"now", "ahead", "ahead too"} {
		s.lookAgain(ref, time.Minute)
	}
	if refs, rest := s.due(10); len(refs) != 0 || rest != time.Minute {
		t.Errorf("once they were asked about, %v are due, and the next in %v", refs, rest)
	}
}

// A deal that can't be read keeps no other from being asked about.
func TestADamagedDealHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	s := openLedger(t)
	s.damaged = true
	for i := range 3 {
		s.begun(fmt.Sprint("ref", i), s.topUp())
	}
	s.close()
	edit(t, s.path, func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("deal")).Put(binary.BigEndian.AppendUint64(nil, 2), []byte("damaged"))
	})
	s.open()
	s.clock.advance(time.Minute)
	if refs := s.dueNow(2); !slices.Equal(refs, []string{"ref0", "ref2"}) {
		t.Errorf("%v are due", refs)
	}
	wantCode(t, second(s.Deal(t.Context(), "ref1")), store.Damaged)
	wantCode(t, second(s.tell("ref1", store.DealOpen, 0)), store.Damaged)
	s.hears("ref2", store.DealCompleted, fullPrice)
}
