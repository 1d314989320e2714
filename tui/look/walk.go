package look

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// walk steps over text, one escape sequence or one grapheme cluster a step.
type walk struct {
	text  string
	from  int // where the step begins
	to    int // where it ends
	width int // cells of the step; an escape sequence has none
	paint bool
}

func (w *walk) next() bool {
	w.from = w.to
	if w.from >= len(w.text) {
		return false
	}
	rest := w.text[w.from:]
	w.paint = rest[0] == escape
	switch n := simple(rest); {
	case w.paint:
		w.width = 0
		w.to = w.from + sequence(rest)
	case n > 0 && ends(rest[n:]):
		w.width = 1
		w.to = w.from + n
	default:
		cluster, width := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		w.width = width
		w.to = w.from + max(len(cluster), 1)
	}
	return true
}

// step is the text of the step.
func (w *walk) step() string { return w.text[w.from:w.to] }

// simple is the length of the character that s begins with, where that is known
// to be one cell wide and to begin a cluster of its own; otherwise 0. It knows
// what nearly all of a screen is made of, since the search for clusters costs
// twenty times as much.
func simple(s string) int {
	switch c := s[0]; {
	case c < ' ':
		return 0
	case c < 0x7F:
		return 1
	case c == 0xE2:
		return simpleSign(s)
	case len(s) < 2 || !isTail(s[1]):
		return 0
	case c == 0xD0 || c == 0xD1 || c == 0xC3: // Cyrillic up to U+047F; letters of Latin-1
		return 2
	case c == 0xC2 && (s[1] == 0xA0 || s[1] == 0xB7): // the no-break space and the middle dot
		return 2
	}
	return 0
}

// simpleSign is simple for dashes, quotes and the ellipsis, and for lines and
// blocks up to U+259F.
func simpleSign(s string) int {
	if len(s) < 3 || !isTail(s[1]) || !isTail(s[2]) {
		return 0
	}
	switch {
	case s[1] == 0x94 || s[1] == 0x95, s[1] == 0x96 && s[2] <= 0x9F, s[1] == 0x80 && isQuote(s[2]):
		return 3
	}
	return 0
}

func isTail(c byte) bool { return c&0xC0 == 0x80 }

// isQuote tells the last byte of U+2013 to U+201F and of U+2026.
func isQuote(c byte) bool { return 0x93 <= c && c <= 0x9F || c == 0xA6 }

// ends tells whether a cluster ends before rest.
func ends(rest string) bool {
	return rest == "" || rest[0] < 0x80 || simple(rest) > 0
}

// sequence is the length of the escape sequence that s begins with.
func sequence(s string) int {
	if len(s) > 1 && s[1] == '[' {
		for i := 2; i < len(s); i++ {
			if c := s[i]; c >= 0x40 {
				return i + 1
			}
		}
		return len(s)
	}
	_, _, n, _ := ansi.DecodeSequence(s, 0, nil)
	return max(n, 1)
}

// looks are those that hold at some place of a text.
type looks struct {
	on   string // all that was turned on since the last reset
	link string // the sequence that opened a link
}

const linkStart, linkEnd = "\x1b]8;", "\x1b]8;;\x1b\\"

// note takes an escape sequence into account.
func (l *looks) note(seq string) {
	switch {
	case seq == reset || seq == longReset:
		l.on = ""
	case strings.HasPrefix(seq, linkStart):
		l.link = seq
		if strings.HasPrefix(seq, linkStart+";\x1b") || strings.HasPrefix(seq, linkStart+";\a") {
			l.link = ""
		}
	case strings.HasSuffix(seq, "m") && strings.HasPrefix(seq, "\x1b["):
		l.on += seq
	}
}

// over takes all sequences of a text into account.
func (l *looks) over(text string) {
	if strings.IndexByte(text, escape) < 0 {
		return
	}
	for w := (walk{text: text}); w.next(); {
		if w.paint {
			l.note(w.step())
		}
	}
}

func (l looks) open() string { return l.on + l.link }

func (l looks) close() string {
	switch {
	case l.link != "" && l.on != "":
		return reset + linkEnd
	case l.link != "":
		return linkEnd
	case l.on != "":
		return reset
	}
	return ""
}
