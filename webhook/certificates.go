package webhook

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"time"

	"tushum/store"
)

// Certificates is where the listener's certificate comes from: two files, or an
// ACME service.
type Certificates interface {
	// Get finds the certificate for a connection, as tls.Config wants it.
	Get(*tls.ClientHelloInfo) (*tls.Certificate, error)
	// Protocols are those of ALPN that the source needs besides HTTP/1.1.
	Protocols() []string
	// State is what is being served now.
	State() CertificateState
}

// CertificateState is what there is to know about a certificate without a
// connection. While there is none, Names and Chain are empty and the times are zero.
type CertificateState struct {
	Names     []string // DNS names and addresses that it is for
	NotBefore time.Time
	NotAfter  time.Time
	Issuer    string   // cleaned
	Automatic bool     // it is renewed by ACME, and not by whoever writes the files
	Chain     [][]byte // DER, the shop's own first; of several certificates the one that ends first
	Err       error    // why the newest attempt to read or to get one failed, a *CertificateError; nil: it did not

	// Warnings are what is wrong with a certificate that is served all the same.
	Warnings []*CertificateError
}

// Covers reports whether the certificate is for a host name or an address, by
// the rules of RFC 6125: *.shop.uz is for pay.shop.uz.
func (s CertificateState) Covers(host string) bool {
	var names x509.Certificate
	for _, name := range s.Names {
		if address := net.ParseIP(name); address != nil {
			names.IPAddresses = append(names.IPAddresses, address)
			continue
		}
		names.DNSNames = append(names.DNSNames, name)
	}
	return names.VerifyHostname(host) == nil
}

// EndsSoon reports whether there is a certificate that nobody has renewed in
// time, or that has ended. Where there is none it is Err that tells.
func (s CertificateState) EndsSoon(now time.Time) bool {
	v := store.Validity{NotBefore: s.NotBefore, NotAfter: s.NotAfter, Automatic: s.Automatic}
	return !s.NotAfter.IsZero() && v.EndsSoon(now)
}

// stateOf is what a certificate says of itself.
func stateOf(c *tls.Certificate) CertificateState {
	leaf := c.Leaf
	s := CertificateState{NotBefore: leaf.NotBefore, NotAfter: leaf.NotAfter, Chain: c.Certificate}
	for _, name := range leaf.DNSNames {
		s.Names = append(s.Names, told(name))
	}
	for _, address := range leaf.IPAddresses {
		s.Names = append(s.Names, address.String())
	}
	s.Issuer = told(leaf.Issuer.CommonName)
	if len(leaf.Issuer.Organization) > 0 {
		s.Issuer = told(leaf.Issuer.Organization[0] + " " + leaf.Issuer.CommonName)
	}
	return s
}

// ErrCertificateEnded is the cause of the warning about one that has ended.
var ErrCertificateEnded = errors.New("the certificate has ended")

// warningsOf are what is wrong with a certificate by the clock.
func warningsOf(leaf *x509.Certificate, now time.Time) []*CertificateError {
	const day = "02.01.2006"
	switch {
	case now.After(leaf.NotAfter):
		return []*CertificateError{sayEnded.of(ErrCertificateEnded, leaf.NotAfter.Format(day))}
	case now.Before(leaf.NotBefore):
		return []*CertificateError{sayNotBegun.of(nil, leaf.NotBefore.Format(day))}
	}
	return nil
}
