package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/store"
	"tushum/store/bolt"
)

// testApp is the program inside the test, with an empty environment.
func testApp(t *testing.T) (a *App, stdout, stderr *bytes.Buffer) {
	t.Helper()
	stdout, stderr = new(bytes.Buffer), new(bytes.Buffer)
	return &App{
		Stdin: strings.NewReader(""), Stdout: stdout, Stderr: stderr, Dir: t.TempDir(), User: "test",
		Getenv: func(string) string { return "" }, Now: time.Now, lang: lang.EN,
	}, stdout, stderr
}

// testShop is an empty ledger with the settings of the scripts.
func testShop(t *testing.T) *shop {
	t.Helper()
	cfg, err := config.Parse([]byte(testConfig), filepath.Join(t.TempDir(), "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	st, err := bolt.Open(cfg.Store.Path, bolt.Options{Rules: rulesOf(cfg, systemsOf(cfg))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return newShop(st, cfg, systemsOf(cfg))
}

func testSettings(t *testing.T, text string) config.Config {
	t.Helper()
	cfg, err := config.Parse([]byte(text), filepath.Join(t.TempDir(), "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func TestServiceRunsCommandsAndLeavesNoGoroutine(t *testing.T) {
	// Not beside other tests, whose goroutines would count.
	before := goleak.IgnoreCurrent()
	cfg := testSettings(t, testConfig)
	path := filepath.Join(t.TempDir(), "tushum.db")
	s, err := startService(cfg, serviceOptions{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	client := dial(t, path)
	var out bytes.Buffer
	r := request{Args: [][]byte{[]byte("invoice"), []byte("create"), []byte("--amount=25000"), []byte("--json")}, Lang: lang.EN, User: "aziza"}
	code, err := client.run(t.Context(), r, streams{stdout: &out})
	if err != nil || code != exitDone || !strings.Contains(out.String(), `"created_by":"cli:aziza"`) {
		t.Errorf("exit code %d, %v, %s", code, err, out.String())
	}
	if err := client.Close(); err != nil {
		t.Error(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := s.Wait(ended); err != nil {
		t.Errorf("waiting: %v", err)
	}
	for range 2 { // a second close finds nothing to do
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	goleak.VerifyNone(t, before)
}

func TestServiceDoesNotRunOtherServices(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"serve"}, {"hash-password"}, {"completion", "bash"}, {"man", "."}, {"check-structure", "x"}} {
		a, _, stderr := testApp(t)
		a.shop = &shop{}
		if code := a.Run(t.Context(), args); code != exitUsage || !strings.Contains(stderr.String(), "not run through a service") {
			t.Errorf("%q: exit code %d, %s", args, code, stderr)
		}
	}
}

func TestServiceTellsWhyItCannotGoOn(t *testing.T) {
	t.Parallel()
	s, err := startService(testSettings(t, testConfig), serviceOptions{Path: filepath.Join(t.TempDir(), "tushum.db")})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.server.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Wait(t.Context()); err == nil {
		t.Error("a service whose listener has ended waits on")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestServiceSpeaksTLS(t *testing.T) {
	t.Parallel()
	cfg, roots := testSettings(t, testConfig), x509.NewCertPool()
	cfg.Listener.TLSCert, cfg.Listener.TLSKey = selfSigned(t, roots)
	s, err := startService(cfg, serviceOptions{Path: filepath.Join(t.TempDir(), "tushum.db")})
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DisableKeepAlives: true}}
	if answer, err := client.Get(s.URL() + "/readyz"); err != nil || answer.StatusCode != http.StatusOK || answer.Body.Close() != nil {
		t.Errorf("%s: %v, %v", s.URL(), answer, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// selfSigned writes a certificate for 127.0.0.1 with its key, and adds it to roots.
func selfSigned(t *testing.T, roots *x509.CertPool) (certFile, keyFile string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	cert, certErr := x509.CreateCertificate(nil, about, about, public, private)
	key, keyErr := x509.MarshalPKCS8PrivateKey(private)
	if err := errors.Join(certErr, keyErr); err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	certFile, keyFile = write("cert.pem", "CERTIFICATE", cert), write("key.pem", "PRIVATE KEY", key)
	parsed, err := x509.ParseCertificate(cert)
	if err != nil {
		t.Fatal(err)
	}
	roots.AddCert(parsed)
	return certFile, keyFile
}

func TestWaitingForAPasswordIsInterrupted(t *testing.T) {
	t.Parallel()
	a, stdout, stderr := testApp(t)
	typed, keyboard := io.Pipe()
	defer func() { _ = keyboard.Close() }() // lets go of the read that was left behind
	a.Stdin = typed
	ctx, interrupt := context.WithCancel(t.Context())
	time.AfterFunc(0, interrupt)
	if code := a.Run(ctx, []string{"hash-password"}); code != exitInterrupted || stdout.Len()+stderr.Len() > 0 {
		t.Errorf("exit code %d, %q, %q", code, stdout, stderr)
	}
}

func TestInterruptedCommandSaysNothing(t *testing.T) {
	t.Parallel()
	a, stdout, stderr := testApp(t)
	a.shop = testShop(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if code := a.Run(ctx, []string{"watch"}); code != exitInterrupted || stdout.Len()+stderr.Len() > 0 {
		t.Errorf("exit code %d, %q, %q", code, stdout, stderr)
	}
}

func TestRulesAreThoseOfTheSettings(t *testing.T) {
	t.Parallel()
	cfg := testSettings(t, `
[shop]
timezone = "Asia/Samarkand"
day_starts = "06:00"
[uzum]
service_id = 7
min_amount = 2000
max_amount = 0
transaction_ttl = "5m"
accept_reversals = false
account_params = ["order_id"]
[[uzum.credentials]]
login = "bank"
password_hash = '`+bankHash+`'
[routing]
goods = "manual"
[[tariff]]
source = "HUMO"
from = "2026-03-01"
to = "2026-12-31"
basis_points = 55
`)
	r := rulesOf(cfg, systemsOf(cfg))
	if r.TransactionTTL != 5*time.Minute || r.MinAmount != 200_000 || r.MaxAmount != 0 || r.AcceptReversals {
		t.Errorf("the rules are %+v", r)
	}
	if r.Calendar.Location.String() != "Asia/Samarkand" || r.Calendar.DayStarts != 6*time.Hour {
		t.Errorf("the calendar is %+v", r.Calendar)
	}
	if r.Routing[store.Goods] != store.Manual || r.Routing[store.Visit] != store.Uzum || len(r.Routing) != len(store.Kinds()) {
		t.Errorf("the routing is %v", r.Routing)
	}
	if len(r.Tariffs) != 1 || r.Tariffs[0] != (store.Tariff{Source: "HUMO", From: 20260301, To: 20261231, Rate: 55}) {
		t.Errorf("the tariffs are %v", r.Tariffs)
	}
	if links := linksOf(cfg); links.PublicURL != cfg.Listener.PublicURL {
		t.Errorf("the links are %+v", links)
	}
	if link := systemsOf(cfg).Of(store.Uzum).AppLink(store.Invoice{}, 0, ""); !strings.Contains(link, "?serviceId=7&order_id=") {
		t.Errorf("the app opens by %s", link)
	}
}

func TestExampleSettingsCanServe(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	own := strings.NewReplacer(
		`"127.0.0.1:8080" `, `"127.0.0.1:0" `, "service_id = 0", "service_id = 101202", `login = ""`, `login = "bank"`, "password_hash = ''", "password_hash = '"+bankHash+"'",
	).Replace(string(text))
	cfg := testSettings(t, own)
	if !cfg.Uzum.Enabled {
		t.Fatal("the example has no place for the bank's connection")
	}
	s, err := startService(cfg, serviceOptions{Path: filepath.Join(t.TempDir(), "tushum.db")})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestStorePath(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	folder := filepath.Join(a.Dir, "folder")
	if err := errors.Join(os.Mkdir(folder, 0o700), os.Symlink(folder, filepath.Join(a.Dir, "link"))); err != nil {
		t.Fatal(err)
	}
	var cfg config.Config
	if _, err := a.storePath(cfg); err == nil {
		t.Error("without a folder there is a path")
	}
	a.Getenv = func(name string) string { return map[string]string{"XDG_DATA_HOME": "/data"}[name] }
	if path, err := a.storePath(cfg); err != nil || path != "/data/tushum/tushum.db" {
		t.Errorf("the default is %q, %v", path, err)
	}
	cfg.Store.Path = filepath.Join(a.Dir, "link", "x.db")
	resolved, err := filepath.EvalSymlinks(folder)
	if err != nil {
		t.Fatal(err)
	}
	if path, err := a.storePath(cfg); err != nil || path != filepath.Join(resolved, "x.db") {
		t.Errorf("through a link: %q, %v", path, err)
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args    []string
		env     map[string]string
		setting string
		want    lang.Lang
	}{
		{args: []string{"x", "--lang", "ru"}, setting: "uz", want: lang.RU},
		{args: []string{"--lang=uz"}, env: map[string]string{"LANG": "ru_RU.UTF-8"}, want: lang.UZ},
		{args: []string{"x", "--", "--lang=ru"}, want: lang.EN},
		{args: []string{"--lang=fr"}, setting: "ru", want: lang.RU},
		{setting: "ru", env: map[string]string{"LANG": "en_US"}, want: lang.RU},
		{env: map[string]string{"LC_ALL": "C", "LANG": "ru_RU.UTF-8"}, want: lang.RU},
		{env: map[string]string{"LANG": "C.UTF-8"}, want: lang.EN},
	} {
		a, _, _ := testApp(t)
		a.lang = ""
		a.Getenv = func(name string) string { return c.env[name] }
		if c.setting != "" {
			path := filepath.Join(a.Dir, "c.toml")
			if err := os.WriteFile(path, []byte("[shop]\nlanguage = \""+c.setting+"\"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			c.args = append([]string{"--config", "c.toml"}, c.args...)
		}
		if a.peek(c.args); a.lang != c.want {
			t.Errorf("%v with %v: %s, want %s", c.args, c.env, a.lang, c.want)
		}
	}
}
