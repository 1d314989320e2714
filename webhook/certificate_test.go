package webhook_test

import (
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

var noLog = slog.New(slog.DiscardHandler)

// wantSentence sees that an error says what it should in every language, and
// what to do.
func wantSentence(t *testing.T, err error, english string) {
	t.Helper()
	var says *webhook.CertificateError
	if !errors.As(err, &says) {
		t.Fatalf("%v is a %T", err, err)
	}
	if err.Error() != says.Says.In(lang.EN) || !strings.Contains(err.Error(), english) {
		t.Errorf("it says %q, want %q", err, english)
	}
	for _, text := range []lang.Text{says.Says, says.Hint} {
		if text.UZ == "" || text.RU == "" || text.EN == "" || text.UZ == text.EN || text.RU == text.EN || strings.Contains(text.UZ+text.RU+text.EN, "%!") {
			t.Errorf("%q lacks a language", text)
		}
	}
}

func TestCertificatesThatCantBeRead(t *testing.T) {
	t.Parallel()
	mine, other, big := issueFor(t, x509.Certificate{}, ecdsaKey(t)), issueFor(t, x509.Certificate{}, ecdsaKey(t)), rsaKey(t)
	theirs := issueFor(t, x509.Certificate{}, big)
	der, _ := pem.Decode(mine.cert)
	legacy := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-256-CBC,00"}, Bytes: []byte("secret")})
	for name, tc := range map[string]struct {
		cert, key []byte // nil: no such file
		want      string
	}{
		"no certificate":           {nil, mine.key, "there is no certificate file "},
		"no key":                   {mine.cert, nil, "there is no key file "},
		"empty":                    {[]byte{}, mine.key, "cert.pem holds no certificate in PEM"},
		"DER":                      {der.Bytes, mine.key, "cert.pem holds no certificate in PEM"},
		"a key for a certificate":  {mine.key, mine.key, "cert.pem holds a private key and no certificate"},
		"a certificate for a key":  {mine.cert, mine.cert, "key.pem holds a certificate and no private key"},
		"no key in PEM":            {mine.cert, []byte("half writ"), "key.pem holds no private key in PEM"},
		"a damaged certificate":    {block("CERTIFICATE", der.Bytes[:100]), mine.key, "a certificate in "},
		"a damaged key":            {mine.cert, block("PRIVATE KEY", []byte("secret")), "key.pem is damaged, or of an unknown kind"},
		"a key with a password":    {mine.cert, block("ENCRYPTED PRIVATE KEY", []byte("secret")), "key.pem is protected by a password"},
		"one as OpenSSL had them":  {theirs.cert, legacy, "key.pem is protected by a password"},
		"another's key":            {mine.cert, other.key, "key.pem does not belong to the certificate in "},
		"a key of another kind":    {mine.cert, theirs.key, "key.pem does not belong to the certificate in "},
		"a chain that is reversed": {slices.Concat(other.cert, mine.cert), mine.key, "cert.pem the shop's own certificate does not stand first"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			certFile, keyFile := filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
			for file, text := range map[string][]byte{certFile: tc.cert, keyFile: tc.key} {
				if text != nil {
					write(t, file, text)
				}
			}
			_, err := webhook.LoadCertificate(certFile, keyFile, noLog, time.Now)
			wantSentence(t, err, tc.want)
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("it tells what is in the key: %v", err)
			}
			if missing := tc.cert == nil || tc.key == nil; errors.Is(err, os.ErrNotExist) != missing {
				t.Errorf("the cause is %v", errors.Unwrap(err))
			}
		})
	}
}

func TestCertificatesThatAreNoFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	certFile, _ := issueFor(t, x509.Certificate{}, ecdsaKey(t)).put(t, dir)
	_, err := webhook.LoadCertificate(certFile, dir, noLog, time.Now)
	wantSentence(t, err, dir+" is not a file")
	_, err = webhook.LoadCertificate(certFile, certFile+"\x00", noLog, time.Now)
	wantSentence(t, err, "can't be read: ")
}

