package oneclick_test

import (
	"strings"
	"testing"

	"tushum/internal/config"
	"tushum/internal/money"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/store"
)

// What the ledger can't keep the name of is never begun with, and leaves no doubt: also
// not where the answer was lost and the deal is found.
func TestADealWhoseIDIsTooLongIsNotUsed(t *testing.T) {
	t.Parallel()
	for length, used := range map[int]bool{store.MaxDealID: true, store.MaxDealID + 1: false, 128: false, 1000: false} {
		s := newStage(t)
		const own = "000000000000000000000002" // the token was the first
		long := strings.Repeat("a", length)
		s.vendor.Fail(simulator.Payin, simulator.Edited(own, long))
		made, err := s.system.Make(t.Context(), s.order())
		if used && (err != nil || made.ID != long) {
			t.Errorf("of %d letters: %+v, %v", length, made, err)
		}
		if !used {
			wantMeaning(t, err, store.OrderRefused)
		}
		s.vendor.Fail(simulator.List, simulator.Edited(own, long))
		o := s.order()
		found, err := s.system.Find(t.Context(), store.Deal{Ref: o.Ref, System: oneclick.Name, Number: o.Number, AskedAt: store.At(s.now())})
		if used && (err != nil || found.ID != long) {
			t.Errorf("of %d letters, found: %+v, %v", length, found, err)
		}
		if !used {
			wantMeaning(t, err, store.DealNotThere)
		}
	}
}

// Only so‘m are money. A vendor that does not say what it speaks of was asked for so‘m.
func TestAnotherCurrencyIsNoMoney(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]money.Amount{"UZS": price, "uzs": price, "RUB": 0, "USDT": 0, "860": 0} {
		for _, other := range []bool{false, true} { // currency in the place of currencyFrom
			s := newStage(t, func(o *config.OneClick) { o.Flow = config.HostToHost })
			d := s.made()
			s.vendor.Behave(func(b *simulator.Behaviour) { b.OtherShapes, b.Currency = other, code })
			to, payErr := s.system.PayTo(t.Context(), d)
			s.vendor.Complete(d.ID)
			n, err := s.system.Look(t.Context(), d)
			if err != nil || n.State != store.DealCompleted || n.Amount != want {
				t.Errorf("%s: completed it is %+v, %v", code, n, err)
			}
			if want != 0 && (payErr != nil || to.Card != simulator.Card) {
				t.Errorf("%s: it is paid to %+v, %v", code, to, payErr)
			}
			if want == 0 {
				if wantMeaning(t, payErr, ""); to != (store.PayTo{}) || !strings.Contains(payErr.Error(), code) {
					t.Errorf("%s: it is paid to %+v, %v", code, to, payErr)
				}
			}
		}
	}
}

func TestACurrencyThatIsNotNamedIsTheOneAskedFor(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(o *config.OneClick) { o.Flow = config.HostToHost })
	s.vendor.Behave(func(b *simulator.Behaviour) { b.NoCurrency = true })
	d := s.made()
	if to, err := s.system.PayTo(t.Context(), d); err != nil || to.Card != simulator.Card {
		t.Errorf("it is paid to %+v, %v", to, err)
	}
	s.vendor.Complete(d.ID)
	if n, err := s.system.Look(t.Context(), d); err != nil || n.Amount != price {
		t.Errorf("completed it is %+v, %v", n, err)
	}
}
