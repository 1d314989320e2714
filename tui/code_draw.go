package tui

import (
	"strings"

	"tushum/qr"
	"tushum/tui/look"
)

// drawing is a code in cells of the terminal, with what it was drawn from.
type drawing struct {
	codeStyle
	lines []string
}

// encoding is a code with the link it was made of, for frames are drawn more
// often than links change.
type encoding struct {
	link string
	code qr.Code
	err  error
}

func (e *encoding) of(link string) (qr.Code, error) {
	if e.link != link || e.code.Size() == 0 {
		code, err := qr.Encode(link)
		*e = encoding{link, code, err}
	}
	return e.code, e.err
}

// codeStyle is all that decides what a drawn code looks like.
type codeStyle struct {
	link     string
	scale    int // how many cells a module is wide, and half cells high
	quiet    int // modules of white around it
	inverted bool
	ink      ink
}

// ink is what a terminal can draw modules with.
type ink uint8

const (
	coloured   ink = iota // half blocks, black on white whatever the theme
	darkPlain             // half blocks in the terminal's own light letters
	lightPlain            // half blocks in the terminal's own dark letters
	background            // spaces on black and white, where there are no blocks
	noInk                 // nothing that a phone could read
)

// The entries 16 and 231 of the 256 colours are black and white that themes
// leave alone.
const (
	blackOnWhite = "\x1b[38;5;16;48;5;231m"
	onBlack      = "\x1b[48;5;16m"
	onWhite      = "\x1b[48;5;231m"
	inkEnds      = "\x1b[m"
)

func inkOf(t look.Theme) ink {
	switch {
	case t.ASCII && t.Plain:
		return noInk
	case t.ASCII:
		return background
	case t.Plain && t.Dark:
		return darkPlain
	case t.Plain:
		return lightPlain
	}
	return coloured
}

// size is how many cells the code takes.
func (s codeStyle) size(code qr.Code) (columns, rows int) {
	side := (code.Size() + 2*s.quiet) * s.scale
	return side, (side + 1) / 2
}

func (s codeStyle) draw(code qr.Code) []string {
	columns, rows := s.size(code)
	dark := func(x, half int) bool {
		return code.Dark(x/s.scale-s.quiet, half/s.scale-s.quiet) != s.inverted
	}
	lines := make([]string, rows)
	for y := range lines {
		if s.ink == background {
			lines[y] = spacesRow(columns, func(x int) bool { return dark(x, 2*y) })
			continue
		}
		lines[y] = s.blocksRow(columns, func(x int) (above, below bool) { return dark(x, 2*y), dark(x, 2*y+1) })
	}
	return lines
}

// blocks are drawn for: light, dark above, dark below, both dark.
var blocks = [4]string{" ", "▀", "▄", "█"}

func (s codeStyle) blocksRow(columns int, dark func(x int) (above, below bool)) string {
	var b strings.Builder
	if s.ink == coloured {
		b.WriteString(blackOnWhite)
	}
	for x := range columns {
		above, below := dark(x)
		if s.ink == darkPlain { // what is drawn is light there
			above, below = !above, !below
		}
		i := 0
		if above {
			i++
		}
		if below {
			i += 2
		}
		b.WriteString(blocks[i])
	}
	if s.ink == coloured {
		b.WriteString(inkEnds)
	}
	return b.String()
}

func spacesRow(columns int, dark func(x int) bool) string {
	var b strings.Builder
	for x := range columns {
		switch now := dark(x); {
		case x > 0 && now == dark(x-1):
		case now:
			b.WriteString(onBlack)
		default:
			b.WriteString(onWhite)
		}
		b.WriteByte(' ')
	}
	b.WriteString(inkEnds)
	return b.String()
}
