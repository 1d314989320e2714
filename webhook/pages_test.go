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

// otherCase spells a token in another case of letters.
func otherCase(inv store.Invoice) string { return strings.ToUpper(inv.Token.String()) }

// Whatever names no invoice is answered the same, to the last byte, in each
// language.
func TestWhatIsNotThereLooksTheSame(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	inv := s.issue(t, store.Draft{})
	token, number := inv.Token.String(), inv.Number.String()
	unknown := store.Token{1}.String()
	paths := []string{
		"/pay/x", "/pay//", "/pay/" + token + "/", "/pay/" + token + "//", "/pay/" + number + "/", "/pay/" + token + "/x",
		"/pay/" + token + "/events/", "/pay/" + token + "/qr.svg/x", "/pay/" + token + "/EVENTS", "/pay/" + unknown + "/events", "/pay/" + unknown + "/qr.svg",
		"/pay/" + otherCase(inv), "/pay/" + token[:25], "/pay/" + token + "a", "/pay/" + token + "=", "/pay/" + strings.Repeat("a", 10_000),
		"/pay/%" + fmt.Sprintf("%02x", token[0]) + token[1:], "/pay%2f" + token, "/%70ay/" + token, "/%70ay", "/pay/" + token + "%2fevents", "/pay/" + token + "/%65vents",
		"/pay/" + token + "%00", "/pay/" + token + "%0a", "/pay/%20" + token, "/pay/../pay", "/pay/./" + token, "/pay/" + token + ";x", "/pay/+" + number,
		"/pay/1000000", "/pay/0" + number, "/pay/" + number[:6] + "%39", "/pay/99999999999999999999", "/pay/" + token + "\xff",
	}
	for _, language := range []string{"uz", "ru", "en"} {
		header := "Accept-Language: " + language + "\r\n"
		want := s.ask(t, http.MethodGet, "/pay/"+unknown, header)
		if statusOf(want) != "404" {
			t.Fatalf("an unknown token: %.200s", want)
		}
		for _, path := range paths {
			if got := s.ask(t, http.MethodGet, path, header); got != want {
				t.Errorf("%s %.80q: %.300q\nwant %.300q", language, path, got, want)
			}
		}
	}
}

// A path that is no page's keeps the answer that it has without pages.
func TestPagesOwnTheirPathsOnly(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	for path, isPage := range map[string]bool{"/pays": false, "/Pay": false, "/pay.html": false, "/": false, "/healthz": false, "/pay": true, "/pay?x": true, "/pay/": true} {
		if answer := s.ask(t, http.MethodGet, path, ""); isPage != strings.Contains(answer, "Content-Security-Policy") {
			t.Errorf("%s: %.200q", path, answer)
		}
	}
}

// A slash that was typed after the path on a poster costs nobody a guess, however
// often; it leads to the till for who reads, and nowhere for who doesn't.
func TestASlashLeadsToTheTill(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	for i := range 30 {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			answer := s.ask(t, method, "/pay/?amount=25000", from("203.0.113.7"))
			if statusOf(answer) != "303" || !strings.Contains(answer, "\r\nLocation: /pay\r\n") {
				t.Fatalf("%s %d: %.500q", method, i, answer)
			}
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodOptions} {
		if answer := s.ask(t, method, "/pay/", "Content-Length: 0\r\n"); statusOf(answer) != "405" {
			t.Errorf("%s: %.200q", method, answer)
		}
	}
	if answer := s.ask(t, http.MethodGet, "/pay%2f", ""); statusOf(answer) != "404" {
		t.Errorf("spelled otherwise: %.200q", answer)
	}
}

// pagePaths are all pages of an invoice.
func pagePaths(inv store.Invoice) []string {
	paths := []string{"/pay"}
	for _, ref := range []string{inv.Token.String(), inv.Number.String()} {
		paths = append(paths, "/pay/"+ref, "/pay/"+ref+"/events", "/pay/"+ref+"/qr.svg")
	}
	return paths
}

