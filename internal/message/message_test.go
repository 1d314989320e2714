package message_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tushum/internal/lang"
	"tushum/internal/message"
)

var facts = message.Facts{
	Shop: "Gulnora", What: "Soch olish", Sum: "150\u00a0000\u00a0so‘m", Number: "1234567", Link: "https://pay.shop.uz/pay/abc",
	When: "25.07.2026 15:00", Specialist: "Dilnoza", Until: "26.07.2026 15:00",
}

func parse(t *testing.T, text string) message.Template {
	t.Helper()
	template, err := message.Parse(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return template
}

func TestDefaultSaysAllItCan(t *testing.T) {
	t.Parallel()
	for l, want := range map[lang.Lang]string{
		lang.UZ: "Gulnora\nSoch olish: 150\u00a0000\u00a0so‘m\n25.07.2026 15:00, Dilnoza\nTo‘lov raqami: 1234567\nTo‘lash muddati: 26.07.2026 15:00\nTo‘lash: https://pay.shop.uz/pay/abc",
		lang.RU: "Gulnora\nSoch olish: 150\u00a0000\u00a0so‘m\n25.07.2026 15:00, Dilnoza\nСчёт № 1234567\nОплатить до: 26.07.2026 15:00\nОплатить: https://pay.shop.uz/pay/abc",
		lang.EN: "Gulnora\nSoch olish: 150\u00a0000\u00a0so‘m\n25.07.2026 15:00, Dilnoza\nInvoice number: 1234567\nPay by: 26.07.2026 15:00\nPay here: https://pay.shop.uz/pay/abc",
	} {
		if got := message.Default(l).Fill(facts); got != want {
			t.Errorf("in %s the message is\n%s\nwant\n%s", l, got, want)
		}
	}
}

func TestDefaultLeavesOutWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		says  string
		facts message.Facts
		want  string
	}{
		{"a counter invoice", message.Facts{Shop: "Gulnora", Number: "1234567", Link: "u"}, "Gulnora\nInvoice number: 1234567\nPay here: u"},
		{"no appointment", message.Facts{What: "Wax", Sum: "5 UZS", Number: "1", Link: "u"}, "Wax: 5\u00a0UZS\nInvoice number: 1\nPay here: u"},
		{"a time and nobody", message.Facts{When: "15:00", Link: "u"}, "15:00\nPay here: u"},
		{"somebody and no time", message.Facts{Specialist: "Aziz", Link: "u"}, "Aziz\nPay here: u"},
		{"no sum", message.Facts{What: "Wax", Link: "u"}, "Wax\nPay here: u"},
		{"no link", message.Facts{What: "Wax", Sum: "5 UZS"}, "Wax: 5\u00a0UZS"},
		{"nothing", message.Facts{}, ""},
	} {
		if got := message.Default(lang.EN).Fill(c.facts); got != c.want {
			t.Errorf("with %s the message is %q, want %q", c.says, got, c.want)
		}
	}
}

func TestFillDropsOnlyWhatPartsEmptyFacts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ template, want string }{
		{"Hello,\n\n{link}\n\nSee you!", "Hello,\n\nL\n\nSee you!"},
		{"{shop},\n{link}", "S,\nL"},
		{"— {shop} — {link} —", "— S — L —"},
		{"{what}, {shop}, {link}", "S, L"},
		{"{shop}, {what}, {link}", "S, L"},
		{"{link}, {shop}, {what}", "L, S"},
		{"{link} ({what}) {shop}", "L () S"},
		{"{shop}\n\n{what}\n\n{link}", "S\n\nL"},
		{"{what}\n\n{link}\n\n{sum}", "L"},
		{"At {when}.\n{link}", "L"},
		{"{shop}{link}{shop}", "SLS"},
		{"  {link}", "  L"},
		{"\n\n{link}\r\n{shop} \r\n\r\n", "L\nS"},
	} {
		if got := parse(t, c.template).Fill(message.Facts{Shop: "S", Link: "L"}); got != c.want {
			t.Errorf("%q is filled as %q, want %q", c.template, got, c.want)
		}
	}
}

// What stands in an invoice can't put a line, or another link, in the place of ours.
func TestHostileFactsStayInTheirPlace(t *testing.T) {
	t.Parallel()
	template := parse(t, "{shop}|{what}|{sum}|{number}|{when}|{specialist}|{until}\n{link}")
	for _, bad := range []string{
		"a\npay here: https://evil.uz", "a\r\nb", "a\u2028b", "a\u0085b", "\x1b]8;;https://evil.uz\x07a", "\u202eabc\u202c", "{link}", "{shop} {", "%s",
		strings.Repeat("щ", 5000), "a\xff\xfeb", "\u200b\u200d\ufeff", strings.Repeat("\u0301", 300),
	} {
		got := template.Fill(message.Facts{Shop: bad, What: bad, Sum: bad, Number: bad, When: bad, Specialist: bad, Until: bad, Link: "https://pay.shop.uz/pay/x"})
		lines := strings.Split(got, "\n")
		if len(lines) != 2 || lines[1] != "https://pay.shop.uz/pay/x" || !utf8.ValidString(got) {
			t.Errorf("%q makes the message %q", bad, got)
		}
		hidden := func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) }
		if strings.ContainsFunc(got, hidden) || utf8.RuneCountInString(got) > 7*200+100 {
			t.Errorf("%q is shown as %q, of %d characters", bad, got, utf8.RuneCountInString(got))
		}
	}
}

