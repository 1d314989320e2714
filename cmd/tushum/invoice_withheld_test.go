package main

import (
	"errors"
	"strings"
	"testing"

	"tushum/internal/config"
	"tushum/internal/money"
	"tushum/store"
)

// A deal that the payment system may have refused is not to be paid.
func TestNoCodeIsDrawnOfADealOfAnUnknownState(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	cfg := s.cfg()
	cfg.OneClick.Enabled, cfg.OneClick.BaseURL, cfg.OneClick.CredentialsFile = true, "http://127.0.0.1:1", platformFile(t)
	cfg.Routing = map[config.Kind]config.System{config.Kind(store.Goods): "oneclick"}
	s.SetRules(rulesOf(cfg, systemsOf(cfg)))
	inv, err := s.Issue(t.Context(), store.Draft{Kind: store.Goods, Amount: 25_000 * money.Som})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.BeginDeal(t.Context(), store.DealOrder{Number: inv.Number, By: "test", Ref: "a", Amount: inv.Amount}); err != nil {
		t.Fatal(err)
	}
	tell := func(n store.DealNews) {
		t.Helper()
		if n.ID, n.Amount = "id-a", inv.Amount; err == nil {
			_, err = s.TellDeal(t.Context(), "a", n)
		}
		if err != nil {
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
