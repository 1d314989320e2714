// Package clean owns the edge between text of unknown origin and everything
// that shows it: terminal, page, log, error and spreadsheet. Text is stored
// raw and cleaned when it is shown. The package also owns the masking of
// phone numbers. It imports the standard library only.
package clean

import (
	"strings"
	"unicode/utf8"
)

// Text is text that is safe to show. It can only be made by this package, so
// a function that takes a Text can't be given raw text by accident. The zero
// value is empty.
type Text struct{ s string }

// Clean lets letters, marks, numbers, punctuation, symbols and the plain
// space through and shows everything else by its code: U+009B as "<U+009B>",
// a byte that is not UTF-8 as "<0x9B>". That covers controls and line breaks,
// bidirectional and zero-width characters, every other space, blank letters,
// private and unassigned characters, marks with nothing to stand on and marks
// past the fourth on one character. Cleaning twice changes nothing, but sums
// are formatted with no-break spaces: clean the words of a line, not the line.
func Clean(s string) Text {
	if isPlain(s) {
		return Text{s}
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/4)
	for sc := (scanner{rest: s}); sc.next(); {
		b.WriteString(sc.shown)
	}
	return Text{b.String()}
}

// isPlain tells printable ASCII, which nearly all text is.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// String is the cleaned text.
func (t Text) String() string { return t.s }

// MarshalText gives the cleaned text to encoders and structured logs, which
// would otherwise see a struct without fields. There is no way back: what is
// read is raw.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.s), nil }

const ellipsis = "…"

// Line cleans s and cuts it to at most most runes, the ellipsis that marks the
// cut among them. It never parts a letter from its marks, a flag, an emoji
// and its skin tone, a Korean syllable or a shown code. Runes are not
// columns: fitting text to a screen's width is the screen's work. With most
// below one the text is empty.
func Line(s string, most int) Text {
	if most < 1 {
		return Text{}
	}
	var b strings.Builder
	runes := 0 // in b
	fits := 0  // bytes of b that leave room for the ellipsis
	for sc := (scanner{rest: s}); sc.next(); {
		if !sc.joined && runes < most {
			fits = b.Len()
		}
		runes += sc.runes()
		b.WriteString(sc.shown)
		if runes > most {
			return Text{strings.TrimRight(b.String()[:fits], " ") + ellipsis}
		}
	}
	return Text{b.String()}
}

// Cell cleans s for one cell of a CSV or XLSX file. Text that a spreadsheet
// would run as a formula, one that starts with = + - @ or a tab, is prefixed
// by an apostrophe; so are the full-width forms and all of these after
// spaces, since some programs fold or trim before they look.
func Cell(s string) Text {
	t := Clean(s)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " "))
	if strings.ContainsRune(formulaSigns, first) {
		t.s = "'" + t.s
	}
	return t
}

const formulaSigns = "=+-@\t＝＋－＠"
