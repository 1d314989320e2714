//go:build system

package paypage_test

import (
	"context"
	"net"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	system "tushum/internal/system/uzum"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/webhook"
	"tushum/webhook/paypage"
	"tushum/webhook/uzum"
	"tushum/webhook/webhooktest"
)

// salon is a shop with a ledger on disk and a listener on the loopback, which a
// browser opens and the bank simulator calls.
type salon struct {
	t      testing.TB
	books  *bolt.Store
	links  store.Links
	uzum   config.Uzum // whose app it is
	server *webhook.Server
	bank   *bank.Client
	passed atomic.Int64 // nanoseconds since it was opened
}

// opened is 21.11.2026 12:00 in Tashkent: pictures show the same day every time.
var opened = time.Date(2026, 11, 21, 12, 0, 0, 0, tashkent)

var tashkent = time.FixedZone("Asia/Tashkent", 5*60*60)

func (s *salon) now() time.Time { return opened.Add(time.Duration(s.passed.Load())) }

// customer is how the bank's app pays in the tests.
var customer = bank.Payer{Source: "UZCARD", Phone: "998901234567", CardType: 2, Reference: "0123456789"}

// appLink is where the bank's app would open.
const appLink = "https://www.uzumbank.uz/open-service"

// newSalon opens a shop and closes it with the test.
func newSalon(t testing.TB) *salon {
	t.Helper()
	s := &salon{t: t}
	rules := webhooktest.Rules()
	rules.Calendar = store.Calendar{Location: tashkent}
	var err error
	if s.books, err = bolt.Open(filepath.Join(t.TempDir(), "tushum.db"), bolt.Options{Rules: rules, Now: s.now}); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.2:0") // nobody calls from there, so that the port stays free while the shop is away
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + l.Addr().String()
	s.links, s.uzum = store.Links{PublicURL: base}, config.Default().Uzum
	s.uzum.ServiceID = webhooktest.ServiceID
	s.bank = &bank.Client{
		BaseURL: base + webhooktest.Path, Login: webhooktest.Login, Password: webhooktest.Secret, ServiceID: webhooktest.ServiceID,
		Now: s.now, NewTransID: bank.SeededTransIDs(1, s.now),
	}
	s.serve(l)
	t.Cleanup(func() {
		s.leave()
		if err := s.books.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// password is a Verifier that is quick.
type password string

func (p password) Verify(typed []byte) bool { return string(typed) == string(p) }

// serve begins to answer at an address.
func (s *salon) serve(l net.Listener) {
	s.t.Helper()
	addresses := webhook.NewAddresses(nil)
	auth, err := webhook.NewAuth([]webhook.Credential{{Login: webhooktest.Login, Password: password(webhooktest.Secret)}}, addresses.Of, s.now)
	if err != nil {
		s.t.Fatal(err)
	}
	handler := uzum.New(uzum.Config{
		Settings: uzum.Settings{ServiceID: webhooktest.ServiceID}, Ledger: s.books, Auth: auth, Now: s.now, Address: addresses.Text,
	})
	pages := paypage.New(paypage.Config{Settings: s.settings(), Books: s.books, Address: addresses.Of})
	if s.server, err = webhook.New(webhook.Config{Uzum: handler, Pages: pages, Path: webhooktest.Path}); err != nil {
		s.t.Fatal(err)
	}
	s.server.Serve(l)
}

func (s *salon) settings() paypage.Settings {
	return paypage.Settings{
		Shop:     paypage.Shop{Name: "Lola", Address: "Toshkent, Amir Temur 15", Phone: "998712000000"},
		Language: lang.UZ,
		Links:    s.links,
		Systems:  store.Systems{app{s}},
	}
}

// app is the bank's app as a payment system, which opens as the salon says.
type app struct{ *salon }

func (app) Profile() store.Profile {
	p := webhooktest.Rules().Systems[store.Uzum]
	p.System, p.Name = store.Uzum, lang.Text{EN: "Uzum Bank"}
	return p
}

// AppLink is that of the salon's settings.
func (s *salon) AppLink(inv store.Invoice, amount money.Amount, back string) string {
	return system.New(config.Config{Uzum: s.uzum}).AppLink(inv, amount, back)
}

// leave ends the listener, and with it the connections of all open pages.
func (s *salon) leave() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.server.Shutdown(ctx); err != nil {
		s.t.Error(err)
	}
}

// comeBack opens the shop at the address that it had.
func (s *salon) comeBack() {
	s.t.Helper()
	l, err := net.Listen("tcp", s.links.PublicURL[len("http://"):])
	if err != nil {
		s.t.Fatal(err)
	}
	s.serve(l)
}

// visit is what a customer of the salon is asked for: five lines, a discount and
// a part that was paid before. 95 000 so‘m are due.
func visit() store.Draft {
	return store.Draft{
		Kind: store.Visit, Discount: 15_000 * money.Som, Prepaid: 40_000 * money.Som, Specialist: "Malika Yusupova",
		AppointmentAt: store.At(opened.Add(26*time.Hour + 30*time.Minute)),
		Customer:      store.Customer{Name: secretName, Phone: "998901112233"}, Note: secretNote, By: "test",
		Lines: []store.Line{
			{Name: "Soch kesish", Quantity: 1, Price: 50_000 * money.Som},
			{Name: "Soch bo‘yash, o‘rta uzunlik", Quantity: 1, Price: 60_000 * money.Som},
			{Name: "Manikyur", Quantity: 1, Price: 25_000 * money.Som},
			{Name: "Shampun", Quantity: 2, Price: 5_000 * money.Som},
			{Name: "Niqob", Quantity: 1, Price: 5_000 * money.Som},
		},
	}
}

// What a page never shows.
const (
	secretName = "Aziza Karimova"
	secretNote = "comes with her sister"
)

// issue makes an invoice.
func (s *salon) issue(d store.Draft) store.Invoice {
	s.t.Helper()
	inv, err := s.books.Issue(s.t.Context(), d)
	if err != nil {
		s.t.Fatal(err)
	}
	return inv
}

// counter makes the till's invoice, for 2 000 to 900 000 so‘m.
func (s *salon) counter() store.Invoice {
	s.t.Helper()
	return s.issue(store.Draft{Kind: store.Counter, MinAmount: 2000 * money.Som, MaxAmount: 900_000 * money.Som, By: "test"})
}

// begin has a customer open the invoice in the app, where the payment hangs.
func (s *salon) begin(inv store.Invoice) bank.Receipt {
	s.t.Helper()
	receipt, err := s.bank.Decline(s.t.Context(), bank.PayRequest{Number: inv.Number.String(), Amount: inv.Amount})
	if err != nil {
		s.t.Fatal(err)
	}
	return receipt
}

// pay has a customer pay the invoice.
func (s *salon) pay(inv store.Invoice) bank.Receipt {
	s.t.Helper()
	receipt, err := s.bank.Pay(s.t.Context(), bank.PayRequest{Number: inv.Number.String(), Amount: inv.Amount, Payer: customer})
	if err != nil {
		s.t.Fatal(err)
	}
	return receipt
}

// refund has the bank give a payment back.
func (s *salon) refund(paid bank.Receipt) {
	s.t.Helper()
	if _, err := s.bank.Refund(s.t.Context(), paid.TransID); err != nil {
		s.t.Fatal(err)
	}
}

// cancel has staff cancel an invoice.
func (s *salon) cancel(inv store.Invoice) {
	s.t.Helper()
	if _, err := s.books.Cancel(s.t.Context(), store.CancelOrder{Number: inv.Number, By: "test", Reason: "changed their mind"}); err != nil {
		s.t.Fatal(err)
	}
}

// markPaid has staff take cash for an invoice.
func (s *salon) markPaid(inv store.Invoice) {
	s.t.Helper()
	if _, err := s.books.MarkPaid(s.t.Context(), store.ManualPayment{Number: inv.Number, Source: "CASH", Reason: "paid at the desk", By: "test"}); err != nil {
		s.t.Fatal(err)
	}
}

// advance lets time pass, and has what the clock decides written down.
func (s *salon) advance(d time.Duration) {
	s.t.Helper()
	s.passed.Add(int64(d))
	if _, err := s.books.Sweep(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}
