package lang_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tushum/internal/lang"
)

func TestParseReadsCodesAndLocales(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]lang.Lang{
		"uz": lang.UZ, "ru": lang.RU, "en": lang.EN,
		"UZ": lang.UZ, "Ru": lang.RU, " en\n": lang.EN,
		"ru_RU.UTF-8": lang.RU, "uz-Latn": lang.UZ, "uz-Latn-UZ": lang.UZ,
		"uz_UZ@cyrillic": lang.UZ, "en_US": lang.EN, "en.UTF-8": lang.EN,
	} {
		got, err := lang.Parse(in)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestParseRefusesWhatIsNoLanguage(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"", " ", "C", "POSIX", "C.UTF-8", "fr", "kk_KZ", "russian", "u", "uzb", "_uz", "-", "ру",
		"en-GB,en;q=0.9", "uz ru", "ru_RU\x1b[2J", "uz\x00",
	} {
		got, err := lang.Parse(in)
		if !errors.Is(err, lang.ErrUnknown) || got != "" {
			t.Errorf("Parse(%q) = %q, %v; want ErrUnknown", in, got, err)
			continue
		}
		if !strings.Contains(err.Error(), "type uz, ru or en") || strings.ContainsRune(err.Error(), 0x1b) {
			t.Errorf("Parse(%q): error %q does not say what to type, or repeats a control", in, err)
		}
	}
}

func TestParseErrorIsShort(t *testing.T) {
	t.Parallel()
	_, err := lang.Parse(strings.Repeat("ы", 10_000))
	if err == nil || len(err.Error()) > 150 {
		t.Errorf("error of a long text has %d bytes", len(err.Error()))
	}
}

func TestAllParse(t *testing.T) {
	t.Parallel()
	if lang.All != [...]lang.Lang{lang.UZ, lang.RU, lang.EN} {
		t.Errorf("All = %v", lang.All)
	}
	for _, l := range lang.All {
		if got, err := lang.Parse(string(l)); got != l || err != nil {
			t.Errorf("Parse(%q) = %q, %v", l, got, err)
		}
	}
}

func TestTextInFallsBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text lang.Text
		l    lang.Lang
		want string
	}{
		{lang.Text{UZ: "a", RU: "b", EN: "c"}, lang.UZ, "a"},
		{lang.Text{UZ: "a", RU: "b", EN: "c"}, lang.RU, "b"},
		{lang.Text{UZ: "a", RU: "b", EN: "c"}, lang.EN, "c"},
		{lang.Text{UZ: "a", RU: "b", EN: "c"}, "fr", "c"},
		{lang.Text{UZ: "a", RU: "b", EN: "c"}, "", "c"},
		{lang.Text{UZ: "a", EN: "c"}, lang.RU, "c"},
		{lang.Text{UZ: "a", RU: "b"}, lang.EN, "a"},
		{lang.Text{RU: "b"}, lang.UZ, "b"},
		{lang.Text{UZ: "a"}, lang.RU, "a"},
		{lang.Text{}, lang.UZ, ""},
	} {
		if got := c.text.In(c.l); got != c.want {
			t.Errorf("%+v.In(%q) = %q, want %q", c.text, c.l, got, c.want)
		}
	}
}

func TestASCIIApostrophe(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"so‘m", "so’m", "soʻm", "soʼm", "so`m", "so´m", "so'm"} {
		if got := lang.ASCIIApostrophe(in); got != "so'm" {
			t.Errorf("ASCIIApostrophe(%q) = %q", in, got)
		}
	}
	if got := lang.ASCIIApostrophe("сум «12» \"x\" \xff"); got != "сум «12» \"x\" \xff" {
		t.Errorf("other characters changed: %q", got)
	}
}

func TestASCIIApostropheLeavesNoneBehind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringOf(rapid.RuneFrom([]rune("‘’ʻʼ`´'aоё "))).Draw(t, "text")
		got := lang.ASCIIApostrophe(in)
		if strings.ContainsAny(got, "‘’ʻʼ`´") {
			t.Fatalf("ASCIIApostrophe(%q) = %q", in, got)
		}
		if len([]rune(got)) != len([]rune(in)) || lang.ASCIIApostrophe(got) != got {
			t.Fatalf("ASCIIApostrophe(%q) = %q: length changed or not stable", in, got)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"uz", "ru_RU.UTF-8", "uz-Latn", "C", "", "en@\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := lang.Parse(s)
		if (err == nil) != (l == lang.UZ || l == lang.RU || l == lang.EN) {
			t.Errorf("Parse(%q) = %q, %v", s, l, err)
		}
	})
}
