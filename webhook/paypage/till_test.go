package paypage

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

func TestTheTillLeadsOn(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	till := s.counter()
	inv := s.issue(haircut())
	n := inv.Number.String()
	for typed, want := range map[string]string{
		"amount=25000":                "/pay/" + till.Token.String() + "?amount=25000&lang=uz",
		"amount=25%C2%A0000&lang=ru":  "/pay/" + till.Token.String() + "?amount=25000&lang=ru",
		"amount=25.000&lang=en":       "/pay/" + till.Token.String() + "?amount=25000&lang=en",
		"amount=25k&lang=en":          "/pay/" + till.Token.String() + "?amount=25000&lang=en",
		"number=" + n:                 "/pay/" + n + "?lang=uz",
		"number=" + n + "&amount=25k": "/pay/" + n + "?lang=uz",
		"lang=en&number=" + url.QueryEscape(n[:3]+" "+n[3:5]+"-"+n[5:]+"\u00a0–\u200e"): "/pay/" + n + "?lang=en",
	} {
		got := s.ask("/pay?" + typed)
		if next := got.header.Get("Location"); got.status != http.StatusSeeOther || next != want {
			t.Errorf("%s leads with %d to %q, want %q", typed, got.status, next, want)
		}
		if body := s.ask(want).body; !strings.Contains(body, `class="way first" href="https://www.uzumbank.uz/`) {
			t.Errorf("%s leads to a page on which nothing can be paid", typed)
		}
	}
}

func TestWhatIsWrongIsSaidAtTheField(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	till := pageByToken(s.counter())
	paid := s.issue(haircut())
	s.pay(paid)
	s.passed.Store(int64(25 * time.Hour)) // after which its number finds it no more
	const noNumber = "there is no invoice with this number. Check it."
	for path, want := range map[string][3]string{ // field, what it holds, what is wrong
		"/pay?lang=en&number=1000":                         {"number", "1000", noNumber},
		"/pay?lang=en&number=1000018":                      {"number", "1000018", noNumber},
		"/pay?lang=en&number=10+000-19":                    {"number", "10 000-19", noNumber},
		"/pay?lang=en&number=" + paid.Number.String():      {"number", paid.Number.String(), noNumber},
		"/pay?lang=en&number=%22%3E%3Cb%3E":                {"number", "&#34;&gt;&lt;b&gt;", noNumber},
		"/pay?lang=en&number=" + strings.Repeat("7", 1000): {"number", strings.Repeat("7", mostTyped) + "…", noNumber},
		"/pay?lang=en&amount=abc":                          {"amount", "abc", "this is not a sum: type 150000, 150 000, 150k or 1.5m"},
		"/pay?lang=en&amount=25%C2%A0x":                    {"amount", "25 x", "the word after the number is unknown: type k, m, ming, mln or UZS"},
		"/pay?lang=en&amount=1999":                         {"amount", "1999", (1999 * money.Som).Format("en") + " is below the minimum of " + (2000 * money.Som).Format("en")},
		"/pay?lang=ru&amount=1m":                           {"amount", "1m", (1_000_000 * money.Som).Format("ru") + " больше максимума " + (900_000 * money.Som).Format("ru")},
		till + "?lang=en&amount=0":                         {"amount", "0", money.Amount(0).Format("en") + " is below the minimum of " + (2000 * money.Som).Format("en")},
		"/pay?lang=uz&amount=1.500k":                       {"amount", "1.500k", "«1.500» ikki xil o‘qiladi: minglar bo‘lsa 1500k deb, kasr bo‘lsa 1500 deb yozing"},
		till + "?lang=uz&amount=-5":                        {"amount", "-5", "summa manfiy bo‘lmaydi: minus belgisisiz yozing"},
	} {
		body := s.page(path)
		field := `<input id="` + want[0] + `" name="` + want[0] + `" value="` + want[1] + `"`
		tied := `aria-describedby="` + want[0] + `-wrong ` + want[0] + `-hint" aria-invalid="true" autofocus>`
		if !strings.Contains(body, field) || !strings.Contains(body, tied) || !strings.Contains(body, want[2]+"</p>") {
			t.Errorf("%s does not say %q of %q at %s:\n%s", path, want[2], want[1], want[0], body)
		}
		if title := textOf(body, "title"); !strings.HasPrefix(title, sayWrong.EN) && !strings.HasPrefix(title, sayWrong.RU) && !strings.HasPrefix(title, sayWrong.UZ) {
			t.Errorf("%s is titled %q, as if nothing were wrong", path, title)
		}
		if strings.Count(body, `aria-invalid="true"`) != 1 {
			t.Errorf("%s finds fault with more than one field", path)
		}
	}
}

