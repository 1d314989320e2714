package webhook_test

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

// service is an ACME service that believes every signature. What it answers can
// be spoiled one path at a time.
type service struct {
	*httptest.Server
	t *testing.T

	mu     sync.Mutex
	spoilt map[string]http.HandlerFunc
	proofs []string // kinds of problem that proofs end with, one after the other; then they succeed
	asked  []string // kinds of challenge that were accepted
	chain  []byte   // what was issued
}

func startService(t *testing.T) *service {
	t.Helper()
	s := &service{t: t, spoilt: make(map[string]http.HandlerFunc)}
	mux := http.NewServeMux()
	for path, answer := range map[string]http.HandlerFunc{
		"/dir": s.directory, "/nonce": ok, "/account": s.account, "/order": s.order, "/order/1": s.ready,
		"/authz": s.authorization, "/chal/http-01": s.accept, "/chal/tls-alpn-01": s.accept, "/finalize": s.finalize, "/cert": s.certificate,
	} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Replay-Nonce", "once")
			s.mu.Lock()
			spoilt := s.spoilt[path]
			s.mu.Unlock()
			if spoilt != nil {
				answer = spoilt
			}
			answer(w, r)
		})
	}
	s.Server = httptest.NewTLSServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *service) spoil(path string, answer http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spoilt[path] = answer
}

func ok(http.ResponseWriter, *http.Request) {}

// hang answers nothing until the caller has gone, which the server notices once
// the body was read.
func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

func (s *service) tell(w http.ResponseWriter, status int, what map[string]any) {
	w.Header().Set("Location", s.URL+"/order/1")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(what); err != nil {
		s.t.Error(err)
	}
}

func (s *service) directory(w http.ResponseWriter, _ *http.Request) {
	s.tell(w, http.StatusOK, map[string]any{"newNonce": s.URL + "/nonce", "newAccount": s.URL + "/account", "newOrder": s.URL + "/order"})
}

func (s *service) account(w http.ResponseWriter, _ *http.Request) {
	s.tell(w, http.StatusCreated, map[string]any{"status": "valid"})
}

func (s *service) order(w http.ResponseWriter, _ *http.Request) {
	s.tell(w, http.StatusCreated, map[string]any{"status": "pending", "authorizations": []string{s.URL + "/authz"}, "finalize": s.URL + "/finalize"})
}

func (s *service) ready(w http.ResponseWriter, _ *http.Request) {
	s.tell(w, http.StatusOK, map[string]any{"status": "ready", "finalize": s.URL + "/finalize"})
}

// authorization is pending until a challenge was accepted, and then says how
// that went.
func (s *service) authorization(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	status, failed := "pending", map[string]any(nil)
	if len(s.asked) > 0 && s.asked[len(s.asked)-1] != "" {
		status = "valid"
		if len(s.proofs) > 0 {
			status, failed = "invalid", map[string]any{"type": "urn:ietf:params:acme:error:" + s.proofs[0], "detail": "no\x1b[2J luck with +998901234567", "status": 400}
			s.proofs = s.proofs[1:]
		}
		s.asked = append(s.asked, "")
	}
	var challenges []map[string]any
	for _, kind := range []string{"dns-01", "http-01", "tls-alpn-01"} {
		challenges = append(challenges, map[string]any{"type": kind, "url": s.URL + "/chal/" + kind, "token": "token-of-" + kind, "status": status, "error": failed})
	}
	s.tell(w, http.StatusOK, map[string]any{"status": status, "identifier": map[string]any{"type": "dns", "value": "shop.test"}, "challenges": challenges})
}

func (s *service) accept(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, filepath.Base(r.URL.Path))
	s.mu.Unlock()
	s.tell(w, http.StatusOK, map[string]any{"status": "processing"})
}

// accepted lists the challenges that it was asked to look at.
func (s *service) accepted() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var kinds []string
	for _, kind := range s.asked {
		if kind != "" {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func (s *service) finalize(w http.ResponseWriter, r *http.Request) {
	var sealed struct{ Payload string }
	var asked struct{ CSR string }
	err := json.NewDecoder(r.Body).Decode(&sealed)
	if payload, err2 := base64.RawURLEncoding.DecodeString(sealed.Payload); err == nil && err2 == nil {
		err = json.Unmarshal(payload, &asked)
	}
	der, err2 := base64.RawURLEncoding.DecodeString(asked.CSR)
	if err != nil || err2 != nil {
		s.t.Errorf("finalizing: %v, %v", err, err2)
	}
	request, err := x509.ParseCertificateRequest(der)
	if err != nil {
		s.t.Errorf("the request: %v", err)
		return
	}
	signer := ecdsaKey(s.t)
	template := &x509.Certificate{SerialNumber: big.NewInt(7), DNSNames: request.DNSNames, NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().Add(90 * 24 * time.Hour)}
	signed, err := x509.CreateCertificate(nil, template, template, request.PublicKey, signer)
	if err != nil {
		s.t.Errorf("signing: %v", err)
	}
	s.mu.Lock()
	s.chain = block("CERTIFICATE", signed)
	s.mu.Unlock()
	s.tell(w, http.StatusOK, map[string]any{"status": "valid", "certificate": s.URL + "/cert"})
}

func (s *service) certificate(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	serveChain(w, s.chain)
}

func serveChain(w http.ResponseWriter, chain []byte) {
	w.Header().Set("Content-Type", "application/pem-certificate-chain")
	_, _ = w.Write(chain)
}

// options are those of an ACME that trusts the service.
func (s *service) options() webhook.ACMEOptions {
	root := filepath.Join(s.t.TempDir(), "root.pem")
	write(s.t, root, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}))
	return webhook.ACMEOptions{
		Domains: []string{"shop.test"}, Email: "owner@shop.test", Directory: s.URL + "/dir", CARoot: root,
		Cache: filepath.Join(s.t.TempDir(), "acme"), Log: noLog, Now: time.Now,
	}
}

func newACME(t *testing.T, o webhook.ACMEOptions) *webhook.ACME {
	t.Helper()
	a, err := webhook.NewACME(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func problem(status int, kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, `{"type":"urn:ietf:params:acme:error:%s","detail":"see\u001b[2J +998901234567","status":%d}`, kind, status)
	}
}

// logTo is a log that a test can read.
func logTo(l *webhooktest.Log) *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }
