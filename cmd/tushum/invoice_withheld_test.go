package main

import (
	"errors"
	"strings"
	"testing"

	"tushum/store"
)

// A deal that the payment system may have refused is not to be paid.
func TestNoCodeIsDrawnOfADealOfAnUnknownState(t *testing.T) {
	t.Parallel()
	s, inv := shopOfOneDeal(t)
	tell := func(n store.DealNews) {
		t.Helper()
		n.ID, n.Amount = "id-a", inv.Amount
		if _, err := s.TellDeal(t.Context(), "a", n); err != nil {
			t.Fatal(err)
		}
	}
	a, stdout, _ := testApp(t)
	a.shop, a.deals, a.flags.json = s, oneDeal{shop: s, ref: "a"}, true
	draw := func() error {
		return a.drawDeal(t.Context(), s, inv, qrFlags{pictureFlags: pictureFlags{format: formatTerminal}})
	}
	tell(store.DealNews{Word: "rejected"})
	var f *fault
	if err := draw(); !errors.As(err, &f) || f.code != "deal_unknown_status" || stdout.Len() > 0 {
		t.Fatalf("%v, %q", err, stdout)
	}
	for _, part := range []string{"rejected", "OneClick", "{", "mark-paid " + inv.Number.String()} {
		if strings.Contains(f.says.In(a.lang)+f.hint.In(a.lang), part) == (part == "{") {
			t.Errorf("%q in %q, %q", part, f.says.In(a.lang), f.hint.In(a.lang))
		}
	}
	tell(store.DealNews{State: store.DealOpen, Word: "new"})
	if err := draw(); err != nil || !strings.Contains(stdout.String(), "8600123456789012") {
		t.Errorf("known again: %v, %q", err, stdout)
	}
}