// textOf is what stands in the first element of a name.
func textOf(body, name string) string {
	_, after, _ := strings.Cut(body, "<"+name+">")
	text, _, _ := strings.Cut(after, "</"+name+">")
	return text
}

func TestNothingWrongIsNoError(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	till := pageByToken(s.counter())
	for _, path := range []string{"/pay?lang=en", till + "?lang=en", till + "?lang=en&amount=25000"} {
		body := s.page(path)
		if title := textOf(body, "title"); strings.Contains(title, sayWrong.EN) || strings.Contains(body, "autofocus") {
			t.Errorf("%s is titled %q, or takes the focus", path, title)
		}
	}
}

func TestTheTillSaysThatPaymentsAreNoMoney(t *testing.T) {
	t.Parallel()
	s := openStall(t, changeBank(func(b *bankApp) { b.Test = true }))
	inv := s.counter()
	for _, path := range []string{"/pay?lang=en", pageByToken(inv) + "?lang=en", pageByToken(inv) + "?lang=en&amount=25000"} {
		if body := s.page(path); !strings.Contains(body, sayTest.EN) || !strings.Contains(textOf(body, "title"), " — Lola") {
			t.Errorf("%s does not say that it is a test, or whose it is", path)
		}
	}
}

// Who comes back from the app to the till's page may have paid: it asks for no
// amount as if they had not, whatever they do with the page.
func TestWhoComesBackToTheTillIsNotAskedToPayTwice(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	inv := s.counter()
	for _, ref := range []string{pageByToken(inv), pageByNumber(inv)} {
		for _, query := range []string{"?lang=en&back=1", "?amount=25000&back=1&lang=en"} {
			body := s.page(ref + query)
			if !strings.Contains(body, sayReturned.EN) || strings.Contains(body, headHowMuch.EN) {
				t.Errorf("%s asks for an amount as if nothing had been paid:\n%s", ref+query, body)
			}
			if strings.Contains(body, "uzumbank.uz") || !strings.Contains(body, `name="amount"`) {
				t.Errorf("%s has a button that pays, or no form", ref+query)
			}
			for _, kept := range []string{`/events?`, `<a href="?`} {
				_, after, _ := strings.Cut(body, kept)
				if link, _, _ := strings.Cut(after, `"`); !strings.Contains(link, "back=1") {
					t.Errorf("%s forgets at %s%s that its customer has come back", ref+query, kept, link)
				}
			}
		}
		if body := s.page(ref + "?amount=25000&lang=en"); strings.Contains(body, sayReturned.EN) || strings.Contains(body, "back=1") && !strings.Contains(body, "redirectUrl") {
			t.Errorf("%s takes who has just come for one who comes back", ref)
		}
	}
	once := s.issue(haircut())
	if body := s.page(pageByToken(once) + "?back=1&lang=en"); strings.Contains(body, sayReturned.EN) || !strings.Contains(body, "To pay") {
		t.Error("an invoice of one customer does not say where it stands")
	}
}

// usesApp is what a page says of an app before there is a button for it.
const usesApp = "You pay in the Uzum Bank app."

// Who has another bank's app learns it before typing anything.
func TestTheFormsNameTheApp(t *testing.T) {
	t.Parallel()
	pages := func(s *stall) []string {
		inv := s.counter()
		return []string{"/pay?lang=en", "/pay?lang=en&amount=1", pageByToken(inv) + "?lang=en", pageByNumber(inv) + "?lang=en"}
	}
	s := openStall(t)
	if body := s.page("/pay?lang=en"); !strings.Contains(body, usesApp) {
		t.Error("a shop without a till does not name the app")
	}
	for _, path := range pages(s) {
		if body := s.page(path); !strings.Contains(body, `</h1>`+"\n"+`<p class="by">`+usesApp+"</p>") {
			t.Errorf("%s does not name the app", path)
		}
	}
	card := changeBank(func(b *bankApp) { b.Can = store.Abilities{Card: true, Counter: true} })
	none := changeBank(func(b *bankApp) { b.open = func(store.Invoice, money.Amount, string) string { return "" } })
	for name, change := range map[string]func(*Settings, *store.Rules){"cards alone": card, "no way": none} {
		s := openStall(t, change)
		for _, path := range append(pages(s), "/pay?lang=en") {
			if body := s.page(path); strings.Contains(body, usesApp) {
				t.Errorf("%s: %s names the app", name, path)
			}
		}
	}
	paused := openStall(t, func(_ *Settings, r *store.Rules) {
		r.Systems = map[store.System]store.Profile{store.Uzum: {State: store.Paused, Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true}}}
	})
	if body := paused.page("/pay?lang=en"); strings.Contains(body, usesApp) {
		t.Error("a shop whose connection is paused names the app")
	}
}

