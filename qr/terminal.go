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

// TerminalSize returns the character cells that Terminal fills: columns and
// rows, quiet zone included. Show the link instead when the terminal is smaller:
// a wrapped or cut code cannot be read.
func (c Code) TerminalSize() (cols, rows int) {
	if c.modules == nil {
		return 0, 0
	}
	return c.outerSize(), (c.outerSize() + 1) / 2
}

func (c Code) halfBlocks(o Options) []string {
	// The library encodes again, and crashes on content that does not fit;
	// Encode has made sure that this content fits at this level.
	var drawing bytes.Buffer
	config := qrterminal.Config{
		Level:          c.level,
		Writer:         &drawing,
		HalfBlocks:     true,
		QuietZone:      QuietZone,
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
	// A code has an odd number of rows, so half of the last line is left over.
	// The library makes that half black; as part of the quiet zone it leaves no
	// bar under the code.
	lines[len(lines)-1] = strings.Repeat(config.WhiteChar, c.outerSize())
	return lines
}
