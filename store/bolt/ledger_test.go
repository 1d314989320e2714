package bolt_test

import (
	"context"
	"maps"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
)

// patience is how long a test waits for a lock that should be free: a process
// that is being started holds all locks of its parent for a moment.
const patience = 10 * time.Second

const (
	ttl       = 30 * time.Minute
	fullPrice = 130_000 * money.Som
)

var tashkent = time.FixedZone("Asia/Tashkent", 5*60*60)

// noon is 21.11.2026 12:00 in Tashkent, when every test begins.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, tashkent)

const noonDay store.Date = 20261121

// clock is the time in a test. It moves when it is told to.
type clock struct{ ms atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.ms.Store(noon.UnixMilli())
	return c
}

func (c *clock) now() time.Time          { return time.UnixMilli(c.ms.Load()) }
func (c *clock) instant() store.Instant  { return store.Instant(c.ms.Load()) }
func (c *clock) advance(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// ledger is a store under test. When the test ends the store is closed and every
// record, index, total and event of it is verified.
type ledger struct {
	*bolt.Store
	t     *testing.T
	clock *clock
	path  string
	o     bolt.Options

	mu        sync.Mutex
	ids       map[string]string // the names of transactions in the test → transIds
	witnessed map[string]int    // webhook and name → how many times a decision was seen
	damaged   bool              // the test damages the file and looks itself
}

func shopRules() store.Rules {
	return store.Rules{
		TransactionTTL: ttl, MinAmount: 1000 * money.Som, MaxAmount: 5_000_000 * money.Som, AcceptReversals: true,
		Tariffs:  store.Tariffs{{Source: "UZCARD", Rate: 100}, {Source: "VISA", Rate: 0}, {Source: "INSTALLMENT", Rate: 500}},
		Calendar: store.Calendar{Location: tashkent},
		Routing: map[store.Kind]store.System{
			store.Visit: store.Uzum, store.Goods: store.Uzum, store.Counter: store.Uzum, store.TopUp: oneClick,
		},
		Systems: map[store.System]store.Profile{
			store.Uzum:   {Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true}},
			oneClick:     {Can: store.Abilities{Card: true, Deals: true}},
			store.Manual: {Can: store.Abilities{ByHand: true}},
		},
	}
}

// oneClick is a system with which each payment is a deal.
const oneClick store.System = "oneclick"

// openLedger opens an empty store that never syncs: what tests of durability need
// they ask for.
func openLedger(t *testing.T, change ...func(*bolt.Options)) *ledger {
	t.Helper()
	s := &ledger{
		t: t, clock: newClock(), path: filepath.Join(t.TempDir(), "tushum.db"),
		ids: map[string]string{}, witnessed: map[string]int{},
	}
	s.o = bolt.Options{Rules: shopRules(), Now: s.clock.now, Holder: "tushum test", Wait: patience, NoSync: true}
	for _, c := range change {
		c(&s.o)
	}
	s.open()
	t.Cleanup(s.end)
	return s
}

// impatient are the store's options for one who finds it locked and goes away.
func (s *ledger) impatient() bolt.Options {
	o := s.o
	o.Wait = time.Millisecond
	return o
}

func (s *ledger) open() {
	s.t.Helper()
	var err error
	if s.Store, err = bolt.Open(s.path, s.o); err != nil {
		s.t.Fatal(err)
	}
}

func (s *ledger) close() {
	s.t.Helper()
	if err := s.Close(); err != nil {
		s.t.Fatal(err)
	}
}

// reopen closes the store and opens what is then in its file.
func (s *ledger) reopen() {
	s.t.Helper()
	s.close()
	s.open()
}

func (s *ledger) end() {
	s.close()
	if s.damaged {
		return
	}
	for _, p := range s.problems() {
		s.t.Errorf("after the test: %s", p)
	}
}

// problems is what a verification of the closed file finds.
func (s *ledger) problems() []bolt.Problem {
	s.t.Helper()
	report, err := bolt.VerifyFile(context.Background(), s.path, nil)
	if err != nil {
		return []bolt.Problem{{Where: s.path, What: err.Error()}}
	}
	return report.Problems
}

// id is the transId of the transaction that the test calls name.
func (s *ledger) id(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ids[name] == "" {
		s.ids[name] = newID(s.t)
	}
	return s.ids[name]
}

// name is what the test calls the transaction; the id itself when it has no name.
func (s *ledger) name(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, known := range s.ids {
		if known == id {
			return name
		}
	}
	return id
}

// newID is a transId as the bank makes them, a UUID of version 1.
func newID(t *testing.T) string {
	t.Helper()
	u, err := uuid.NewUUID()
	if err != nil {
		t.Fatal(err)
	}
	return u.String()
}