func TestKeysOfEveryKindAreServed(t *testing.T) {
	t.Parallel()
	ec, big := ecdsaKey(t), rsaKey(t)
	ecDER, err := x509.MarshalECPrivateKey(ec)
	if err != nil {
		t.Fatal(err)
	}
	parameters := []byte("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n")
	theirs := issueFor(t, x509.Certificate{}, big)
	for name, made := range map[string]issue{
		"ECDSA":                        issueFor(t, x509.Certificate{}, ec),
		"RSA":                          theirs,
		"Ed25519":                      issueFor(t, x509.Certificate{}, ed25519Key(t)),
		"ECDSA as OpenSSL has it":      {cert: issueFor(t, x509.Certificate{}, ec).cert, key: append(parameters, block("EC PRIVATE KEY", ecDER)...)},
		"RSA as OpenSSL had it":        {cert: theirs.cert, key: block("RSA PRIVATE KEY", pkcs1(big))},
		"both in one file, with words": {cert: slices.Concat([]byte("subject=shop\n"), theirs.key, theirs.cert), key: slices.Concat(theirs.cert, theirs.key)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serveIssue(t, made)
			for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
				c, err := tls.Dial("tcp", s.Address(), &tls.Config{MinVersion: version, MaxVersion: version, RootCAs: trusting(t, made), ServerName: "shop.test"})
				if err != nil {
					t.Errorf("%s: %v", tls.VersionName(version), err)
					continue
				}
				_ = c.Close()
			}
		})
	}
}

func pkcs1(key *rsa.PrivateKey) []byte { return x509.MarshalPKCS1PrivateKey(key) }

func trusting(t *testing.T, made issue) *x509.CertPool {
	t.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(made.cert) {
		t.Fatal("there is no certificate to trust")
	}
	return pool
}

