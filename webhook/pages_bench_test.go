package webhook_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tushum/store"
	"tushum/store/bolt"
	"tushum/store/bolt/bolttest"
	"tushum/webhook"
	"tushum/webhook/paypage"
	"tushum/webhook/webhooktest"
)

// The size of the benchmarks.
const (
	openPagesMost = 500
	paymentsATurn = 2000
)

// reportPercentiles reports the middle and the slow end of some times.
func reportPercentiles(b *testing.B, took []time.Duration, unit time.Duration, name string) {
	b.Helper()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2])/float64(unit), "p50-"+name)
	b.ReportMetric(float64(took[len(took)*95/100])/float64(unit), "p95-"+name)
}

// BenchmarkPage is what a page costs the server with 100,000 invoices in the
// store, from the request to the last byte given to the connection. The promise
// is a median below 1 ms.
func BenchmarkPage(b *testing.B) {
	dir := b.TempDir()
	bolttest.FillInvoices(b, dir, webhooktest.Rules(), 100_000)
	books := bolttest.Open(b, dir, webhooktest.Rules())
	now := books.Now() // all budgets of visits are fresh again with each request
	pages := paypage.New(paypage.Config{Settings: pageSettings(), Books: later{Store: books, now: &now}, Address: webhook.NewAddresses(nil).Of})
	b.Cleanup(pages.Close)
	paths := somePages(b, books)
	for name, path := range map[string]func(i int) string{
		"page":    func(i int) string { return paths[i%len(paths)] },
		"code":    func(i int) string { return paths[i%len(paths)] + "/qr.svg" },
		"unknown": func(int) string { return "/pay/" + store.Token{1}.String() },
	} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				now = now.Add(time.Second)
				r, w := httptest.NewRequestWithContext(context.Background(), http.MethodGet, path(i), nil), httptest.NewRecorder()
				begun := time.Now()
				pages.ServeHTTP(w, r)
				took = append(took, time.Since(begun))
				if (w.Code == http.StatusOK) == (name == "unknown") {
					b.Fatal(w.Code, w.Body)
				}
			}
			reportPercentiles(b, took, time.Microsecond, "µs")
		})
	}
}

// somePages are pages all over the store.
func somePages(b *testing.B, books *bolt.Store) (paths []string) {
	b.Helper()
	seen := 0
	for inv, err := range books.FindInvoices(b.Context(), store.InvoiceQuery{}) {
		if err != nil {
			b.Fatal(err)
		}
		if seen++; seen%97 == 0 {
			paths = append(paths, "/pay/"+inv.Token.String())
		}
	}
	return paths
}

// later is a ledger by a clock of the benchmark's.
type later struct {
	*bolt.Store
	now *time.Time
}

func (l later) Now() time.Time { return *l.now }

// showOpen opens the pages of invoices, each from an address of its own. What each is told, but for what it
// shows at first, comes through the channel with the moment.
func (s *pageShop) showOpen(b *testing.B, invs []store.Invoice) (told chan time.Time, closeAll func()) {
	b.Helper()
	told = make(chan time.Time, 16*len(invs))
	var (
		group sync.WaitGroup
		tabs  = make([]*tab, len(invs))
	)
	for i, inv := range invs {
		tabs[i] = s.listen(b, inv.Token.String()+"/events", from(fmt.Sprintf("203.0.%d.%d", i>>8, i&0xff)))
		if err := tabs[i].conn.SetDeadline(time.Time{}); err != nil {
			b.Fatal(err)
		}
		tabs[i].news(b)
		group.Go(func() { tabs[i].report(told) })
	}
	return told, func() {
		for _, t := range tabs {
			_ = t.conn.Close()
		}
		group.Wait()
	}
}

// report tells when something that says paid has come, until the page is closed.
func (t *tab) report(told chan<- time.Time) {
	for {
		line, err := t.lines.ReadString('\n')
		if err != nil {
			return
		}
		if strings.HasPrefix(line, "data: ") && strings.Contains(line, `class="bill paid"`) {
			told <- time.Now()
		}
	}
}

func (s *pageShop) issueMany(b *testing.B, n int) []store.Invoice {
	b.Helper()
	var group sync.WaitGroup
	invs, errs := make([]store.Invoice, n), make([]error, n)
	for i := range invs {
		group.Go(func() {
			invs[i], errs[i] = s.books.Issue(context.Background(), store.Draft{Kind: store.Goods, Amount: paidSum, By: "bench"})
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			b.Fatal(err)
		}
	}
	return invs
}

func benchShop(b *testing.B) *pageShop {
	b.Helper()
	return startPages(b, webhooktest.Options{Now: time.Now, Quiet: true, Proxies: trusted})
}

// BenchmarkCommitToPage is how long after the bank sent its confirm the page
// that is open shows the payment, with 500 pages open. The promise is a 95th
// percentile below 100 ms.
func BenchmarkCommitToPage(b *testing.B) {
	s := benchShop(b)
	var took []time.Duration
	rest := s.issueMany(b, openPagesMost)
	told, closeAll := s.showOpen(b, rest)
	defer func() { closeAll() }()
	for b.Loop() {
		if len(rest) == 0 {
			b.StopTimer()
			closeAll()
			rest = s.issueMany(b, openPagesMost)
			told, closeAll = s.showOpen(b, rest)
			b.StartTimer()
		}
		id := s.create(b, rest[0])
		begun := time.Now()
		s.confirm(b, id)
		took = append(took, (<-told).Sub(begun))
		rest = rest[1:]
	}
	reportPercentiles(b, took, time.Millisecond, "ms")
}

// BenchmarkWebhooksBesidePages is what 500 open pages cost the bank: create and
// confirm over 64 connections, in turns without pages and with them. Read the
// metric ratio: the rate with pages as a part of that without. The promise is 0.9.
// The pages are of other invoices, or of those that are paid.
func BenchmarkWebhooksBesidePages(b *testing.B) {
	for name, ofPaid := range map[string]bool{"pages=others": false, "pages=paid": true} {
		b.Run(name, func(b *testing.B) {
			s := benchShop(b)
			var alone, beside time.Duration
			for b.Loop() {
				b.StopTimer()
				alone += s.load(b, s.issueMany(b, paymentsATurn))
				invs := s.issueMany(b, paymentsATurn)
				shown := invs[:openPagesMost]
				if !ofPaid {
					shown = s.issueMany(b, openPagesMost)
				}
				_, closeAll := s.showOpen(b, shown)
				b.StartTimer()
				beside += s.load(b, invs)
				b.StopTimer()
				closeAll()
				b.StartTimer()
			}
			b.ReportMetric(alone.Seconds()/beside.Seconds(), "ratio")
			b.ReportMetric(float64(2*paymentsATurn*b.N)/alone.Seconds(), "alone-req/s")
			b.ReportMetric(float64(2*paymentsATurn*b.N)/beside.Seconds(), "beside-req/s")
		})
	}
}

// load has invoices paid and answers how long that took.
func (s *pageShop) load(b *testing.B, invs []store.Invoice) time.Duration {
	b.Helper()
	begun := time.Now()
	webhooktest.Load{
		Address: s.Address(), Connections: 64, Amount: paidSum,
		Number: func(i int) store.Number { return invs[i].Number }, TransID: pageTransIDs,
	}.Play(b, len(invs))
	return time.Since(begun)
}
