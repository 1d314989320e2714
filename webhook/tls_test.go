package webhook_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

// writeCertificate makes a certificate for 127.0.0.1 and writes its files.
func writeCertificate(t *testing.T, dir string, serial int64, changed time.Time) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), DNSNames: []string{"shop.test"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for file, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: der}, keyFile: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, changed, changed); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}

func startTLS(t *testing.T) *webhooktest.Shop {
	t.Helper()
	certFile, keyFile := writeCertificate(t, t.TempDir(), 1, time.Now())
	cert, err := webhook.LoadCertificate(certFile, keyFile, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return webhooktest.Start(t, webhooktest.Options{Listener: webhook.Config{GetCertificate: cert.Get}})
}

func TestTLSIsModern(t *testing.T) {
	t.Parallel()
	s := startTLS(t)
	for name, tc := range map[string]struct {
		client *tls.Config
		ok     bool
	}{
		"1.3":          {&tls.Config{MinVersion: tls.VersionTLS13}, true},
		"1.2":          {&tls.Config{MaxVersion: tls.VersionTLS12}, true},
		"1.1":          {&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, false},
		"1.2 with CBC": {&tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA}}, false},
		"offers h2":    {&tls.Config{NextProtos: []string{"h2", "http/1.1"}}, true},
		"only h2":      {&tls.Config{NextProtos: []string{"h2"}}, false},
	} {
		tc.client.InsecureSkipVerify = true
		c, err := tls.Dial("tcp", s.Address(), tc.client)
		if (err == nil) != tc.ok {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil {
			continue
		}
		if p := c.ConnectionState().NegotiatedProtocol; p != "" && p != "http/1.1" {
			t.Errorf("%s: speaks %s", name, p)
		}
		_ = c.Close()
	}
}

// Over TLS too the gate knows a connection that has authenticated.
func TestTLSConnectionsAreKnown(t *testing.T) {
	t.Parallel()
	s := startTLS(t)
	c, err := tls.Dial("tcp", s.Address(), &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	request := "POST /uzum/check HTTP/1.1\r\nHost: shop\r\n" + basic + "Content-Length: 2\r\n\r\n{}"
	if _, err := c.Write([]byte(request)); err != nil {
		t.Fatal(err)
	}
	answer := make([]byte, 4096)
	n, err := c.Read(answer)
	if err != nil || !strings.Contains(string(answer[:n]), `"errorCode":"10005"}`) {
		t.Fatalf("%q, %v", answer[:n], err)
	}
	if got := s.Server.Strangers(); got != 0 {
		t.Errorf("%d strangers", got)
	}
}

func TestRenewedCertificates(t *testing.T) {
	t.Parallel()
	dir, clock, log := t.TempDir(), new(webhooktest.Clock), new(webhooktest.Log)
	certFile, keyFile := writeCertificate(t, dir, 1, webhooktest.Begin)
	c, err := webhook.LoadCertificate(certFile, keyFile, slog.New(slog.NewTextHandler(log, nil)), clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	want := func(when string, serial int64) {
		t.Helper()
		cert, err := c.Get(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := cert.Leaf.SerialNumber.Int64(); got != serial {
			t.Errorf("%s: certificate %d, want %d", when, got, serial)
		}
	}
	want("at first", 1)
	writeCertificate(t, dir, 2, webhooktest.Begin.Add(time.Hour))
	want("within the minute", 1)
	clock.Advance(time.Minute)
	want("after a minute", 2)
	if err := os.WriteFile(keyFile, []byte("half writ"), 0o600); err != nil {
		t.Fatal(err)
	}
	clock.Advance(time.Minute)
	want("while the files are broken", 2)
	if !strings.Contains(log.String(), "the old one stays") {
		t.Errorf("log: %s", log)
	}
	writeCertificate(t, dir, 3, webhooktest.Begin.Add(2*time.Hour))
	clock.Advance(time.Minute)
	want("when they are whole again", 3)
	if err := os.Remove(certFile); err != nil {
		t.Fatal(err)
	}
	clock.Advance(time.Minute)
	want("when they are gone", 3)
}

func TestCertificatesThatCantBeRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	certFile, keyFile := writeCertificate(t, dir, 1, time.Now())
	for name, files := range map[string][2]string{"no files": {dir + "/a", dir + "/b"}, "no key": {certFile, dir + "/b"}, "swapped": {keyFile, certFile}} {
		if _, err := webhook.LoadCertificate(files[0], files[1], slog.New(slog.DiscardHandler), time.Now); err == nil || !strings.HasPrefix(err.Error(), "reading the TLS certificate: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
