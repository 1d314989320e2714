package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/store/bolt/bolttest"
	"tushum/webhook/webhooktest"
)

// BenchmarkHTTP is the bank creating and confirming payments of one-time
// invoices over real connections. ledger=memory keeps nothing: that is N of
// docs/performance.md. The others are the real ledger, on an empty file and on
// one with a million transactions, with the watchman of a service; F is the disk's rate, and group-ms the
// commit of a full group, which the 99th percentile is held against.
func BenchmarkHTTP(b *testing.B) {
	b.Run("ledger=memory", func(b *testing.B) {
		for _, connections := range []int{64, 1} {
			b.Run(fmt.Sprintf("connections=%d", connections), func(b *testing.B) { benchMemory(b, connections) })
		}
	})
	b.Run("ledger=empty", func(b *testing.B) { benchLedgers(b, "") })
	b.Run("ledger=million", func(b *testing.B) {
		dir := b.TempDir()
		bolttest.Fill(b, dir, webhooktest.Rules(), 1_000_000, bolttest.TransIDs(true))
		benchLedgers(b, dir)
	})
}

// benchLedgers benchmarks the ledger under dir, or a new one each time.
func benchLedgers(b *testing.B, dir string) {
	for _, connections := range []int{64, 1} {
		b.Run(fmt.Sprintf("connections=%d", connections), func(b *testing.B) { benchLedger(b, dir, connections) })
	}
}

func benchMemory(b *testing.B, connections int) {
	memory := webhooktest.NewMemory(webhooktest.Rules(), time.Now)
	memory.ForgetCalls()
	shop := webhooktest.Start(b, webhooktest.Options{Bank: memory, Now: time.Now, Quiet: true})
	numbers := make([]store.Number, b.N)
	for i := range numbers {
		numbers[i] = memory.Issue(store.Draft{Kind: store.Visit, Amount: benchAmount, By: "bench"}).Number
	}
	benchLoad(b, shop, numbers, connections)
}

const benchAmount = 5000 * money.Som

func benchLedger(b *testing.B, dir string, connections int) {
	if dir == "" {
		dir = b.TempDir()
	}
	s := bolttest.Open(b, dir, webhooktest.Rules())
	group := groupCommit(b, s)
	rate := bolttest.DiskRate(b, dir)
	shop := webhooktest.Start(b, webhooktest.Options{Bank: s, Now: time.Now, Quiet: true})
	numbers := issueMany(b, s, b.N)
	end := benchWatchman(b, s)
	benchLoad(b, shop, numbers, connections)
	end()
	seconds := b.Elapsed().Seconds()
	b.ReportMetric(2*float64(b.N)/seconds/rate, "F")
	b.ReportMetric(float64(group.Microseconds())/1000, "group-ms")
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapInuse+m.StackInuse)/(1<<20), "heap-MiB")
}

// benchWatchman has a watchman follow the journal, as in every service.
func benchWatchman(b *testing.B, s *bolt.Store) (end func()) {
	b.Helper()
	cfg := connectedShop()
	w := newWatchman(watchmanOptions{Books: s, Settings: func() config.Config { return cfg }, StoreFolder: b.TempDir()})
	ctx, stop := context.WithCancel(b.Context())
	var rounds sync.WaitGroup
	rounds.Go(func() { w.run(ctx) })
	return func() {
		stop()
		rounds.Wait()
	}
}

func benchLoad(b *testing.B, shop *webhooktest.Shop, numbers []store.Number, connections int) {
	webhooktest.Load{
		Address: shop.Address(), Connections: connections, Amount: benchAmount,
		Number: func(i int) store.Number { return numbers[i] }, TransID: bolttest.TransIDs(true),
	}.CreateConfirm(b)
}

// groupCommit is how long the commit of a group of 64 takes: with as many
// writers each create waits for just one.
func groupCommit(b *testing.B, s *bolt.Store) time.Duration {
	b.Helper()
	took := bolttest.Create(b, s, bolttest.Counter(b, s), 64*100, 64, bolttest.TransIDs(true)).Took
	return took[len(took)/2]
}

func issueMany(b *testing.B, s *bolt.Store, n int) []store.Number {
	b.Helper()
	numbers := make([]store.Number, n)
	const writers = 64
	done := make(chan error, writers)
	for w := range writers {
		go func() {
			for i := w; i < n; i += writers {
				inv, err := s.Issue(context.Background(), store.Draft{Kind: store.Visit, Amount: benchAmount, By: "bench"})
				if err != nil {
					done <- err
					return
				}
				numbers[i] = inv.Number
			}
			done <- nil
		}()
	}
	for range writers {
		if err := <-done; err != nil {
			b.Fatal(err)
		}
	}
	return numbers
}
