package look

import (
	"fmt"
	"strconv"
	"strings"
)

// Style is a way to paint text. The zero Style paints nothing.
type Style struct {
	sgr string // parameters of the sequence that turns it on, parted by semicolons
	on  string // that sequence; reset turns it off
}

const (
	escape    = '\x1b'
	reset     = "\x1b[m"
	longReset = "\x1b[0m" // how others write it
)

// attribute is a look that is no colour, by its SGR number.
type attribute int

const (
	bold      attribute = 1
	faint     attribute = 2
	underline attribute = 4
	reverse   attribute = 7
)

// Paint paints text, which is one line. Parts of it that are painted already
// keep their own looks and have this one around them. Empty text stays empty.
func (s Style) Paint(text string) string {
	if s.on == "" || text == "" {
		return text
	}
	if strings.IndexByte(text, escape) < 0 {
		return s.on + text + reset
	}
	if strings.Contains(text, longReset) {
		text = strings.ReplaceAll(text, longReset, reset)
	}
	text = strings.TrimSuffix(text, reset)
	return s.on + strings.ReplaceAll(text, reset, reset+s.on) + reset
}

// with is the style with more parameters.
func (s Style) with(sgr string) Style {
	if s.sgr != "" {
		sgr = s.sgr + ";" + sgr
	}
	return Style{sgr: sgr, on: "\x1b[" + sgr + "m"}
}

// plus is the style with attributes.
func (s Style) plus(attributes ...attribute) Style {
	for _, a := range attributes {
		s = s.with(strconv.Itoa(int(a)))
	}
	return s
}

// ink is the style of letters in a colour, 0xRRGGBB.
func ink(rgb uint32) Style { return Style{}.with("38;2;" + channels(rgb)) }

// over is the style on a background of a colour, 0xRRGGBB.
func (s Style) over(rgb uint32) Style { return s.with("48;2;" + channels(rgb)) }

func channels(rgb uint32) string {
	return fmt.Sprintf("%d;%d;%d", rgb>>16&0xFF, rgb>>8&0xFF, rgb&0xFF)
}
