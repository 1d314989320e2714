package bank_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/money"
)

// till gives n invoices to pay.
func till(t *testing.T, s *shop, n int) func() (string, money.Amount, bool) {
	t.Helper()
	return func() (string, money.Amount, bool) {
		n--
		number, err := s.open(context.Background(), "visit", 500_00)
		return number, 500_00, n >= 0 && err == nil
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	client.HTTP = nil // Load brings its own connections
	report, err := bank.Load(t.Context(), bank.LoadConfig{Client: client, Rate: 2000, For: time.Minute, Conns: 8, Next: till(t, s, 100)})
	if err != nil {
		t.Fatal(err)
	}
	if report.Begun != 100 || report.Paid != 100 || len(report.Errors) != 0 || len(s.txs) != 100 {
		t.Errorf("%+v with %d transactions", report, len(s.txs))
	}
	for name, l := range map[string]bank.Latency{"create": report.Create, "confirm": report.Confirm, "payment": report.Payment} {
		if l.P50 <= 0 || l.P50 > l.P95 || l.P95 > l.P99 || l.P99 > l.Max {
			t.Errorf("%s: %+v", name, l)
		}
	}
	if report.Rate <= 0 || report.Elapsed <= 0 {
		t.Errorf("rate %v in %v", report.Rate, report.Elapsed)
	}
}

func TestLoadEndsByItself(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	report, err := bank.Load(t.Context(), bank.LoadConfig{Client: client, Rate: 1000, For: 20 * time.Millisecond, Conns: 4, Next: till(t, s, 1<<30)})
	if err != nil || report.Begun+report.Missed != 20 || report.Begun != report.Paid {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestLoadCountsRefusals(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "status-422")
	left := 3
	report, err := bank.Load(t.Context(), bank.LoadConfig{Client: client, Rate: 1000, For: time.Minute, Conns: 2,
		Next: func() (string, money.Amount, bool) {
			left--
			return []string{"1", visit(t, s, 500_00), "2"}[max(left, 0)], 400_00, left >= 0
		}})
	if err != nil || report.Begun != 3 || report.Paid != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	if report.Errors["create 400 10007"] != 2 || report.Errors["create 422 10011"] != 1 || len(report.Errors) != 2 {
		t.Errorf("errors %v", report.Errors)
	}
	if report.Confirm != (bank.Latency{}) || report.Create.Max == 0 {
		t.Errorf("latencies %+v", report)
	}
}

func TestLoadCountsLostAnswers(t *testing.T) {
	t.Parallel()
	s, client := unreliableShop(t, dropConnection, map[string]int{"confirm": 1})
	report, err := bank.Load(t.Context(), bank.LoadConfig{Client: client, Rate: 1000, For: time.Minute, Conns: 1, Next: till(t, s, 2)})
	if err != nil || report.Paid != 1 || report.Errors["confirm lost"] != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestLoadMissesWhatNobodyIsFreeFor(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "confirm-racy") // 20 ms a confirm
	report, err := bank.Load(t.Context(), bank.LoadConfig{Client: client, Rate: 5000, For: 20 * time.Millisecond, Conns: 1, Next: till(t, s, 1<<30)})
	if err != nil || report.Missed == 0 || report.Begun+report.Missed != 100 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestLoadStopsWithItsContext(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	ctx, cancel := context.WithCancel(t.Context())
	next := till(t, s, 1<<30)
	report, err := bank.Load(ctx, bank.LoadConfig{Client: client, Rate: 1000, For: time.Minute, Conns: 1,
		Next: func() (string, money.Amount, bool) { cancel(); return next() }})
	if err != nil || report.Begun != 1 || report.Paid != 1 { // what was begun is finished
		t.Errorf("%+v, %v", report, err)
	}
}

func TestLoadReportAsJSON(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(bank.LoadReport{Begun: 2, Paid: 2, Elapsed: 1500 * time.Millisecond, Rate: 1.5,
		Create: bank.Latency{P50: 620 * time.Microsecond, Max: 12 * time.Millisecond}})
	const want = `{"begun":2,"paid":2,"missed":0,"create":{"p50_ms":0.62,"p95_ms":0,"p99_ms":0,"max_ms":12},` +
		`"confirm":{"p50_ms":0,"p95_ms":0,"p99_ms":0,"max_ms":0},"payment":{"p50_ms":0,"p95_ms":0,"p99_ms":0,"max_ms":0},"rate":1.5,"elapsed_ms":1500}`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	never := func() (string, money.Amount, bool) { t.Error("asked for an invoice"); return "", 0, false }
	good := bank.LoadConfig{Client: &bank.Client{BaseURL: "http://127.0.0.1:1"}, Rate: 1, For: time.Second, Conns: 1, Next: never}
	for name, spoil := range map[string]func(*bank.LoadConfig){
		"no rate":              func(c *bank.LoadConfig) { c.Rate = 0 },
		"a rate beyond bounds": func(c *bank.LoadConfig) { c.Rate = 2_000_000_000 },
		"no time":              func(c *bank.LoadConfig) { c.For = 0 },
		"no connections":       func(c *bank.LoadConfig) { c.Conns = -1 },
		"unreadable URL":       func(c *bank.LoadConfig) { c.Client = &bank.Client{BaseURL: "http://[::1"} },
	} {
		cfg := good
		spoil(&cfg)
		if _, err := bank.Load(t.Context(), cfg); err == nil || !strings.HasPrefix(err.Error(), "loading: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, remote := range []string{"https://shop.uz/uzum", "http://192.0.2.1", "http://localhost.example.com", "http://[2001:db8::1]:80", ""} {
		cfg := good
		cfg.Client = &bank.Client{BaseURL: remote}
		if _, err := bank.Load(t.Context(), cfg); !errors.Is(err, bank.ErrRemote) {
			t.Errorf("%q: %v", remote, err)
		}
	}
}

func TestLoadLeavesTheMachineOnlyWhenTold(t *testing.T) {
	t.Parallel()
	s, client := newShop(t, "")
	client.BaseURL = "http://shop.example/uzum"
	client.HTTP.Transport = inProcess{s}
	cfg := bank.LoadConfig{Client: client, Rate: 1000, For: time.Minute, Conns: 1, Next: till(t, s, 1), AllowRemote: true}
	if report, err := bank.Load(t.Context(), cfg); err != nil || report.Paid != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	server := httptest.NewServer(s)
	defer server.Close()
	cfg.AllowRemote, cfg.Client = false, &bank.Client{BaseURL: strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/uzum",
		Login: shopLogin, Password: shopPassword, ServiceID: shopService}
	cfg.Next = till(t, s, 1)
	if report, err := bank.Load(t.Context(), cfg); err != nil || report.Paid != 1 {
		t.Errorf("localhost: %+v, %v", report, err)
	}
}
