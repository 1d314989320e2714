package poster_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"tushum/internal/lang"
	"tushum/internal/poster"
)

const sum = "1\u00a0250\u00a0000 so‘m"

// facts are the posters there are, by what the code leads to.
var facts = map[string]poster.Facts{
	"till, page":    {Shop: "Go‘zal salon", Number: "1000017", System: "Uzum Bank", Link: "https://pay.example.uz/pay", Page: true, Counter: true},
	"till, app":     {Shop: "Go‘zal salon", Number: "1000017", System: "Uzum Bank", Link: "https://www.uzumbank.uz/open-service?serviceId=1", Counter: true},
	"invoice, page": {Shop: "Go‘zal salon", Number: "1000017", System: "Uzum Bank", Link: "https://pay.example.uz/pay/1000017", Page: true, Sum: sum},
	"invoice, app":  {Shop: "Go‘zal salon", Number: "1000017", System: "Uzum Bank", Link: "https://www.uzumbank.uz/open-service?serviceId=1", Sum: sum},
	"invoice, card": {Shop: "Go‘zal salon", Number: "1000017", System: "Uzum Bank", Link: "https://pay.example.uz/pay/1000017", Page: true, Card: true, Sum: sum},
}

func TestPosterInEnglish(t *testing.T) {
	t.Parallel()
	page := "The code opens the shop’s own payment page. It is not the national unified QR code."
	app := "This is the shop’s own code: it opens the Uzum Bank app. It is not the national unified QR code."
	const scan = "Point your phone’s camera at the code"
	for name, want := range map[string]poster.Words{
		"till, page":    {Link: "pay.example.uz/pay", Notice: page, Steps: []string{scan, "Enter the amount on the page", "Pay, and show it to the seller"}},
		"till, app":     {Notice: app, Steps: []string{scan, "Enter the amount in the Uzum Bank app", "Confirm the payment in the Uzum Bank app"}},
		"invoice, page": {Link: "pay.example.uz/pay/1000017", Notice: page, Steps: []string{scan, "Check the amount: " + sum, "Pay, and show it to the seller"}},
		"invoice, card": {Link: "pay.example.uz/pay/1000017", Notice: page, Steps: []string{scan, "Check the amount: " + sum, "Pay by card on the page, and show it to the seller"}},
		"invoice, app":  {Notice: app, Steps: []string{scan, "Check the amount: " + sum, "Confirm the payment in the Uzum Bank app"}},
	} {
		got := poster.For(lang.EN, facts[name])
		if got.Shop != "Go‘zal salon" || got.Heading != "Pay with Uzum Bank" || got.Number != "Invoice 1000017" || got.Link != want.Link {
			t.Errorf("%s: %+v", name, got)
		}
		if got.Notice != want.Notice || !slices.Equal(got.Steps, want.Steps) {
			t.Errorf("%s: it says %q and %q, want %q and %q", name, got.Steps, got.Notice, want.Steps, want.Notice)
		}
	}
}

func TestPosterSaysWhoseCodeItIsInEveryLanguage(t *testing.T) {
	t.Parallel()
	not := map[lang.Lang]string{lang.UZ: "yagona milliy QR kod emas", lang.RU: "не единый национальный QR-код", lang.EN: "not the national unified QR code"}
	for _, l := range lang.All {
		for name, f := range facts {
			w := poster.For(l, f)
			if !strings.Contains(w.Notice, not[l]) {
				t.Errorf("%s in %s: %q does not say what the code is not", name, l, w.Notice)
			}
			if strings.Contains(w.Notice, "Uzum") == f.Page {
				t.Errorf("%s in %s: %q does not say where the code leads", name, l, w.Notice)
			}
			if !strings.HasSuffix(w.Number, " 1000017") || strings.Contains(strings.Join(w.Steps, "")+w.Number+w.Heading+w.Notice, "{") {
				t.Errorf("%s in %s: a place is not filled in: %+v", name, l, w)
			}
			if f.Sum != "" && !strings.HasSuffix(w.Steps[1], sum) {
				t.Errorf("%s in %s: the sum is not in %q", name, l, w.Steps[1])
			}
		}
	}
}

// The payment system is named as people call it, and no other one is.
func TestPosterNamesItsPaymentSystem(t *testing.T) {
	t.Parallel()
	for _, l := range lang.All {
		for name, f := range facts {
			f.System = "Boshqa Pay\u202e"
			w := poster.For(l, f)
			said := w.Heading + strings.Join(w.Steps, "\n") + w.Notice
			if !strings.Contains(w.Heading, "Boshqa Pay") || strings.Contains(said, "Uzum") || strings.Contains(said, "\u202e") {
				t.Errorf("%s in %s: it says %q", name, l, said)
			}
			if strings.Count(said, "Boshqa Pay") < 2 && !f.Page {
				t.Errorf("%s in %s: the app is not named in %q", name, l, said)
			}
		}
	}
}

func TestPosterLeavesOutWhatItIsNotTold(t *testing.T) {
	t.Parallel()
	w := poster.For(lang.EN, poster.Facts{})
	if w.Shop != "" || w.Number != "" || w.Link != "" {
		t.Errorf("of no facts it makes %+v", w)
	}
	if w.Steps[1] != "Check the amount" {
		t.Errorf("without a sum the second step is %q", w.Steps[1])
	}
}

func TestPosterIsCleanWhateverTheShopIsCalled(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"  Go‘zal\n\tsalon \u2028":    "Go‘zal salon",
		"a\u202eb\u200b\u2066c\x1b[":  "abc[",
		"\xff\xfeабв\ufffd":           "абв",
		"{number} {sum}":              "{number} {sum}",
		"<script>alert(1)</script>":   "<script>alert(1)</script>",
		strings.Repeat("Ж", 5000):     strings.Repeat("Ж", 499) + "…",
		"Savdo\u00a0markazi №\u202f1": "Savdo markazi № 1",
	} {
		if got := poster.For(lang.UZ, poster.Facts{Shop: in}).Shop; got != want {
			t.Errorf("the shop %.40q is printed as %.40q, want %.40q", in, got, want)
		}
	}
}

func FuzzFor(f *testing.F) {
	f.Add("Go‘zal\u202e salon\n", sum)
	f.Fuzz(func(t *testing.T, shop, sum string) {
		w := poster.For(lang.RU, poster.Facts{Shop: shop, Number: shop, Link: shop, Sum: sum})
		for _, text := range append(w.Steps, w.Shop, w.Number, w.Link) {
			if i := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) }); i >= 0 {
				t.Errorf("%q has something in it that does not show", text)
			}
		}
	})
}
