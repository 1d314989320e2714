package paypage

import (
	"context"
	"crypto/sha256"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/system/uzum"
	"tushum/store"
	"tushum/store/bolt"
)

// stall is a shop with a real ledger, whose pages are asked for over real HTTP.
type stall struct {
	*Handler
	t      *testing.T
	ledger *bolt.Store
	url    string
	passed atomic.Int64 // since noon, in nanoseconds
}

var (
	uzbekTime = time.FixedZone("Asia/Tashkent", 5*60*60)
	noon      = time.Date(2026, 11, 21, 12, 0, 0, 0, uzbekTime)
)

// The customer, whom no page names.
const (
	buyerName  = "Aziza Karimova"
	buyerPhone = "998901112233"
	innerNote  = "comes with her sister"
)

// bankApp is a payment system with an app, like that of Uzum Bank. Its fields change
// what it does.
type bankApp struct {
	store.Profile
	open func(store.Invoice, money.Amount, string) string // the link
}

func (b *bankApp) AppLink(inv store.Invoice, amount money.Amount, back string) string {
	return b.open(inv, amount, back)
}

// system lets a Profile stand in the name of its field.
type system struct{ *bankApp }

func (s system) Profile() store.Profile { return s.bankApp.Profile }

// newBank is the bank's app as a payment system.
func newBank() *bankApp {
	cfg := config.Default()
	cfg.Uzum.ServiceID = 498611
	return &bankApp{open: uzum.New(cfg).AppLink, Profile: store.Profile{
		System: store.Uzum, Name: lang.Text{EN: "Uzum Bank"}, State: store.Connected,
		Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true},
	}}
}

// atSeller is what staff record by hand.
var atSeller = system{&bankApp{
	Profile: store.Profile{System: store.Manual, Name: lang.Text{EN: "by hand"}, Can: store.Abilities{ByHand: true}, State: store.Connected},
	open:    func(store.Invoice, money.Amount, string) string { return "" },
}}

// changeBank changes the bank of a shop's settings.
func changeBank(change func(*bankApp)) func(*Settings, *store.Rules) {
	return func(s *Settings, r *store.Rules) {
		bank := newBank()
		change(bank)
		s.Systems = store.Systems{system{bank}, atSeller}
		r.Systems = s.Systems.Profiles()
	}
}

func stallSettings() Settings {
	return Settings{
		Shop:     Shop{Name: "Lola go‘zallik saloni", Address: "Toshkent, Amir Temur ko‘chasi, 15", Phone: "998712000000"},
		Language: lang.UZ,
		Links:    store.Links{PublicURL: "https://pay.lola.uz"},
		Systems:  store.Systems{system{newBank()}, atSeller},
	}
}

