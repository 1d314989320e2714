//go:build system

package paypage_test

import (
	"bufio"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook/browsertest"
)

// openBeside is how many pages are open beside the one that is looked at.
const openBeside = 500

// noteWhenPaid notes in a page when the browser first draws that it is paid, in
// milliseconds since 1970.
const noteWhenPaid = `addEventListener("DOMContentLoaded", function () {
	new MutationObserver(function () {
		if (window.paidAt || !document.querySelector(".bill.paid")) return;
		requestAnimationFrame(function () { window.paidAt = performance.timeOrigin + performance.now(); });
	}).observe(document.getElementById("main"), {childList: true, subtree: true});
});`

// BenchmarkPaymentToBrowser is how long it takes from the first byte of the
// bank's create, through its confirm and both commits, until a real browser
// draws "Payment completed successfully", with 500 other pages open. The promise
// is 100 ms at the 95th percentile.
func BenchmarkPaymentToBrowser(b *testing.B) {
	s := newSalon(b)
	s.openPages(openBeside)
	tab := browsertest.New(b)
	tab.Before(noteWhenPaid)
	var took []time.Duration
	for b.Loop() {
		inv := s.issue(visit())
		tab.Go(s.links.Pay(inv))
		tab.Until("that the page follows", "performance.getEntriesByType('resource').length > 1 || document.readyState === 'complete'")
		begun := time.Now()
		s.pay(inv)
		tab.Until("that it is drawn", "window.paidAt > 0")
		drawn := time.UnixMicro(int64(browsertest.Ask[float64](tab, "window.paidAt") * 1000))
		took = append(took, drawn.Sub(begun))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2])/float64(time.Millisecond), "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100])/float64(time.Millisecond), "p95-ms")
}

// openPages follows the pages of as many invoices, and reads whatever comes.
func (s *salon) openPages(n int) {
	s.t.Helper()
	for range n {
		inv := s.issue(store.Draft{Kind: store.Goods, Amount: 25_000 * money.Som, By: "bench"})
		c, err := (&net.Dialer{}).DialContext(s.t.Context(), "tcp", strings.TrimPrefix(s.links.PublicURL, "http://"))
		if err != nil {
			s.t.Fatal(err)
		}
		s.t.Cleanup(func() { _ = c.Close() })
		if _, err := io.WriteString(c, "GET /pay/"+inv.Token.String()+"/events HTTP/1.1\r\nHost: shop\r\n\r\n"); err != nil {
			s.t.Fatal(err)
		}
		answer := bufio.NewReader(c)
		if status, err := answer.ReadString('\n'); err != nil || !strings.Contains(status, " 200 ") {
			s.t.Fatalf("following a page: %q, %v", status, err)
		}
		go func() { _, _ = io.Copy(io.Discard, answer) }() // until it is closed
	}
}
