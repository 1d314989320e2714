package webhook_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tushum/internal/money"
	"tushum/internal/password"
	"tushum/store"
	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

const paidTransID = "1f0c8e10-8a5b-11ee-b962-0242ac120002"

// shopWithPayment has a transaction that status can be asked about.
func shopWithPayment(tb testing.TB, o webhooktest.Options) *webhooktest.Shop {
	tb.Helper()
	bank := webhooktest.NewMemory(webhooktest.Rules(), time.Now)
	bank.ForgetCalls()
	n := bank.Issue(store.Draft{Kind: store.Goods, Amount: 5000 * money.Som, By: "test"}).Number
	o.Bank, o.Now, o.Quiet = bank, time.Now, true
	s := webhooktest.Start(tb, o)
	create := `{"serviceId":101202,"timestamp":1,"transId":"` + paidTransID + `","params":{"account":` + n.String() + `},"amount":500000}`
	if status, answer := s.Post(tb, "create", create); status != http.StatusOK {
		tb.Fatal(status, answer)
	}
	return s
}

func askStatus(tb testing.TB, s *webhooktest.Shop) {
	tb.Helper()
	status, answer := s.Post(tb, "status", `{"serviceId":101202,"timestamp":1,"transId":"`+paidTransID+`"}`)
	if status != http.StatusOK || !strings.Contains(answer, `"status":"CREATED"`) {
		tb.Fatalf("status: %d %s", status, answer)
	}
}

// Slow connections end by the server's clock, while the bank is answered, and
// leave no goroutine behind. This test runs alone, so that it sees only its own.
func TestSlowConnectionsLeaveNothing(t *testing.T) {
	s := shopWithPayment(t, webhooktest.Options{Before: func(s *webhook.Server) { s.SetTimeouts(500*time.Millisecond, time.Second) }})
	s.Client.CloseIdleConnections()
	before := goleak.IgnoreCurrent()
	heads := []string{"", "POST /uz", "POST /uzum/status HTTP/1.1\r\nHost: shop\r\n", "POST /uzum/status HTTP/1.1\r\nHost: shop\r\n" + basic + "Content-Length: 100\r\n\r\n{"}
	conns := make([]net.Conn, slowConnections)
	for i := range conns {
		conns[i] = dial(t, s)
		if _, err := io.WriteString(conns[i], heads[i%len(heads)]); err != nil {
			t.Fatal(err)
		}
	}
	askStatus(t, s)
	for i, c := range conns {
		if _, err := io.Copy(io.Discard, c); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("connection %d was not ended by the server", i)
		}
	}
	s.Client.CloseIdleConnections()
	if err := goleak.Find(before); err != nil {
		t.Error(err)
	}
}

// BenchmarkStatusUnderSlowConnections asks for one status after the other while
// another process attacks: 300 connections that send a byte now and then, or 64
// senders of garbage as fast as they are answered. The promise is a 99th
// percentile below 50 ms. For the figure over 5 s run it with -benchtime=5s.
func BenchmarkStatusUnderSlowConnections(b *testing.B) {
	encoded, err := password.Hash([]byte(webhooktest.Secret))
	if err != nil {
		b.Fatal(err)
	}
	slowHash, err := password.Parse(encoded)
	if err != nil {
		b.Fatal(err)
	}
	for _, attackers := range []string{"none", "slow", "garbage"} {
		for _, connection := range []string{"kept", "fresh"} {
			b.Run("attackers="+attackers+"/connection="+connection, func(b *testing.B) {
				s := shopWithPayment(b, webhooktest.Options{Password: slowHash})
				s.Client.Transport.(*http.Transport).DisableKeepAlives = connection == "fresh"
				if attackers != "none" {
					play(b, attackers+" "+s.Address())
				}
				var took []time.Duration
				for b.Loop() {
					begun := time.Now()
					askStatus(b, s)
					took = append(took, time.Since(begun))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
				b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
			})
		}
	}
}
