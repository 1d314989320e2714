package webhook_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

// keptACME is one whose cache has a certificate for the first of its domains,
// and whose service nobody reaches.
func keptACME(t *testing.T, made issue, now func() time.Time, log *webhooktest.Log) *webhook.ACME {
	t.Helper()
	o := webhook.ACMEOptions{
		Domains: []string{"shop.test", "www.shop.test"}, Directory: "https://ca.test:8443/dir", Cache: t.TempDir(), Log: logTo(log), Now: now,
	}
	keepFor(t, o, made)
	return newACME(t, o)
}

// keepFor puts a certificate for shop.test into a cache.
func keepFor(t *testing.T, o webhook.ACMEOptions, made issue) {
	t.Helper()
	for kind, text := range map[string][]byte{"key": made.key, "crt": made.cert, "json": []byte("{}")} {
		file := keptFile(o, kind)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, file, text)
	}
}

// keptFile is where a cache has a part of the certificate for shop.test.
func keptFile(o webhook.ACMEOptions, kind string) string {
	service := strings.NewReplacer("https://", "", ":", "-", "/", "-").Replace(o.Directory)
	return filepath.Join(o.Cache, "certificates", service, "shop.test", "shop.test."+kind)
}

// fresh is a certificate that has begun with the test's clock.
func fresh(t *testing.T) issue {
	t.Helper()
	return issueFor(t, x509.Certificate{NotBefore: webhooktest.Begin, NotAfter: webhooktest.Begin.Add(90 * 24 * time.Hour)}, ecdsaKey(t))
}

func TestWhoGetsWhichCertificateOfACME(t *testing.T) {
	t.Parallel()
	made, log := fresh(t), new(webhooktest.Log)
	a := keptACME(t, made, time.Now, log)
	s := webhooktest.Start(t, webhooktest.Options{Listener: webhook.Config{Certificates: a}})
	for _, tc := range []struct {
		name  string
		alpn  []string
		alert string // empty: there is a certificate
	}{
		{"shop.test", nil, ""},
		{"SHOP.test", []string{"http/1.1"}, ""},
		{"", nil, ""}, // somebody who calls by the address
		{"127.0.0.1", nil, ""},
		{"www.shop.test", nil, "internal error"}, // there is none yet
		{"evil.test", nil, "unrecognized name"},
		{"a.shop.test", nil, "unrecognized name"},               // no more than what was asked for
		{"shop.test", []string{"acme-tls/1"}, "internal error"}, // nobody expects a challenge
		{"shop.test", []string{"acme-tls/1", "http/1.1"}, ""},   // which is none
	} {
		c, err := tls.Dial("tcp", s.Address(), &tls.Config{ServerName: tc.name, NextProtos: tc.alpn, InsecureSkipVerify: true})
		if (err == nil) != (tc.alert == "") || err != nil && !strings.Contains(err.Error(), tc.alert) {
			t.Errorf("%q, %q: %v, want %q", tc.name, tc.alpn, err, tc.alert)
		}
		if err != nil {
			continue
		}
		if got := c.ConnectionState().PeerCertificates[0]; !bytes.Equal(got.Raw, made.leaf.Raw) {
			t.Errorf("%q gets another certificate", tc.name)
		}
		_ = c.Close()
	}
	if state := a.State(); !state.Covers("shop.test") || state.Covers("www.shop.test") || state.Err != nil {
		t.Errorf("the state is %+v", state)
	}
}

// However many call, the log says why they are turned away once a minute.
func TestCallersThatAreTurnedAwayAreLoggedNowAndThen(t *testing.T) {
	t.Parallel()
	clock, log := new(webhooktest.Clock), new(webhooktest.Log)
	a := keptACME(t, fresh(t), clock.Now, log)
	turnAway := func(times int) {
		t.Helper()
		for range times {
			if c, err := a.Get(hello("www.shop.test")); err == nil || c != nil {
				t.Fatalf("there is a certificate: %v", err)
			}
		}
	}
	turnAway(5)
	clock.Advance(time.Minute)
	turnAway(1)
	if got := log.String(); strings.Count(got, "turned away") != 2 || !strings.Contains(got, "domain=www.shop.test calls=1 ") || !strings.Contains(got, "calls=5 ") {
		t.Errorf("the log has %s", got)
	}
}

// A stranger's handshake has nothing asked of the service, and nor has time.
func TestNobodyAsksForACertificateWithoutRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		made := issueFor(t, x509.Certificate{NotBefore: time.Now(), NotAfter: time.Now().Add(90 * 24 * time.Hour)}, ecdsaKey(t))
		a := keptACME(t, made, time.Now, new(webhooktest.Log))
		a.SetService(network(func(r *http.Request) (*http.Response, error) {
			t.Errorf("%s is asked", r.URL)
			return nil, io.EOF
		}))
		for range 5 {
			for _, name := range []string{"", "shop.test", "www.shop.test", "evil.test"} {
				_, _ = a.Get(hello(name))
			}
			_ = a.State()
			time.Sleep(20 * 24 * time.Hour)
		}
	})
}

// network answers requests without a connection.
type network func(*http.Request) (*http.Response, error)

func (n network) RoundTrip(r *http.Request) (*http.Response, error) { return n(r) }

func TestTheListenerForHTTP01KnowsNothingElse(t *testing.T) {
	t.Parallel()
	s := startService(t)
	o := s.options()
	o.HTTPAddress = "127.0.0.1:0"
	a := newACME(t, o)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	ask := func(host, method, path string) (int, string) {
		request, err := http.NewRequestWithContext(t.Context(), method, "http://"+a.HTTPAddress()+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(body)
	}
	s.proofs = []string{"connection"} // so that both ways are tried
	const challenge = "/.well-known/acme-challenge/token-of-http-01"
	s.spoil("/chal/http-01", func(w http.ResponseWriter, r *http.Request) {
		if status, body := ask("shop.test", http.MethodGet, challenge); status != http.StatusOK || !strings.HasPrefix(body, "token-of-http-01.") {
			t.Errorf("the proof is %d %q", status, body)
		}
		if status, _ := ask("shop.test", http.MethodPost, challenge); status != http.StatusNotFound {
			t.Errorf("POST is answered %d", status)
		}
		if status, _ := ask(a.HTTPAddress(), http.MethodGet, challenge); status != http.StatusNotFound {
			t.Errorf("who asks for another host is answered %d", status)
		}
		s.accept(w, r)
	})
	if err := a.Obtain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if proof, err := a.Get(&tls.ClientHelloInfo{ServerName: "shop.test", SupportedProtos: a.Protocols()}); err == nil {
		t.Errorf("the proof for TLS-ALPN-01 is still %v", proof)
	}
	for _, path := range []string{challenge, "/", "/uzum/check", "/.well-known/acme-challenge/", "/readyz"} {
		if status, _ := ask("shop.test", http.MethodGet, path); status != http.StatusNotFound {
			t.Errorf("%s is answered %d", path, status)
		}
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	newACME(t, func() webhook.ACMEOptions { o.HTTPAddress = a.HTTPAddress(); return o }()) // the port is free again
}
