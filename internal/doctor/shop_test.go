package doctor_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/config"
	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/webhook"
	"tushum/webhook/paypage"
	"tushum/webhook/uzum"
)

const (
	publicHost   = "shop.test"
	bankPassword = "a password of the bank"
	// bankHash is of bankPassword, by bcrypt at a cost that every call of a test can pay.
	bankHash = "$2a$04$zUlPMB0DTIFNxsZQTO5s8OGyAYc3Xk4fua3UdykTqZHIUPhxTSrn."
)

// shop is a real shop on the loopback: settings file, store, listener.
type shop struct {
	dir     string
	ca      *authority
	cfg     config.Config
	store   *bolt.Store
	server  *webhook.Server
	proxies *webhook.Addresses
	subject doctor.Subject
}

// plan says how a shop differs from a healthy one.
type plan struct {
	plain   bool   // the listener speaks plain HTTP
	public  string // instead of https://shop.test and the listener's port
	listen  string // more of [listener]
	uzum    string // instead of the connection to the bank
	cert    leaf
	newest  uint16 // version of TLS of the proxy before it; zero: all
	now     func() time.Time
	closed  bool // nothing listens: the service could not be started
	without bool // not even the store is open

	pageless  bool                    // the listener has no pay pages
	callbacks map[string]http.Handler // the paths at which other payment systems call
}

