package deals_test

import (
	"net/http"
	"testing"
	"time"

	"tushum/internal/oneclick/simulator"
	"tushum/store"
)

// A platform that fails each time it is asked to call a deal off is asked a few times,
// ever more rarely, however often the ledger has news; then the deal runs out by itself.
func TestADealThatCanNotBeCalledOffIsLetAloneInTheEnd(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for range 100 {
		s.vendor.Fail(simulator.Cancel, simulator.Refusing(http.StatusServiceUnavailable, "ERROR_INTERNAL"))
	}
	inv := s.issue()
	d := s.begin(inv)
	s.step()
	if _, err := s.ledger.Cancel(t.Context(), store.CancelOrder{Number: inv.Number, By: "test", Reason: "x"}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s.later(5 * time.Second)
		if got := s.deal(d.Ref); got.CalledAt != 0 {
			t.Errorf("it is given up at once: %+v", got)
		}
	}
	if calls := s.vendor.Calls()[simulator.Cancel]; calls != 1 {
		t.Errorf("within seconds it was asked %d times", calls)
	}
	for range 4 * 60 {
		s.later(30 * time.Second)
	}
	if got := s.deal(d.Ref); got.CalledAt == 0 || s.vendor.Calls()[simulator.Cancel] != 5 {
		t.Errorf("after %d times it is %+v", s.vendor.Calls()[simulator.Cancel], got)
	}
}
