package callback_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
	"tushum/store"
	"tushum/webhook"
	"tushum/webhook/callback"
	"tushum/webhook/webhooktest"
)

// dealer is a payment system of which only the calls matter.
type dealer struct {
	store.Dealer
	credentials oneclick.Credentials

	mu    sync.Mutex
	asked int // how often a call was to be proven
}

func (d *dealer) Hint(header http.Header, body []byte) (string, error) {
	d.mu.Lock()
	d.asked++
	d.mu.Unlock()
	return d.credentials.Verify(header, body)
}

func (d *dealer) proofs() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.asked
}

// hints are the deals that were to be looked at.
type hints struct {
	mu    sync.Mutex
	ids   []string
	fault error
}

func (h *hints) Hint(_ context.Context, system store.System, id string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fault == nil {
		h.ids = append(h.ids, string(system)+" "+id)
	}
	return h.fault
}

func (h *hints) fail(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fault = err
}

func (h *hints) all() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.ids)
}

// stage is a listener that a vendor calls.
type stage struct {
	*webhooktest.Shop
	vendor *simulator.Vendor
	deal   string
	dealer *dealer
	hints  *hints
}

const system store.System = "oneclick"

// platform is one vendor for all tests: making its key takes a while.
var platform = sync.OnceValues(simulator.NewShop)

func open(t *testing.T) *stage {
	t.Helper()
	shop, err := platform()
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{dealer: new(dealer), hints: new(hints)}
	if s.dealer.credentials, err = oneclick.ParseCredentials(shop.CredentialsFile()); err != nil {
		t.Fatal(err)
	}
	clock := new(webhooktest.Clock)
	s.vendor = simulator.New(shop, clock.Now)
	memory := webhooktest.NewMemory(webhooktest.Rules(), clock.Now)
	addresses := webhook.NewAddresses(nil)
	handler := callback.New(callback.Config{
		System: system, Hints: s.hints, Journal: memory, Guard: webhook.NewGuard(addresses.Of, clock.Now), Now: clock.Now, Address: addresses.Text,
		Dealer: func() store.Dealer { return s.dealer },
	})
	s.Shop = webhooktest.Start(t, webhooktest.Options{
		Bank: memory, Now: clock.Now, Listener: webhook.Config{Callbacks: map[string]http.Handler{callback.Path(system): handler}},
	})
	s.Memory, s.Clock = memory, clock
	s.deal = s.newDeal(t)
	return s
}

// newDeal has the vendor make a deal, over its API.
func (s *stage) newDeal(t *testing.T) string {
	t.Helper()
	client := oneclick.Client{BaseURL: "http://127.0.0.1", Credentials: s.dealer.credentials, HTTP: &http.Client{Transport: inside{s.vendor}}, Rate: 1000}
	deal, err := client.Create(t.Context(), oneclick.Order{InvoiceID: t.Name(), ClientID: "1000002", Amount: 25_000 * money.Som})
	if err != nil {
		t.Fatal(err)
	}
	return deal.ID
}

// inside carries calls to a handler without a network.
type inside struct{ http.Handler }

func (i inside) RoundTrip(r *http.Request) (*http.Response, error) {
	w := &answer{header: make(http.Header)}
	i.ServeHTTP(w, r)
	return &http.Response{StatusCode: w.status, Header: w.header, Body: io.NopCloser(&w.body), Request: r, ProtoMajor: 1, ProtoMinor: 1}, nil
}

type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }
func (a *answer) WriteHeader(status int)      { a.status = status }

// webhook is the vendor's message about the deal.
func (s *stage) webhook(t *testing.T, signed simulator.Signature) (http.Header, []byte) {
	t.Helper()
	header, body, err := s.vendor.Webhook(s.deal, signed)
	if err != nil {
		t.Fatal(err)
	}
	return header, body
}

