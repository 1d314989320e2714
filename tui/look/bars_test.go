package look

import (
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestBars(t *testing.T) {
	t.Parallel()
	plain, ascii := NewTheme(Options{NoColor: true}), NewTheme(Options{NoColor: true, ASCII: true})
	for _, c := range []struct {
		name          string
		values        []int64
		width, height int
		theme         Theme
		now           int
		want          string
	}{
		{"eighths", []int64{0, 1, 2, 3, 4, 5, 6, 7, 8}, 9, 1, plain, -1, " ▁▂▃▄▅▆▇█"},
		{"lines", []int64{16, 9, 8, 1}, 4, 2, plain, -1, "█▁  \n███▁"},
		{"little beside much", []int64{1, math.MaxInt64, -5}, 3, 1, plain, -1, "▁█ "},
		{"gaps", []int64{2, 1}, 9, 1, plain, -1, "███ ▄▄▄  "},
		{"now", []int64{1, 2}, 2, 1, plain, 1, "▄\x1b[1m█\x1b[m"},
		{"no now on an empty bar", []int64{1, 0}, 2, 1, plain, 1, "█ "},
		{"merged", []int64{1, 1, 2, 2, 0}, 3, 1, plain, 3, "▄\x1b[1m█\x1b[m "},
		{"merged beyond the largest number", []int64{math.MaxInt64, math.MaxInt64, 1}, 2, 1, plain, -1, "█▁"},
		{"ascii", []int64{0, 1, 2, 3}, 4, 1, ascii, -1, " .:#"},
		{"nothing", []int64{0, 0}, 2, 1, plain, 0, "  "},
		{"no values", nil, 3, 1, plain, -1, "   "},
		{"no width", []int64{1}, 0, 1, plain, -1, ""},
	} {
		if got := strings.Join(Bars(c.values, c.width, c.height, c.theme, c.now), "\n"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestBarsProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Min(0), 1, 40).Draw(t, "values")
		w, h := rapid.IntRange(1, 120).Draw(t, "w"), rapid.IntRange(1, 6).Draw(t, "h")
		theme := rapid.SampledFrom(testThemes).Draw(t, "theme")
		lines := Bars(values, w, h, theme, rapid.IntRange(-1, len(values)-1).Draw(t, "now"))
		if len(lines) != h {
			t.Fatalf("%d lines, want %d", len(lines), h)
		}
		for _, l := range lines {
			mustBe(t, l, w)
		}
		if len(values) > w {
			return
		}
		step := BarStep(len(values), w)
		bottom := []rune(ansi.Strip(lines[h-1]))
		for i, v := range values {
			if seen := bottom[i*step] != ' '; seen != (v > 0) {
				t.Fatalf("%d is seen: %t", v, seen)
			}
		}
	})
}
