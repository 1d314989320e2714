package oneclick_test

import (
	"testing"

	"tushum/internal/oneclick/simulator"
	"tushum/store"
)

// A deal that the vendor calls another attempt's is not this one, whatever its id: its
// money would pay another invoice.
func TestADealOfAnotherAttemptIsNotThisOne(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := s.made()
	s.vendor.Change(d.ID, func(v *simulator.Deal) { v.Status, v.InvoiceID = "completed", d.Ref+"-2" })
	n, err := s.system.Look(t.Context(), d)
	if wantMeaning(t, err, store.DealUnreadable); n != (store.DealNews{}) {
		t.Errorf("it is told as %+v", n)
	}
	s.vendor.Change(d.ID, func(v *simulator.Deal) { v.InvoiceID = d.Ref })
	if n, err := s.system.Look(t.Context(), d); err != nil || n.State != store.DealCompleted {
		t.Errorf("its own is told as %+v, %v", n, err)
	}
	s.vendor.Change(d.ID, func(v *simulator.Deal) { v.InvoiceID = "" })
	if n, err := s.system.Look(t.Context(), d); err != nil || n.State != store.DealCompleted {
		t.Errorf("one without a name is told as %+v, %v", n, err)
	}
}