// call sends a call; what is answered beside the status has to be nothing.
func (s *stage) call(t *testing.T, header http.Header, body io.Reader) (status int) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+s.Address()+callback.Path(system), body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header
	status, said := s.Do(t, r)
	if said != "" {
		t.Errorf("it is answered %q", said)
	}
	return status
}

// line is the newest of the wire journal.
func (s *stage) line(t *testing.T) store.Call {
	t.Helper()
	calls := s.Memory.Calls()
	if len(calls) == 0 {
		t.Fatal("the wire journal is empty")
	}
	return calls[len(calls)-1]
}

func TestAProvenCallIsAHint(t *testing.T) {
	t.Parallel()
	s := open(t)
	header, body := s.webhook(t, simulator.Good)
	if status := s.call(t, header, bytes.NewReader(body)); status != http.StatusOK {
		t.Errorf("it is answered %d", status)
	}
	if got := s.hints.all(); !slices.Equal(got, []string{"oneclick " + s.deal}) {
		t.Errorf("hinted is %q", got)
	}
	line := s.line(t)
	if line.System != system || line.Webhook != "callback" || line.TransID != s.deal || line.HTTPStatus != 200 || line.Code+line.Reason != "" || line.Address != "127.0.0.1" || line.At == 0 {
		t.Errorf("journaled is %+v", line)
	}
	if line.Request != nil || line.Response != nil {
		t.Errorf("the journal keeps %s%s", line.Request, line.Response)
	}
}

func TestAForgedCallIsRefusedWithoutAReason(t *testing.T) {
	t.Parallel()
	for name, forge := range map[string]func(*testing.T, *stage) (http.Header, []byte){
		"another body's signature": func(t *testing.T, s *stage) (http.Header, []byte) { return s.webhook(t, simulator.OtherBody) },
		"another shop's signature": func(t *testing.T, s *stage) (http.Header, []byte) { return s.webhook(t, simulator.OtherKey) },
		"garbage":                  func(t *testing.T, s *stage) (http.Header, []byte) { return s.webhook(t, simulator.Garbage) },
		"nothing at all":           func(*testing.T, *stage) (http.Header, []byte) { return http.Header{}, nil },
		"no JSON": func(t *testing.T, s *stage) (http.Header, []byte) {
			h, _ := s.webhook(t, simulator.Good)
			return h, []byte("<html>")
		},
		"another deal": func(t *testing.T, s *stage) (http.Header, []byte) {
			h, b := s.webhook(t, simulator.Good)
			return h, bytes.Replace(b, []byte(s.deal), []byte("000000000000000000000009"), 1)
		},
		"another key": func(t *testing.T, s *stage) (http.Header, []byte) {
			h, b := s.webhook(t, simulator.Good)
			h.Set("X-Api-Key", "nobody")
			return h, b
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			header, body := forge(t, s)
			if status := s.call(t, header, bytes.NewReader(body)); status != http.StatusForbidden {
				t.Errorf("it is answered %d", status)
			}
			if got := s.hints.all(); len(got) > 0 {
				t.Errorf("hinted is %q", got)
			}
			if line := s.line(t); line.Code != store.CallForged || line.HTTPStatus != 403 || line.Reason == "" || line.TransID != "" || line.Request != nil {
				t.Errorf("journaled is %+v", line)
			}
		})
	}
}

func TestABrokenCallIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t)
	long := strings.Repeat(" ", 64<<10+1)
	header, _ := s.webhook(t, simulator.Good)
	for name, body := range map[string]io.Reader{"its length is told": strings.NewReader(long), "in pieces": io.MultiReader(strings.NewReader(long))} {
		if status := s.call(t, header, body); status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, status)
		}
	}
	if line := s.line(t); line.Code != store.CallUnreadable || !strings.Contains(line.Reason, "64 KiB") {
		t.Errorf("journaled is %+v", line)
	}
	if n := s.dealer.proofs(); n > 0 {
		t.Errorf("%d bodies were looked at", n)
	}
}