func TestLinkIsWholeHoweverLong(t *testing.T) {
	t.Parallel()
	link := "https://www.uzumbank.uz/open-service?redirectUrl=" + strings.Repeat("%2F", 300)
	if got := parse(t, "{link}").Fill(message.Facts{Link: link}); got != link {
		t.Errorf("the link came out as %q", got)
	}
}

func TestParseRefusesWhatItCanNotFillIn(t *testing.T) {
	t.Parallel()
	const hint = "only {shop}, {what}, {sum}, {number}, {link}, {when}, {specialist} and {until} are filled in"
	for _, c := range []struct{ text, says, hint string }{
		{"{link} {phone}", `there is nothing to put in place of "{phone}"`, hint},
		{"{link} {customer}", `there is nothing to put in place of "{customer}"`, hint},
		{"{link} {}", `there is nothing to put in place of "{}"`, hint},
		{"{link} {Shop}", `there is nothing to put in place of "{Shop}"`, hint},
		{"{link} { shop }", `there is nothing to put in place of "{ shop }"`, hint},
		{"{{link}}", `there is nothing to put in place of "{{link}"`, hint},
		{"{sum {link}", `there is nothing to put in place of "{sum {link}"`, hint},
		{"{link} {shop", `there is nothing to put in place of "{shop"`, hint},
		{"{link} shop}", `there is nothing to put in place of "}"`, hint},
		{"{link}\n{sum\n}", `there is nothing to put in place of "{sum"`, hint},
		{"{link} {" + strings.Repeat("щ", 100) + "}", `there is nothing to put in place of "{` + strings.Repeat("щ", 23) + `…"`, hint},
		{"", "the message has no {link}", "write {link} where the payment link is to stand"},
		{"pay {sum}", "the message has no {link}", "write {link} where the payment link is to stand"},
		{"pay {LINK}", "the message has no {link}", "write {link} where the payment link is to stand"},
		{"{link}" + strings.Repeat("щ", 995), "the message is longer than 1000 characters", "shorten it: a long one is not read to its end"},
		{"{link}\tnow", "the message has the character U+0009 in it, which can't be seen", "delete it and type that place again; use spaces for tabs"},
		{"<b> {link}\x1b[2J", "the message has the character U+001B in it, which can't be seen", "delete it and type that place again; use spaces for tabs"},
		{"{link}\n<\u202e", "the message has the character U+202E in it, which can't be seen", "delete it and type that place again; use spaces for tabs"},
		{"{link}\rnow", "the message has the character U+000D in it, which can't be seen", "delete it and type that place again; use spaces for tabs"},
		{"{link} \xff", "the message has the character 0xFF in it, which can't be seen", "delete it and type that place again; use spaces for tabs"},
	} {
		_, err := message.Parse(c.text)
		var wrong *message.Error
		if !errors.As(err, &wrong) || wrong.Error() != c.says || wrong.Hint.EN != c.hint {
			t.Errorf("%q is refused with %v, want %q and %q", c.text, err, c.says, c.hint)
			continue
		}
		for _, text := range []lang.Text{wrong.Msg, wrong.Hint} {
			if text.UZ == "" || text.RU == "" || text.UZ == text.EN || text.RU == text.EN || strings.Contains(text.UZ+text.RU+text.EN, "%!") {
				t.Errorf("%q is told as %+v", c.text, text)
			}
		}
	}
}

func TestParseTakesTheLongestAndTheOddest(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"{link}", "{link}" + strings.Repeat("щ", 994), "so‘m\u00a0— «{link}» ✅ ❤️ 🇺🇿 <b>", "<U+0009> {link}", "{shop}{what}{sum}{number}{link}{when}{specialist}{until}",
	} {
		parse(t, text)
	}
}

// Whatever template is taken, it is filled in whole and as one line for each of its own.
func TestWhatIsTakenIsFilledIn(t *testing.T) {
	t.Parallel()
	parts := rapid.SampledFrom([]string{"{shop}", "{what}", "{sum}", "{number}", "{link}", "{when}", "{specialist}", "{until}", "\n", " ", ", ", ": ", "—", "a", "so‘m", "<", "{", "}", "\u202e"})
	text := rapid.SampledFrom([]string{"", "x", "a b", "{link}", "a\nb", "\u202ex", "\u00a0"})
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOfN(parts, 0, 20).Draw(t, "template"), "")
		template, err := message.Parse(source)
		if err != nil {
			if filled := template.Fill(facts); filled != "" {
				t.Fatalf("%q is refused, and fills as %q", source, filled)
			}
			return
		}
		got := template.Fill(message.Facts{
			Shop: text.Draw(t, "shop"), What: text.Draw(t, "what"), Sum: text.Draw(t, "sum"), Number: text.Draw(t, "number"), Link: "https://x.uz/pay/t",
			When: text.Draw(t, "when"), Specialist: text.Draw(t, "specialist"), Until: text.Draw(t, "until"),
		})
		if strings.Count(got, "\n") > strings.Count(source, "\n") || strings.Count(got, "https://x.uz/pay/t") != strings.Count(source, "{link}") {
			t.Fatalf("%q is filled as %q", source, got)
		}
		if strings.ContainsRune(got, '\u202e') || strings.Contains(got, "\n\n\n") || strings.Trim(got, "\n") != got {
			t.Fatalf("%q is filled as %q", source, got)
		}
	})
}