// openStall opens a shop, which ends with the test.
func openStall(t *testing.T, change ...func(*Settings, *store.Rules)) *stall {
	t.Helper()
	s := &stall{t: t}
	settings := stallSettings()
	rules := store.Rules{
		TransactionTTL: 30 * time.Minute, MinAmount: 1000 * money.Som, MaxAmount: 10_000_000 * money.Som, AcceptReversals: true,
		Calendar: store.Calendar{Location: uzbekTime}, Routing: make(map[store.Kind]store.System),
		Systems: settings.Systems.Profiles(),
	}
	for _, kind := range store.Kinds() {
		rules.Routing[kind] = store.Uzum
	}
	for _, f := range change {
		f(&settings, &rules)
	}
	var err error
	now := func() time.Time { return noon.Add(time.Duration(s.passed.Load())) }
	if s.ledger, err = bolt.Open(filepath.Join(t.TempDir(), "tushum.db"), bolt.Options{Rules: rules, Now: now, NoSync: true}); err != nil {
		t.Fatal(err)
	}
	s.Handler = New(Config{Settings: settings, Books: s.ledger, Address: func(*http.Request) netip.Addr { return netip.Addr{} }})
	server := httptest.NewServer(s.Handler)
	s.url = server.URL
	t.Cleanup(func() {
		s.Close()
		server.Close()
		if err := s.ledger.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// haircut is an invoice with everything on it: 95 000 so‘m are due.
func haircut() store.Draft {
	return store.Draft{
		Kind: store.Visit, Discount: 15_000 * money.Som, Prepaid: 40_000 * money.Som, Specialist: "Malika Yusupova",
		AppointmentAt: store.At(noon.Add(26*time.Hour + 30*time.Minute)), ExpiresAt: store.At(noon.Add(72 * time.Hour)),
		Customer: store.Customer{Name: buyerName, Phone: buyerPhone}, Note: innerNote, By: "test",
		Lines: []store.Line{
			{Name: "Soch kesish", Quantity: 1, Price: 50_000 * money.Som},
			{Name: "Soch bo‘yash, o‘rta uzunlik", Quantity: 1, Price: 85_000 * money.Som},
			{Name: "Shampun", Quantity: 3, Price: 5_000 * money.Som},
		},
	}
}

func (s *stall) issue(d store.Draft) store.Invoice {
	s.t.Helper()
	inv, err := s.ledger.Issue(s.t.Context(), d)
	if err != nil {
		s.t.Fatal(err)
	}
	return inv
}

func (s *stall) counter() store.Invoice {
	s.t.Helper()
	return s.issue(store.Draft{Kind: store.Counter, MinAmount: 2000 * money.Som, MaxAmount: 900_000 * money.Som, By: "test"})
}

func unseen(store.Decided) store.Call { return store.Call{} }

// begin has somebody begin to pay, pay confirms it, refund takes it back.
func (s *stall) begin(inv store.Invoice) {
	s.must(s.ledger.Create(s.t.Context(), store.Attempt{System: store.Uzum, TransID: "t" + inv.Number.String(), Number: inv.Number, Amount: inv.Amount}, unseen))
}

func (s *stall) pay(inv store.Invoice) {
	s.begin(inv)
	s.must(s.ledger.Confirm(s.t.Context(), store.Confirmation{System: store.Uzum, TransID: "t" + inv.Number.String(), Source: "UZCARD", Phone: buyerPhone}, unseen))
}

func (s *stall) refund(inv store.Invoice) {
	s.pay(inv)
	s.passed.Store(int64(time.Hour))
	s.must(s.ledger.Reverse(s.t.Context(), store.Uzum, "t"+inv.Number.String(), unseen))
}

func (s *stall) cancel(inv store.Invoice) {
	s.t.Helper()
	if _, err := s.ledger.Cancel(s.t.Context(), store.CancelOrder{Number: inv.Number, By: "test", Reason: "asked to"}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stall) must(_ store.Transaction, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// reply is what a request was answered.
type reply struct {
	status int
	header http.Header
	body   string
}

// ask asks for a page, and follows no redirect.
func (s *stall) ask(path string, header ...string) reply {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 30*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(body)}
}

// page asks for one that is there.
func (s *stall) page(path string) string {
	s.t.Helper()
	got := s.ask(path)
	if got.status != http.StatusOK {
		s.t.Fatalf("%s was answered %d", path, got.status)
	}
	return got.body
}

func pageByToken(inv store.Invoice) string { return "/pay/" + inv.Token.String() }

func pageByNumber(inv store.Invoice) string { return "/pay/" + inv.Number.String() }

// steady leaves out what differs from run to run, and what has files of its own.
func steady(body string, inv store.Invoice) string {
	body = strings.NewReplacer(dealLook.style, "STYLE OF DEALS", dealLook.script, "SCRIPT OF DEALS", style, "STYLE", script, "SCRIPT", inv.Token.String(), "TOKEN").Replace(body)
	before, after, found := strings.Cut(body, `data-version="`)
	if !found {
		return body
	}
	return before + `data-version="VERSION` + after[2*sha256.Size/4:]
}
