package deals_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/deals"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/manual"
	"tushum/internal/system/oneclick"
	"tushum/store"
	"tushum/store/bolt"
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

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func (c *clock) wait(ctx context.Context, d time.Duration) error {
	if d > time.Millisecond { // less is the pacing of a client without limits
		c.forward(d)
	}
	return ctx.Err()
}

// record is a log that several write.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

var theShop = sync.OnceValues(simulator.NewShop)

// stage is a shop with a real ledger and the vendor over TLS, on one clock.
type stage struct {
	*testing.T
	*clock
	path    string
	cfg     config.Config
	log     *record
	vendor  *simulator.Vendor
	server  *httptest.Server
	systems store.Systems
	ledger  *bolt.Store
	faults  *faults // of the ledger, as the keeper sees it
	keeper  *deals.Keeper
	shown   chan store.Number
	back    func() // called when the making of a deal begins
}

func newStage(t *testing.T, change ...func(*config.OneClick)) *stage {
	t.Helper()
	shop, err := theShop()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s := &stage{T: t, clock: &clock{at: time.Date(2026, 11, 21, 5, 0, 0, 0, time.UTC)}, path: filepath.Join(dir, "tushum.db"), log: new(record), faults: new(faults), shown: make(chan store.Number, 4*deals.MostShown), back: func() {}}
	s.vendor = simulator.New(shop, s.now)
	s.vendor.Behave(func(b *simulator.Behaviour) { b.DealLife = 20 * time.Hour })
	s.server = httptest.NewUnstartedServer(s.vendor)
	s.server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	s.server.StartTLS()
	t.Cleanup(s.server.Close)
	file := filepath.Join(dir, "oneclick.json")
	if err := os.WriteFile(file, shop.CredentialsFile(), 0o600); err != nil {
		t.Fatal(err)
	}
	s.cfg = config.Default()
	s.cfg.OneClick.Enabled, s.cfg.OneClick.BaseURL, s.cfg.OneClick.CredentialsFile = true, s.server.URL, file
	s.cfg.OneClick.CallsPerSecond = 1 << 30
	for _, c := range change {
		c(&s.cfg.OneClick)
	}
	s.apply()
	s.open()
	t.Cleanup(s.end)
	return s
}

// apply makes the payment systems of the settings.
func (s *stage) apply() {
	s.systems = store.Systems{
		oneclick.With(oneclick.Options{HTTP: s.server.Client(), Now: s.now, Wait: s.wait, Log: slog.New(slog.NewTextHandler(s.log, nil))})(s.cfg),
		manual.New(s.cfg),
	}
}

func (s *stage) rules() store.Rules {
	r := store.Rules{
		TransactionTTL: 30 * time.Minute, MinAmount: 1000 * money.Som, MaxAmount: 1_000_000 * money.Som,
		Routing: map[store.Kind]store.System{store.Goods: oneclick.Name}, Systems: s.systems.Profiles(),
	}
	if len(s.systems) > 2 {
		r.Routing[store.Visit] = s.systems[2].Profile().System
	}
	return r
}

// open opens the ledger and begins to keep its deals, as a process does.
func (s *stage) open() {
	s.Helper()
	var err error
	if s.ledger, err = bolt.Open(s.path, bolt.Options{Rules: s.rules(), Now: s.now}); err != nil {
		s.Fatal(err)
	}
	s.keeper = deals.New(deals.Config{
		Ledger: faulty{s.ledger, s.faults}, Systems: func() store.Systems { return s.systems }, Wait: s.wait,
		Shown: func(n store.Number) { s.shown <- n },
		Log:   slog.New(slog.NewTextHandler(s.log, nil)),
		Back: func(inv store.Invoice) string {
			s.back()
			return "https://shop.uz/pay/" + inv.Token.String()
		},
	})
}

// restart ends the process and begins another.
func (s *stage) restart() {
	s.Helper()
	s.keeper.Close()
	if err := s.ledger.Close(); err != nil {
		s.Fatal(err)
	}
	s.open()
}

// end looks the ledger over, and for what must not be in the log.
func (s *stage) end() {
	s.keeper.Close()
	report, err := s.ledger.Verify(context.Background())
	if err != nil || len(report.Problems) > 0 {
		s.Errorf("the ledger is not sound: %v, %v", report.Problems, err)
	}
	if err := s.ledger.Close(); err != nil {
		s.Error(err)
	}
	for _, secret := range []string{simulator.Card, "TOSHMATOV", "Bearer", "refresh-"} {
		if strings.Contains(s.log.String(), secret) {
			s.Errorf("%q is in the log:\n%s", secret, s.log)
		}
	}
	s.server.CloseClientConnections()
}

const price = 150_000 * money.Som

// issue makes an invoice for goods.
func (s *stage) issue() store.Invoice { return s.issueKind(store.Goods) }

func (s *stage) issueKind(kind store.Kind) store.Invoice {
	s.Helper()
	inv, err := s.ledger.Issue(s.Context(), store.Draft{Kind: kind, Amount: price, By: "test"})
	if err != nil {
		s.Fatal(err)
	}
	return inv
}

func order(inv store.Invoice) store.DealOrder {
	return store.DealOrder{Number: inv.Number, By: "payer", Lang: lang.RU}
}

// begin begins a deal that has to come about.
func (s *stage) begin(inv store.Invoice) store.Deal {
	s.Helper()
	d, err := s.keeper.Begin(s.Context(), order(inv))
	if err != nil {
		s.Fatal(err)
	}
	return d
}

// later lets time pass until every deal is due, and has them asked about.
func (s *stage) later(d time.Duration) {
	s.Helper()
	s.forward(d)
	s.step()
}

func (s *stage) step() { s.keeper.Step(s.Context(), oneclick.Name) }

func (s *stage) deal(ref string) store.Deal {
	s.Helper()
	d, err := s.ledger.Deal(s.Context(), ref)
	if err != nil {
		s.Fatal(err)
	}
	return d
}

func (s *stage) invoice(n store.Number) store.Invoice {
	s.Helper()
	inv, err := s.ledger.Invoice(s.Context(), n)
	if err != nil {
		s.Fatal(err)
	}
	return inv
}

// payments are the transactions of an invoice, the oldest first, as status and amount.
func (s *stage) payments(n store.Number) (all []store.Transaction) {
	s.Helper()
	txs, err := s.ledger.Transactions(s.Context(), store.TransactionQuery{Number: n})
	if err != nil {
		s.Fatal(err)
	}
	for _, tx := range txs {
		all = append([]store.Transaction{tx}, all...)
	}
	return all
}

// made is how many deals the vendor has for an attempt.
func (s *stage) made(ref string, want int) {
	s.Helper()
	if got := s.vendor.Made(ref); len(got) != want {
		s.Errorf("the vendor has %d deals for %s, want %d", len(got), ref, want)
	}
}

func (s *stage) state(ref string, want store.DealState) {
	s.Helper()
	if d := s.deal(ref); d.State != want {
		s.Errorf("the deal is %s, want %s: %+v", d.State, want, d)
	}
}

// payTo waits until it is known where a deal is paid.
func (s *stage) payTo(d store.Deal) (store.PayTo, error) {
	s.Helper()
	for {
		to, err := s.keeper.PayTo(d)
		if !errors.Is(err, store.ErrNotReady) {
			return to, err
		}
		<-s.shown
	}
}
