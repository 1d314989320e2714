package doctor_test

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"tushum/internal/doctor"
)

// outside has the shop's public address be its router's, as far as the doctor can
// tell, whatever address of this machine the test has for it.
func (s *shop) outside() { s.subject.Outside = func(netip.Addr) bool { return true } }

// nobodysPort is one where nothing listens.
func nobodysPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return port
}

// Many routers let nobody in from inside by the public address. That is no defect
// of the shop's.
func TestARouterThatLetsNobodyInFromInside(t *testing.T) {
	t.Parallel()
	router := want{doctor.Warning, "", "your router may not let you in from inside: open https://shop.test"}
	refused := "https://" + publicHost + ":" + nobodysPort(t)

	s := open(t, plan{public: refused})
	s.holdAll(t, map[string]want{"webhooks.public": {doctor.Failed, "nothing listens there", "forward the port"}}) // the address is this machine's
	s.outside()
	s.holdAll(t, map[string]want{"webhooks.local": {status: doctor.Passed}, "webhooks.public": router, "https.certificate": {status: doctor.Passed}})
	s.subject.Resolver = names{}
	s.holdAll(t, map[string]want{"webhooks.public": {doctor.Failed, "no such name", "A record"}}) // no router's doing
	s.subject.Resolver = names{publicHost: "127.0.0.1"}
	rehearse := s.subject.Rehearse
	s.subject.Rehearse = func() (*doctor.Rehearsal, error) {
		r, err := rehearse()
		if err == nil {
			r.ServiceID++
		}
		return r, err
	}
	s.holdAll(t, map[string]want{"webhooks.local": {status: doctor.Failed}, "webhooks.public": {status: doctor.Failed}}) // it is the shop that is not sound

	proxied := open(t, plan{public: refused, plain: true})
	proxied.outside()
	proxied.holdAll(t, map[string]want{"webhooks.public": router, "https.certificate": {doctor.Warning, "nothing listens there", "from inside"}})
}

// The page of a router has a certificate of its own, and behind a proxy is a page.
func TestARouterThatShowsItself(t *testing.T) {
	t.Parallel()
	page := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(page.Close)
	_, port, _ := strings.Cut(page.Listener.Addr().String(), ":")
	s := open(t, plan{public: "https://" + publicHost + ":" + port})
	s.outside()
	s.holdAll(t, map[string]want{"webhooks.public": {doctor.Warning, "HTTPS fails", "from inside"}})

	for name, status := range map[string]doctor.Status{
		"another program's page": doctor.Warning, "a password of the proxy": doctor.Warning,
		"a proxy with nothing behind": doctor.Failed, "another shop": doctor.Failed, "a proxy that drops the password": doctor.Failed, "somebody who agrees": doctor.Failed,
	} {
		s := behind(t, plan{listen: trusting}, fronts[name].front)
		s.outside()
		advice := fronts[name].want.advice
		if status == doctor.Warning {
			advice = "from inside"
		}
		s.holdAll(t, map[string]want{"webhooks.public": {status, "", advice}})
	}
}

// The shop's own certificate that is no good is no router's doing.
func TestAnOwnCertificateIsNoRouters(t *testing.T) {
	t.Parallel()
	s := open(t, plan{cert: leaf{host: "other.test"}})
	s.outside()
	s.holdAll(t, map[string]want{"webhooks.public": {doctor.Failed, "HTTPS fails: it is for another name", "certificate"}})
}

// Whoever tries passwords while the doctor looks is not taken for its own call.
func TestAGuesserMeanwhileIsNotOurCall(t *testing.T) {
	t.Parallel()
	var s *shop
	s = behind(t, plan{listen: trusting}, func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			guesser := s.bankClient(t)
			guesser.Password = "guessed"
			_, err := guesser.Check(context.Background(), "99999989")
			if err != nil {
				t.Error(err)
			}
			fronts["another shop"].front(nil).ServeHTTP(w, r)
		})
	})
	s.holdAll(t, map[string]want{"webhooks.public": fronts["another shop"].want})
}

// A root that only the settings name is none of the bank's, where the bank calls.
func TestARootOfOnesOwnIsWarnedAbout(t *testing.T) {
	t.Parallel()
	s := open(t, plan{public: "https://pay.shop.uz", cert: leaf{host: "pay.shop.uz"}, closed: true})
	s.subject.Resolver = names{"pay.shop.uz": "203.0.113.9"}
	s.holdAll(t, map[string]want{
		"public.url":  {doctor.Passed, "the bank calls https://pay.shop.uz/uzum", ""},
		"https.chain": {doctor.Warning, "only through ca_root: the bank does not know it", "Let's Encrypt"},
	})
}

// A certificate that is got anew every few days is warned about when a quarter of
// its life is left, and nobody is sent to certbot.
func TestACertificateOfAFewDays(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for left, w := range map[time.Duration]want{
		3 * day: {doctor.Passed, "issued by Test Authority", ""},
		day:     {doctor.Warning, "the certificate ends on", "should have renewed it by itself"},
	} {
		s := open(t, plan{cert: leaf{begins: left - 6*day, left: left}})
		s.cfg.Listener.TLSCert, s.cfg.Listener.TLSKey, s.cfg.Listener.ACME.Domains = "", "", []string{publicHost}
		s.holdAll(t, map[string]want{"https.certificate": w})
	}
	s := behind(t, plan{listen: trusting, newest: tls.VersionTLS13}, straight)
	s.subject.Now = func() time.Time { return time.Now().Add(85 * day) }
	s.holdAll(t, map[string]want{"https.certificate": {doctor.Warning, "the certificate ends on", "in the proxy"}})
}
