package look

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestBlock(t *testing.T) {
	t.Parallel()
	if got, want := Block([]string{"abcd", "e", "f"}, 3, 2), "ab…\ne  "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 50).Draw(t, "w"), rapid.IntRange(1, 6).Draw(t, "h")
		lines := strings.Split(Block(rapid.SliceOfN(line(), 0, 8).Draw(t, "lines"), w, h), "\n")
		if len(lines) != h {
			t.Fatalf("%d lines, want %d", len(lines), h)
		}
		for _, l := range lines {
			mustBe(t, l, w)
		}
	})
}

func TestOver(t *testing.T) {
	t.Parallel()
	red := "\x1b[38;2;255;0;0m"
	for _, c := range []struct {
		base string
		box  []string
		x, y int
		want string
	}{
		{"abcdef\nghijkl", []string{"XY"}, 2, 1, "abcdef\nghXYkl"},
		{"abcdef", []string{"XY"}, 5, 0, "abcdeX"},
		{"abcdef", []string{"XY"}, -1, 0, "Ybcdef"},
		{"abcdef", []string{"XY"}, 9, 0, "abcdef"},
		{"abcdef", []string{"XY"}, 0, 3, "abcdef"},
		{"abcdef\ng", []string{"X", "YZ"}, 3, 0, "abcX f\ng  YZ "},
		{"漢字漢", []string{"XY"}, 1, 0, " XY 漢"},
		{red + "abcdef" + reset, []string{"XY"}, 2, 0, red + "ab" + reset + "XY" + red + "ef" + reset},
	} {
		if got := Over(c.base, c.box, c.x, c.y); got != c.want {
			t.Errorf("Over(%q, %q, %d, %d) = %q, want %q", c.base, c.box, c.x, c.y, got, c.want)
		}
	}
}

func TestOverProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const w, h = 30, 5
		frame := Block(rapid.SliceOfN(line(), h, h).Draw(t, "frame"), w, h)
		box := rapid.SliceOfN(line(), 1, 4).Draw(t, "box")
		x, y := rapid.IntRange(-5, w+5).Draw(t, "x"), rapid.IntRange(-2, h+2).Draw(t, "y")
		wide := 0
		for _, l := range box {
			wide = max(wide, Width(l))
		}
		base, got := strings.Split(frame, "\n"), strings.Split(Over(frame, box, x, y), "\n")
		if len(got) != h {
			t.Fatalf("%d lines, want %d", len(got), h)
		}
		for i := range got {
			mustBe(t, got[i], w)
			covered := i >= y && i < y+len(box)
			for at, g := range columnsOf(got[i]) {
				if inside := at >= x && at < x+wide; covered && inside || g.text == " " {
					continue
				}
				if was := columnsOf(base[i])[at]; !covered || was.width == g.width {
					if was != g {
						t.Fatalf("line %d, column %d: %v became %v", i, at, was, g)
					}
				}
			}
		}
		if y >= 0 && y < h && x >= 0 && x+wide <= w && wide > 0 {
			there := columnsOf(got[y])
			for at, g := range columnsOf(box[0]) {
				if g.width > 0 && there[x+at] != g {
					t.Fatalf("in place of %v there is %v", g, there[x+at])
				}
			}
		}
	})
}

// columnsOf are the glyphs of a line by the column they begin in.
func columnsOf(s string) map[int]glyph {
	at := 0
	all := map[int]glyph{}
	for _, g := range glyphs(s) {
		all[at] = g
		at += g.width
	}
	return all
}

func TestBeside(t *testing.T) {
	t.Parallel()
	got := Beside([]string{"a", "漢字"}, []string{"1", "2", "3"}, 2)
	if want := []string{"a     1", "漢字  2", "      3"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	got = Beside([]string{"a", "b"}, []string{"1"}, 1)
	if want := []string{"a 1", "b"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
