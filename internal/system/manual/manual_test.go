package manual_test

import (
	"testing"

	"tushum/internal/config"
	"tushum/internal/system/manual"
	"tushum/internal/system/systemtest"
	"tushum/store"
)

func TestItKeepsThePromisesOfAPaymentSystem(t *testing.T) {
	t.Parallel()
	systemtest.System(t, manual.New)
}

// What staff record needs nothing to be filled in, and nothing can switch it off.
func TestStaffCanAlwaysRecordWhatCame(t *testing.T) {
	t.Parallel()
	p := manual.New(config.Config{}).Profile()
	if p.System != store.Manual || p.Can != (store.Abilities{ByHand: true}) || p.State != store.Connected || p.Test {
		t.Errorf("it is %+v", p)
	}
	if p.Least != 0 || p.Most != 0 || len(p.Files) != 0 {
		t.Errorf("it is bounded by %d, %d, and keeps %v", p.Least, p.Most, p.Files)
	}
}