// Opening a page changes nothing, whatever the method and whatever is odd in it.
func TestPagesOnlyRead(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	open, being, paid := s.issue(t, store.Draft{}), s.issue(t, store.Draft{}), s.issue(t, store.Draft{})
	counter := s.issue(t, store.Draft{Kind: store.Counter})
	late := s.issue(t, store.Draft{Kind: store.Goods, Amount: paidSum, ExpiresAt: store.At(s.Clock.Now()).Add(time.Second)})
	s.create(t, being)
	s.pay(t, paid)
	s.Clock.Advance(time.Minute) // late has expired, and that is not written down
	was := s.ledger(t)
	for _, inv := range []store.Invoice{open, being, paid, counter, late} {
		for _, path := range pagePaths(inv) {
			for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW"} {
				if method == "GET" && strings.HasSuffix(path, "/events") {
					s.listen(t, strings.TrimPrefix(path, "/pay/"), "").news(t)
					continue
				}
				s.ask(t, method, path, "")
			}
			if strings.HasSuffix(path, "/events") {
				continue // it would not end
			}
			s.ask(t, "GET", path+"?v="+strings.Repeat("x", 100)+"&amount=%00%ff&amount=9", "Connection: close\r\nLast-Event-ID: \xff\r\n")
		}
	}
	for _, path := range []string{"/pay", "/pay/" + open.Token.String()} {
		s.ask(t, "POST", path+"?amount=25000", "Content-Length: 12\r\n\r\namount=25000")
	}
	s.checkUnchanged(t, was)
}

// A token with any odd byte in it names nothing, and changes nothing.
func TestTokensWithEveryOddByte(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	token := s.issue(t, store.Draft{}).Token.String()
	was := s.ledger(t)
	for b := range 256 {
		for _, spelled := range []string{string([]byte{byte(b)}), fmt.Sprintf("%%%02x", b)} {
			for _, ref := range []string{spelled + token, token + spelled, token[:13] + spelled + token[14:]} {
				s.Clock.Advance(10 * time.Second) // and so nobody has asked too often
				answer := s.ask(t, http.MethodGet, "/pay/"+ref, "")
				same := ref == token || strings.HasPrefix(ref, token+"?")
				status := statusOf(answer)
				if status == "303" && strings.HasPrefix(ref, "?") {
					continue // it is the till's path
				}
				if same != (status == "200") || !same && status != "404" && status != "400" {
					t.Errorf("%q: %.100q", ref, answer)
				}
			}
		}
	}
	s.checkUnchanged(t, was)
}

// What HEAD tells is what GET tells, without the body; a part of a page is not
// to be had, nor one that has not changed.
func TestHeadsRangesAndConditions(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	inv := s.issue(t, store.Draft{})
	for _, path := range append(pagePaths(inv), "/pay/unknown") {
		if strings.HasSuffix(path, "/events") {
			continue
		}
		whole := s.ask(t, http.MethodGet, path, "")
		head, body, _ := strings.Cut(whole, "\r\n\r\n")
		if got := s.ask(t, http.MethodHead, path, ""); got != head+"\r\n\r\n" {
			t.Errorf("HEAD %s: %q, want %q", path, got, head)
		}
		if !strings.Contains(head, fmt.Sprintf("\r\nContent-Length: %d\r\n", len(body))) || !strings.Contains(head, "\r\nAccept-Ranges: none\r\n") {
			t.Errorf("%s: %s", path, head)
		}
		conditions := "Range: bytes=0-10\r\nIf-None-Match: *\r\nIf-Modified-Since: Sat, 21 Nov 2099 00:00:00 GMT\r\n"
		if got := s.ask(t, http.MethodGet, path, conditions); got != whole {
			t.Errorf("%s with conditions: %.300q", path, got)
		}
	}
	head := s.ask(t, http.MethodHead, "/pay/"+inv.Token.String()+"/events", "")
	if statusOf(head) != "200" || !strings.Contains(head, "Content-Type: text/event-stream") || !strings.HasSuffix(head, "\r\n\r\n") {
		t.Errorf("HEAD of the updates: %q", head)
	}
}

