package webhook_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tushum/store"
	"tushum/webhook/webhooktest"
)

// Numbers can't be tried out: a site has few guesses, which come back slowly.
// What it has found it may look at as often as it likes, and nobody else minds.
func TestNumbersCantBeTriedOut(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{Proxies: trusted})
	invs := make([]store.Invoice, 40)
	for i := range invs {
		invs[i] = s.issue(t, store.Draft{})
	}
	byNumber := func(i int, site string) string {
		return s.ask(t, http.MethodGet, "/pay/"+invs[i].Number.String(), from(site))
	}
	const guesser = "203.0.113.7"
	for i := range 20 {
		if answer := byNumber(i, guesser); statusOf(answer) != "200" {
			t.Fatalf("number %d: %.200q", i, answer)
		}
	}
	if answer := byNumber(20, guesser); statusOf(answer) != "429" || !strings.Contains(answer, "\r\nRetry-After: ") || !strings.Contains(answer, "<html") {
		t.Errorf("one number too many: %.300q", answer)
	}
	for range 50 {
		path := "/pay/" + invs[3].Number.String()
		for _, path := range []string{path, path + "/qr.svg"} {
			if answer := s.ask(t, http.MethodGet, path, from(guesser)); statusOf(answer) != "200" {
				t.Fatalf("a page that is open: %.200q", answer)
			}
		}
	}
	s.listen(t, invs[3].Number.String()+"/events", from(guesser)).news(t)
	for what, answer := range map[string]string{
		"a token":      s.ask(t, http.MethodGet, "/pay/"+invs[30].Token.String(), from(guesser)),
		"another site": byNumber(30, "203.0.113.8"),
		"the till":     s.ask(t, http.MethodGet, "/pay", from(guesser)),
	} {
		if statusOf(answer) == "429" {
			t.Errorf("%s: %.200q", what, answer)
		}
	}
	s.Clock.Advance(10 * time.Second)
	if one, two := statusOf(byNumber(21, guesser)), statusOf(byNumber(22, guesser)); one != "200" || two != "429" {
		t.Errorf("after ten seconds: %s and %s, want one more", one, two)
	}
}

// A scanner takes nothing from the customers behind his address: neither their
// numbers nor their links. What leads nowhere has a budget of its own, by site.
func TestAScannerTakesNoNumbers(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{Proxies: trusted})
	inv := s.issue(t, store.Draft{})
	page := "/pay/" + inv.Token.String()
	junk := []string{"/pay/wp-login.php", "/pay/" + store.Token{9}.String(), "/pay/x", "/pay//", "/pay/1000000", page + "/x", page + "/"}
	site := func(i int) string { return from(fmt.Sprintf("2001:db8:1:2::%x", i+1)) }
	for i := range 100 {
		if answer := s.ask(t, http.MethodGet, junk[i%len(junk)], site(i)); statusOf(answer) != "404" {
			t.Fatalf("%s, the %d. time: %.200q", junk[i%len(junk)], i+1, answer)
		}
	}
	for i, path := range junk {
		if answer := s.ask(t, http.MethodGet, path, site(100+i)); statusOf(answer) != "429" {
			t.Errorf("%s after a hundred of them: %.200q", path, answer)
		}
	}
	for _, path := range []string{page, "/pay/" + inv.Number.String(), "/pay/" + s.issue(t, store.Draft{}).Number.String()} {
		if answer := s.ask(t, http.MethodGet, path, site(0)); statusOf(answer) != "200" {
			t.Errorf("%s from the scanner's address: %.200q", path, answer)
		}
	}
	typed := s.issue(t, store.Draft{}).Number.String()
	if answer := s.ask(t, http.MethodGet, "/pay?number="+typed, site(0)); statusOf(answer) != "303" {
		t.Errorf("a number typed at the till: %.200q", answer)
	}
}

// Who has a network of IPv6 has 65,536 sites, but not so many numbers.
func TestANetworkCantTryNumbersOut(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{Proxies: trusted})
	inv, link := s.issue(t, store.Draft{}), s.issue(t, store.Draft{})
	byNumber := func(site string) string {
		return statusOf(s.ask(t, http.MethodGet, "/pay/"+inv.Number.String(), from(site)))
	}
	for i := range 100 {
		if status := byNumber(fmt.Sprintf("2001:db8:1:%x::1", i)); status != "200" {
			t.Fatalf("site %d: %s", i, status)
		}
	}
	if status := byNumber("2001:db8:1:ffff::1"); status != "429" {
		t.Errorf("one site too many: %s", status)
	}
	if status := byNumber("2001:db8:2::1"); status != "200" {
		t.Errorf("another network: %s", status)
	}
	if status := byNumber("2001:db8:1:5::1"); status != "200" {
		t.Errorf("who has found it before: %s", status)
	}
	if answer := s.ask(t, http.MethodGet, "/pay/"+link.Token.String(), from("2001:db8:1:ffff::1")); statusOf(answer) != "200" {
		t.Errorf("a link: %.200q", answer)
	}
}

// Who asks for pages too often still is the bank, if he is.
func TestLimitsDontTouchTheBank(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{Proxies: trusted})
	inv := s.issue(t, store.Draft{})
	const site = "198.51.100.1"
	for i := range 200 {
		if answer := s.ask(t, http.MethodHead, "/pay/"+inv.Token.String(), from(site)); statusOf(answer) != "200" {
			t.Fatalf("visit %d: %.200q", i, answer)
		}
	}
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		if answer := s.ask(t, method, "/pay", from(site)); statusOf(answer) != "429" {
			t.Errorf("%s after too many visits: %.200q", method, answer)
		}
	}
	check := s.Request(t, http.MethodPost, "/uzum/check", `{"serviceId":101202,"timestamp":1,"params":{"account":`+inv.Number.String()+`}}`)
	check.Header.Set("X-Forwarded-For", site)
	if status, answer := s.Do(t, check); status != http.StatusOK {
		t.Errorf("the bank from the same address: %d %s", status, answer)
	}
	s.Clock.Advance(time.Second)
	for i := range 20 {
		if answer := s.ask(t, http.MethodGet, "/pay/"+inv.Token.String(), from(site)); statusOf(answer) != "200" {
			t.Errorf("a second later, visit %d: %.200q", i, answer)
		}
	}
}
