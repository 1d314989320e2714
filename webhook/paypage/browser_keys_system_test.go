//go:build system

package paypage_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"tushum/internal/money"
	"tushum/webhook/browsertest"
)

// Keys, as the keyboard has them.
const (
	tabKey = "\t"
	enter  = "\r"
)

// stop is what the Tab key stops at.
type stop struct {
	Is      string // what it does: href of a link, name of a field
	Role    string // tag
	Lang    string // hreflang
	Outline bool   // it is seen to have the focus
	InView  bool   // all of it, and nothing lies over it
	Text    string
}

const describeFocus = `(() => {
	const e = document.activeElement
	if (!e || e === document.body) return null
	const box = e.getBoundingClientRect(), look = getComputedStyle(e)
	return {
		Is: e.getAttribute("href") || e.name || "", Role: e.localName, Lang: e.hreflang || "", Text: e.innerText,
		Outline: e.matches(":focus-visible") && look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
		InView: box.top >= 0 && box.bottom <= innerHeight && [box.top + 2, box.bottom - 2].every(y =>
			e.contains(document.elementFromPoint((box.left + box.right) / 2, y))),
	}
})()`

// walk presses the Tab key until it leaves the page.
func walk(t *testing.T, tab *browsertest.Tab) (stops []stop) {
	t.Helper()
	for range 30 {
		tab.Press(tabKey)
		at := browsertest.Ask[*stop](tab, describeFocus)
		if at == nil {
			return stops
		}
		stops = append(stops, *at)
	}
	t.Fatalf("the Tab key goes round: %+v", stops)
	return nil
}

// walkTo presses the Tab key until something has the focus.
func walkTo(t *testing.T, tab *browsertest.Tab, what string, is func(stop) bool) {
	t.Helper()
	for range 30 {
		tab.Press(tabKey)
		if at := browsertest.Ask[*stop](tab, describeFocus); at != nil && is(*at) {
			return
		}
	}
	t.Fatalf("the Tab key does not lead to %s", what)
}

func field(name string) func(stop) bool {
	return func(s stop) bool { return s.Role == "input" && s.Is == name }
}

func TestSystemTheTabKeyReachesEverything(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	inv := shop.issue(visit())
	for _, size := range [][2]int64{{1280, 800}, {320, 640}} {
		tab.Resize(size[0], size[1])
		tab.Go(shop.links.Pay(inv))
		stops := walk(t, tab)
		for _, s := range stops {
			if !s.Outline || !s.InView {
				t.Errorf("%d wide: nobody sees that %s %q has the focus (outline %v, in view %v)", size[0], s.Role, s.Text, s.Outline, s.InView)
			}
		}
		for _, language := range []string{"uz", "ru"} {
			if !slices.ContainsFunc(stops, func(s stop) bool { return s.Lang == language }) {
				t.Errorf("%d wide: the Tab key does not reach the language %s: %+v", size[0], language, stops)
			}
		}
		if !slices.ContainsFunc(stops, func(s stop) bool { return strings.HasPrefix(s.Is, appLink) }) {
			t.Errorf("%d wide: the Tab key does not reach the button: %+v", size[0], stops)
		}
	}
}

