package main

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/deals"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/store/bolt/bolttest"
	"tushum/webhook/webhooktest"
)

// The size of the benchmark.
const (
	openDealsMost = 1000
	youngDeals    = 10
	besideATurn   = 3000
)

// BenchmarkWebhooksBesideDeals is what open deals cost the bank, many that nobody looks
// at or ten of which each is asked about every three seconds: create and confirm over 64
// connections, in turns without a keeper of deals and beside one that asks about
// them five times a second, over HTTP, with the vendor's side on the same two cores. Read
// the metric ratio: the rate beside them as a part of that alone. The promise is 0.95.
func BenchmarkWebhooksBesideDeals(b *testing.B) {
	for _, open := range []int{openDealsMost, youngDeals} {
		b.Run(strconv.Itoa(open)+" deals", func(b *testing.B) { benchBeside(b, open) })
	}
}

func benchBeside(b *testing.B, open int) {
	b.Helper()
	systems, fast, platform := benchPlatform(b)
	rules := webhooktest.Rules()
	rules.Routing[store.Goods] = oneclick.Name
	for name, profile := range systems.Profiles() {
		rules.Systems[name] = profile
	}
	s := bolttest.Open(b, b.TempDir(), rules)
	benchDeals(b, s, fast, open)
	shop := webhooktest.Start(b, webhooktest.Options{Bank: s, Now: time.Now, Quiet: true})
	var alone, beside time.Duration
	asked := platform.Calls()[simulator.Get]
	for b.Loop() {
		b.StopTimer()
		alone += timeLoad(b, shop, issueMany(b, s, besideATurn))
		numbers := issueMany(b, s, besideATurn)
		end := benchKeeper(b, s, systems)
		b.StartTimer()
		beside += timeLoad(b, shop, numbers)
		b.StopTimer()
		end()
		b.StartTimer()
	}
	b.ReportMetric(alone.Seconds()/beside.Seconds(), "ratio")
	b.ReportMetric(float64(2*besideATurn*b.N)/alone.Seconds(), "alone-req/s")
	b.ReportMetric(float64(2*besideATurn*b.N)/beside.Seconds(), "beside-req/s")
	b.ReportMetric(float64(platform.Calls()[simulator.Get]-asked)/beside.Seconds(), "asked/s")
}

// timeLoad has invoices paid and answers how long that took.
func timeLoad(b *testing.B, shop *webhooktest.Shop, numbers []store.Number) time.Duration {
	b.Helper()
	begun := time.Now()
	webhooktest.Load{
		Address: shop.Address(), Connections: 64, Amount: benchAmount,
		Number: func(i int) store.Number { return numbers[i] }, TransID: bolttest.TransIDs(true),
	}.Play(b, len(numbers))
	return time.Since(begun)
}

// benchKeeper has the deals of a ledger asked about, as in every service.
func benchKeeper(b *testing.B, s *bolt.Store, systems store.Systems) (end func()) {
	b.Helper()
	k := deals.New(deals.Config{Ledger: s, Systems: func() store.Systems { return systems }})
	ctx, stop := context.WithCancel(b.Context())
	var running sync.WaitGroup
	running.Go(func() { k.Run(ctx) })
	return func() {
		stop()
		running.Wait()
		k.Close()
	}
}

// benchPlatform is the vendor over loopback, and the system that speaks to it at the
// default pace; fast has none.
func benchPlatform(b *testing.B) (systems store.Systems, fast store.Dealer, platform *simulator.Vendor) {
	b.Helper()
	account, err := simulator.NewShop()
	if err != nil {
		b.Fatal(err)
	}
	platform = simulator.New(account, time.Now)
	platform.Behave(func(bh *simulator.Behaviour) { bh.DealLife = 24 * time.Hour })
	server := httptest.NewUnstartedServer(platform)
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.Start()
	b.Cleanup(server.Close)
	cfg := config.Default()
	cfg.OneClick.Enabled, cfg.OneClick.BaseURL, cfg.OneClick.CredentialsFile = true, server.URL, filepath.Join(b.TempDir(), "keys.json")
	if err := os.WriteFile(cfg.OneClick.CredentialsFile, account.CredentialsFile(), 0o600); err != nil {
		b.Fatal(err)
	}
	systems = store.Systems{oneclick.New(cfg)}
	cfg.OneClick.CallsPerSecond = 1 << 30
	return systems, store.Systems{oneclick.New(cfg)}.Dealer(oneclick.Name), platform
}

// benchDeals fills a ledger with open deals that the vendor has, too. They are made
// without a pace.
func benchDeals(b *testing.B, s *bolt.Store, fast store.Dealer, open int) {
	b.Helper()
	ctx := b.Context()
	for range open {
		inv, err := s.Issue(ctx, store.Draft{Kind: store.Goods, Amount: benchAmount, By: "bench"})
		if err != nil {
			b.Fatal(err)
		}
		o := store.DealOrder{Number: inv.Number, By: "bench", Ref: inv.Number.String() + "-1", Amount: inv.Amount}
		d, _, err := s.BeginDeal(ctx, o)
		if err != nil {
			b.Fatal(err)
		}
		news, err := fast.Make(ctx, o)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.TellDeal(ctx, d.Ref, news); err != nil {
			b.Fatal(err)
		}
	}
}
