package bolt_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/store/bolt/bolttest"
)

// benchDeals is how many deals are open in a busy shop.
const benchDeals = 1000

// BenchmarkDueDeals is one round of asking in a shop with a thousand open deals: what
// is due is read, 32 at a time as the poller does, and put off for a second. Read the
// metric F: rounds a second as a multiple of the disk's rate.
func BenchmarkDueDeals(b *testing.B) {
	const atOnce = 32
	dir := b.TempDir()
	rules := benchRules()
	rules.Routing[store.TopUp] = oneClick
	rules.Systems[oneClick] = store.Profile{Can: store.Abilities{Deals: true}}
	now := time.Now()
	s, err := bolt.Open(bolttest.Path(dir), bolt.Options{Rules: rules, Now: func() time.Time { return now }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	openDeals(b, s)
	rate := bolttest.DiskRate(b, dir)
	b.ResetTimer()
	for range b.N {
		now = now.Add(time.Minute)
		due, _, err := s.DueDeals(context.Background(), oneClick, atOnce)
		if err != nil || len(due) != atOnce {
			b.Fatal(len(due), err)
		}
		again := make([]store.DealDue, 0, len(due))
		for _, d := range due {
			again = append(again, store.DealDue{Ref: d.Ref, At: store.At(now).Add(time.Second)})
		}
		if err := s.LookAgain(context.Background(), again); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	rounds := float64(b.N) / b.Elapsed().Seconds()
	b.ReportMetric(rounds/rate, "F")
	b.ReportMetric(rounds*atOnce, "deals/s")
}

func openDeals(b *testing.B, s *bolt.Store) {
	b.Helper()
	ctx := context.Background()
	for i := range benchDeals {
		inv, err := s.Issue(ctx, store.Draft{Kind: store.TopUp, Amount: 25_000 * money.Som, By: "malika"})
		if err != nil {
			b.Fatal(err)
		}
		ref := fmt.Sprint("ref", i)
		if _, _, err := s.BeginDeal(ctx, store.DealOrder{Number: inv.Number, By: "payer", Ref: ref}); err != nil {
			b.Fatal(err)
		}
		if _, err := s.TellDeal(ctx, ref, store.DealNews{ID: "id-of-" + ref, State: store.DealOpen}); err != nil {
			b.Fatal(err)
		}
	}
}
