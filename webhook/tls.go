package webhook

import (
	"crypto/tls"
	"errors"
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

// errUnknownName is what Get says to a caller who asks for somebody else.
var errUnknownName = errors.New("the listener has no such name")

func tlsConfig(c Certificates) *tls.Config {
	return &tls.Config{
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			found, err := c.Get(hello)
			if errors.Is(err, errUnknownName) {
				return nil, nil // with which crypto/tls answers the alert unrecognized_name, and not internal_error
			}
			return found, err
		},
		MinVersion:   tls.VersionTLS12,
		CipherSuites: suites,
		NextProtos:   append([]string{"http/1.1"}, c.Protocols()...),
	}
}
