package look

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestPaint(t *testing.T) {
	t.Parallel()
	red, strong := ink(0xFF0102), Style{}.plus(bold)
	for _, c := range []struct{ name, got, want string }{
		{"nothing", Style{}.Paint("a"), "a"},
		{"empty", red.Paint(""), ""},
		{"colour", red.Paint("a"), "\x1b[38;2;255;1;2ma\x1b[m"},
		{"several in one sequence", red.over(0x030405).plus(bold, reverse).Paint("a"), "\x1b[38;2;255;1;2;48;2;3;4;5;1;7ma\x1b[m"},
		{"around a part", red.Paint("a" + strong.Paint("b") + "c"), "\x1b[38;2;255;1;2ma\x1b[1mb\x1b[m\x1b[38;2;255;1;2mc\x1b[m"},
		{"a part at the end", red.Paint("a" + strong.Paint("b")), "\x1b[38;2;255;1;2ma\x1b[1mb\x1b[m"},
		{"a long reset", strong.Paint("a\x1b[4mb\x1b[0mc"), "\x1b[1ma\x1b[4mb\x1b[m\x1b[1mc\x1b[m"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestPaintKeepsTextAndCloses(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := line().Draw(t, "s")
		painted := testThemes[0].Selected.Paint(s)
		if ansi.Strip(painted) != ansi.Strip(s) {
			t.Fatalf("%q became %q", s, painted)
		}
		mustClose(t, painted)
		for _, g := range glyphs(painted) {
			if len(g.looks) < len(testThemes[0].Selected.on) {
				t.Fatalf("%q in %q has lost the outer style: %q", g.text, painted, g.looks)
			}
		}
	})
}
