package webhook_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	system "tushum/internal/system/uzum"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/webhook"
	"tushum/webhook/paypage"
	"tushum/webhook/webhooktest"
)

// paidSum is what invoices of a pageShop come to.
const paidSum = 5000 * money.Som

// pageShop is a shop with a ledger on disk and pay pages, all by one clock.
type pageShop struct {
	*webhooktest.Shop
	books *bolt.Store
	pages *paypage.Handler
}

// app is the bank as a payment system, connected as the rules have it.
type app struct{ store.PaymentSystem }

func (app) Profile() store.Profile { return webhooktest.Rules().Systems[store.Uzum] }

func bankApp() app {
	cfg := config.Default()
	cfg.Uzum.ServiceID = webhooktest.ServiceID
	return app{system.New(cfg)}
}

// defect is a payment system that breaks when it is asked for anything but its name.
type defect struct{ app }

func (defect) AppLink(store.Invoice, money.Amount, string) string { panic("a defect") }

// pageSettings are those of a shop whose invoices can be paid in the bank's app.
func pageSettings() paypage.Settings {
	links := store.Links{PublicURL: "https://shop.example"}
	return paypage.Settings{Shop: paypage.Shop{Name: "Guli"}, Language: lang.UZ, Links: links, Systems: store.Systems{bankApp()}}
}

// startPages opens a pageShop. Options may say what differs, but for the bank
// and the pages; without a clock of theirs it goes by the shop's.
func startPages(tb testing.TB, o webhooktest.Options) *pageShop {
	tb.Helper()
	clock := new(webhooktest.Clock)
	if o.Now == nil {
		o.Now = clock.Now
	}
	s := openPages(tb, o.Now, &o)
	s.Shop = webhooktest.Start(tb, o)
	s.Clock = clock
	return s
}

// openPages makes the ledger and the pages, and puts them into the options.
func openPages(tb testing.TB, now func() time.Time, o *webhooktest.Options) *pageShop {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "tushum.db")
	books, err := bolt.Open(path, bolt.Options{Rules: webhooktest.Rules(), Now: now})
	if err != nil {
		tb.Fatal(err)
	}
	s := &pageShop{books: books}
	s.pages = paypage.New(paypage.Config{
		Settings: pageSettings(), Books: books, Address: webhook.NewAddresses(o.Proxies).Of, Log: slog.New(slog.DiscardHandler),
	})
	tb.Cleanup(func() {
		s.pages.Close()
		if err := books.Close(); err != nil {
			tb.Error(err)
		}
	})
	o.Bank, o.Listener.Pages = books, s.pages
	return s
}

func (s *pageShop) issue(tb testing.TB, d store.Draft) store.Invoice {
	tb.Helper()
	if d.Kind == "" {
		d.Kind, d.Amount = store.Goods, paidSum
	}
	d.By = "test"
	inv, err := s.books.Issue(tb.Context(), d)
	if err != nil {
		tb.Fatal(err)
	}
	return inv
}

var pageTransIDs = webhooktest.TransIDs()

// create begins a payment as the bank does, and answers its transId.
func (s *pageShop) create(tb testing.TB, inv store.Invoice) (transID string) {
	tb.Helper()
	id := pageTransIDs()
	s.call(tb, "create", fmt.Sprintf(`{"serviceId":101202,"timestamp":1,"transId":"%s","params":{"account":%s},"amount":%d}`, id, inv.Number, paidSum))
	return id
}

func (s *pageShop) confirm(tb testing.TB, transID string) {
	tb.Helper()
	s.call(tb, "confirm", `{"serviceId":101202,"timestamp":1,"transId":"`+transID+`","paymentSource":"UZCARD","tariff":null,"processingReferenceNumber":"1","phone":"998901234567"}`)
}

func (s *pageShop) call(tb testing.TB, webhook, body string) {
	tb.Helper()
	if status, answer := s.Post(tb, webhook, body); status != http.StatusOK {
		tb.Fatal(webhook, status, answer)
	}
}

// pay has an invoice paid.
func (s *pageShop) pay(tb testing.TB, inv store.Invoice) {
	tb.Helper()
	s.confirm(tb, s.create(tb, inv))
}

// ledger is all that a ledger holds, but for the journal's lines of other calls.
type ledger struct {
	events []store.Event
	txs    []store.Transaction
	invs   []store.Invoice
	calls  []store.Call
}

