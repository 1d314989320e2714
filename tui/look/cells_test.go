package look

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestWidth(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"": 0, "abc": 3, "так": 3, "漢字": 4, "e\u0301": 1, "й": 1, "👨‍👩‍👧": 2, "🇺🇿": 2, "1\u00A0000": 5,
		"\x1b[1mab\x1b[m": 2, "\x1b]8;;https://a.b\x1b\\ab\x1b]8;;\x1b\\": 2, "a\u0336b": 2, "❤️": 2, "❤": 1,
	} {
		if got := Width(s); got != want {
			t.Errorf("Width(%q) = %d, want %d", s, got, want)
		}
	}
}

// The short way for common characters measures as the long one does.
func TestWidthAsMeasuredByAnsi(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := line().Draw(t, "s")
		if got, want := Width(s), ansi.StringWidth(s); got != want {
			t.Fatalf("Width(%q) = %d, want %d", s, got, want)
		}
		raw := strings.Map(func(r rune) rune {
			if r == escape {
				return -1
			}
			return r
		}, rapid.String().Draw(t, "raw"))
		if got, want := Width(raw), ansi.StringWidth(raw); got != want {
			t.Fatalf("Width(%q) = %d, want %d", raw, got, want)
		}
	})
	for r := rune(' '); r < 0x3000; r++ {
		s := string(r)
		if n := simple(s); n > 0 && (n != len(s) || ansi.StringWidth(s) != 1 || ansi.StringWidth(s+"\u0301") != 1 || ansi.StringWidthWc(s) != 1) {
			t.Errorf("%U is not simple", r)
		}
		if cluster, _ := ansi.FirstGraphemeCluster("a"+s, ansi.GraphemeWidth); simple(s) > 0 && cluster != "a" {
			t.Errorf("%U does not begin a cluster", r)
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	bolded := Style{}.plus(bold)
	for _, c := range []struct {
		s    string
		w    int
		want string
	}{
		{"abc", 3, "abc"},
		{"abcd", 3, "ab…"},
		{"abcd", 1, "…"},
		{"abcd", 0, ""},
		{"abcd", -1, ""},
		{"漢字", 4, "漢字"},
		{"漢字", 3, "漢…"},
		{"漢字", 2, "…"},
		{"漢字", 1, "…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{bolded.Paint("abcd"), 3, "\x1b[1mab…\x1b[m"},
		{bolded.Paint("ab") + "cd", 3, "\x1b[1mab\x1b[m…"},
		{"\x1b[1mab", 3, "\x1b[1mab\x1b[m"},
		{"\x1b]8;;u\x1b\\abcd\x1b]8;;\x1b\\", 3, "\x1b]8;;u\x1b\\ab…\x1b]8;;\x1b\\"},
	} {
		if got := Cut(c.s, c.w); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.s, c.w, got, c.want)
		}
	}
}

func TestCutProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, w := line().Draw(t, "s"), rapid.IntRange(0, 60).Draw(t, "w")
		got := Cut(s, w)
		mustClose(t, got)
		if Width(s) <= w {
			if got != s {
				t.Fatalf("it fits, and became %q", got)
			}
			return
		}
		if n := Width(got); n > w || n < w-1 {
			t.Fatalf("%q has %d cells, want %d or one less", got, n, w)
		}
		if w == 0 {
			return
		}
		plain := strings.TrimSuffix(ansi.Strip(got), ellipsis)
		if !strings.HasPrefix(ansi.Strip(s), plain) || plain == ansi.Strip(got) {
			t.Fatalf("%q is not the beginning and an ellipsis", got)
		}
	})
}

func TestFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{Fit("ab", 4), "ab  "},
		{FitRight("ab", 4), "  ab"},
		{Center("ab", 5), " ab  "},
		{Fit("漢字", 3), "漢…"},
		{Fit("漢字漢", 4), "漢… "},
		{FitRight("漢字漢", 4), " 漢…"},
		{Fit("", 0), ""},
		{Fit("", 300), strings.Repeat(" ", 300)},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s, w := line().Draw(t, "s"), rapid.IntRange(0, 90).Draw(t, "w")
		mustBe(t, Fit(s, w), w)
		mustBe(t, FitRight(s, w), w)
		mustBe(t, Center(s, w), w)
	})
}

func TestASCII(t *testing.T) {
	t.Parallel()
	got := ASCII("1\u00A0250\u00A0000 so‘m – “Non”… №7 · 2×3 Дилноза")
	if want := `1 250 000 so'm - "Non"~ #7 | 2x3 Дилноза`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := line().Draw(t, "s")
		if Width(ASCII(s)) != Width(s) {
			t.Fatalf("%q has another width than %q", ASCII(s), s)
		}
	})
}