// witness makes the line of the wire journal and counts how often it was asked to.
func (s *ledger) witness(webhook, name string) store.Witness {
	return func(d store.Decided) store.Call {
		t, err := d.Transaction, d.Err
		s.mu.Lock()
		defer s.mu.Unlock()
		s.witnessed[webhook+" "+name]++
		return store.Call{
			At: s.clock.instant(), System: store.Uzum, Webhook: webhook, TransID: t.TransID, Number: t.Number,
			HTTPStatus: 200, Code: string(store.CodeOf(err)), Request: []byte(`{"name":"` + name + `"}`),
		}
	}
}

// witnesses copies the counts.
func (s *ledger) witnesses() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.witnessed)
}

// The webhooks.

func (s *ledger) create(name string, n store.Number, amount money.Amount) (store.Transaction, error) {
	a := store.Attempt{System: store.Uzum, ServiceID: 498, TransID: s.id(name), Number: n, Amount: amount}
	return s.Create(s.t.Context(), a, s.witness("create", name))
}

func (s *ledger) confirm(name string) (store.Transaction, error) { return s.confirmBy(name, "UZCARD") }

func (s *ledger) confirmBy(name, source string) (store.Transaction, error) {
	c := store.Confirmation{System: store.Uzum, TransID: s.id(name), Source: source, Reference: "000000000001", CardType: 2, Phone: "998901234567"}
	return s.Confirm(s.t.Context(), c, s.witness("confirm", name))
}

func (s *ledger) reverse(name string) (store.Transaction, error) {
	return s.Reverse(s.t.Context(), store.Uzum, s.id(name), s.witness("reverse", name))
}

func (s *ledger) status(name string) (store.Transaction, error) {
	return s.Status(s.t.Context(), store.Uzum, s.id(name))
}

// The desk.

func (s *ledger) issue(d store.Draft) store.Invoice {
	s.t.Helper()
	inv, err := s.Issue(s.t.Context(), d)
	if err != nil {
		s.t.Fatal(err)
	}
	return inv
}

// visit issues an invoice of the full price.
func (s *ledger) visit() store.Number {
	s.t.Helper()
	return s.issue(store.Draft{Kind: store.Visit, Amount: fullPrice, Customer: store.Customer{Name: "Aziza", Phone: "998901234567"}, By: "malika"}).Number
}

// counter issues the till's standing invoice.
func (s *ledger) counter() store.Number {
	s.t.Helper()
	return s.issue(store.Draft{Kind: store.Counter, By: "malika"}).Number
}

func (s *ledger) cancel(n store.Number, force bool) (store.Invoice, error) {
	return s.Cancel(s.t.Context(), store.CancelOrder{Number: n, By: "malika", Reason: "mistyped", Force: force})
}

func (s *ledger) markPaid(n store.Number, force bool) (store.Invoice, error) {
	return s.MarkPaid(s.t.Context(), store.ManualPayment{Number: n, By: "malika", Reason: "paid in cash", Source: "CASH", Force: force})
}

// must fails the test for an answer that should have been a success.
func must[T any](t *testing.T, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// created and paid make transactions that must succeed.

func (s *ledger) created(name string, n store.Number) store.Transaction {
	s.t.Helper()
	tx, err := s.create(name, n, fullPrice)
	return must(s.t, tx, err)
}

func (s *ledger) paid(name string, n store.Number) store.Transaction {
	s.t.Helper()
	s.created(name, n)
	tx, err := s.confirm(name)
	return must(s.t, tx, err)
}

// What the books say.

// happened tells the events after a sequence number, one a line: the type and
// the transaction's name.
func (s *ledger) happened(after uint64) (lines []string) {
	s.t.Helper()
	events, err := s.Events(s.t.Context(), after, 1000)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, e := range events {
		line := string(e.Type)
		if e.TransID != "" {
			line += " " + s.name(e.TransID)
		}
		lines = append(lines, line+" by "+e.By)
	}
	return lines
}

func (s *ledger) lastEvent() uint64 {
	s.t.Helper()
	last, err := s.LastEvent(s.t.Context())
	return must(s.t, last, err)
}

func (s *ledger) totals() []store.Total {
	s.t.Helper()
	totals, err := s.Totals(s.t.Context(), 0, 0)
	return must(s.t, totals, err)
}

func (s *ledger) invoice(n store.Number) store.Invoice {
	s.t.Helper()
	inv, err := s.Invoice(s.t.Context(), n)
	return must(s.t, inv, err)
}

// dump is everything that is stored, but for calls that changed nothing.
func (s *ledger) dump() map[string]string {
	s.t.Helper()
	all, err := bolt.Dump(s.Store)
	return must(s.t, all, err)
}

// wantCode fails the test unless err carries the code; empty means no error.
func wantCode(t *testing.T, err error, want store.Code) {
	t.Helper()
	if got := store.CodeOf(err); got != want || (err != nil) != (want != "") {
		t.Fatalf("got %q (%v), want %q", got, err, want)
	}
}
