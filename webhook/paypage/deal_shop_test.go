package paypage_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
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
	"tushum/webhook"
	"tushum/webhook/paypage"
	"tushum/webhook/webhooktest"
)

// cardShop is a shop whose goods are paid by card: its ledger is on disk, its pages
// are on a listener, and the payment system is played at the other end of real HTTP.
type cardShop struct {
	t        testing.TB
	books    *bolt.Store
	keeper   *deals.Keeper
	pages    *paypage.Handler
	settings paypage.Settings
	vendor   *simulator.Vendor
	log      *webhooktest.Log
	url      string
	begun    time.Time
	passed   atomic.Int64 // nanoseconds that a test has let pass
}

// cardsOpened is 21.11.2026 12:00 in Tashkent.
var cardsOpened = time.Date(2026, 11, 21, 7, 0, 0, 0, time.UTC)

func (s *cardShop) now() time.Time {
	return cardsOpened.Add(time.Since(s.begun) + time.Duration(s.passed.Load()))
}

// cardOptions say how a cardShop differs from one that shows cards on its own page.
type cardOptions struct {
	flow    config.Flow
	proxies []netip.Prefix
	change  func(*config.Config)
}

// newCardShop opens a shop, and closes it with the test.
func newCardShop(t testing.TB, o cardOptions) *cardShop {
	t.Helper()
	s := &cardShop{t: t, begun: time.Now(), log: new(webhooktest.Log)}
	cfg := s.openVendor(o)
	systems := store.Systems{oneclick.New(cfg), manual.New(cfg)}
	rules := webhooktest.Rules()
	rules.Calendar = store.Calendar{Location: time.FixedZone("Asia/Tashkent", 5*60*60)}
	rules.Systems = systems.Profiles()
	for _, kind := range store.Kinds() {
		rules.Routing[kind] = oneclick.Name
	}
	var err error
	if s.books, err = bolt.Open(filepath.Join(t.TempDir(), "tushum.db"), bolt.Options{Rules: rules, Now: s.now, NoSync: true}); err != nil {
		t.Fatal(err)
	}
	s.keeper = deals.New(deals.Config{
		Ledger: s.books, Systems: func() store.Systems { return systems },
		Back:  func(inv store.Invoice) string { return s.settings.Links.Pay(inv) },
		Shown: func(n store.Number) { s.pages.Tell(n) },
	})
	s.settings = paypage.Settings{
		Shop: paypage.Shop{Name: "Lola", Address: "Toshkent, Amir Temur 15", Phone: "998712000000"}, Language: lang.UZ, Systems: systems,
	}
	s.listen(o)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		s.keeper.Run(ctx)
		close(ended)
	}()
	t.Cleanup(func() {
		stop()
		s.keeper.Close()
		<-ended
		s.pages.Close()
		if err := s.books.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// openVendor plays the payment system, and returns the settings of who has an
// account there.
func (s *cardShop) openVendor(o cardOptions) config.Config {
	s.t.Helper()
	account, err := simulator.NewShop()
	if err != nil {
		s.t.Fatal(err)
	}
	s.vendor = simulator.New(account, s.now)
	server := httptest.NewServer(s.vendor)
	s.t.Cleanup(server.Close)
	file := filepath.Join(s.t.TempDir(), "credentials.json")
	if err := os.WriteFile(file, account.CredentialsFile(), 0o600); err != nil {
		s.t.Fatal(err)
	}
	cfg := config.Config{OneClick: config.OneClick{
		Enabled: true, BaseURL: server.URL, CredentialsFile: file, Flow: o.flow, CallsPerSecond: 50,
		MinAmount: 1000 * money.Som, MaxAmount: 1_000_000 * money.Som,
	}}
	if o.flow == "" {
		cfg.OneClick.Flow = config.HostToHost
	}
	if o.change != nil {
		o.change(&cfg)
	}
	return cfg
}

// listen puts the pages on a listener.
func (s *cardShop) listen(o cardOptions) {
	s.t.Helper()
	s.pages = paypage.New(paypage.Config{
		Settings: s.settings, Books: s.books, Deals: s.keeper, Address: webhook.NewAddresses(o.proxies).Of, Log: slog.New(slog.NewTextHandler(s.log, nil)),
	})
	shop := webhooktest.Start(s.t, webhooktest.Options{Bank: s.books, Now: s.now, Proxies: o.proxies, Listener: webhook.Config{Pages: s.pages}})
	s.url = "http://" + shop.Address()
	s.settings.Links = store.Links{PublicURL: s.url}
	s.pages.Apply(s.settings)
}

// issue makes an invoice of 95 000 so‘m.
func (s *cardShop) issue() store.Invoice {
	s.t.Helper()
	inv, err := s.books.Issue(s.t.Context(), store.Draft{
		Kind: store.Goods, Lines: []store.Line{{Name: "Atir", Quantity: 1, Price: 95_000 * money.Som}}, By: "test",
		ExpiresAt: store.At(cardsOpened.Add(72 * time.Hour)), Customer: store.Customer{Name: "Aziza Karimova", Phone: "998901112233"},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return inv
}

// answer is what a request got.
type answer struct {
	status int
	header http.Header
	body   string
}

// do asks for something below the page of an invoice, and follows no redirect.
func (s *cardShop) do(method, path, body string, header ...string) answer {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Accept-Language", "en")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	got, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = got.Body.Close() }()
	all, err := io.ReadAll(got.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{got.StatusCode, got.Header, string(all)}
}

func tokenPage(inv store.Invoice) string { return "/pay/" + inv.Token.String() }

// page is the whole page of an invoice.
func (s *cardShop) page(inv store.Invoice) string {
	s.t.Helper()
	got := s.do(http.MethodGet, tokenPage(inv), "")
	if got.status != http.StatusOK {
		s.t.Fatalf("the page was answered %d", got.status)
	}
	return got.body
}

// press presses the button.
func (s *cardShop) press(inv store.Invoice) answer {
	s.t.Helper()
	return s.do(http.MethodPost, tokenPage(inv)+"/card?lang=en", "", "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
}

// deals are those of an invoice, newest first.
func (s *cardShop) deals(inv store.Invoice) []store.Deal {
	s.t.Helper()
	all, err := s.books.DealsOf(s.t.Context(), inv.Number)
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// begin has a deal begun, and returns it.
func (s *cardShop) begin(inv store.Invoice) store.Deal {
	s.t.Helper()
	s.press(inv)
	all := s.deals(inv)
	if len(all) == 0 || all[0].ID == "" {
		s.t.Fatalf("no deal was begun: %+v", all)
	}
	return all[0]
}

// learn has the shop learn what became of a deal, and waits until it has.
func (s *cardShop) learn(inv store.Invoice, d store.Deal, state store.DealState) {
	s.t.Helper()
	wake, cancel := s.books.Subscribe()
	defer cancel()
	s.passed.Add(int64(10 * time.Second)) // by then it may be asked about again
	if err := s.keeper.Hint(s.t.Context(), d.System, d.ID); err != nil {
		s.t.Fatal(err)
	}
	patience := time.After(20 * time.Second)
	for s.deals(inv)[0].State != state {
		select {
		case <-wake:
		case <-patience:
			s.t.Fatalf("the deal is %s and never comes to %s", s.deals(inv)[0].State, state)
		}
	}
}

// until waits until the page says something, and returns it whole.
func (s *cardShop) until(inv store.Invoice, text string) string {
	s.t.Helper()
	s.follow(inv).until(text)
	return s.page(inv)
}

// news are the updates of an open page.
type news struct {
	t     testing.TB
	from  io.Reader
	shown strings.Builder
}

// follow opens a page, and closes it with the test.
func (s *cardShop) follow(inv store.Invoice) *news {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+tokenPage(inv)+"/events?lang=en", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	got, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		cancel()
		_ = got.Body.Close()
	})
	return &news{t: s.t, from: got.Body}
}

// until reads on until the page has said something.
func (n *news) until(text string) {
	n.t.Helper()
	buffer := make([]byte, 4096)
	for !strings.Contains(n.shown.String(), text) {
		got, err := n.from.Read(buffer)
		n.shown.Write(buffer[:got])
		if err != nil {
			n.t.Fatalf("the page never says %q: %v\n%s", text, err, n.shown.String())
		}
	}
}

// trustedProxies let the tests say where they come from.
var trustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
