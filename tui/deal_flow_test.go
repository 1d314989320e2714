package tui

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/deals"
	"tushum/internal/money"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/poster"
	oneclicksystem "tushum/internal/system/oneclick"
	"tushum/store"
	"tushum/store/bolt"
)

// dealTill is a till whose visits are paid by deals, with the payment system at the
// other end of real HTTP and the shop's own keeper of deals between them.
type dealTill struct {
	*till
	vendor *simulator.Vendor
	keeper *deals.Keeper
}

func openDealTill(t *testing.T, flow config.Flow) *dealTill {
	t.Helper()
	account, err := simulator.NewShop()
	if err != nil {
		t.Fatal(err)
	}
	k := &dealTill{vendor: simulator.New(account, time.Now)}
	server := httptest.NewServer(k.vendor)
	t.Cleanup(server.Close)
	file := filepath.Join(t.TempDir(), "credentials.json")
	if err := os.WriteFile(file, account.CredentialsFile(), 0o600); err != nil {
		t.Fatal(err)
	}
	systems := store.Systems{oneclicksystem.New(config.Config{OneClick: config.OneClick{
		Enabled: true, BaseURL: server.URL, CredentialsFile: file, Flow: flow, CallsPerSecond: 50,
		MinAmount: 1_000 * money.Som, MaxAmount: 10_000_000 * money.Som,
	}})}
	k.till = openTillWith(t, func(st *bolt.Store, o *Options) {
		rules := stageRules()
		rules.Routing[store.Visit], rules.Routing[store.Goods] = oneClick, oneClick
		rules.Systems[oneClick] = systems[0].Profile()
		st.SetRules(rules)
		k.keeper = deals.New(deals.Config{Ledger: st, Systems: func() store.Systems { return systems }})
		o.Deals, o.Systems = k.keeper, func() store.Systems { return systems }
		o.Links = func(store.Invoice) poster.Links { return poster.Links{} }
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan struct{})
		go func() { defer close(ended); k.keeper.Run(ctx) }()
		t.Cleanup(func() { stop(); k.keeper.Close(); <-ended })
	})
	return k
}

// sell makes an invoice with the keys of the console and waits for what its code is
// made of.
func (k *dealTill) sell(amount, shown string) store.Deal {
	k.t.Helper()
	k.press("n")
	k.tm.Type(amount)
	k.press("enter")
	k.sees(shown)
	all, err := k.store.Invoices(k.t.Context(), store.InvoiceQuery{Limit: 1})
	if err != nil || len(all) != 1 {
		k.t.Fatal(all, err)
	}
	made, err := k.store.DealsOf(k.t.Context(), all[0].Number)
	if err != nil || len(made) != 1 {
		k.t.Fatal(made, err)
	}
	return made[0]
}

// calls has the payment system call the shop about a deal.
func (k *dealTill) calls(d store.Deal) {
	k.t.Helper()
	if err := k.keeper.Hint(k.t.Context(), d.System, d.ID); err != nil {
		k.t.Fatal(err)
	}
}

func TestACardIsPaidTo(t *testing.T) {
	t.Parallel()
	k := openDealTill(t, config.HostToHost)
	deal := k.sell("25k", "waiting for the transfer")
	k.vendor.Pay(deal.ID)
	k.calls(deal)
	k.sees("the payer says they have paid: OneClick is checking")
	k.vendor.Complete(deal.ID)
	k.calls(deal)
	k.sees("· OneClick")
	k.press("esc")
	k.sees("1 payment ")
	k.vendor.CancelDeal(deal.ID)
	k.calls(deal)
	k.sees("1 taken back")
}

func TestThePageOfAPaymentSystemIsScanned(t *testing.T) {
	t.Parallel()
	k := openDealTill(t, config.Widget)
	deal := k.sell("90 000", "waiting for payment")
	if deal.URL == "" {
		t.Fatalf("%+v", deal)
	}
	k.vendor.Settle(deal.ID, 85_000*money.Som)
	k.vendor.Complete(deal.ID)
	k.calls(deal)
	k.sees("85 000 came, 90 000 was asked: decide")
	k.press("esc", "u")
	k.sees("what happened")
	k.press("h")
	k.sees("what becomes of this money?")
}