// All answers keep a browser from doing more than showing the page.
func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	inv := s.issue(t, store.Draft{})
	for _, request := range [][2]string{
		{"GET", "/pay"}, {"GET", "/pay/" + inv.Token.String()}, {"GET", "/pay/unknown"}, {"GET", "/pay/" + inv.Number.String() + "/qr.svg"},
		{"HEAD", "/pay/" + inv.Token.String() + "/events"}, {"OPTIONS", "/pay/unknown"}, {"POST", "/pay"}, {"BREW", "/pay/x/y"},
	} {
		answer := s.ask(t, request[0], request[1], "")
		for _, want := range []string{
			"Cache-Control: no-store", "Content-Security-Policy: default-src 'none';", "Referrer-Policy: no-referrer", "X-Content-Type-Options: nosniff",
			"X-Frame-Options: DENY", "X-Robots-Tag: noindex, nofollow, noarchive", "Cross-Origin-Resource-Policy: same-origin",
		} {
			if !strings.Contains(answer, "\r\n"+want) {
				t.Errorf("%v: no %s in %.600q", request, want, answer)
			}
		}
		refused := request[0] != "GET" && request[0] != "HEAD"
		if refused != (statusOf(answer) == "405") || refused != strings.Contains(answer, "\r\nAllow: GET, HEAD\r\n") {
			t.Errorf("%v: %.100q", request, answer)
		}
	}
}

// Odd headers and questions get a page, or are refused before they are read.
func TestOddHeaders(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	page := "/pay/" + s.issue(t, store.Draft{}).Token.String()
	for _, tc := range []struct{ path, headers, status string }{
		{page, "Accept-Language: " + strings.Repeat("uz;q=0.1,", 1500) + "\r\n", "200"},
		{page, "Accept-Language: " + strings.Repeat("x", 12_000) + "\r\n", "200"},
		{page, "Accept-Language: " + strings.Repeat("x", 30_000) + "\r\n", "431"},
		{page, "Accept-Language: ;;;q=NaN,,-,*;q=-1\r\nAccept-Language: ru\r\n", "200"},
		{page, "Accept-Language: ru\x00en\r\n", "400"},
		{page, "Accept-Language: \xff\xfe\r\n", "200"},
		{page + "?lang=ru&lang=en", "", "200"},
		{page + "?lang=%00&lang=" + strings.Repeat("u", 5000), "", "200"},
		{page + "?lang=%zz;;&&==", "", "200"},
		{page + "?" + strings.Repeat("a&", 5000), "", "200"},
		{page, "Cookie: " + strings.Repeat("a=b; ", 2000) + "\r\n", "200"},
		{page, "Content-Length: 5\r\n\r\nhello", "400"},
		{page, "Transfer-Encoding: chunked\r\n\r\n0\r\n", "400"},
		{page, "Content-Length: 0\r\n", "200"},
		{"http://evil.example" + page, "", "200"},
		{page, "X-Forwarded-For: " + strings.Repeat("1.1.1.1,", 1000) + "\r\n", "200"},
	} {
		answer := s.ask(t, http.MethodGet, tc.path, tc.headers)
		if statusOf(answer) != tc.status || strings.Contains(answer, "evil.example") {
			t.Errorf("%.80q with %.80q: %.200q, want %s", tc.path, tc.headers, answer, tc.status)
		}
	}
}

