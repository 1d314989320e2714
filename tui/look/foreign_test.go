package look

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"tushum/internal/clean"
)

func TestForeign(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"Dilnoza":            "Dilnoza",
		"ikki\nqator":        "ikki qator",
		"a\r\nb\tc":          "a b c",
		"\x1b[31mred":        "<U+001B>[31mred",
		"a\u202Eb":           "a<U+202E>b",
		"\x9B2J":             "<0x9B>2J",
		"漢字 so‘m":            "漢字 so‘m",
		"\u0301a":            "<U+0301>a",
		"1\u00A0000":         "1<U+00A0>000",
		"👍🏽 ❤️ 1️⃣ 🇺🇿":       "👍 ❤ 1\u20E3 🇺🇿",
		"🏽":                  "🏽",
		"bosh\u2028tugadi\v": "bosh<U+2028>tugadi<U+000B>",
	} {
		if got := Foreign(s); got != want {
			t.Errorf("Foreign(%q) = %q, want %q", s, got, want)
		}
	}
	long := Foreign(strings.Repeat("я", 50_000))
	if n := utf8.RuneCountInString(long); n != mostForeign || !strings.HasSuffix(long, ellipsis) {
		t.Errorf("of a long text %d runes are shown", n)
	}
}

// Whatever comes from outside, a row of it is as wide as it should be.
func TestForeignFits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "raw")
		w := rapid.IntRange(0, 40).Draw(t, "w")
		mustBe(t, Fit(testThemes[0].Good.Paint(Foreign(raw)), w), w)
	})
}

// What is taken for common text is what cleaning leaves alone.
func TestCommonTextIsClean(t *testing.T) {
	t.Parallel()
	n := 0
	for r := rune(0); r <= 0x10FFFF; r++ {
		s := string(r)
		if !isCommon(s) {
			continue
		}
		n++
		if clean.Clean(s).String() != s || clean.Clean("a"+s+"я").String() != "a"+s+"я" {
			t.Errorf("%U is taken for common, and cleaning shows %q", r, clean.Clean(s))
		}
	}
	if n < 300 {
		t.Errorf("only %d characters are common", n)
	}
}

// Terminals that count characters and those that count clusters agree on
// emoji from outside.
func TestForeignEmojiAreSteady(t *testing.T) {
	t.Parallel()
	for _, s := range append([]string{"☎️", "™️ℹ️", "👍🏿👍🏻"}, atoms...) {
		if strings.ContainsRune(s, escape) {
			continue
		}
		if got := Foreign(s); ansi.StringWidth(got) != ansi.StringWidthWc(got) {
			t.Errorf("%q has %d or %d cells", got, ansi.StringWidth(got), ansi.StringWidthWc(got))
		}
	}
}
