package clean_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tushum/internal/clean"
)

func TestCleanLetsWordsThrough(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", " ", "Oddiy matn 12,5 % — №7", "so‘m soʻm so'm", "Ғўзал Қиз", "Ёлка & «чай» <b>", "日本語 ไทย עִבְרִית हिन्दी",
		"e\u0301", "Việt Nam", "café 😀 ❤️ 👍🏽 🇺🇿 1️⃣ ↔️ ‼️", "<U+009B>", "<0x9B>", "= + - @", "각각", "각", "₽ € ¥ ½ ² Ⅷ",
		"\ufffd",
	} {
		if got := clean.Clean(s).String(); got != s {
			t.Errorf("Clean(%q) = %q, want it unchanged", s, got)
		}
	}
}

func TestCleanShowsEverythingElse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a\x00b": "a<U+0000>b", "\a": "<U+0007>", "\b": "<U+0008>", "a\tb": "a<U+0009>b",
		"a\nb": "a<U+000A>b", "a\r\nb": "a<U+000D><U+000A>b", "\x7f": "<U+007F>",
		"\x1b]0;x\a": "<U+001B>]0;x<U+0007>", "\u009b31m": "<U+009B>31m", "\u0085": "<U+0085>",
		"\x9b31m": "<0x9B>31m", "\xff\xfe": "<0xFF><0xFE>", "\xe2\x80": "<0xE2><0x80>", "\xed\xa0\x80": "<0xED><0xA0><0x80>",
		"a\u202eb": "a<U+202E>b", "\u2066x\u2069": "<U+2066>x<U+2069>", "\u200e\u200f\u061c": "<U+200E><U+200F><U+061C>",
		"a\u200bb\u200c\u200d\u2060\ufeff": "a<U+200B>b<U+200C><U+200D><U+2060><U+FEFF>", "\u00ad": "<U+00AD>",
		"1\u00a0000": "1<U+00A0>000", "\u2003\u202f\u3000": "<U+2003><U+202F><U+3000>", "\u2028\u2029": "<U+2028><U+2029>",
		"\ue000\U0010fffd": "<U+E000><U+10FFFD>", "\u0378\ufdd0": "<U+0378><U+FDD0>", "\U000e0041": "<U+E0041>",
		"\u3164\u115f\uffa0\u2800": "<U+3164><U+115F><U+FFA0><U+2800>", "a\u034f": "a<U+034F>",
		"a\ufe0f": "a<U+FE0F>", "5\ufe0f5": "5<U+FE0F>5", "❤\ufe0f\ufe0f": "❤\ufe0f<U+FE0F>", "a\U000e0100": "a<U+E0100>",
		"\u0301a": "<U+0301>a", " \u0301": " <U+0301>", "\n\u0301\u0302": "<U+000A><U+0301><U+0302>",
		"\u1161\u11a8": "<U+1161><U+11A8>", "👨\u200d👩": "👨<U+200D>👩",
	} {
		if got := clean.Clean(in).String(); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanCapsMarks(t *testing.T) {
	t.Parallel()
	mark := "\u0301"
	for n := range 8 {
		want := "a" + strings.Repeat(mark, min(n, 4)) + strings.Repeat("<U+0301>", max(n-4, 0)) + "b" + mark
		if got := clean.Clean("a" + strings.Repeat(mark, n) + "b" + mark).String(); got != want {
			t.Errorf("%d marks: %q, want %q", n, got, want)
		}
	}
	vowels := strings.Repeat("\u1161", 6)
	if got, want := clean.Clean("\u1100"+vowels).String(), "\u1100"+strings.Repeat("\u1161", 4)+"<U+1161><U+1161>"; got != want {
		t.Errorf("parts of a syllable: %q, want %q", got, want)
	}
}

func TestTextInEncoders(t *testing.T) {
	t.Parallel()
	text := clean.Clean("a\u009bb")
	if got := fmt.Sprintf("%s|%v", text, text); got != "a<U+009B>b|a<U+009B>b" {
		t.Errorf("formatted as %q", got)
	}
	got, err := json.Marshal(map[string]clean.Text{"name": text})
	var back map[string]string
	if err != nil || json.Unmarshal(got, &back) != nil || back["name"] != "a<U+009B>b" {
		t.Errorf("JSON %s, %v", got, err)
	}
	if got := (clean.Text{}).String(); got != "" {
		t.Errorf("zero Text is %q", got)
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		max  int
		want string
	}{
		{"abcdef", 6, "abcdef"}, {"abcdef", 5, "abcd…"}, {"abcdef", 1, "…"}, {"a", 1, "a"},
		{"abc", 0, ""}, {"abc", -1, ""}, {"", 3, ""}, {"сумма", 4, "сум…"},
		{"ab cd", 4, "ab…"}, {"ae\u0301x", 3, "a…"}, {"ae\u0301", 3, "ae\u0301"}, {"ae\u0301xy", 4, "ae\u0301…"},
		{"a🇺🇿b", 3, "a…"}, {"a🇺🇿bc", 4, "a🇺🇿…"}, {"🇺🇿🇷🇺🇬🇧", 5, "🇺🇿🇷🇺…"},
		{"a👍🏽b", 3, "a…"}, {"a👍🏽bc", 4, "a👍🏽…"}, {"가각", 1, "…"},
		{"a\u1100\u1161\u11a8b", 4, "a…"}, {"a\u1100\u1161\u11a8bc", 5, "a\u1100\u1161\u11a8…"}, {"각\u11a8x", 2, "…"},
		{"a\u009bbc", 9, "a…"}, {"a\u009bb", 10, "a<U+009B>b"}, {"a\nbcdef", 10, "a<U+000A>…"}, {"\xff\xff\xff", 13, "<0xFF><0xFF>…"},
	} {
		if got := clean.Line(c.in, c.max).String(); got != c.want {
			t.Errorf("Line(%q, %d) = %q, want %q", c.in, c.max, got, c.want)
		}
	}
}

func TestCell(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "Ali": "Ali", "5 = 5": "5 = 5", "'=1": "'=1", "a\u009b": "a<U+009B>",
		"=1+1": "'=1+1", "+998 90": "'+998 90", "-5": "'-5", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'<U+0009>=1",
		"＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠a": "'＠a", "  =1": "'  =1", "\u200b=1": "<U+200B>=1",
		"=cmd|' /C calc'!A0\n": "'=cmd|' /C calc'!A0<U+000A>", "\xff=1": "<0xFF>=1", "   ": "   ",
	} {
		if got := clean.Cell(in).String(); got != want {
			t.Errorf("Cell(%q) = %q, want %q", in, got, want)
		}
	}
}