func TestSystemEnterOpensTheApp(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	opened := make(chan *http.Request, 1)
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<title>The app</title><link rel="icon" href="data:,">`)
		opened <- r
	}))
	t.Cleanup(app.Close)
	shop.uzum.AppLink = app.URL + "/open-service"
	tab.Allow(app.URL)
	inv := shop.issue(visit())
	tab.Go(shop.links.Pay(inv))
	walkTo(t, tab, "the button", func(s stop) bool { return strings.HasPrefix(s.Is, app.URL) })
	tab.Follow(enter)
	r := <-opened
	if got, want := app.URL+r.URL.String(), shop.AppLink(inv, inv.Amount, shop.links.Pay(inv)); got != want {
		t.Errorf("Enter opens %s, not %s", got, want)
	}
	if r.Referer() != "" {
		t.Errorf("the app is told where its customer comes from: %s", r.Referer())
	}
}

func TestSystemTheLanguageIsSwitchedByKeys(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), browsertest.New(t)
	inv := shop.issue(visit())
	for _, c := range []struct{ wishes, language, ready string }{
		{"uz-UZ,uz;q=0.9,en;q=0.5", "uz", "To‘lanadigan summa"},
		{"ru-RU,ru;q=0.9,en;q=0.5", "ru", "К оплате"},
		{"en-GB", "en", saysReady},
		{"de,fr;q=0.5", "uz", "To‘lanadigan summa"}, // the shop's own
	} {
		tab.Speak(c.wishes)
		tab.Go(shop.links.Pay(inv))
		tab.UntilShown(c.ready)
		if got := tab.Attribute("html", "lang"); got != c.language {
			t.Errorf("to %s the page says that it is in %q", c.wishes, got)
		}
	}
	for _, c := range []struct{ language, ready string }{{"ru", "К оплате"}, {"en", saysReady}, {"uz", "To‘lanadigan summa"}} {
		walkTo(t, tab, "the language "+c.language, func(s stop) bool { return s.Lang == c.language })
		tab.Follow(enter)
		tab.UntilShown(c.ready)
		if got := tab.Attribute("html", "lang"); got != c.language {
			t.Errorf("switched to %s, the page says that it is in %q", c.language, got)
		}
	}
	shop.pay(inv) // what comes later speaks it too
	tab.UntilShown("To‘lov muvaffaqiyatli amalga oshirildi")
}

func TestSystemTheTillIsUsedByKeys(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	till := shop.counter()
	tab.Go(shop.links.PayHere())
	walkTo(t, tab, "the amount", field("amount"))
	tab.Press("25 000")
	tab.Follow(enter)
	want := shop.AppLink(till, 25_000*money.Som, shop.links.Pay(till)+"?back=1")
	if got := tab.Attribute(appButton, "href"); got != want {
		t.Errorf("the button opens %s, not %s", got, want)
	}
	if got := readCode(t, tab); got != want {
		t.Errorf("the code opens %s, not %s", got, want)
	}
	wantText(t, tab, (25_000 * money.Som).Format("en"))
}

func TestSystemAnInvoiceIsFoundByItsNumber(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	shop.counter()
	inv := shop.issue(visit())
	number := inv.Number.String()
	tab.Go(shop.links.PayHere())
	walkTo(t, tab, "the number", field("number"))
	tab.Press(number[:3] + " " + number[3:])
	tab.Follow(enter)
	wantText(t, tab, saysReady, number, inv.Amount.Format("en"))
	if text := tab.Text(); strings.Contains(text, visit().Lines[0].Name) || strings.Contains(text, visit().Specialist) {
		t.Errorf("who guesses a number is told what the invoice is for:\n%s", text)
	}
	want := shop.AppLink(inv, inv.Amount, shop.links.PayByNumber(inv.Number))
	if got := tab.Attribute(appButton, "href"); got != want {
		t.Errorf("the button opens %s, not %s", got, want)
	}
	shop.pay(inv)
	tab.UntilShown(saysPaid)
}

// What is wrong with a field is said at it, and to who only hears the page.
func TestSystemWhatIsWrongIsSaidAtTheField(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	shop.counter()
	for _, c := range []struct{ field, typed string }{
		{"amount", "12"}, {"amount", "5 000 000"}, {"amount", "much"}, {"number", "1000001"}, {"number", "12"},
	} {
		tab.Go(shop.links.PayHere())
		walkTo(t, tab, c.field, field(c.field))
		tab.Press(c.typed)
		tab.Follow(enter)
		tab.Until("a field that has the focus", `document.activeElement?.matches("[aria-invalid]") ?? false`)
		got := browsertest.Ask[struct {
			Fields   []string
			Typed    string
			Says     string
			Focused  bool
			Selected bool
			Title    string
		}](tab, `(() => {
			const wrong = [...document.querySelectorAll("[aria-invalid=true]")], e = wrong[0]
			return {
				Fields: wrong.map(e => e.name), Typed: e?.value ?? "", Focused: e === document.activeElement,
				Says: (e?.getAttribute("aria-describedby") ?? "").split(" ").map(id => document.getElementById(id)?.innerText ?? "").join(" "),
				Title: document.title, Selected: !!e && e.selectionStart === 0 && e.selectionEnd === e.value.length,
			}
		})()`)
		if !slices.Equal(got.Fields, []string{c.field}) || got.Typed != c.typed || !strings.Contains(got.Says, "Error: ") {
			t.Errorf("%s %q: the page says %+v", c.field, c.typed, got)
		}
		if !got.Focused || !got.Selected || !strings.HasPrefix(got.Title, "Error: ") {
			t.Errorf("%s %q: nobody hears what is wrong: %+v", c.field, c.typed, got)
		}
		tab.Until("a description on the screen", fmt.Sprintf(`document.body.innerText.includes("Error: ") && location.search.includes(%q)`, c.field+"="))
	}
}

func wantText(t *testing.T, tab *browsertest.Tab, texts ...string) {
	t.Helper()
	shown := tab.Text()
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			t.Errorf("the page does not show %q:\n%s", text, shown)
		}
	}
}
