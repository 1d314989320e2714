package bank

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/internal/money"
)

// TestEveryCaseHasATitle also keeps names unique for each webhook, and every title
// in use.
func TestEveryCaseHasATitle(t *testing.T) {
	t.Parallel()
	unused := maps.Clone(requestTitles)
	maps.Copy(unused, storyTitles)
	delete(unused, "invoice")
	seen := map[string]bool{}
	for _, c := range suiteCases() {
		title, known := titleOf(c.name)
		if !known || title.UZ == "" || title.RU == "" || title.EN == "" {
			t.Errorf("%s: title %+v", c.name, title)
		}
		delete(unused, c.name)
		for _, webhook := range c.on {
			if !slices.Contains(every, webhook) || seen[webhook+c.name] {
				t.Errorf("%s on %s is there twice or on no webhook", c.name, webhook)
			}
			seen[webhook+c.name] = true
		}
		if (c.edit == nil) == (c.run == nil) {
			t.Errorf("%s must have either edit or run", c.name)
		}
	}
	if len(unused) > 0 {
		t.Errorf("titles of no case: %v", sortedNames(unused))
	}
}

func TestNotesAreInThreeLanguages(t *testing.T) {
	t.Parallel()
	full := Note{Member: "M", Want: "W", Got: "G", Count: 7}
	for code := range noteTexts {
		full.Code = code
		said := map[string]bool{}
		for _, l := range lang.All {
			text := full.In(l)
			said[text] = true
			if text == "" || strings.ContainsAny(text, "{}") {
				t.Errorf("%s in %s: %q", code, l, text)
			}
		}
		if len(said) != len(lang.All) {
			t.Errorf("%s: %v", code, said)
		}
	}
	if got := (Note{Code: "unheard_of"}).In(lang.EN); got != "unheard_of" {
		t.Errorf("an unknown note says %q", got)
	}
	if got := (Note{Code: NoteMember, Member: "{got}", Want: "a", Got: "b"}).In(lang.EN); got != "{got}: want a, got b" {
		t.Errorf("a value was read as a text: %q", got)
	}
}

func TestCheckDigit(t *testing.T) {
	t.Parallel()
	for digits, want := range map[string]string{"572": "5724", "": "0", "43881234567": "438812345679"} {
		if got := withCheckDigit(digits); got != want {
			t.Errorf("%s: %s, want %s", digits, got, want)
		}
	}
	for number, want := range map[string]string{"5724": "5725", "19": "10", "": "1", "1x": "10"} {
		if got := wrongCheckDigit(number); got != want {
			t.Errorf("%q: %q, want %q", number, got, want)
		}
	}
}

func TestInSom(t *testing.T) {
	t.Parallel()
	for tiyin, want := range map[int64]string{130_000_00: "130000", 1: "0.01", 130_000_50: "130000.50", 100: "1"} {
		if got := inSom(money.Amount(tiyin)); got != want {
			t.Errorf("%d tiyin: %s, want %s", tiyin, got, want)
		}
	}
}