// hostile draws text rich in what the package is against.
func hostile() *rapid.Generator[string] {
	runes := rapid.OneOf(
		rapid.SampledFrom([]rune("a1 <>=+@\t\r\n\x00\u009b\u0301\u0302\u200d\u202e\ufe0f\u20e3❤👍🏽🏿🇺🇿각\u1100\u1161\u11a8\u3164\u00a0")),
		rapid.Rune(),
	)
	piece := rapid.OneOf(rapid.StringOf(runes), rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 4), func(b []byte) string { return string(b) }))
	return rapid.Map(rapid.SliceOfN(piece, 0, 4), func(p []string) string { return strings.Join(p, "") })
}

func TestCleanProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := hostile().Draw(t, "text")
		most := rapid.IntRange(-1, 20).Draw(t, "max")
		check(t, s, most)
	})
}

// check holds the promises of the package against any text.
func check(t interface {
	Helper()
	Errorf(string, ...any)
}, s string, most int) {
	t.Helper()
	whole, line, cell := clean.Clean(s).String(), clean.Line(s, most).String(), clean.Cell(s).String()
	for _, out := range []string{whole, line, cell} {
		if bad := firstBad(out); bad != "" {
			t.Errorf("%q became %q: %s", s, out, bad)
		}
		if again := clean.Clean(out).String(); again != out {
			t.Errorf("%q became %q, cleaned again %q", s, out, again)
		}
	}
	if n := utf8.RuneCountInString(line); n > max(most, 0) {
		t.Errorf("Line(%q, %d) = %q has %d runes", s, most, line, n)
	}
	if most >= utf8.RuneCountInString(whole) && line != whole {
		t.Errorf("Line(%q, %d) = %q, though it fits", s, most, line)
	}
	if kept, cut := strings.CutSuffix(line, "…"); line != whole && (most > 0) != (cut && strings.HasPrefix(whole, kept)) {
		t.Errorf("Line(%q, %d) = %q is no beginning of %q", s, most, line, whole)
	}
	if cell != whole && cell != "'"+whole || cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
		t.Errorf("Cell(%q) = %q", s, cell)
	}
}

// firstBad tells what may never come out, by the classes of Unicode and not
// by the code under test.
func firstBad(s string) string {
	if !utf8.ValidString(s) {
		return "not UTF-8"
	}
	marks := 0
	for i, r := range s {
		switch {
		case unicode.Is(unicode.M, r):
			if marks++; marks > 4 || i == 0 {
				return fmt.Sprintf("mark %d at %d", marks, i)
			}
			continue
		case r != ' ' && !unicode.IsGraphic(r) || r != ' ' && unicode.IsSpace(r) || unicode.Is(unicode.C, r):
			return fmt.Sprintf("%U came out", r)
		case unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Bidi_Control, r):
			return fmt.Sprintf("invisible %U came out", r)
		}
		marks = 0
	}
	return ""
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"plain", "a\u009b\x9b\x1b]0;t\a", "a\u0301\u0302\u0303\u0304\u0305", "🇺🇿🇺", "👍🏽🏽", "각\u11a8", "\u1100\u1161\u1161\u1161\u1161\u1161",
		"1\ufe0f\u20e3", "❤\ufe0f", "=1", " \t", "\u202e<", "\xed\xa0\x80", "\ufffd\xff",
	} {
		f.Add(s, 5)
	}
	f.Fuzz(func(t *testing.T, s string, most int) { check(t, s, most) })
}
