package webhooktest

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook"
	"tushum/webhook/uzum"
)

// What the bank and a shop of Options' defaults have agreed on.
const (
	ServiceID = 101202
	Path      = "/uzum"
	Login     = "bank"
	Secret    = "s3cret-canary"
)

// plain is a Verifier that is quick.
type plain string

func (p plain) Verify(password []byte) bool { return string(password) == string(p) }

// Clock is a clock that goes when it is told to. It starts at a fixed moment.
type Clock struct{ passed atomic.Int64 }

// Begin is where every Clock starts: Unix milliseconds 1 700 000 000 000.
var Begin = time.UnixMilli(1_700_000_000_000).UTC()

// Now is the clock's time.
func (c *Clock) Now() time.Time { return Begin.Add(time.Duration(c.passed.Load())) }

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) { c.passed.Add(int64(d)) }

// Rules are those of a shop without fees that takes 1 000 to 1 000 000 so'm.
func Rules() store.Rules {
	r := store.Rules{
		TransactionTTL: 30 * time.Minute, MinAmount: 1000 * money.Som, MaxAmount: 1_000_000 * money.Som,
		AcceptReversals: true, Routing: map[store.Kind]store.System{},
		Systems: map[store.System]store.Profile{
			store.Uzum:   {System: store.Uzum, Name: lang.Text{EN: "Uzum Bank"}, Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true}},
			store.Manual: {System: store.Manual, Can: store.Abilities{ByHand: true}},
		},
	}
	for _, k := range store.Kinds() {
		r.Routing[k] = store.Uzum
	}
	return r
}

// Options say how a shop differs from the default one. The zero value is it.
type Options struct {
	Bank     store.Bank // nil: a Memory
	Now      func() time.Time
	Settings uzum.Settings    // ServiceID zero: ServiceID
	Password webhook.Verifier // of Secret; nil: one that is quick
	Proxies  []netip.Prefix
	Quiet    bool // nothing is logged
	Listener webhook.Config
	Before   func(*webhook.Server) // called before the server listens
}

// Shop is a listener on a free port of the loopback, with what it is made of.
type Shop struct {
	Clock   *Clock
	Memory  *Memory // nil when Options had a Bank
	Auth    *webhook.Auth
	Handler *uzum.Handler
	Server  *webhook.Server
	Log     *Log
	Client  *http.Client
}

// Start opens a shop and closes it when the test ends.
func Start(tb testing.TB, o Options) *Shop {
	tb.Helper()
	s := &Shop{Clock: new(Clock), Log: new(Log), Client: &http.Client{Transport: &http.Transport{}}}
	if o.Now == nil {
		o.Now = s.Clock.Now
	}
	if o.Bank == nil {
		s.Memory = NewMemory(Rules(), o.Now)
		o.Bank = s.Memory
	}
	if o.Settings.ServiceID == 0 {
		o.Settings.ServiceID = ServiceID
	}
	log := slog.New(slog.NewTextHandler(s.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if o.Quiet {
		log = nil
	}
	s.build(tb, o, log)
	if o.Before != nil {
		o.Before(s.Server)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	s.Server.Serve(l)
	tb.Cleanup(func() {
		s.Client.CloseIdleConnections()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = s.Server.Shutdown(ctx) // a test may have left a connection half open
	})
	return s
}

func (s *Shop) build(tb testing.TB, o Options, log *slog.Logger) {
	tb.Helper()
	addresses := webhook.NewAddresses(o.Proxies)
	if o.Password == nil {
		o.Password = plain(Secret)
	}
	credentials := []webhook.Credential{{Login: Login, Password: o.Password}}
	var err error
	if s.Auth, err = webhook.NewAuth(credentials, addresses.Of, o.Now); err != nil {
		tb.Fatal(err)
	}
	s.Handler = uzum.New(uzum.Config{
		Settings: o.Settings, Ledger: o.Bank, Auth: s.Auth, Now: o.Now, Log: log, Address: addresses.Text,
	})
	cfg := o.Listener
	cfg.Uzum, cfg.Log = s.Handler, log
	if cfg.Path == "" {
		cfg.Path = Path
	}
	if s.Server, err = webhook.New(cfg); err != nil {
		tb.Fatal(err)
	}
}

// Address is host:port of the listener.
func (s *Shop) Address() string { return s.Server.Addr().String() }

// Post calls a webhook as the bank does, and answers HTTP status and body.
func (s *Shop) Post(tb testing.TB, webhook, body string) (status int, answer string) {
	tb.Helper()
	return s.Do(tb, s.Request(tb, http.MethodPost, Path+"/"+webhook, body))
}

// Request makes a request with the bank's credentials, for Do.
func (s *Shop) Request(tb testing.TB, method, path, body string) *http.Request {
	tb.Helper()
	r, err := http.NewRequestWithContext(tb.Context(), method, "http://"+s.Address()+path, strings.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	r.SetBasicAuth(Login, Secret)
	return r
}

// Do sends a request and answers HTTP status and body.
func (s *Shop) Do(tb testing.TB, r *http.Request) (status int, answer string) {
	tb.Helper()
	resp, err := s.Client.Do(r)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// Log collects what a shop logs.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (l *Log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// String is all that was logged.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
