package look

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	strong := Style{}.plus(bold)
	for _, c := range []struct {
		s    string
		w    int
		want []string
	}{
		{"", 5, []string{""}},
		{"abc", 0, nil},
		{"one two", 7, []string{"one two"}},
		{"one two", 6, []string{"one", "two"}},
		{"one   two", 5, []string{"one", "two"}},
		{"one two  ", 7, []string{"one two"}},
		{"one\ntwo", 20, []string{"one", "two"}},
		{"one\n\ntwo\n", 20, []string{"one", "", "two", ""}},
		{"jami 1\u00A0250\u00A0000 so‘m", 12, []string{"jami", "1\u00A0250\u00A0000", "so‘m"}},
		{"see https://a.b/cdefgh now", 8, []string{"see", "https://", "a.b/cdef", "gh now"}},
		{"漢字漢字", 5, []string{"漢字", "漢字"}},
		{"a漢b", 1, []string{"a", "…", "b"}},
		{strong.Paint("one two") + " three", 5, []string{"\x1b[1mone\x1b[m", "\x1b[1mtwo\x1b[m", "three"}},
	} {
		if got := Wrap(c.s, c.w); !slices.Equal(got, c.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.s, c.w, got, c.want)
		}
	}
}

func TestWrapProperties(t *testing.T) {
	t.Parallel()
	bare := func(s string) string {
		return strings.NewReplacer(" ", "", "\n", "").Replace(ansi.Strip(s))
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(line(), 1, 3).Draw(t, "lines"), "\n")
		w := rapid.IntRange(2, 40).Draw(t, "w")
		lines := Wrap(s, w)
		for _, l := range lines {
			mustClose(t, l)
			if ansi.StringWidth(l) > w {
				t.Fatalf("%q is wider than %d", l, w)
			}
		}
		if got := bare(strings.Join(lines, "")); got != bare(s) {
			t.Fatalf("%q became %q", bare(s), got)
		}
	})
}
