package webhook

import (
	"crypto/tls"
	"log/slog"
	"os"
	"sync"
	"time"
)

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
	stamps  stamps // of the files that current was read from
	looked  time.Time
	err     *CertificateError // of the newest look
	open    *CertificateError // others have access to the key, at the newest look; nil: they have not
}

var _ Certificates = (*Certificate)(nil)

// LoadCertificate reads a certificate with its key. now is the clock by which
// the files are looked at again. The error is a *CertificateError. A
// certificate that has ended is loaded, since a shop must go on: State warns.
func LoadCertificate(certFile, keyFile string, log *slog.Logger, now func() time.Time) (*Certificate, error) {
	c := &Certificate{certFile: certFile, keyFile: keyFile, log: log, now: now, looked: now()}
	if err := c.load(); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Certificate) load() *CertificateError {
	// A file that changes while it is read is read again at the next look.
	stamps := c.stampsNow()
	pair, err := readPair(c.certFile, c.keyFile)
	if err != nil {
		return err
	}
	c.current, c.stamps = pair, stamps
	c.open = keyWarning(c.keyFile)
	for _, warning := range c.warnings() {
		c.log.Warn("the TLS certificate is used all the same", "warning", warning)
	}
	return nil
}

// stamp tells one content of a file from another.
type stamp struct{ changed, size int64 }

type stamps struct{ cert, key stamp }

func (c *Certificate) stampsNow() stamps { return stamps{stampOf(c.certFile), stampOf(c.keyFile)} }

// stampOf is zero where there is no file.
func stampOf(file string) stamp {
	info, err := os.Stat(file)
	if err != nil {
		return stamp{}
	}
	return stamp{info.ModTime().UnixNano(), info.Size()}
}

// look reads the files anew when they have changed. While new ones can't be
// read, a renewal being half written perhaps, the old certificate is used.
func (c *Certificate) look() {
	now := c.now()
	if passed := now.Sub(c.looked); passed >= 0 && passed < certificateLooked {
		return
	}
	c.looked = now
	c.open = keyWarning(c.keyFile)
	if c.stampsNow() == c.stamps {
		c.err = nil
		return
	}
	err := c.load()
	if err != nil && (c.err == nil || err.Error() != c.err.Error()) {
		c.log.Warn("the renewed TLS certificate can't be used; the old one stays", "err", err)
	}
	if err == nil {
		c.log.Info("the renewed TLS certificate is in use", "until", c.current.Leaf.NotAfter)
	}
	c.err = err
}

// Get implements Certificates. Every name gets the one certificate.
func (c *Certificate) Get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.look()
	return c.current, nil
}

// Protocols implements Certificates: HTTP/1.1 is enough.
func (c *Certificate) Protocols() []string { return nil }

// State implements Certificates. It looks at the files as a handshake does, so
// that what it says holds without one too, and as seldom: handshakes wait for it.
func (c *Certificate) State() CertificateState {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.look()
	s := stateOf(c.current)
	if c.err != nil {
		s.Err = c.err
	}
	s.Warnings = c.warnings()
	return s
}

// warnings are what is wrong with the files that are in use.
func (c *Certificate) warnings() []*CertificateError {
	found := warningsOf(c.current.Leaf, c.now())
	if c.open != nil {
		found = append(found, c.open)
	}
	return found
}

// keyWarning tells whether others have access to a key.
func keyWarning(file string) *CertificateError {
	if info, err := os.Stat(file); err == nil && keyOpenToOthers(info) {
		return sayKeyOpen.of(nil, file, info.Mode().Perm())
	}
	return nil
}
