package webhook

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
)

// maxPEM is the greatest size of a PEM file, in bytes; a chain has about 6 KiB.
const maxPEM = 1 << 20

// readPair reads a certificate and its key, and sees that they belong together.
func readPair(certFile, keyFile string) (*tls.Certificate, *CertificateError) {
	certText, err := readPEM(certFile, sayNoCertificateFile)
	if err != nil {
		return nil, err
	}
	keyText, err := readPEM(keyFile, sayNoKeyFile)
	if err != nil {
		return nil, err
	}
	chain, err := parseChain(certFile, certText)
	if err != nil {
		return nil, err
	}
	key, err := parseKey(keyFile, keyText)
	if err != nil {
		return nil, err
	}
	switch at := placeOf(key, chain); {
	case at < 0:
		return nil, sayOtherKey.of(nil, keyFile, certFile)
	case at > 0:
		return nil, sayOrder.of(nil, certFile)
	}
	return pairOf(chain, key), nil
}

func readPEM(file string, missing sentence) ([]byte, *CertificateError) {
	// A pipe would be waited for without end, so the file is looked at first.
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, missing.of(err, file)
	case err != nil:
		return nil, sayUnreadable.of(err, file, reason(err))
	case !info.Mode().IsRegular():
		return nil, sayNotAFile.of(nil, file)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, sayUnreadable.of(err, file, reason(err))
	}
	defer func() { _ = f.Close() }() // nothing was written
	text, err := io.ReadAll(io.LimitReader(f, maxPEM))
	if err != nil {
		return nil, sayUnreadable.of(err, file, reason(err))
	}
	return text, nil
}

// parseChain reads every certificate of a file.
func parseChain(file string, text []byte) ([]*x509.Certificate, *CertificateError) {
	var chain []*x509.Certificate
	key := false
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		key = key || isKey(block)
		if block.Type != "CERTIFICATE" {
			continue
		}
		one, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, sayDamaged.of(err, file)
		}
		chain = append(chain, one)
	}
	switch {
	case len(chain) > 0:
		return chain, nil
	case key:
		return nil, sayOnlyKey.of(nil, file)
	}
	return nil, sayNotPEM.of(nil, file)
}

func isKey(block *pem.Block) bool { return strings.HasSuffix(block.Type, "PRIVATE KEY") }

// parseKey reads the first private key of a file.
func parseKey(file string, text []byte) (crypto.Signer, *CertificateError) {
	certificate := false
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		certificate = certificate || block.Type == "CERTIFICATE"
		if !isKey(block) {
			continue
		}
		// PKCS #8 says it in the type, what OpenSSL wrote before in a header.
		if strings.HasPrefix(block.Type, "ENCRYPTED") || block.Headers["DEK-Info"] != "" {
			return nil, sayKeyEncrypted.of(nil, file)
		}
		key, err := parsePrivateKey(block.Bytes)
		if err != nil {
			return nil, sayKeyDamaged.of(err, file)
		}
		return key, nil
	}
	if certificate {
		return nil, sayOnlyCertificate.of(nil, file)
	}
	return nil, sayKeyNotPEM.of(nil, file)
}

var errKeyKind = errors.New("neither RSA, ECDSA nor Ed25519")

// parsePrivateKey reads the three forms that there are: PKCS #8, PKCS #1 of RSA
// and SEC 1 of ECDSA. What the block is called does not always tell.
func parsePrivateKey(der []byte) (crypto.Signer, error) {
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key, nil
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, errKeyKind
	}
	return signer, nil
}

// placeOf is which certificate of a chain the key belongs to; -1: none.
func placeOf(key crypto.Signer, chain []*x509.Certificate) int {
	public, ok := key.Public().(interface{ Equal(x crypto.PublicKey) bool })
	if !ok {
		return -1
	}
	for i, one := range chain {
		if public.Equal(one.PublicKey) {
			return i
		}
	}
	return -1
}

// pairOf is the certificate as crypto/tls takes it.
func pairOf(chain []*x509.Certificate, key crypto.Signer) *tls.Certificate {
	pair := &tls.Certificate{PrivateKey: key, Leaf: chain[0]}
	for _, one := range chain {
		pair.Certificate = append(pair.Certificate, one.Raw)
	}
	return pair
}