// A number finds an invoice as long as it matters; afterwards it is as unknown
// as one that was never given out.
func TestANumberFindsWhatMatters(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	soon := store.At(s.Clock.Now()).Add(time.Hour)
	open, paid, cancelled := s.issue(t, store.Draft{}), s.issue(t, store.Draft{}), s.issue(t, store.Draft{})
	expired := s.issue(t, store.Draft{Kind: store.Goods, Amount: paidSum, ExpiresAt: soon})
	counter := s.issue(t, store.Draft{Kind: store.Counter})
	s.pay(t, paid)
	if _, err := s.books.Cancel(t.Context(), store.CancelOrder{Number: cancelled.Number, By: "test", Reason: "test"}); err != nil {
		t.Fatal(err)
	}
	unknown := s.ask(t, http.MethodGet, "/pay/x", "")
	for _, step := range []struct {
		pass  time.Duration
		found []store.Invoice
		over  []store.Invoice
	}{
		{0, []store.Invoice{open, paid, cancelled, expired, counter}, nil},
		{24*time.Hour - time.Minute, []store.Invoice{open, paid, cancelled, expired, counter}, nil},
		{time.Minute, []store.Invoice{open, expired, counter}, []store.Invoice{paid, cancelled}},
		{time.Hour, []store.Invoice{open, counter}, []store.Invoice{paid, cancelled, expired}},
	} {
		s.Clock.Advance(step.pass)
		for _, inv := range step.found {
			if answer := s.ask(t, http.MethodGet, "/pay/"+inv.Number.String(), ""); statusOf(answer) != "200" || strings.Contains(answer, inv.Token.String()) {
				t.Errorf("after %s more, %s: %.300q", step.pass, inv.Status, answer)
			}
		}
		for _, inv := range step.over {
			if answer := s.ask(t, http.MethodGet, "/pay/"+inv.Number.String(), ""); answer != unknown {
				t.Errorf("after %s more, %s is still found: %.300q", step.pass, inv.Status, answer)
			}
			if answer := s.ask(t, http.MethodGet, "/pay/"+inv.Token.String(), ""); statusOf(answer) != "200" {
				t.Errorf("after %s more, by token: %.300q", step.pass, answer)
			}
		}
	}
}

// The picture holds the amount that was typed, and there is none of what can't
// be paid.
func TestTheCodeOfAnInvoice(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	open, paid, counter := s.issue(t, store.Draft{}), s.issue(t, store.Draft{}), s.issue(t, store.Draft{Kind: store.Counter})
	s.pay(t, paid)
	code := func(inv store.Invoice, query string) string {
		return s.ask(t, http.MethodGet, "/pay/"+inv.Token.String()+"/qr.svg"+query, "")
	}
	for name, answer := range map[string]string{
		"paid": code(paid, ""), "no amount": code(counter, ""), "too little": code(counter, "?amount=1"), "no sum": code(counter, "?amount=abc"),
	} {
		if statusOf(answer) != "404" || strings.Contains(answer, "Content-Type: image/svg+xml") {
			t.Errorf("%s: %.300q", name, answer)
		}
	}
	one, other := code(counter, "?amount=25000"), code(counter, "?amount=26000")
	for _, answer := range []string{code(open, ""), one, other} {
		if !strings.Contains(answer, "\r\nContent-Type: image/svg+xml\r\n") || !strings.Contains(answer, "<svg") {
			t.Errorf("%.300q", answer)
		}
	}
	if one == other || code(open, "") != code(open, "?amount=25000") {
		t.Error("the amount in the code is not the customer's")
	}
}

// A defect, and a ledger that can't be read, are a page as well.
func TestTroubleIsAPage(t *testing.T) {
	t.Parallel()
	s := startPages(t, webhooktest.Options{})
	inv := s.issue(t, store.Draft{})
	broken := pageSettings()
	broken.Systems = store.Systems{defect{}}
	s.pages.Apply(broken)
	for _, path := range []string{"/pay/" + inv.Token.String(), "/pay/" + inv.Token.String() + "/qr.svg"} {
		if answer := s.ask(t, http.MethodGet, path, ""); statusOf(answer) != "503" || !strings.Contains(answer, "<html") {
			t.Errorf("%s with a defect: %.200q", path, answer)
		}
	}
	s.pages.Apply(pageSettings())
	if err := s.books.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range pagePaths(inv)[1:] {
		if answer := s.ask(t, http.MethodGet, path, ""); statusOf(answer) != "503" || !strings.Contains(answer, "<html") {
			t.Errorf("%s without a ledger: %.200q", path, answer)
		}
	}
}