func TestRenewedCertificates(t *testing.T) {
	t.Parallel()
	dir, clock, log := t.TempDir(), new(webhooktest.Clock), new(webhooktest.Log)
	certFile, keyFile := writeCertificate(t, dir, 1, webhooktest.Begin)
	c, err := webhook.LoadCertificate(certFile, keyFile, slog.New(slog.NewTextHandler(log, nil)), clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	want := func(when string, serial int64, says string) {
		t.Helper()
		cert, err := c.Get(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := cert.Leaf.SerialNumber.Int64(); got != serial {
			t.Errorf("%s: certificate %d, want %d", when, got, serial)
		}
		s := c.State()
		if says == "" && s.Err != nil {
			t.Errorf("%s: the state is %v", when, s.Err)
		}
		if says != "" {
			wantSentence(t, s.Err, says)
		}
		if !slices.EqualFunc(s.Chain, cert.Certificate, slices.Equal) {
			t.Errorf("%s: the state is of another certificate", when)
		}
	}
	want("at first", 1, "")
	writeCertificate(t, dir, 2, webhooktest.Begin.Add(time.Hour))
	want("within the minute", 1, "")
	clock.Advance(time.Minute)
	want("after a minute", 2, "")
	write(t, keyFile, []byte("half writ"))
	clock.Advance(time.Minute)
	want("while the files are broken", 2, "holds no private key in PEM")
	clock.Advance(time.Minute)
	want("while they still are", 2, "holds no private key in PEM")
	if got := strings.Count(log.String(), "the old one stays"); got != 1 {
		t.Errorf("the same trouble is logged %d times: %s", got, log)
	}
	write(t, keyFile, issueFor(t, x509.Certificate{}, ecdsaKey(t)).key)
	clock.Advance(time.Minute)
	want("between the two files", 2, "does not belong to the certificate")
	// A file may be put back with the time it had.
	writeCertificate(t, dir, 3, webhooktest.Begin.Add(-time.Hour))
	clock.Advance(time.Minute)
	want("when they are whole again", 3, "")
	writeCertificate(t, dir, 5, webhooktest.Begin.Add(time.Millisecond-time.Hour))
	clock.Advance(time.Minute)
	want("when they are renewed twice within a second", 5, "")
	if err := os.Remove(certFile); err != nil {
		t.Fatal(err)
	}
	clock.Advance(time.Minute)
	want("when they are gone", 5, "there is no certificate file")
	clock.Advance(-24 * time.Hour)
	writeCertificate(t, dir, 4, webhooktest.Begin)
	want("when the clock was set back", 4, "")
}

// Whoever asks for the state need not wait for a bank to call.
func TestTheStateIsTrueWithoutHandshakes(t *testing.T) {
	t.Parallel()
	dir, clock := t.TempDir(), new(webhooktest.Clock)
	certFile, keyFile := writeCertificate(t, dir, 1, webhooktest.Begin)
	c, err := webhook.LoadCertificate(certFile, keyFile, noLog, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(keyFile); err != nil {
		t.Fatal(err)
	}
	clock.Advance(time.Minute)
	wantSentence(t, c.State().Err, "there is no key file")
}

func TestTheStateOfACertificate(t *testing.T) {
	t.Parallel()
	made := full(t)
	certFile, keyFile := made.put(t, t.TempDir())
	c, err := webhook.LoadCertificate(certFile, keyFile, noLog, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	s := c.State()
	if !slices.Equal(s.Names, []string{"shop.test", "*.pay.test", "192.0.2.7"}) || s.Issuer != "A CA R<U+001B>[2J1" || s.Automatic || s.Err != nil || len(s.Warnings) > 0 {
		t.Errorf("the state is %+v", s)
	}
	if !s.NotBefore.Equal(made.leaf.NotBefore) || !s.NotAfter.Equal(made.leaf.NotAfter) || len(s.Chain) != 1 {
		t.Errorf("the state is %+v", s)
	}
	for host, covered := range map[string]bool{
		"shop.test": true, "SHOP.test": true, "a.pay.test": true, "192.0.2.7": true,
		"www.shop.test": false, "pay.test": false, "a.b.pay.test": false, "192.0.2.8": false, "": false,
	} {
		if s.Covers(host) != covered {
			t.Errorf("it covers %q: %v", host, !covered)
		}
	}
	now := s.NotAfter.Add(-14 * 24 * time.Hour)
	if s.EndsSoon(now) || !s.EndsSoon(now.Add(time.Second)) || !s.EndsSoon(s.NotAfter.Add(time.Second)) {
		t.Error("its end is not told")
	}
	if (webhook.CertificateState{}).EndsSoon(now) {
		t.Error("a certificate that is not there ends")
	}
}

// A shop must go on: what is wrong by the clock is told, and served.
func TestCertificatesThatAreServedAllTheSame(t *testing.T) {
	t.Parallel()
	made := issueFor(t, x509.Certificate{}, ecdsaKey(t))
	certFile, keyFile := made.put(t, t.TempDir())
	for want, now := range map[string]time.Time{
		"the certificate ended on " + made.leaf.NotAfter.Format("02.01.2006"):            made.leaf.NotAfter.Add(time.Second),
		"the certificate is valid only from " + made.leaf.NotBefore.Format("02.01.2006"): made.leaf.NotBefore.Add(-time.Second),
	} {
		log := new(webhooktest.Log)
		c, err := webhook.LoadCertificate(certFile, keyFile, slog.New(slog.NewTextHandler(log, nil)), func() time.Time { return now })
		if err != nil {
			t.Fatal(err)
		}
		s := c.State()
		if len(s.Warnings) != 1 || s.Err != nil {
			t.Fatalf("%s: the state is %+v", want, s)
		}
		wantSentence(t, s.Warnings[0], want)
		if got, err := c.Get(nil); err != nil || got == nil {
			t.Errorf("%s: %v", want, err)
		}
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log has %s", log)
		}
	}
}
