//go:build system

package paypage_test

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook/browsertest"
)

// appearances are all the pages that a customer can see, with what makes them so.
var appearances = []struct {
	name string
	url  func(*salon) string
	log  string // what the browser's log may say
}{
	{name: "ready", url: func(s *salon) string { return s.links.Pay(s.issue(visit())) }},
	{name: "plain", url: func(s *salon) string {
		return s.links.Pay(s.issue(store.Draft{Kind: store.Goods, Amount: 25_000 * money.Som, By: "test"}))
	}},
	{name: "paying", url: func(s *salon) string {
		inv := s.issue(visit())
		s.begin(inv)
		return s.links.Pay(inv)
	}},
	{name: "paid", url: func(s *salon) string {
		inv := s.issue(visit())
		s.pay(inv)
		return s.links.Pay(inv)
	}},
	{name: "refunded", url: func(s *salon) string {
		inv := s.issue(visit())
		s.refund(s.pay(inv))
		return s.links.Pay(inv)
	}},
	{name: "cancelled", url: func(s *salon) string {
		inv := s.issue(visit())
		s.cancel(inv)
		return s.links.Pay(inv)
	}},
	{name: "expired", url: func(s *salon) string {
		draft := visit()
		draft.ExpiresAt = store.At(s.now().Add(time.Hour))
		inv := s.issue(draft)
		s.advance(time.Hour)
		return s.links.Pay(inv)
	}},
	{name: "number", url: func(s *salon) string { return s.links.PayByNumber(s.issue(visit()).Number) }},
	{name: "till", url: func(s *salon) string {
		s.counter()
		return s.links.PayHere()
	}},
	{name: "till-wrong", url: func(s *salon) string {
		s.counter()
		return s.links.PayHere() + "?amount=12"
	}},
	{name: "till-closed", url: func(s *salon) string { return s.links.PayHere() }},
	{name: "counter", url: func(s *salon) string { return s.links.Pay(s.counter()) }},
	{name: "counter-ready", url: func(s *salon) string { return s.links.Pay(s.counter()) + "?amount=25000" }},
	{name: "counter-returned", url: func(s *salon) string { return s.links.Pay(s.counter()) + "?back=1" }},
	{name: "hostile", url: func(s *salon) string { return s.links.Pay(s.issue(hostile())) }},
	{name: "unknown", url: func(s *salon) string { return s.links.PayHere() + "/nothing" }, log: "the server responded with a status of 404"},
}

// hostile is an invoice whose words do what they can to a page.
func hostile() store.Draft {
	d := visit()
	d.Specialist = strings.Repeat("Ў", 190)
	d.Lines[0].Name = strings.Repeat("x", 400)
	d.Lines[1].Name = `<script>alert(1)</script><img src=x onerror=alert(2)>"'` + "`{{.}}"
	d.Lines[2].Name = "\u202egnirtS\u202c 💇‍♀️ 👩‍👩‍👧‍👦 " + strings.Repeat("z̸̢̛͖͚", 20)
	d.Lines[3].Quantity, d.Lines[3].Price = 1_000_000, 1
	d.Discount, d.Prepaid = 0, 0
	return d
}

// sizes are those of a small phone and of a desk; a window of 640 pixels at 200 %
// leaves the page the space of the phone, at twice the pixels.
var sizes = []struct {
	name string
	set  func(*browsertest.Tab)
}{
	{"320", func(tab *browsertest.Tab) { tab.Resize(320, 640) }},
	{"1280", func(tab *browsertest.Tab) { tab.Resize(1280, 800) }},
	{"zoom", func(tab *browsertest.Tab) { tab.Zoom(640, 800) }},
}

// Every page fits every screen, in each language, and keeps nobody out. The
// pictures are for people to look at.
func TestSystemEveryPageIsForEverybody(t *testing.T) {
	for _, a := range appearances {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			shop, tab := newSalon(t), browsertest.New(t)
			if a.log != "" {
				tab.Expect(a.log)
			}
			url := a.url(shop)
			for _, language := range []string{"ru", "en", "uz"} {
				tab.Speak(language)
				tab.Go(url)
				wantNoSecrets(t, tab)
				for _, size := range sizes {
					size.set(tab)
					where := language + " " + size.name
					wantNoSidewaysScrolling(t, tab, where)
					wantWholeAmounts(t, tab, where)
					if size.name != "zoom" {
						keepPicture(t, tab, a.name+"-"+language+"-"+size.name+"-light")
					}
				}
			}
			wantNoBarriers(t, tab, a.name) // to whatever is said in words, one language is like the other
		})
	}
}

// wantNoBarriers has axe look at a page in all sizes and colours, and keeps the
// pictures of the dark ones.
func wantNoBarriers(t *testing.T, tab *browsertest.Tab, name string) {
	t.Helper()
	for _, size := range sizes[:2] {
		size.set(tab)
		for _, colours := range []string{"light", "dark"} {
			tab.Colours(colours)
			for _, barrier := range tab.Barriers() {
				t.Errorf("%s %s: %s", size.name, colours, barrier)
			}
		}
		keepPicture(t, tab, name+"-uz-"+size.name+"-dark")
	}
}

func wantNoSidewaysScrolling(t *testing.T, tab *browsertest.Tab, where string) {
	t.Helper()
	if over := browsertest.Ask[int](tab, "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
		wide := browsertest.Ask[string](tab, `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(e => e.outerHTML.slice(0, 80)).slice(0, 3).join("\n")`)
		t.Errorf("%s: the page is %d pixels wider than the screen:\n%s", where, over, wide)
	}
}

// wantWholeAmounts wants every amount on one line, with its currency.
func wantWholeAmounts(t *testing.T, tab *browsertest.Tab, where string) {
	t.Helper()
	broken := browsertest.Ask[[]string](tab, `[...document.querySelectorAll("td, .sum, th small")].filter(e => {
		const text = document.createRange()
		text.selectNodeContents(e)
		return new Set([...text.getClientRects()].map(r => Math.round(r.top))).size > 1
	}).map(e => e.innerText)`)
	if len(broken) > 0 {
		t.Errorf("%s: amounts are broken into lines: %q", where, broken)
	}
}

// wantNoSecrets looks for who the customer is and for the shop's note, anywhere.
func wantNoSecrets(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	source := browsertest.Ask[string](tab, "document.documentElement.outerHTML")
	for _, secret := range []string{"Aziza", "Karimova", "901112233", "111-22-33", secretNote} {
		if strings.Contains(source, secret) {
			t.Errorf("the page holds %q", secret)
		}
	}
}

// keepPicture writes what the page looks like into the folder of artifacts, if
// there is one.
func keepPicture(t *testing.T, tab *browsertest.Tab, name string) {
	t.Helper()
	folder := os.Getenv("TUSHUM_ARTIFACTS")
	if folder == "" {
		return
	}
	picture := tab.Picture()
	if _, err := png.DecodeConfig(bytes.NewReader(picture)); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "pay-"+name+".png"), picture, 0o644); err != nil {
		t.Fatal(err)
	}
}
