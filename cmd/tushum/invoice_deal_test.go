package main

import (
	"context"
	"errors"
	"strings"
	"testing"

	"tushum/internal/config"
	"tushum/internal/money"
	"tushum/store"
)

// oneDeal is a maker of the one deal of an invoice, of which the payment system says
// something while it is asked where to pay.
type oneDeal struct {
	*shop
	ref  string
	says func(ctx context.Context) error // nil: nothing
}

func (o oneDeal) Begin(ctx context.Context, _ store.DealOrder) (store.Deal, error) {
	return o.Deal(ctx, o.ref)
}

func (o oneDeal) PayTo(store.Deal) (to store.PayTo, err error) {
	if o.says != nil {
		err = o.says(context.Background())
	}
	return store.PayTo{Card: "8600123456789012", Owner: "KARIMOVA A", QR: "8600123456789012"}, err
}

// shopOfOneDeal is a shop with an invoice for which the deal a was asked.
func shopOfOneDeal(t *testing.T) (*shop, store.Invoice) {
	t.Helper()
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
	return s, inv
}

// Whoever pays either of two sums has not paid the invoice.
func TestNoCodeIsDrawnOfADealForAnotherAmount(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]bool{"known before": false, "learned while the card is asked for": true} {
		s, inv := shopOfOneDeal(t)
		tell := func(ctx context.Context, amount money.Amount) error {
			_, err := s.TellDeal(ctx, "a", store.DealNews{ID: "id-a", State: store.DealOpen, Word: "new", Amount: amount})
			return err
		}
		maker, before := oneDeal{shop: s, ref: "a"}, 20_000*money.Som
		if late {
			before, maker.says = inv.Amount, func(ctx context.Context) error { return tell(ctx, 20_000*money.Som) }
		}
		if err := tell(t.Context(), before); err != nil {
			t.Fatal(err)
		}
		a, stdout, _ := testApp(t)
		a.shop, a.deals, a.flags.json = s, maker, true
		err := a.drawDeal(t.Context(), s, inv, qrFlags{pictureFlags: pictureFlags{format: formatTerminal}})
		var f *fault
		if !errors.As(err, &f) || f.code != "deal_misquoted" || stdout.Len() > 0 {
			t.Fatalf("%s: %v, %q", name, err, stdout)
		}
		for _, part := range []string{inv.Amount.Format(a.lang), (20_000 * money.Som).Format(a.lang), "{", "mark-paid " + inv.Number.String()} {
			if strings.Contains(f.says.In(a.lang)+f.hint.In(a.lang), part) == (part == "{") {
				t.Errorf("%s: %q in %q, %q", name, part, f.says.In(a.lang), f.hint.In(a.lang))
			}
		}
	}
}

// wishes keeps what was asked of a maker that makes nothing.
type wishes struct {
	store.DealMaker
	got *[]store.DealOrder
}

func (w wishes) Begin(_ context.Context, o store.DealOrder) (store.Deal, error) {
	*w.got = append(*w.got, o)
	return store.Deal{}, &store.Error{Code: store.ClaimedBefore, Number: o.Number}
}

// Only who says --force begins another deal after a claim that brought no money.
func TestAnotherDealAfterAClaimIsInsistedOn(t *testing.T) {
	t.Parallel()
	var got []store.DealOrder
	for _, force := range []bool{false, true} {
		a, _, _ := testApp(t)
		a.deals = wishes{got: &got}
		err := a.drawDeal(t.Context(), testShop(t), store.Invoice{Number: 1000017}, qrFlags{force: force})
		exit, told := a.explain(nil, err)
		if got[len(got)-1].Force != force || exit != exitRefused || len(told) != 1 || told[0].code != "deal_claimed" || !strings.Contains(told[0].hint, "--force") {
			t.Errorf("with --force %v it is asked for %+v, and told %d %+v", force, got[len(got)-1], exit, told)
		}
	}
}

// Whoever breaks the waiting off is not told that there is no card.
func TestWaitingForACardIsBrokenOff(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	o := oneDeal{says: func(context.Context) error {
		interrupt()
		return store.ErrNotReady
	}}
	if _, err := waitForCard(ctx, o, store.Deal{}); !errors.Is(err, context.Canceled) || errors.Is(err, store.ErrNotReady) {
		t.Errorf("it ends by %v", err)
	}
}
