//go:build system

package paypage_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/money"
	"tushum/store"
	"tushum/webhook/browsertest"
)

// Where things are on a page.
const (
	appButton = `a[href*="/open-service?"]`
	codeImage = `img[src*="/qr.svg"]`
)

// readCode has the page show its code, and returns what a phone's camera reads there.
func readCode(t *testing.T, tab *browsertest.Tab) string {
	t.Helper()
	if !tab.Shows(codeImage) {
		browsertest.Ask[bool](tab, `document.querySelector("summary").click(), true`)
	}
	path := filepath.Join(t.TempDir(), "code.png")
	if err := os.WriteFile(path, tab.PictureOf(codeImage), 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	zbar := exec.CommandContext(t.Context(), "zbarimg", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", path)
	zbar.Stderr = &stderr
	out, err := zbar.Output()
	if err != nil {
		t.Fatalf("zbarimg (Debian package zbar-tools) reads no code: %v: %s", err, stderr.String())
	}
	return strings.TrimSuffix(string(out), "\n")
}

func TestSystemTheButtonAndTheCodeOpenTheInvoiceInTheApp(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	inv := shop.issue(visit())
	want := shop.AppLink(inv, inv.Amount, shop.links.Pay(inv))
	for _, colours := range []string{"light", "dark"} {
		for _, size := range sizes {
			tab.Colours(colours)
			size.set(tab)
			tab.Go(shop.links.Pay(inv))
			if got := tab.Attribute(appButton, "href"); got != want {
				t.Errorf("%s %s: the button opens %s, not %s", size.name, colours, got, want)
			}
			if got := readCode(t, tab); got != want {
				t.Errorf("%s %s: the code opens %s, not %s", size.name, colours, got, want)
			}
		}
	}
}

// Who reads on a large screen has the phone in the hand: the code is there
// without a click.
func TestSystemALargeScreenShowsTheCode(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	tab.Resize(1280, 800)
	tab.Go(shop.links.Pay(shop.issue(visit())))
	if !tab.Shows(codeImage) {
		t.Error("the code is hidden")
	}
}

func TestSystemTheButtonIsOnTheFirstScreenOfAPhone(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), browsertest.New(t)
	pages := []string{shop.links.Pay(shop.issue(visit())), shop.links.Pay(shop.counter()) + "?amount=25000", shop.links.Pay(shop.issue(hostile()))}
	for _, page := range pages {
		for _, language := range []string{"uz", "ru", "en"} {
			tab.Speak(language)
			tab.Go(page)
			below := browsertest.Ask[int](tab, `Math.ceil(document.querySelector('`+appButton+`').getBoundingClientRect().bottom - innerHeight)`)
			if below > 0 {
				t.Errorf("%s: the button ends %d pixels below the screen", language, below)
			}
			if height := browsertest.Ask[int](tab, `Math.round(document.querySelector('`+appButton+`').getBoundingClientRect().height)`); height < 44 {
				t.Errorf("%s: the button is %d pixels high, which no thumb hits", language, height)
			}
		}
	}
}

func TestSystemThePageIsAsBrightAsTheCustomerLikes(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	tab.Go(shop.links.Pay(shop.issue(visit())))
	const brightness = `(() => {
		const canvas = document.createElement("canvas").getContext("2d")
		canvas.fillStyle = "Canvas"
		for (const e of [document.body, document.documentElement]) {
			const colour = getComputedStyle(e).backgroundColor
			if (!colour.endsWith(", 0)")) { canvas.fillStyle = colour; break }
		}
		canvas.fillRect(0, 0, 1, 1)
		return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, c) => sum + c, 0)
	})()`
	light := browsertest.Ask[int](tab, brightness)
	tab.Colours("dark")
	dark := browsertest.Ask[int](tab, brightness)
	if light < 3*200 || dark > 3*60 {
		t.Errorf("of 765, the light page has the brightness %d and the dark one %d", light, dark)
	}
}

// On a small phone a name has the card's width before it is broken: two words a line
// are no name. How many there are of a thing stays together with what one costs.
func TestSystemASmallPhoneHasRoomForNames(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), browsertest.New(t)
	draft := visit()
	draft.Discount, draft.Prepaid = 0, 0
	draft.Lines = []store.Line{
		{Name: "Shampun", Quantity: 9, Price: 99_999 * money.Som},
		{Name: "Soch bo‘yash, o‘rta uzunlik, ammiaksiz", Quantity: 1, Price: 100_000 * money.Som},
	}
	inv := shop.issue(draft)
	for _, language := range []string{"uz", "ru"} {
		tab.Speak(language)
		tab.Resize(320, 640)
		tab.Go(shop.links.Pay(inv))
		const lines = `Math.round(document.querySelector("%s").getBoundingClientRect().height / parseFloat(getComputedStyle(document.querySelector("%[1]s")).lineHeight))`
		if n := browsertest.Ask[int](tab, fmt.Sprintf(lines, "tbody tr:nth-child(2) th")); n > 2 {
			t.Errorf("%s: a name of four words takes %d lines", language, n)
		}
		if n := browsertest.Ask[int](tab, fmt.Sprintf(lines, "tbody small")); n != 1 {
			t.Errorf("%s: 9 × 99 999 takes %d lines", language, n)
		}
	}
}

// A receipt is one sheet, with what was paid and without what can't be pressed
// on paper.
func TestSystemAReceiptIsPrintedOnOneSheet(t *testing.T) {
	t.Parallel()
	shop, tab := newSalon(t), english(t)
	inv := shop.issue(visit())
	shop.pay(inv)
	tab.Colours("dark")
	tab.Go(shop.links.Pay(inv))
	if sheets := bytes.Count(tab.Print(), []byte("/Type /Page\n")); sheets != 1 {
		t.Errorf("a receipt of five lines takes %d sheets", sheets)
	}
	tab.Paper()
	for _, gone := range []string{"button", "nav a", codeImage, appButton} {
		if tab.Shows(gone) {
			t.Errorf("%s is printed", gone)
		}
	}
	wantText(t, tab, saysPaid, inv.Number.String(), inv.Amount.Format("en"), "Lola", "Shampun", "Malika Yusupova")
	if ink := browsertest.Ask[string](tab, "getComputedStyle(document.body).color"); ink != "rgb(0, 0, 0)" {
		t.Errorf("the ink is %s", ink)
	}
}
