package setup_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tushum/internal/setup"
)

// selfSigned writes a certificate for a name and its key.
func selfSigned(t *testing.T, host string) (certificate, key string) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{host}, NotBefore: today, NotAfter: today.Add(24 * time.Hour)}
	leaf, err := x509.CreateCertificate(rand.Reader, about, about, &secret.PublicKey, secret)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	certificate, key = filepath.Join(dir, "full chain.pem"), filepath.Join(dir, "key.pem")
	err = errors.Join(
		os.WriteFile(certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: leaf}), 0o600),
		os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: sealed}), 0o600),
	)
	if err != nil {
		t.Fatal(err)
	}
	return certificate, key
}

func TestCertificateFilesAreLookedInto(t *testing.T) {
	t.Parallel()
	certificate, key := selfSigned(t, "pay.shop.uz")
	_, otherKey := selfSigned(t, "pay.shop.uz")
	for _, c := range []struct {
		id    setup.ID
		typed string
		all   setup.Answers
		want  string // part of the refusal; empty: none
	}{
		{setup.TLSCert, " '" + certificate + "' ", with("public-url", "https://pay.shop.uz"), ""},
		{setup.TLSCert, certificate, nil, ""},
		{setup.TLSCert, certificate, with("public-url", "https://shop.uz"), `the certificate is not for "shop.uz"`},
		{setup.TLSCert, key, nil, "there is no certificate in"},
		{setup.TLSCert, filepath.Dir(key), nil, "can't be read"},
		{setup.TLSKey, key, with("tls-cert", certificate), ""},
		{setup.TLSKey, otherKey, with("tls-cert", certificate), "is not the key of this certificate"},
		{setup.TLSKey, certificate, with("tls-cert", certificate), "is not the key of this certificate"},
		{setup.TLSKey, key, with("tls-cert", "/nowhere/c.pem"), "there is no file"},
		{setup.ACMECARoot, certificate, nil, ""},
		{setup.ACMECARoot, filepath.Dir(key), nil, "can't be read"},
	} {
		_, err := question(t, c.id).Check(c.typed, c.all)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %s gives %v, want %q", c.id, c.typed, err, c.want)
		}
	}
}
