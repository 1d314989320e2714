package webhook

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// suites are those of TLS 1.2 with authenticated encryption and forward
// secrecy. TLS 1.3 has no others.
var suites = []uint16{
	tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
	tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
	tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
	tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
}

// GetCertificate finds the certificate for a connection, as tls.Config wants it.
type GetCertificate func(*tls.ClientHelloInfo) (*tls.Certificate, error)

func tlsConfig(get GetCertificate) *tls.Config {
	return &tls.Config{
		GetCertificate: get,
		MinVersion:     tls.VersionTLS12,
		CipherSuites:   suites,
		NextProtos:     []string{"http/1.1"},
	}
}

// certificateLooked is how long a certificate is used before its files are
// looked at again.
const certificateLooked = time.Minute

// Certificate is a certificate in two PEM files. When the files are renewed it
// is read again, so the program need not be restarted every few weeks.
type Certificate struct {
	certFile, keyFile string
	log               *slog.Logger
	now               func() time.Time

	mu      sync.Mutex
	current *tls.Certificate
	changed time.Time // of the files that current was read from
	looked  time.Time
}

// LoadCertificate reads a certificate with its key. now is the clock by which
// the files are looked at again.
func LoadCertificate(certFile, keyFile string, log *slog.Logger, now func() time.Time) (*Certificate, error) {
	c := &Certificate{certFile: certFile, keyFile: keyFile, log: log, now: now}
	if err := c.load(); err != nil {
		return nil, err
	}
	c.looked = now()
	return c, nil
}

func (c *Certificate) load() error {
	changed, err := c.lastChange()
	if err != nil {
		return fmt.Errorf("reading the TLS certificate: %w", err)
	}
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return fmt.Errorf("reading the TLS certificate: %w", err)
	}
	c.current, c.changed = &pair, changed
	return nil
}

func (c *Certificate) lastChange() (time.Time, error) {
	cert, err := os.Stat(c.certFile)
	if err != nil {
		return time.Time{}, err
	}
	key, err := os.Stat(c.keyFile)
	if err != nil {
		return time.Time{}, err
	}
	if key.ModTime().After(cert.ModTime()) {
		return key.ModTime(), nil
	}
	return cert.ModTime(), nil
}

// Get is the GetCertificate of the files. While new files can't be read, a
// renewal being half written perhaps, the old certificate is used.
func (c *Certificate) Get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now().Sub(c.looked) < certificateLooked {
		return c.current, nil
	}
	c.looked = c.now()
	if changed, err := c.lastChange(); err == nil && changed.Equal(c.changed) {
		return c.current, nil
	}
	if err := c.load(); err != nil {
		c.log.Warn("the renewed TLS certificate can't be used; the old one stays", "err", err)
	}
	return c.current, nil
}
