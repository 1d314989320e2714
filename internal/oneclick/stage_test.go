package oneclick_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/internal/oneclick"
	"tushum/internal/oneclick/simulator"
)

// clock is told: waiting moves it.
type clock struct {
	mu     sync.Mutex
	at     time.Time
	waited []time.Duration
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
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > time.Millisecond { // less is the pacing of a client without limits
		c.at = c.at.Add(d)
		c.waited = append(c.waited, d)
	}
	return ctx.Err()
}

var theShop = sync.OnceValues(simulator.NewShop)

// theCredentials are read once: looking an RSA key over takes its time.
var theCredentials = sync.OnceValues(func() (oneclick.Credentials, error) {
	shop, err := theShop()
	if err != nil {
		return oneclick.Credentials{}, err
	}
	return oneclick.ParseCredentials(shop.CredentialsFile())
})

func ownCredentials(t testing.TB) oneclick.Credentials {
	t.Helper()
	c, err := theCredentials()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// stage is a client and the vendor over TLS, on one clock.
type stage struct {
	*testing.T
	*clock
	vendor *simulator.Vendor
	server *httptest.Server
	client *oneclick.Client
}

func newStage(t *testing.T) *stage {
	t.Helper()
	shop, err := theShop()
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{T: t, clock: &clock{at: time.Date(2026, 11, 21, 5, 0, 0, 0, time.UTC)}}
	s.vendor = simulator.New(shop, s.now)
	s.server = httptest.NewUnstartedServer(s.vendor)
	s.server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	s.server.StartTLS()
	t.Cleanup(s.server.Close)
	s.client = &oneclick.Client{
		BaseURL: s.server.URL, Credentials: ownCredentials(t), HTTP: s.server.Client(),
		Now: s.now, Wait: s.wait, Rate: 1 << 30,
	}
	return s
}

const anInvoice = "1000005-1"

func order(invoiceID string) oneclick.Order {
	return oneclick.Order{InvoiceID: invoiceID, ClientID: "c-7", Amount: 150_000_50, Country: "UZ", Lang: "uz"}
}

// made makes a deal that has to succeed.
func (s *stage) made(invoiceID string) oneclick.Deal {
	s.Helper()
	deal, err := s.client.Create(s.Context(), order(invoiceID))
	if err != nil {
		s.Fatal(err)
	}
	return deal
}

func (s *stage) calls(call simulator.Call, want int) {
	s.Helper()
	if got := s.vendor.Calls()[call]; got != want {
		s.Errorf("%s was called %d times, want %d", call, got, want)
	}
}

// is checks the code of a failure, and that it speaks.
func is(t testing.TB, err error, code oneclick.Code) {
	t.Helper()
	if e := failure(t, err, code); e.Code != code {
		t.Errorf("the code is %s, want %s", e.Code, code)
	}
}

// failure is an error of a code.
func failure(t testing.TB, err error, code oneclick.Code) *oneclick.Error {
	t.Helper()
	e := new(oneclick.Error)
	if !errors.Is(err, code) || !errors.As(err, &e) {
		t.Fatalf("the error is %v, want %s", err, code)
	}
	if e.Msg.UZ == "" || e.Msg.RU == "" || e.Hint.EN == "" {
		t.Errorf("%s says nothing: %+v", code, e)
	}
	return e
}

func answering(t *testing.T, s *stage, call simulator.Call, body string) {
	t.Helper()
	s.vendor.Fail(call, simulator.Answering(http.StatusOK, "application/json", body))
}

const som = money.Som
