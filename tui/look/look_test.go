package look

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// atoms are what lines are made of, each a cluster or more of its own.
var atoms = []string{
	"a", "B", "7", "sum", " ", "  ", "so‘m", "1\u00A0250\u00A0000", "привет", "Ў", "ё",
	"漢", "字", "한", "é", "ñ̃", "й", "😀", "👍🏽", "👨‍👩‍👧", "🇺🇿", "❤️", "1️⃣", "─", "█", "…", "✓", "▸",
	"https://pay.example/i/8Kq2-vv01", "\x1b]8;;https://pay.example\x1b\\link\x1b]8;;\x1b\\",
}

var testThemes = []Theme{NewTheme(Options{}), NewTheme(Options{Light: true}), NewTheme(Options{NoColor: true, ASCII: true})}

// line draws a line, with painted parts where that is wanted.
func line() *rapid.Generator[string] {
	styles := []Style{{}, testThemes[0].Good, testThemes[0].Selected, testThemes[1].Key, testThemes[2].Selected}
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for range rapid.IntRange(0, 6).Draw(t, "parts") {
			part := strings.Join(rapid.SliceOfN(rapid.SampledFrom(atoms), 0, 5).Draw(t, "part"), "")
			b.WriteString(rapid.SampledFrom(styles).Draw(t, "style").Paint(part))
		}
		return rapid.SampledFrom(styles).Draw(t, "outer").Paint(b.String())
	})
}

// glyph is a cluster on the screen, with the looks it has there.
type glyph struct {
	text  string
	width int
	looks string
}

// glyphs is a line as a terminal would show it.
func glyphs(s string) []glyph {
	var all []glyph
	var now looks
	for w := (walk{text: s}); w.next(); {
		if w.paint {
			now.note(w.step())
			continue
		}
		all = append(all, glyph{w.step(), w.width, now.open()})
	}
	return all
}

// mustBe fails unless a line has exactly w cells and leaves no look open.
func mustBe(t rapid.TB, s string, w int) {
	t.Helper()
	if got := ansi.StringWidth(s); got != w {
		t.Fatalf("%q has %d cells, want %d", s, got, w)
	}
	mustClose(t, s)
}

func mustClose(t rapid.TB, s string) {
	t.Helper()
	var now looks
	now.over(s)
	if now.open() != "" {
		t.Fatalf("%q leaves %q open", s, now.open())
	}
	if plain := ansi.Strip(s); strings.ContainsRune(plain, escape) {
		t.Fatalf("%q shows a piece of an escape sequence: %q", s, plain)
	}
}
