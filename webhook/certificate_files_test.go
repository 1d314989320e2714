package webhook_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// issue is a certificate of a test with its key, both as PEM.
type issue struct {
	cert, key []byte
	leaf      *x509.Certificate
}

// issueFor makes a self-signed certificate. What the template leaves open is for
// shop.test and ends in 90 days.
func issueFor(t *testing.T, template x509.Certificate, key crypto.Signer) issue {
	t.Helper()
	if template.SerialNumber == nil {
		template.SerialNumber = big.NewInt(1)
	}
	if template.DNSNames == nil {
		template.DNSNames = []string{"shop.test"}
	}
	if template.NotAfter.IsZero() {
		template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(90*24*time.Hour)
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return issue{cert: block("CERTIFICATE", der), key: block("PRIVATE KEY", private), leaf: leaf}
}

func block(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func ecdsaKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func rsaKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func ed25519Key(t *testing.T) ed25519.PrivateKey {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// put writes the two files into a folder.
func (i issue) put(t *testing.T, dir string) (certFile, keyFile string) {
	t.Helper()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	write(t, certFile, i.cert)
	write(t, keyFile, i.key)
	return certFile, keyFile
}

func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// writeCertificate makes a certificate for shop.test and writes its files.
func writeCertificate(t *testing.T, dir string, serial int64, changed time.Time) (certFile, keyFile string) {
	t.Helper()
	certFile, keyFile = issueFor(t, x509.Certificate{SerialNumber: big.NewInt(serial)}, ecdsaKey(t)).put(t, dir)
	for _, file := range []string{certFile, keyFile} {
		if err := os.Chtimes(file, changed, changed); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}

// full is a certificate with everything that its state tells.
func full(t *testing.T) issue {
	t.Helper()
	return issueFor(t, x509.Certificate{
		DNSNames: []string{"shop.test", "*.pay.test"}, IPAddresses: []net.IP{net.IPv4(192, 0, 2, 7)},
		Subject: pkix.Name{CommonName: "R\x1b[2J1", Organization: []string{"A CA"}},
	}, ecdsaKey(t))
}
