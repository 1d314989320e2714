package webhook_test

import (
	"crypto/tls"
	"crypto/x509"
	"strings"
	"testing"
	"time"

	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

// serveIssue starts a shop with a certificate.
func serveIssue(t *testing.T, made issue) *webhooktest.Shop {
	t.Helper()
	certFile, keyFile := made.put(t, t.TempDir())
	cert, err := webhook.LoadCertificate(certFile, keyFile, noLog, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return webhooktest.Start(t, webhooktest.Options{Listener: webhook.Config{Certificates: cert}})
}

func startTLS(t *testing.T) *webhooktest.Shop {
	t.Helper()
	return serveIssue(t, issueFor(t, x509.Certificate{}, ecdsaKey(t)))
}

func TestTLSIsModern(t *testing.T) {
	t.Parallel()
	shops := map[string]*webhooktest.Shop{"ECDSA": startTLS(t), "RSA": serveIssue(t, issueFor(t, x509.Certificate{}, rsaKey(t)))}
	cbc := []uint16{
		tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
		tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
	}
	for name, tc := range map[string]struct {
		client *tls.Config
		ok     bool
	}{
		"1.3":                         {&tls.Config{MinVersion: tls.VersionTLS13}, true},
		"1.2":                         {&tls.Config{MaxVersion: tls.VersionTLS12}, true},
		"1.1":                         {&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, false},
		"1.2 with CBC":                {&tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: cbc}, false},
		"1.2 without forward secrecy": {&tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256}}, false},
		"offers h2":                   {&tls.Config{NextProtos: []string{"h2", "http/1.1"}}, true},
		"only h2":                     {&tls.Config{NextProtos: []string{"h2"}}, false},
		"only a challenge":            {&tls.Config{NextProtos: []string{"acme-tls/1"}}, false},
	} {
		tc.client.InsecureSkipVerify = true
		for kind, s := range shops {
			c, err := tls.Dial("tcp", s.Address(), tc.client)
			if (err == nil) != tc.ok {
				t.Errorf("%s, %s: %v", name, kind, err)
			}
			if name == "1.1" && err != nil && !strings.Contains(err.Error(), "protocol version") {
				t.Errorf("%s, %s: it is refused for another reason: %v", name, kind, err)
			}
			if err != nil {
				continue
			}
			if p := c.ConnectionState().NegotiatedProtocol; p != "" && p != "http/1.1" {
				t.Errorf("%s, %s: speaks %s", name, kind, p)
			}
			_ = c.Close()
		}
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