func open(t *testing.T, p plan) *shop {
	t.Helper()
	s := &shop{dir: t.TempDir()}
	if err := os.Chmod(s.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s.ca = newAuthority(t, s.dir, "Test Authority")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.settle(t, p, l.Addr().String())
	if p.now == nil {
		p.now = time.Now
	}
	s.subject = doctor.Subject{
		Now: p.now, File: s.cfg.Path, Load: func() (config.Config, error) { return config.Load(s.cfg.Path) }, Config: &s.cfg, Running: true,
		Store: filepath.Join(s.dir, "tushum.db"), Resolver: names{publicHost: "127.0.0.1"},
		Verify: func(ctx context.Context) ([]string, error) { return problems(s.store.Verify(ctx)) },
	}
	if p.closed || p.without {
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if !p.without {
		s.openStore(t)
	}
	if !p.closed && !p.without {
		s.serve(t, p, l)
	}
	return s
}

// settle writes the settings and reads them back.
func (s *shop) settle(t *testing.T, p plan, address string) {
	t.Helper()
	_, port, _ := net.SplitHostPort(address)
	text := fmt.Sprintf("[shop]\nname = \"Sartaroshxona\"\n[store]\npath = \"tushum.db\"\n[listener]\naddress = %q\n", address)
	if p.public == "" {
		p.public = "https://" + publicHost + ":" + port
	}
	if p.public != "none" {
		text += fmt.Sprintf("public_url = %q\n", p.public)
	}
	if !p.plain {
		by := s.ca
		if p.cert.from != nil {
			by = p.cert.from
		}
		certFile, keyFile := by.issue(t, s.dir, p.cert)
		text += fmt.Sprintf("tls_cert = %q\ntls_key = %q\n", certFile, keyFile)
	}
	text += p.listen + fmt.Sprintf("[listener.acme]\nca_root = %q\n", s.ca.file)
	if p.uzum == "" {
		p.uzum = "[uzum]\nservice_id = 101202\n[[uzum.credentials]]\nlogin = \"bank\"\npassword_hash = '" + bankHash + "'\n"
	}
	path := filepath.Join(s.dir, "config.toml")
	if err := os.WriteFile(path, []byte(text+p.uzum), 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if s.cfg, err = config.Load(path); err != nil {
		t.Fatal(err)
	}
}

func (s *shop) rules() store.Rules {
	r := store.Rules{
		TransactionTTL: 30 * time.Minute, MinAmount: 1000 * money.Som, AcceptReversals: true,
		Calendar: store.Calendar{Location: s.cfg.Shop.Location}, Routing: make(map[store.Kind]store.System),
		Systems: map[store.System]store.Profile{
			store.Uzum:   {Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true}},
			store.Manual: {Can: store.Abilities{ByHand: true}},
		},
	}
	for _, k := range store.Kinds() {
		r.Routing[k] = store.Uzum
	}
	return r
}

func (s *shop) openStore(t *testing.T) {
	t.Helper()
	var err error
	if s.store, err = bolt.Open(s.subject.Store, bolt.Options{Rules: s.rules()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.store.Close(); err != nil {
			t.Error(err)
		}
	})
	s.subject.Ledger = s.store
}

// serve answers the bank on l.
func (s *shop) serve(t *testing.T, p plan, l net.Listener) {
	t.Helper()
	s.proxies = webhook.NewAddresses(s.cfg.Listener.TrustedProxies)
	var credentials []webhook.Credential
	for _, c := range s.cfg.Uzum.Credentials {
		credentials = append(credentials, webhook.Credential{Login: c.Login, Password: c.Password})
	}
	set := webhook.Config{Path: s.cfg.Uzum.Path, Ready: s.store.Ready, Callbacks: p.callbacks}
	if !p.pageless {
		set.Pages = paypage.New(paypage.Config{Settings: paypage.Settings{Shop: paypage.Shop{Name: s.cfg.Shop.Name}}, Books: s.store, Address: s.proxies.Of})
		t.Cleanup(set.Pages.Close)
	}
	if !p.plain {
		certificate, err := webhook.LoadCertificate(s.cfg.Listener.TLSCert, s.cfg.Listener.TLSKey, slog.New(slog.DiscardHandler), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		set.Certificates = certificate
	}
	handler := uzum.Config{Settings: s.uzum(), Ledger: s.store, Address: s.proxies.Text}
	if len(credentials) > 0 {
		auth, err := webhook.NewAuth(credentials, s.proxies.Of, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		handler.Auth = auth
	}
	set.Uzum = uzum.New(handler)
	var err error
	if s.server, err = webhook.New(set); err != nil {
		t.Fatal(err)
	}
	s.server.Serve(l)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := s.server.Shutdown(ctx); err != nil {
			t.Error(err)
		}
	})
	s.subject.Listens = &doctor.Listener{Address: l.Addr(), Secure: !p.plain}
	s.subject.Rehearse = s.rehearse
	s.subject.Try = func(p doctor.Pair) bool {
		return slices.ContainsFunc(s.cfg.Uzum.Credentials, func(c config.Credential) bool {
			return c.Login == p.Login && c.Password.Verify([]byte(p.Password))
		})
	}
}

func (s *shop) uzum() uzum.Settings {
	return uzum.Settings{ServiceID: s.cfg.Uzum.ServiceID, AccountParams: s.cfg.Uzum.AccountParams, PrefillAmount: true}
}

// rehearse is what the program does with its own service.
func (s *shop) rehearse() (*doctor.Rehearsal, error) {
	ledger, err := store.NewRehearsal(s.rules(), 1000*money.Som, time.Now)
	if err != nil {
		return nil, err
	}
	var (
		mu   sync.Mutex
		came []doctor.Arrival
	)
	set := s.uzum()
	set.ServiceID = max(set.ServiceID, 1)
	handler := func(auth uzum.Authenticator) *uzum.Handler {
		return uzum.New(uzum.Config{Settings: set, Ledger: ledger, Auth: auth, Address: func(r *http.Request) string {
			peer := netip.MustParseAddrPort(r.RemoteAddr).Addr()
			mu.Lock()
			defer mu.Unlock()
			came = append(came, doctor.Arrival{Peer: peer, Caller: s.proxies.Of(r), Forwarded: r.Header.Get("X-Forwarded-For") != ""})
			return ""
		}})
	}
	right, wrong := doctor.Pair{Login: "play-3f", Password: "secret-canary"}, doctor.Pair{Login: "play-3f", Password: "wrong-canary"}
	endRight, err := s.server.Rehearse(right.Login, right.Password, handler(webhook.Rehearsed))
	if err != nil {
		return nil, err
	}
	endWrong, err := s.server.Rehearse(wrong.Login, wrong.Password, handler(refuser{}))
	if err != nil {
		return nil, err
	}
	return &doctor.Rehearsal{
		Pair: right, Wrong: &wrong, ServiceID: set.ServiceID, Number: ledger.Issued().Number, Amount: ledger.Issued().Amount,
		Arrivals: func() []doctor.Arrival {
			mu.Lock()
			defer mu.Unlock()
			return slices.Clone(came)
		},
		End: func() { endRight(); endWrong() },
	}, nil
}

type refuser struct{}

func (refuser) Authenticate(*http.Request) error { return fmt.Errorf("nobody is let in") }

func problems(r bolt.Report, err error) (all []string, _ error) {
	for _, p := range r.Problems {
		all = append(all, p.String())
	}
	return all, err
}

// names is a resolver of a few hosts; the others there are not.
type names map[string]string

func (n names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	addr, known := n[host]
	if !known {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return []netip.Addr{netip.MustParseAddr(addr)}, nil
}

// examine runs the doctor over the shop.
func (s *shop) examine(t *testing.T) map[string]doctor.Result {
	t.Helper()
	all := make(map[string]doctor.Result)
	for r := range doctor.Examine(t.Context(), s.subject) {
		if _, twice := all[r.Check]; twice {
			t.Errorf("%s is told twice", r.Check)
		}
		for _, l := range []lang.Lang{lang.UZ, lang.RU, lang.EN} {
			said := r.Title.In(l) + ": " + r.Says.In(l) + " → " + r.Advice.In(l)
			if strings.Contains(said, "canary") || strings.Contains(said, bankPassword) || strings.Contains(said, "%!") {
				t.Errorf("%s says in %s: %s", r.Check, l, said)
			}
			for _, raw := range []string{"lookup", "looking up", "dial tcp", "x509:", "i/o timeout", "connection refused"} {
				if strings.Contains(said, raw) {
					t.Errorf("%s says in the words of the language of the program: %s", r.Check, said)
				}
			}
		}
		all[r.Check] = r
	}
	return all
}

// trying is what is said of the public URL of a shop under .test.
var trying = want{doctor.Warning, "for trying things out: the bank can't reach it", "public_url"}

// want is how a check is to end, and a part of what is said and advised.
type want struct {
	status       doctor.Status
	says, advice string
}

func (w want) hold(t *testing.T, name string, r doctor.Result) {
	t.Helper()
	if r.Status != w.status || !strings.Contains(r.Says.EN, w.says) || !strings.Contains(r.Advice.EN, w.advice) {
		t.Errorf("%s: %s: %s → %s\nwant %s: %s → %s", name, r.Status, r.Says.EN, r.Advice.EN, w.status, w.says, w.advice)
	}
	if needs := r.Status == doctor.Warning || r.Status == doctor.Failed; needs != (r.Advice.EN != "") {
		t.Errorf("%s: %s, and its advice is %q", name, r.Status, r.Advice.EN)
	}
}

// bankClient is the bank as it calls this shop.
func (s *shop) bankClient(t *testing.T) *bank.Client {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(s.ca.cert)
	carrier := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: publicHost}}
	t.Cleanup(carrier.CloseIdleConnections)
	scheme := "http://"
	if s.subject.Listens.Secure {
		scheme = "https://"
	}
	return &bank.Client{
		BaseURL: scheme + s.subject.Listens.Address.String() + s.cfg.Uzum.Path, Login: "bank", Password: bankPassword,
		ServiceID: s.cfg.Uzum.ServiceID, HTTP: &http.Client{Transport: carrier},
	}
}

// journaled is how many calls the wire journal has.
func (s *shop) journaled(t *testing.T) int {
	t.Helper()
	calls, err := s.store.Calls(context.Background(), store.CallQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return len(calls)
}
