package paypage

import (
	"context"
	"errors"
	"html"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"tushum/store"
)

// request asks for a page of an invoice without a server.
func (s *stall) request(inv store.Invoice, path string, header ...string) *http.Request {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	r.SetPathValue(refParam, inv.Token.String())
	return r
}

// attributeOf is the first attribute of a page that begins so.
func attributeOf(body, beginning string) string {
	_, after, _ := strings.Cut(body, beginning)
	value, _, _ := strings.Cut(after, `"`)
	return html.UnescapeString(value)
}

// However an amount was typed, the page, its picture and its updates ask for the
// same, or for none.
func TestAllURLsOfAPageNameItsAmount(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	inv := s.counter()
	for typed, want := range map[string]string{ // empty: it is refused
		"25000":                               "25000",
		"25k":                                 "25000",
		" 25\u00a0000,50 so‘m ":               "25000.50",
		strings.Repeat("0", 35) + "25000":     "25000",
		strings.Repeat("0", 36) + "200000":    "",
		strings.Repeat("0", 4000) + "200000":  "",
		strings.Repeat(" ", 60) + "25000":     "",
		strings.Repeat("\u00a0", 39) + "5000": "",
		"25000\xff":                           "",
		"25000" + strings.Repeat("\xff", 50):  "",
		"7":                                   "",
	} {
		query := url.Values{amountParam: {typed}, langParam: {"en"}}.Encode()
		body := s.page(pageByToken(inv) + "?" + query)
		if pays := strings.Contains(body, "open-service"); pays != (want != "") {
			t.Errorf("%.50q: the page has a way to pay: %v", typed, pays)
			continue
		}
		events := attributeOf(body, `data-events="`)
		found, err := s.find(s.request(inv, events))
		if err != nil {
			t.Fatal(err)
		}
		fragment, err := s.fragment(s.request(inv, events), found)
		if err != nil || version(fragment) != attributeOf(body, `data-version="`) {
			t.Errorf("%.50q: what the updates show differs from the page (%v):\n%s\n%s", typed, err, fragment, body)
		}
		next := s.ask("/pay?" + query).header.Get("Location")
		if want == "" {
			if picture := s.ask(pageByToken(inv) + "/qr.svg?" + query); picture.status != http.StatusNotFound || next != "" {
				t.Errorf("%.50q: there is a picture of it, or the till leads to %q", typed, next)
			}
			continue
		}
		picture := attributeOf(body, `<img src="`)
		for _, link := range []string{events, picture, next} {
			if u, err := url.Parse(link); err != nil || u.Query().Get(amountParam) != want {
				t.Errorf("%.50q: %s does not ask for %s", typed, link, want)
			}
		}
		if shown, err := s.find(s.request(inv, picture)); err != nil || s.appLink(shown) != attributeOf(body, `class="way first" href="`) {
			t.Errorf("%.50q: the picture leads elsewhere than the button (%v)", typed, err)
		}
	}
}

// The bank's app leads back to the page in the language that its reader chose, and
// to that of a counter invoice as to one on which no payment shows.
func TestTheWayBack(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	once, till := s.issue(haircut()), s.counter()
	for _, c := range []struct {
		inv                store.Invoice
		query, wishes, end string
	}{
		{once, "", "", ""},
		{once, "", "ru", ""},
		{once, "?lang=ru", "ru-RU,en;q=0.5", ""},
		{once, "?lang=xx", "ru", ""},
		{once, "?lang=ru", "", "?lang=ru"},
		{once, "?lang=uz", "ru", "?lang=uz"},
		{once, "?lang=en&back=1", "", "?lang=en"},
		{till, "?amount=25000", "", "?back=1"},
		{till, "?amount=25000&lang=en", "ru", "?back=1&lang=en"},
	} {
		body := s.ask(pageByToken(c.inv)+c.query, "Accept-Language", c.wishes).body
		link, err := url.Parse(attributeOf(body, `class="way first" href="`))
		if err != nil {
			t.Fatal(err)
		}
		want := "https://pay.lola.uz" + pageByToken(c.inv) + c.end
		if got := link.Query().Get("redirectUrl"); got != want {
			t.Errorf("%s for who wishes %q leads back to %s, want %s", c.query, c.wishes, got, want)
		}
		shown, err := s.find(s.request(c.inv, attributeOf(body, `<img src="`), "Accept-Language", c.wishes))
		if err != nil || s.appLink(shown) != link.String() {
			t.Errorf("%s for who wishes %q: the picture has %s (%v)", c.query, c.wishes, s.appLink(shown), err)
		}
	}
	closed := openStall(t, func(s *Settings, _ *store.Rules) { s.Links.PublicURL = "" })
	inv := closed.counter()
	if found, err := closed.find(closed.request(inv, "/?lang=ru&amount=25000")); err != nil || found.back != "" {
		t.Errorf("without a public URL the way back is %q (%v)", found.back, err)
	}
}

// baseless is a ledger that can't tell what bills depend on.
type baseless struct{ store.Books }

var errBaseless = errors.New("the transactions can't be read")

func (baseless) BillBasis(context.Context, store.Invoice) ([]store.Transaction, []store.Deal, error) {
	return nil, nil, errBaseless
}

// Where it is not known whether somebody is paying, or whether money has come, nobody
// is asked to pay.
func TestAPageThatKnowsNoPaymentsIsNotShown(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	open := s.issue(haircut())
	h := New(Config{Settings: stallSettings(), Books: baseless{s.ledger}, Address: func(*http.Request) netip.Addr { return netip.Addr{} }})
	t.Cleanup(h.Close)
	if _, err := h.find(s.request(open, "/")); !errors.Is(err, errBaseless) {
		t.Errorf("whether somebody is paying is not known, and the answer is %v", err)
	}
}

// Whoever waits for a turn goes when told to, or when nobody listens any more.
func TestWhoWaitsForATurnMayGo(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	inv := s.issue(haircut())
	for range cap(s.turns) {
		s.turns <- struct{}{} // and nobody gives one back
	}
	r := s.request(inv, "/")
	gone, end := context.WithCancel(t.Context())
	end()
	place := s.crowd.join(inv, netip.Addr{})
	if later := s.stream(gone, r, place, nil); later != comeBackSoon {
		t.Errorf("who has gone was told to come back in %s", later)
	}
	s.crowd.bound(0)
	s.crowd.join(inv, siteOf(1))
	if later := s.stream(t.Context(), r, place, nil); later != comeBackLater {
		t.Errorf("who had to go was told to come back in %s", later)
	}
}