// The ways are asked for an amount that could be paid.
func TestTheAppIsAskedForWithTheLeastAmount(t *testing.T) {
	t.Parallel()
	s := openStall(t, changeBank(func(b *bankApp) {
		b.open = func(_ store.Invoice, amount money.Amount, _ string) string {
			if amount < 2000*money.Som {
				return ""
			}
			return "https://app.example/"
		}
	}))
	if body := s.page(pageByToken(s.counter()) + "?lang=en"); !strings.Contains(body, usesApp) {
		t.Error("the app takes the least that may be paid, and is not named")
	}
}

func TestThousandsAreReadAsTheyAreWrittenHere(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]money.Amount{
		"25.000": 25_000, "25,000": 25_000, " 1.500 so‘m": 1_500, "900,000 сум": 900_000, "25.000 UZS": 25_000, "2.500.000": 2_500_000,
		"25000": 25_000, "25 000": 25_000, "25k": 25_000, "1.500 mln": 1_500_000,
	} {
		if got, err := amountOf(text); err != nil || got != want*money.Som {
			t.Errorf("%q is read as %v, %v; want %v", text, got, err, want*money.Som)
		}
	}
	if got, err := amountOf("25,50"); err != nil || got != 2550 {
		t.Errorf("25,50 is read as %d tiyin, %v", got, err)
	}
	for _, text := range []string{"", "25.000k", "25.000 ming", "0.500", "025.000", "25.0000", "1.25.000", "25.000,", "25.000 x", "25.000 5", "٢٥.000"} {
		if got, err := amountOf(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

func TestATillThatTakesNothingHasNoAmount(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	if body := s.page("/pay"); strings.Contains(body, `name="amount"`) || !strings.Contains(body, `name="number"`) {
		t.Error("a shop without a till asks for an amount, or for no number")
	}
	inv := s.counter()
	if body := s.page("/pay"); !strings.Contains(body, `name="amount"`) {
		t.Error("a shop with a till does not ask for an amount")
	}
	s.cancel(inv)
	if body := s.page("/pay"); strings.Contains(body, `name="amount"`) {
		t.Error("a shop whose till is cancelled asks for an amount")
	}
	if body := s.page("/pay?amount=25000&lang=en"); !strings.Contains(body, sayTillClosed.EN) || !strings.Contains(body, `value="25000"`) {
		t.Error("who types an amount for a till that is closed is not told")
	}
}

func TestTheFieldSaysWhatMayBeTyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rules   [2]money.Amount // least and most for any payment
		invoice [2]money.Amount
		want    string
	}{
		{[2]money.Amount{}, [2]money.Amount{}, "For example, 25 000"},
		{[2]money.Amount{100_000, 0}, [2]money.Amount{}, "At least 1 000 UZS"},
		{[2]money.Amount{0, 5_000_000}, [2]money.Amount{}, "At most 50 000 UZS"},
		{[2]money.Amount{100_000, 5_000_000}, [2]money.Amount{}, "From 1 000 UZS to 50 000 UZS"},
		{[2]money.Amount{100_000, 5_000_000}, [2]money.Amount{200_000, 300_000}, "From 2 000 UZS to 3 000 UZS"},
	} {
		s := openStall(t, func(_ *Settings, r *store.Rules) { r.MinAmount, r.MaxAmount = c.rules[0], c.rules[1] })
		inv := s.issue(store.Draft{Kind: store.Counter, MinAmount: c.invoice[0], MaxAmount: c.invoice[1], By: "test"})
		for _, path := range []string{"/pay?lang=en", pageByToken(inv) + "?lang=en"} {
			if body := s.page(path); !strings.Contains(strings.ReplaceAll(body, "\u00a0", " "), ">"+c.want+"</p>") {
				t.Errorf("%v: the page does not say %q", c, c.want)
			}
		}
	}
}

func TestACounterInvoiceIsPaidByWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	inv := s.counter()
	for _, ref := range []string{pageByToken(inv), pageByNumber(inv)} {
		body := s.page(ref + "?amount=25+000,50&lang=en")
		for _, want := range []string{"25\u00a0000,50\u00a0UZS", "amount=2500050", template.HTMLEscapeString(strings.ReplaceAll(sayTill.EN, "{system}", "Uzum Bank")), `<a href="` + ref + `?lang=en">Another amount</a>`} {
			if !strings.Contains(body, want) {
				t.Errorf("the page %s does not hold %q", ref, want)
			}
		}
	}
}

func TestACounterInvoiceThatIsOverAsksForNothing(t *testing.T) {
	t.Parallel()
	s := openStall(t)
	inv := s.counter()
	s.cancel(inv)
	body := s.page(pageByToken(inv) + "?amount=25000&lang=en")
	if strings.Contains(body, "<form") || strings.Contains(body, "uzumbank.uz") || !strings.Contains(body, "This invoice is cancelled") {
		t.Errorf("the page is\n%s", body)
	}
}
