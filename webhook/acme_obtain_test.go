package webhook_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

func hello(name string) *tls.ClientHelloInfo { return &tls.ClientHelloInfo{ServerName: name} }

func TestACertificateIsGotKeptAndServed(t *testing.T) {
	t.Parallel()
	s := startService(t)
	a := newACME(t, s.options())
	if got := a.State(); !got.Automatic || got.Err != nil || !got.NotAfter.IsZero() {
		t.Errorf("at first the state is %+v", got)
	}
	if err := a.Obtain(t.Context()); err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	for _, name := range []string{"shop.test", "SHOP.test.", ""} {
		if got, err := a.Get(hello(name)); err != nil || got.Leaf.SerialNumber.Int64() != 7 {
			t.Errorf("%q gets %v", name, err)
		}
	}
	if got := a.State(); !got.Covers("shop.test") || got.Err != nil || len(got.Chain) != 1 {
		t.Errorf("the state is %+v", got)
	}
	if got := s.accepted(); !slices.Equal(got, []string{"tls-alpn-01"}) {
		t.Errorf("it was proved by %v", got)
	}
}

func TestSecretsAreForTheOwner(t *testing.T) {
	t.Parallel()
	s := startService(t)
	o := s.options()
	if err := newACME(t, o).Obtain(t.Context()); err != nil {
		t.Fatal(err)
	}
	var files []string
	err := filepath.WalkDir(o.Cache, func(name string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
		if !entry.IsDir() {
			files = append(files, entry.Name())
		}
		return err
	})
	if err != nil || !slices.Equal(files, []string{"account.key", "shop.test.crt", "shop.test.json", "shop.test.key"}) {
		t.Errorf("the cache has %v, %v", files, err)
	}
}

// A service in trouble, or something that is no service, ends in a sentence.
func TestServicesThatAreNone(t *testing.T) {
	t.Parallel()
	html := func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>log in") }
	other := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"a":1}`)
	}
	endless := func(w http.ResponseWriter, _ *http.Request) {
		blank := bytes.Repeat([]byte(" "), 1<<20)
		for range 64 {
			if _, err := w.Write(blank); err != nil {
				return // nobody listens any more
			}
		}
		t.Error("64 MiB are read of an answer")
	}
	for name, tc := range map[string]struct {
		path   string
		answer http.HandlerFunc
		want   string
	}{
		"hangs":                       {"/dir", hang, "did not answer in time"},
		"hangs at an order":           {"/order", hang, "did not answer in time"},
		"is a login page":             {"/dir", html, "does not answer as an ACME service does"},
		"has another JSON":            {"/dir", other, "does not answer as an ACME service does"},
		"has no such page":            {"/dir", http.NotFound, "does not answer as an ACME service does"},
		"answers without end":         {"/dir", endless, "does not answer as an ACME service does"},
		"becomes a login page":        {"/order", html, "does not answer as an ACME service does"},
		"is in trouble":               {"/dir", problem(http.StatusInternalServerError, "serverInternal"), "is in trouble (HTTP 500)"},
		"is in trouble at an order":   {"/order", problem(http.StatusBadGateway, ""), "is in trouble (HTTP 502)"},
		"is overrun":                  {"/dir", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }, "is in trouble (HTTP 429)"},
		"wants no more":               {"/order", problem(http.StatusTooManyRequests, "rateLimited"), "gives no more certificates for now: see<U+001B>[2J +998 90 ***-**-67"},
		"does not want the name":      {"/order", problem(http.StatusBadRequest, "rejectedIdentifier"), "gives no certificate for shop.test: see"},
		"does not want the mail":      {"/account", problem(http.StatusBadRequest, "invalidContact"), "does not take the e-mail owner@shop.test: see"},
		"wants a contract":            {"/account", problem(http.StatusForbidden, "externalAccountRequired"), "refused to give a certificate: see"},
		"may not, by CAA":             {"/finalize", problem(http.StatusForbidden, "caa"), "the CAA record of shop.test"},
		"gives no certificate":        {"/cert", html, "does not answer as an ACME service does"},
		"gives another's certificate": {"/cert", func(w http.ResponseWriter, _ *http.Request) { serveChain(w, full(t).cert) }, "is not for shop.test"},
		"offers no proof that is ours": {"/authz", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"status":"pending"}`)
		}, "offers no proof of shop.test"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startService(t)
			s.spoil(tc.path, tc.answer)
			a := newACME(t, s.options())
			patience := time.Minute
			if strings.HasPrefix(name, "hangs") {
				patience = time.Second
			}
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			err := a.Obtain(ctx)
			wantSentence(t, err, tc.want)
			if s := a.State(); !errors.Is(s.Err, err) {
				t.Errorf("the state is %v", s.Err)
			}
			if _, err2 := a.Get(hello("shop.test")); !errors.Is(err2, err) {
				t.Errorf("callers are told %v", err2)
			}
		})
	}
}

func TestServicesThatCantBeReached(t *testing.T) {
	t.Parallel()
	s := startService(t)
	o := s.options()
	o.CARoot = ""
	wantSentence(t, newACME(t, o).Obtain(t.Context()), "itself is not trusted: ")
	o = s.options()
	s.Close()
	err := newACME(t, o).Obtain(t.Context())
	wantSentence(t, err, "can't be reached: ")
	if strings.Contains(err.Error(), "/dir") {
		t.Errorf("it tells the whole URL: %v", err)
	}
	o.Directory = "https://nowhere.invalid/dir"
	wantSentence(t, newACME(t, o).Obtain(t.Context()), "the certificate service nowhere.invalid can't be reached: ")
}

