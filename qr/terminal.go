package qr

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/mdp/qrterminal/v3"
)

// Options says how a code is drawn in a terminal. The zero value is right for
// nearly every terminal.
type Options struct {
	// Invert draws white on black, for a screen or a reader that shows the
	// usual drawing the wrong way round. It swaps the characters, not the
	// colours, so it works where colours are stripped as well.
	Invert bool

	// QuietZone is the width of the white border in modules, 2 or 3, for a
	// screen on which the QuietZone of the standard does not fit: phones read
	// those, too. Everything else, zero among it, is the whole QuietZone.
	QuietZone int
}

// leastQuietZone is the narrowest border that readers are known to take.
const leastQuietZone = 2

func (o Options) quietZone() int {
	if o.QuietZone < leastQuietZone || o.QuietZone > QuietZone {
		return QuietZone
	}
	return o.QuietZone
}

// ink begins a line with black characters on white. It first drops attributes
// such as bold, which brighten black. The plain colours are for terminals of 16
// colours; the entries of the 256-colour cube after them are what themes
// do not redefine.
const (
	ink   = "\x1b[0;30;107m\x1b[38;5;16;48;5;231m"
	reset = "\x1b[0m"
)

// Terminal draws the code with half blocks, two modules to a character cell,
// for a terminal that shows UTF-8 and ANSI colours. Black on white is forced
// whatever the theme. The drawing is TerminalSize cells large; each line
// sets its own colours, resets them and ends with a newline, so lines can be
// indented and laid out one by one. Nothing moves the cursor.
//
// It writes once. It returns ErrNoCode or w's error, wrapped.
func (c Code) Terminal(w io.Writer, o Options) error {
	if c.modules == nil {
		return fmt.Errorf("drawing QR code in the terminal: %w", ErrNoCode)
	}
	var out bytes.Buffer
	for _, line := range c.halfBlocks(o) {
		out.WriteString(ink)
		out.WriteString(line)
		out.WriteString(reset + "\n")
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("drawing QR code in the terminal: %w", err)
	}
	return nil
}

// TerminalSize returns the character cells that Terminal fills with the same
// options: columns and rows, quiet zone included. Show the link instead when the
// terminal is smaller: a wrapped or cut code cannot be read.
func (c Code) TerminalSize(o Options) (cols, rows int) {
	if c.modules == nil {
		return 0, 0
	}
	side := c.Size() + 2*o.quietZone()
	return side, (side + 1) / 2
}

func (c Code) halfBlocks(o Options) []string {
	// The library encodes again, and crashes on content that does not fit;
	// Encode has made sure that this content fits at this level.
	var drawing bytes.Buffer
	config := qrterminal.Config{
		Level:          c.level,
		Writer:         &drawing,
		HalfBlocks:     true,
		QuietZone:      o.quietZone(),
		BlackChar:      "█",
		BlackWhiteChar: "▀",
		WhiteBlackChar: "▄",
		WhiteChar:      " ",
	}
	if o.Invert {
		config.BlackChar, config.WhiteChar = config.WhiteChar, config.BlackChar
		config.BlackWhiteChar, config.WhiteBlackChar = config.WhiteBlackChar, config.BlackWhiteChar
	}
	qrterminal.GenerateWithConfig(c.content, config)

	lines := strings.Split(strings.TrimSuffix(drawing.String(), "\n"), "\n")
	// A code has an odd number of rows, so half of a line is left over: of the
	// last one, or of the first where the quiet zone is odd. The library makes
	// that half black; as part of the quiet zone it leaves no bar at the code.
	spare := len(lines) - 1
	if o.quietZone()%2 != 0 {
		spare = 0
	}
	columns, _ := c.TerminalSize(o)
	lines[spare] = strings.Repeat(config.WhiteChar, columns)
	return lines
}
