package look

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const ellipsis = "…"

// Width is how many cells a line takes.
func Width(s string) int {
	n, last := 0, -1 // last: where the simple character before i begins
	for i := 0; i < len(s); {
		switch k := simple(s[i:]); {
		case k > 0:
			n, last = n+1, i
			i += k
		case s[i] == escape:
			i, last = i+sequence(s[i:]), -1
		case s[i] < 0x80: // a control character
			i, last = i+1, -1
		default:
			if last >= 0 { // what follows may belong to it
				i, n = last, n-1
			}
			cluster, width := ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
			i, last = i+max(len(cluster), 1), -1
			n += width
		}
	}
	return n
}

// isPlain tells printable ASCII, a cell a byte.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Cut is s in at most w cells. Where something had to go, an ellipsis stands in
// the last cell. A wide character is never split, and no look is left open.
func Cut(s string, w int) string {
	s, _ = cut(s, w)
	return s
}

// cut is s in at most w cells, and how many it takes.
func cut(s string, w int) (text string, cells int) {
	if w <= 0 {
		return "", 0
	}
	if n := Width(s); n <= w {
		return closed(s), n
	}
	var (
		used, fits int   // cells so far, and of what leaves room for the ellipsis
		at         int   // where that ends
		now, then  looks // here, and at that place
	)
	for step := (walk{text: s}); used < w && step.next(); {
		if step.paint {
			now.note(step.step())
		}
		if used += step.width; used < w {
			at, fits, then = step.to, used, now
		}
	}
	return s[:at] + ellipsis + then.close(), fits + 1
}

// closed is s with no look left open.
func closed(s string) string {
	last := strings.LastIndexByte(s, escape)
	if last < 0 || strings.HasPrefix(s[last:], reset) && !strings.Contains(s, linkStart) {
		return s
	}
	var now looks
	now.over(s)
	return s + now.close()
}

// Fit is s in exactly w cells: cut, or filled with spaces on the right.
func Fit(s string, w int) string {
	s, n := cut(s, w)
	return s + space(w-n)
}

// FitRight is s in exactly w cells: cut, or filled with spaces on the left.
func FitRight(s string, w int) string {
	s, n := cut(s, w)
	return space(w-n) + s
}

// Center is s in exactly w cells: cut, or filled with spaces on both sides.
func Center(s string, w int) string {
	s, n := cut(s, w)
	left := max(w-n, 0) / 2
	return space(left) + s + space(w-n-left)
}

const spaces = "                                                                                                                                "

// space is n spaces.
func space(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(spaces):
		return spaces[:n]
	}
	return strings.Repeat(" ", n)
}
