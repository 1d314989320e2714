package bolt_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/store/bolt/bolttest"
)

// benchRecords is how many transactions a full file holds.
const benchRecords = 1_000_000

func benchRules() store.Rules {
	return store.Rules{
		TransactionTTL: 30 * time.Minute, MinAmount: 1000 * money.Som, MaxAmount: 100_000_000 * money.Som, AcceptReversals: true,
		Routing: map[store.Kind]store.System{store.Visit: store.Uzum, store.Counter: store.Uzum},
		Systems: map[store.System]store.Profile{
			store.Uzum:   {Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true}},
			store.Manual: {Can: store.Abilities{ByHand: true}},
		},
	}
}

// BenchmarkCreate is one durable create with all its indexes, journal and
// totals, on an empty file and on one that holds a million transactions. Read
// the metric F: creates a second as a multiple of the disk's rate.
func BenchmarkCreate(b *testing.B) {
	for _, timed := range []bool{true, false} {
		for _, records := range []int{0, benchRecords} {
			b.Run(fmt.Sprintf("timed=%v/records=%d", timed, records), func(b *testing.B) {
				dir := b.TempDir()
				bolttest.Fill(b, dir, benchRules(), records, bolttest.TransIDs(timed))
				for _, writers := range []int{1, 8, 64, 256} {
					b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
						benchCreate(b, dir, bolttest.TransIDs(timed), writers)
					})
				}
			})
		}
	}
}

func benchCreate(b *testing.B, dir string, transID func() string, writers int) {
	s := bolttest.Open(b, dir, benchRules())
	n := bolttest.Counter(b, s)
	rate := bolttest.DiskRate(b, dir)
	b.ResetTimer()
	took := bolttest.Create(b, s, n, b.N, writers, transID).Took
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/rate, "F")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "creates/s")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkFullStore measures what a screen and a restart ask of a store with a
// million transactions: opening it, the last page, a page of a day, of a
// status and of an invoice, and one transaction.
func BenchmarkFullStore(b *testing.B) {
	dir := b.TempDir()
	bolttest.Fill(b, dir, benchRules(), benchRecords, bolttest.TransIDs(true))
	b.Run("open", func(b *testing.B) { benchOpen(b, dir) })
	s := bolttest.Open(b, dir, benchRules())
	page, err := s.Transactions(context.Background(), store.TransactionQuery{Limit: 1})
	if err != nil || len(page) != 1 {
		b.Fatal(page, err)
	}
	last := page[0]
	for name, q := range map[string]store.TransactionQuery{
		"page/last": {}, "page/status": {Status: store.Confirmed}, "page/day": {From: last.Day, To: last.Day}, "page/invoice": {Number: last.Number},
	} {
		q.Limit = 50
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if ts, err := s.Transactions(context.Background(), q); err != nil || len(ts) != q.Limit {
					b.Fatal(len(ts), err)
				}
			}
		})
	}
	b.Run("transaction", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Transaction(context.Background(), last.TransID); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// benchOpen is from nothing to Ready, with the light check that opening makes.
func benchOpen(b *testing.B, dir string) {
	for b.Loop() {
		s, err := bolt.Open(bolttest.Path(dir), bolt.Options{Rules: benchRules()})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Ready(); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// BenchmarkWake is how much later a subscriber that was asleep has woken than
// the caller of the commit has its answer; it is often sooner.
func BenchmarkWake(b *testing.B) {
	s := bolttest.Open(b, b.TempDir(), benchRules())
	n := bolttest.Counter(b, s)
	wake, cancel := s.Subscribe()
	defer cancel()
	answered := make(chan time.Time, 1)
	var took []time.Duration
	for b.Loop() {
		go func() {
			bolttest.Create(b, s, n, 1, 1, bolttest.TransIDs(true))
			answered <- time.Now()
		}()
		<-wake
		woken := time.Now()
		took = append(took, woken.Sub(<-answered))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs/median")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs/p99")
}
