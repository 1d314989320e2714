package deals_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tushum/store"
)

// A ledger that is restored under the Keeper no longer has some of the deals whose next
// looks are to be written down: that of the others is, and the number of one that is gone
// says nothing of the deal that gets it next.
func TestTheRestsOfDealsThatARestoreTookAway(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.begin(s.issue())
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := s.ledger.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	gone := s.begin(s.issue())
	s.vendor.CancelDeal(gone.ID)
	s.later(5 * time.Second)
	s.later(2 * time.Hour) // the next look at it is in an hour, which the Keeper alone knows
	if _, err := s.ledger.Restore(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	inv := s.issue()
	d, _, err := s.ledger.BeginDeal(t.Context(), store.DealOrder{Number: inv.Number, By: "test", Ref: "anew"})
	if err != nil || d.Seq != gone.Seq {
		t.Fatalf("it is %+v, %v", d, err)
	}
	s.later(2 * time.Second)
	if log := s.log.String(); strings.Contains(log, "can't be written down") {
		t.Errorf("it is told:\n%s", log)
	}
	s.later(61 * time.Second)
	s.state("anew", store.DealVoid) // the platform was asked, and has none
}
