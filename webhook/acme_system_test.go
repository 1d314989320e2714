//go:build system

package webhook_test

import (
	"crypto/tls"
	"errors"
	"log/slog"
	"math/big"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tushum/webhook"
	"tushum/webhook/pebbletest"
	"tushum/webhook/webhooktest"
)

// opened is an ACME behind a real listener, with a real service. The port has to
// be known before there is a service, and the service before there is an ACME.
type opened struct {
	atomic.Pointer[webhook.ACME]
	t       *testing.T
	shop    *webhooktest.Shop
	pebble  *pebbletest.Pebble
	options webhook.ACMEOptions
}

func (o *opened) Get(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	return o.Load().Get(hello)
}
func (o *opened) Protocols() []string             { return new(webhook.ACME).Protocols() }
func (o *opened) State() webhook.CertificateState { return o.Load().State() }

// openWithPebble starts a shop for shop.test. Its HTTPS port is proved only
// where proveTLS says so, and then there is no other way.
func openWithPebble(t *testing.T, proveTLS bool) *opened {
	t.Helper()
	o := &opened{t: t}
	o.shop = webhooktest.Start(t, webhooktest.Options{Listener: webhook.Config{Certificates: o}})
	_, port, err := net.SplitHostPort(o.shop.Address())
	if err != nil {
		t.Fatal(err)
	}
	tlsPort, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	httpPort, unused := freePort(t), freePort(t)
	if !proveTLS {
		tlsPort = unused
	}
	o.pebble = pebbletest.Start(t, tlsPort, httpPort)
	o.options = webhook.ACMEOptions{
		Domains: []string{"shop.test", "www.shop.test"}, Email: "owner@shop.test", Directory: o.pebble.Directory, CARoot: o.pebble.CARoot,
		Cache: t.TempDir() + "/acme", Log: slog.New(slog.NewTextHandler(o.shop.Log, nil)),
		Now: time.Now,
	}
	if !proveTLS {
		o.options.HTTPAddress = net.JoinHostPort("127.0.0.1", strconv.Itoa(httpPort))
	}
	o.begin()
	return o
}

// begin starts an ACME in the place of the one before.
func (o *opened) begin() {
	o.t.Helper()
	a, err := webhook.NewACME(o.options)
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { _ = a.Close() })
	o.Store(a)
}

func (o *opened) obtain() {
	o.t.Helper()
	if err := o.Load().Obtain(o.t.Context()); err != nil {
		o.t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
}

// serial is that of the certificate which a client gets who trusts Pebble.
func (o *opened) serial(name string) *big.Int {
	o.t.Helper()
	c, err := tls.Dial("tcp", o.shop.Address(), &tls.Config{RootCAs: o.pebble.Roots(o.t), ServerName: name})
	if err != nil {
		o.t.Fatalf("%s: %v", name, err)
	}
	defer func() { _ = c.Close() }()
	return c.ConnectionState().PeerCertificates[0].SerialNumber
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

func TestACertificateIsGotByTLSALPN01(t *testing.T) {
	t.Parallel()
	o := openWithPebble(t, true)
	if _, err := tls.Dial("tcp", o.shop.Address(), &tls.Config{ServerName: "shop.test", InsecureSkipVerify: true}); err == nil {
		t.Error("there is a certificate before one was got")
	}
	o.obtain()
	first := o.serial("shop.test")
	if o.serial("www.shop.test").Cmp(first) == 0 {
		t.Error("two domains have one certificate")
	}
	s := o.State()
	if !s.Automatic || s.Err != nil || len(s.Warnings) > 0 || !s.Covers("shop.test") || !s.Covers("www.shop.test") || !strings.Contains(s.Issuer, "Pebble") {
		t.Errorf("the state is %+v", s)
	}
	if left := time.Until(s.NotAfter); left > 91*24*time.Hour || left < 89*24*time.Hour {
		t.Errorf("90 days end on %s", s.NotAfter)
	}

	// Another is got when this one is due, and not before.
	o.obtain()
	if o.serial("shop.test").Cmp(first) != 0 {
		t.Error("a new certificate was renewed")
	}
	o.Load().RenewAtOnce()
	o.obtain()
	second := o.serial("shop.test")
	if second.Cmp(first) == 0 {
		t.Error("a certificate was not renewed that is due")
	}

	// The next start has it without asking anybody.
	o.pebble.Stop()
	o.begin()
	o.obtain()
	if o.serial("shop.test").Cmp(second) != 0 {
		t.Error("a restart serves another certificate")
	}
}

func TestACertificateIsGotByHTTP01(t *testing.T) {
	t.Parallel()
	o := openWithPebble(t, false)
	o.obtain()
	if got := o.serial("shop.test"); got.Sign() <= 0 {
		t.Errorf("the serial is %v", got)
	}
}

// What the service finds out about a domain is told, and the other domain has
// its certificate all the same.
func TestADomainThatCantBeProved(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		spoil func(*opened)
		want  string
	}{
		"it leads to a machine that refuses": {func(o *opened) { o.pebble.Point(o.t, "www.shop.test", "127.0.0.99") }, "did not find this program at www.shop.test: "},
		"DNS fails for it":                   {func(o *opened) { o.pebble.Lose(o.t, "www.shop.test") }, "did not find this program at www.shop.test: "},
		"it is not theirs to certify":        {func(o *opened) { o.options.Domains[1] = "blocked.test" }, "gives no certificate for blocked.test: "},
		"the mail is not one":                {func(o *opened) { o.options.Email = "nobody@" }, "does not take the e-mail nobody@: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openWithPebble(t, true)
			tc.spoil(o)
			o.begin()
			err := o.Load().Obtain(t.Context())
			var says *webhook.CertificateError
			if !errors.As(err, &says) || !strings.Contains(err.Error(), tc.want) || says.Hint.EN == "" {
				t.Fatalf("%v: %v", err, errors.Unwrap(err))
			}
			if s := o.State(); !errors.Is(s.Err, err) || s.Covers("shop.test") == (o.options.Email == "nobody@") {
				t.Errorf("the state is %+v", s)
			}
		})
	}
}
