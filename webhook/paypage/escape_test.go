package paypage

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// parsed is a page as a browser has it.
type parsed struct {
	shape []string // its elements with the names of their attributes, in order
	texts []string // of each element that has one, and of each attribute
}

func parse(t testing.TB, page string) parsed {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var p parsed
	for n := range root.Descendants() {
		switch n.Type {
		case html.ElementNode:
			names := n.Data
			for _, a := range n.Attr {
				names += " " + a.Key
				p.texts = append(p.texts, a.Val)
			}
			p.shape = append(p.shape, names)
		case html.TextNode:
			p.texts = append(p.texts, n.Data)
		case html.CommentNode:
			p.shape = append(p.shape, "<!--")
		}
	}
	return p
}

// wild is a scene with one text wherever foreign text can stand.
func wild(text string) (scene, Settings) {
	s := sceneOf(store.BillReady, lang.EN)
	inv := &s.subject.bill.Invoice
	inv.Lines = []store.Line{{Name: text, Quantity: 2, Price: money.Som}}
	inv.Specialist, inv.Note = text, text
	inv.Customer.Name = text
	settings := stallSettings()
	settings.Shop = Shop{Name: text, Address: text, Phone: "call " + text}
	s.shop = settings.Shop
	return s, settings
}

func drawn(t testing.TB, text string) string {
	t.Helper()
	s, settings := wild(text)
	h := &Handler{}
	h.settings.Store(&settings)
	r, err := http.NewRequest(http.MethodGet, "/pay/ref", nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := h.draw(r, page{main: s.view(), events: s.address("/events")})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func FuzzForeignTextStaysText(f *testing.F) {
	for _, seed := range []string{
		"Soch kesish", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "'; alert(1) //", "{{.}}", "</style><b>", "<!-- ", "]]>",
		"&lt;b&gt;", "a\u202eb\u2066c", "👩\u200d🦰", "javascript:alert(1)", "\x00\x1b[2J", "\xff\xfe", "-->", "</title>", "</noscript><script>", "مرحبا 123",
		strings.Repeat("<", 5000), strings.Repeat("ў", 5000), "\r\n data: x\n\nid: 1",
	} {
		f.Add(seed)
	}
	plain := parse(f, drawn(f, "Lola"))
	f.Fuzz(func(t *testing.T, text string) {
		want := foreign(text)
		if want == "" {
			return // nothing of it is shown
		}
		got := parse(t, drawn(t, text))
		if !slices.Equal(got.shape, plain.shape) {
			t.Fatalf("%q changes the page:\n%q\nwant\n%q", text, got.shape, plain.shape)
		}
		shown := 0
		for _, s := range got.texts {
			if s == want {
				shown++
			}
		}
		if shown < 5 { // shop in the header, og:site_name, address, specialist, line
			t.Fatalf("%q is shown %d times as %q", text, shown, want)
		}
	})
}

// What a browser would run, load or send on its own has no place in a page.
func TestPagesHoldNothingThatThePolicyForbids(t *testing.T) {
	t.Parallel()
	for name, play := range plays {
		s := openStall(t)
		path, _ := play(s)
		got := s.ask(path, "Accept-Language", "ru")
		root, err := html.Parse(strings.NewReader(got.body))
		if err != nil {
			t.Fatal(err)
		}
		own := 0
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.TrimSpace(a.Val), "javascript:") {
					t.Errorf("%s: <%s> has %s=%q", name, n.Data, a.Key, a.Val)
				}
				if a.Key == "src" && !strings.HasPrefix(a.Val, "/pay/") {
					t.Errorf("%s: <%s> loads %q", name, n.Data, a.Val)
				}
			}
			if n.Data != "script" && n.Data != "style" {
				continue
			}
			sum := sha256.Sum256([]byte(n.FirstChild.Data))
			want := n.Data + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
			if !strings.Contains(got.header.Get("Content-Security-Policy"), want) {
				t.Errorf("%s: the policy does not allow the %s that is in the page", name, n.Data)
			}
			own++
		}
		if own != 2 {
			t.Errorf("%s has %d scripts and styles, want one each", name, own)
		}
	}
}

func TestNoPageNamesTheCustomer(t *testing.T) {
	t.Parallel()
	for name, play := range plays {
		s := openStall(t)
		path, _ := play(s)
		for _, l := range lang.All {
			body := s.ask(path, "Accept-Language", string(l)).body
			digits := strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(body)
			if strings.Contains(body, "Aziza") || strings.Contains(body, "sister") || strings.Contains(digits, buyerPhone[3:]) {
				t.Errorf("%s in %s tells who pays, or the shop's note", name, l)
			}
		}
	}
}