func TestOnlyPOSTIsACall(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{http.MethodGet, "/oneclick/callback", 405},
		{http.MethodPut, "/oneclick/callback", 405},
		{http.MethodDelete, "/oneclick/callback", 405},
		{http.MethodPost, "/oneclick/callback/", 404},
		{http.MethodPost, "/oneclick/%63allback", 404},
		{http.MethodPost, "/oneclick/check", 404},
		{http.MethodPost, "/other/callback", 404},
	} {
		if status, _ := s.Do(t, s.Request(t, c.method, c.path, "")); status != c.status {
			t.Errorf("%s %s: %d", c.method, c.path, status)
		}
	}
	if n := len(s.Memory.Calls()); n > 0 {
		t.Errorf("%d lines are journaled", n)
	}
}

// The very same call again is answered as before, gives few hints and leaves few
// lines, also where a proxy gives each a number of its own.
func TestAReplayCostsLittle(t *testing.T) {
	t.Parallel()
	for name, numbered := range map[string]bool{"as it was": false, "through a proxy": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			header, body := s.webhook(t, simulator.Good)
			for i := range 200 {
				if numbered {
					header.Set("X-Request-Id", strconv.Itoa(i))
				}
				if status := s.call(t, header, bytes.NewReader(body)); status != http.StatusOK {
					t.Fatalf("it is answered %d", status)
				}
			}
			if hinted, lines := len(s.hints.all()), len(s.Memory.Calls()); hinted != 8 || lines != 68 {
				t.Errorf("200 times the same: %d hints, %d lines", hinted, lines)
			}
		})
	}
}

// Each of these calls is signed anew. The deal is looked at for some of them, and
// for more after a while.
func TestManyCallsAboutADealAreFewHints(t *testing.T) {
	t.Parallel()
	s := open(t)
	send := func(times int) {
		t.Helper()
		for range times {
			header, body := s.webhook(t, simulator.Good)
			if status := s.call(t, header, bytes.NewReader(body)); status != http.StatusOK {
				t.Fatalf("it is answered %d", status)
			}
		}
	}
	send(30)
	if n := len(s.hints.all()); n != 8 {
		t.Errorf("30 calls gave %d hints", n)
	}
	s.Clock.Advance(20 * time.Second)
	if send(5); len(s.hints.all()) != 10 {
		t.Errorf("after a while it is %d hints", len(s.hints.all()))
	}
}

// What could not be passed on is to be sent again, and is heard then.
func TestACallIsHeardAgainAfterAFault(t *testing.T) {
	t.Parallel()
	s := open(t)
	header, body := s.webhook(t, simulator.Good)
	s.hints.fail(errors.New("the disk is full"))
	if status := s.call(t, header, bytes.NewReader(body)); status != http.StatusServiceUnavailable {
		t.Errorf("it is answered %d", status)
	}
	if line := s.line(t); line.Code != store.CallBusy || line.TransID != s.deal || !strings.Contains(line.Reason, "the disk is full") {
		t.Errorf("journaled is %+v", line)
	}
	s.hints.fail(nil)
	if status := s.call(t, header, bytes.NewReader(body)); status != http.StatusOK || len(s.hints.all()) != 1 {
		t.Errorf("then it is answered %d, hinted is %q", status, s.hints.all())
	}
}

// Anybody can send what is refused: it may not fill the journal.
func TestStrangersDontFillTheJournal(t *testing.T) {
	t.Parallel()
	s := open(t)
	for range 100 {
		if status := s.call(t, http.Header{}, strings.NewReader("{}")); status != http.StatusForbidden {
			t.Fatalf("it is answered %d", status)
		}
	}
	if n := len(s.Memory.Calls()); n != 60 {
		t.Errorf("100 calls left %d lines", n)
	}
	header, body := s.webhook(t, simulator.Good)
	if s.call(t, header, bytes.NewReader(body)); s.line(t).TransID != s.deal {
		t.Error("a proven call is not journaled among them")
	}
}
