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

// Files are looked into when the answers are saved, wherever they lie.
func TestCertificateFilesAreLookedInto(t *testing.T) {
	t.Parallel()
	certificate, key := selfSigned(t, "pay.shop.uz")
	_, otherKey := selfSigned(t, "pay.shop.uz")
	beside, err := filepath.Rel(filepath.Dir(certificate), key)
	if err != nil {
		t.Fatal(err)
	}
	files := func(cert, key string, more ...string) setup.Answers {
		a := setup.Answers{setup.TLSCert: cert, setup.TLSKey: key}
		for i := 0; i < len(more); i += 2 {
			a[setup.ID(more[i])] = more[i+1]
		}
		return a
	}
	for _, c := range []struct {
		given setup.Answers
		id    setup.ID
		want  string // part of the refusal; empty: none
	}{
		{files(" '"+certificate+"' ", key, "public-url", "https://pay.shop.uz"), "", ""},
		{files(certificate, beside), "", ""},
		{files(certificate, key, "public-url", "https://shop.uz"), setup.TLSCert, `the certificate is not for "shop.uz"`},
		{files(key, key), setup.TLSCert, "there is no certificate in"},
		{files(filepath.Dir(key), key), setup.TLSCert, "can't be read"},
		{files("/nowhere/cert.pem", key), setup.TLSCert, "there is no file"},
		{files("no.pem", key), setup.TLSCert, "there is no file"},
		{files(certificate, otherKey), setup.TLSKey, "is not the key of this certificate"},
		{files(certificate, certificate), setup.TLSKey, "is not the key of this certificate"},
		{files(certificate, "/nowhere/key.pem"), setup.TLSKey, "there is no file"},
		{setup.Answers{setup.HTTPS: setup.ByACME, setup.PublicURL: "pay.shop.uz", setup.ACMECARoot: "/nowhere/ca.pem"}, setup.ACMECARoot, "there is no file"},
		{setup.Answers{setup.HTTPS: setup.ByACME, setup.PublicURL: "pay.shop.uz", setup.ACMECARoot: filepath.Dir(key)}, setup.ACMECARoot, "can't be read"},
		{setup.Answers{setup.HTTPS: setup.ByACME, setup.PublicURL: "pay.shop.uz", setup.ACMECARoot: certificate}, "", ""},
	} {
		d := newDesk(t)
		d.Path = filepath.Join(filepath.Dir(certificate), "config.toml")
		_, err := d.Save(c.given)
		var answer *setup.Wrong
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%v gives %v", c.given, err)
		case c.want != "" && (!errors.As(err, &answer) || answer.ID != c.id || !strings.Contains(err.Error(), c.want) || answer.Err.Hint.RU == ""):
			t.Errorf("%v gives %v, want %q", c.given, err, c.want)
		}
		_ = os.Remove(d.Path) // the next begins anew
	}
}

// Whoever types is not held up by a disk that does not answer.
func TestTypingAPathOpensNoFile(t *testing.T) {
	t.Parallel()
	for _, id := range []setup.ID{setup.TLSCert, setup.TLSKey, setup.ACMECARoot} {
		if got, err := question(t, id).Check("/nowhere/at all.pem", fresh()); err != nil || got != "/nowhere/at all.pem" {
			t.Errorf("%s: %q, %v", id, got, err)
		}
	}
}