// What is said of a proof is what the service says, cleaned.
func TestProofsThatFail(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{
		"connection":        "shop.test does not lead to this program: no<U+001B>[2J luck with +998 90 ***-**-67",
		"dns":               "DNS does not know shop.test: no",
		"caa":               "the CAA record of shop.test does not allow this service: no",
		"unauthorized":      "did not find this program at shop.test: no",
		"tls":               "did not find this program at shop.test: no",
		"incorrectResponse": "did not find this program at shop.test: no",
		"rateLimited":       "gives no more certificates for now: no",
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			s := startService(t)
			s.proofs = []string{kind}
			wantSentence(t, newACME(t, s.options()).Obtain(t.Context()), want)
		})
	}
}

// With an address for HTTP-01 a proof that fails is tried in the other way.
func TestASecondWayOfProof(t *testing.T) {
	t.Parallel()
	s := startService(t)
	s.proofs = []string{"connection", "connection", "connection"}
	o := s.options()
	o.HTTPAddress = "127.0.0.1:0"
	a := newACME(t, o)
	wantSentence(t, a.Obtain(t.Context()), "does not lead to this program")
	if err := a.Obtain(t.Context()); err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	got := s.accepted()
	if len(got) != 4 || got[0] == got[1] || got[2] == got[3] {
		t.Errorf("it was proved by %v", got)
	}
	if got := a.State(); got.Err != nil || !got.Covers("shop.test") {
		t.Errorf("the state is %+v", got)
	}
}

// A shutdown says nothing about the service.
func TestAnAttemptThatIsCalledOff(t *testing.T) {
	t.Parallel()
	s := startService(t)
	ctx, cancel := context.WithCancel(t.Context())
	s.spoil("/order", func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		hang(nil, r)
	})
	a := newACME(t, s.options())
	if err := a.Obtain(ctx); err == nil {
		t.Error("it succeeded")
	}
	if got := a.State(); got.Err != nil {
		t.Errorf("the state is %v", got.Err)
	}
	wantSentence(t, a.Obtain(ctx), "did not answer in time")
}

func TestACacheThatIsDamaged(t *testing.T) {
	t.Parallel()
	s, log := startService(t), new(webhooktest.Log)
	o := s.options()
	o.Log = logTo(log)
	if err := newACME(t, o).Obtain(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"key", "crt", "json"} {
		write(t, keptFile(o, kind), []byte("half writ"))
		a := newACME(t, o)
		if _, err := a.Get(hello("shop.test")); err == nil || !strings.Contains(log.String(), "another will be got") {
			t.Errorf("%s: %v; the log has %s", kind, err, log)
		}
		if err := a.Obtain(t.Context()); err != nil {
			t.Fatalf("%s: %v: %v", kind, err, errors.Unwrap(err))
		}
	}
	accounts, err := filepath.Glob(filepath.Join(o.Cache, "acme", "*", "account.key"))
	if err != nil || len(accounts) != 1 {
		t.Fatalf("the cache has %v, %v", accounts, err)
	}
	write(t, accounts[0], []byte("half writ"))
	if err := os.Remove(keptFile(o, "crt")); err != nil {
		t.Fatal(err)
	}
	wantSentence(t, newACME(t, o).Obtain(t.Context()), "the key of the ACME account can't be used: ")
}

// What can't be kept is not asked for, since every start would ask again.
func TestACacheThatCantBeWritten(t *testing.T) {
	t.Parallel()
	s := startService(t)
	o := s.options()
	a := newACME(t, o)
	spoil := func() {
		if err := os.RemoveAll(o.Cache); err != nil {
			t.Error(err)
		}
		write(t, o.Cache, nil)
	}
	s.spoil("/cert", func(w http.ResponseWriter, r *http.Request) {
		spoil()
		s.certificate(w, r)
	})
	wantSentence(t, a.Obtain(t.Context()), "the folder of certificates ")
	asked := len(s.accepted())
	wantSentence(t, a.Obtain(t.Context()), "the folder of certificates ")
	if got := len(s.accepted()); asked != 1 || got != asked {
		t.Errorf("%d challenges were accepted, and then %d", asked, got)
	}
}

func TestOptionsThatAnACMERefuses(t *testing.T) {
	t.Parallel()
	s := startService(t)
	busy := newACME(t, func() webhook.ACMEOptions { o := s.options(); o.HTTPAddress = "127.0.0.1:0"; return o }())
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, []byte("not PEM"))
	for want, change := range map[string]func(*webhook.ACMEOptions){
		"there is no root certificate file ":                     func(o *webhook.ACMEOptions) { o.CARoot += "x" },
		"file holds no root certificate in PEM":                  func(o *webhook.ACMEOptions) { o.CARoot = file },
		"can't be written: ":                                     func(o *webhook.ACMEOptions) { o.Cache = filepath.Join(file, "acme") },
		"can't listen on " + busy.HTTPAddress() + " for HTTP-01": func(o *webhook.ACMEOptions) { o.HTTPAddress = busy.HTTPAddress() },
	} {
		o := s.options()
		change(&o)
		_, err := webhook.NewACME(o)
		wantSentence(t, err, want)
	}
	o := s.options()
	o.Domains = nil
	if _, err := webhook.NewACME(o); err == nil {
		t.Error("without a domain there is an ACME")
	}
}