func (s *pageShop) ledger(tb testing.TB) (l ledger) {
	tb.Helper()
	var errs [4]error
	l.events, errs[0] = s.books.Events(tb.Context(), 0, 1000)
	l.txs, errs[1] = s.books.Transactions(tb.Context(), store.TransactionQuery{})
	l.invs, errs[2] = s.books.Invoices(tb.Context(), store.InvoiceQuery{})
	l.calls, errs[3] = s.books.Calls(tb.Context(), store.CallQuery{})
	for _, err := range errs {
		if err != nil {
			tb.Fatal(err)
		}
	}
	return l
}

// checkUnchanged fails where the ledger is not what it was.
func (s *pageShop) checkUnchanged(tb testing.TB, was ledger) {
	tb.Helper()
	if is := s.ledger(tb); !reflect.DeepEqual(is, was) {
		tb.Errorf("the ledger has changed:\n%+v\nwas\n%+v", is, was)
	}
}

// raw sends a request as it is spelled, over a connection of its own, and answers
// all that comes back but the date.
func (s *pageShop) raw(tb testing.TB, request string) string {
	tb.Helper()
	c, err := net.Dial("tcp", s.Address())
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := c.SetDeadline(time.Now().Add(8 * time.Second)); err != nil {
		tb.Fatal(err)
	}
	if _, err := io.WriteString(c, request); err != nil {
		tb.Fatal(err)
	}
	answer, err := io.ReadAll(c)
	if err != nil && len(answer) == 0 {
		tb.Fatalf("%.60q: %v", request, err)
	}
	return withoutDate(string(answer))
}

func withoutDate(answer string) string {
	before, rest, found := strings.Cut(answer, "\r\nDate: ")
	if !found {
		return answer
	}
	_, after, _ := strings.Cut(rest, "\r\n")
	return before + "\r\n" + after
}

// ask is raw for a path and some headers.
func (s *pageShop) ask(tb testing.TB, method, path, headers string) string {
	tb.Helper()
	return s.raw(tb, method+" "+path+" HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n"+headers+"\r\n")
}

// statusOf is the status of an answer that ask has got.
func statusOf(answer string) string {
	if len(answer) < 12 {
		return answer
	}
	return answer[9:12]
}

// trusted has the tests say where they come from, by X-Forwarded-For.
var trusted = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

func from(address string) string { return "X-Forwarded-For: " + address + "\r\n" }

// tab is a page that is open and waits for its updates.
type tab struct {
	conn   net.Conn
	reader *bufio.Reader
	status string
	body   io.Reader
	lines  *bufio.Reader
}

// listen opens the updates of a page, at a path below /pay/.
func (s *pageShop) listen(tb testing.TB, path, headers string) *tab {
	tb.Helper()
	c, err := net.Dial("tcp", s.Address())
	if err != nil {
		tb.Fatal(err)
	}
	if err := c.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		tb.Fatal(err)
	}
	return watch(tb, c, path, headers)
}

// watch is listen over a connection that is there.
func watch(tb testing.TB, c net.Conn, path, headers string) *tab {
	tb.Helper()
	if _, err := io.WriteString(c, "GET /pay/"+path+" HTTP/1.1\r\nHost: shop\r\n"+headers+"\r\n"); err != nil {
		tb.Fatal(err)
	}
	t := &tab{conn: c, reader: bufio.NewReader(c)}
	resp, err := http.ReadResponse(t.reader, nil)
	if err != nil {
		_ = c.Close()
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = c.Close() // first: the end of the body would be waited for
		_ = resp.Body.Close()
	})
	t.status, t.body, t.lines = resp.Status, resp.Body, bufio.NewReader(resp.Body)
	return t
}

// news waits for the next update, and answers its version and what it shows.
func (t *tab) news(tb testing.TB) (version, shown string) {
	tb.Helper()
	for {
		line, err := t.lines.ReadString('\n')
		if err != nil {
			tb.Fatalf("waiting for news: %v", err)
		}
		switch name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": "); {
		case name == "id":
			version = value
		case name == "data":
			shown += value + "\n"
		case name == "" && version != "":
			return version, shown
		}
	}
}

// rest is all that still comes until the stream ends.
func (t *tab) rest(tb testing.TB) string {
	tb.Helper()
	b, err := io.ReadAll(t.lines)
	if err != nil {
		tb.Fatalf("waiting for the end: %v after %q", err, b)
	}
	return string(b)
}
