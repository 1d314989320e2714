package oneclick_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/store"
)

// clock is told: waiting moves it.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) wait(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > time.Millisecond { // less is the pacing of a client without limits
		c.at = c.at.Add(d)
	}
	return ctx.Err()
}

var theShop = sync.OnceValues(simulator.NewShop)

// stage is the system as it is set up, and the vendor over TLS, on one clock.
type stage struct {
	*testing.T
	*clock
	vendor *simulator.Vendor
	server *httptest.Server
	cfg    config.Config
	system store.Dealer
}

func newStage(t *testing.T, change ...func(*config.OneClick)) *stage {
	t.Helper()
	shop, err := theShop()
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{T: t, clock: &clock{at: time.Date(2026, 11, 21, 5, 0, 0, 0, time.UTC)}, cfg: config.Default()}
	s.vendor = simulator.New(shop, s.now)
	s.server = httptest.NewUnstartedServer(s.vendor)
	s.server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	s.server.StartTLS()
	t.Cleanup(s.server.Close)
	file := filepath.Join(t.TempDir(), "oneclick.json")
	if err := os.WriteFile(file, shop.CredentialsFile(), 0o600); err != nil {
		t.Fatal(err)
	}
	s.cfg.OneClick.Enabled, s.cfg.OneClick.BaseURL, s.cfg.OneClick.CredentialsFile = true, s.server.URL, file
	s.cfg.OneClick.CallsPerSecond = 1 << 30
	for _, c := range change {
		c(&s.cfg.OneClick)
	}
	s.system = s.with(s.cfg)
	return s
}

// with makes the system of other settings.
func (s *stage) with(cfg config.Config) store.Dealer {
	s.Helper()
	d, ok := oneclick.With(oneclick.Options{HTTP: s.server.Client(), Now: s.now, Wait: s.wait})(cfg).(store.Dealer)
	if !ok {
		s.Fatal("it makes no deals")
	}
	return d
}

const price = 150_000 * money.Som

func (s *stage) order() store.DealOrder {
	s.Helper()
	number, err := store.NumberOf(store.FirstBase)
	if err != nil {
		s.Fatal(err)
	}
	return store.DealOrder{Number: number, By: "payer", Lang: lang.RU, Ref: number.String() + "-1", Amount: price, Back: "https://shop.uz/pay/1"}
}

// made makes a deal, as the ledger has it then.
func (s *stage) made() store.Deal {
	s.Helper()
	o := s.order()
	d := store.Deal{Seq: 1, Ref: o.Ref, System: oneclick.Name, Number: o.Number, Amount: o.Amount, State: store.DealOpen, AskedAt: store.At(s.now())}
	n, err := s.system.Make(s.Context(), o)
	if err != nil {
		s.Fatal(err)
	}
	d.ID, d.URL = n.ID, n.URL
	return d
}