func TestABriefPageNamesNothingThatWasBought(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	inv := s.issue(haircut())
	for _, happens := range []func(store.Invoice){func(store.Invoice) {}, s.begin} {
		happens(inv)
		body := s.page(pageByNumber(inv))
		for _, secret := range []string{"Malika", "Soch", "14:30", "24.11.2026", "135\u00a0000", inv.Token.String()} {
			if strings.Contains(body, secret) {
				t.Errorf("the page of a number tells %q", secret)
			}
		}
		if !strings.Contains(body, "95\u00a0000") || !strings.Contains(body, inv.Number.String()) {
			t.Error("the page of a number does not tell what is due, or the number")
		}
	}
}

func TestPagesAreSmall(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	long := haircut()
	long.Lines = nil
	for range 20 {
		long.Lines = append(long.Lines, store.Line{Name: strings.Repeat("Soch kesish ", 8), Quantity: 2, Price: 50_000 * money.Som})
	}
	for limit, d := range map[int]store.Draft{15 << 10: haircut(), 20 << 10: long} {
		inv := s.issue(d)
		page, code := s.page(pageByToken(inv)), s.page(pageByToken(inv)+"/qr.svg")
		if len(page) > limit || len(page)+len(code) > 30_000 {
			t.Errorf("the page of %d lines has %d bytes, its code %d", len(d.Lines), len(page), len(code))
		}
	}
}

func TestPagesAreReadByNobodyElse(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	inv := s.issue(haircut())
	body := s.page(pageByToken(inv) + "?lang=en")
	for _, want := range []string{
		`<meta name="robots" content="noindex, nofollow, noarchive">`, `<meta property="og:title" content="Lola go‘zallik saloni: 95` + "\u00a0000\u00a0UZS" + `">`,
		`<meta property="og:locale" content="en_US">`, `<meta property="og:site_name" content="Lola go‘zallik saloni">`, `rel="noreferrer"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}

func TestOnlyAPageThatMayChangeIsLoadedAgain(t *testing.T) {
	t.Parallel()
	for name, again := range map[string]bool{"ready": true, "being paid": true, "brief": true, "paid": false, "expired": false, "cancelled": false, "counter": false, "till": false, "unknown": false} {
		s := openStall(t)
		path, _ := plays[name](s)
		body := s.ask(path).body
		if got := strings.Contains(body, `<noscript><meta http-equiv="refresh"`); got != again {
			t.Errorf("%s: without scripts it is loaded again: %v, want %v", name, got, again)
		}
	}
}

func TestAFragmentIsTheMainPartOfThePage(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	inv := s.issue(haircut())
	r, err := http.NewRequest(http.MethodGet, pageByToken(inv)+"/events?lang=ru", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetPathValue(refParam, inv.Token.String())
	found, err := s.find(r)
	if err != nil {
		t.Fatal(err)
	}
	main := s.fragmentOf(r, found)
	body := s.page(pageByToken(inv) + "?lang=ru")
	if !strings.Contains(body, `data-version="`+version(main)+`"`) || !strings.Contains(body, ">"+string(main)+"</main>") {
		t.Errorf("the page is\n%s\nthe fragment is\n%s", body, main)
	}
	s.passed.Store(int64(time.Hour))
	if again := s.fragmentOf(r, found); version(again) != version(main) {
		t.Error("what has not changed has another version later")
	}
	s.pay(inv)
	if found, err = s.find(r); err != nil {
		t.Fatal(err)
	}
	if paid := s.fragmentOf(r, found); version(paid) == version(main) || !strings.Contains(string(paid), "Оплата прошла успешно") {
		t.Errorf("the fragment of a payment is\n%s", paid)
	}
}

// fragmentOf is the main part of the page that a request asks for.
func (s *stall) fragmentOf(r *http.Request, found subject) []byte {
	s.t.Helper()
	main, err := s.fragment(r, found)
	if err != nil {
		s.t.Fatal(err)
	}
	return main
}

func BenchmarkPage(b *testing.B) {
	s := sceneOf(store.BillReady, lang.EN)
	h, settings := &Handler{}, stallSettings()
	h.settings.Store(&settings)
	r, err := http.NewRequest(http.MethodGet, "/pay/ref", nil)
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Accept-Language", "ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7")
	for b.Loop() {
		if _, err := h.draw(r, page{main: s.view(), events: s.address("/events")}); err != nil {
			b.Fatal(err)
		}
	}
}
