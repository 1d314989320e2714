package clean

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many marks or other joining parts one character may carry.
// Vietnamese, Hebrew, Thai and Tibetan get by with four; a flood of them paints
// over the lines around it.
const maxMarks = 4

// scanner goes through raw text one character at a time.
type scanner struct {
	rest   string
	shown  string // the character as it is to be shown
	joined bool   // it belongs to the one before and may not be cut from it

	base     rune // the character that marks stand on; 0 when there is none
	last     rune // the character before, 0 when it was shown by its code
	marks    int  // what joined the base so far, marks and other parts
	flagHalf bool // last is the first of the two letters of a flag
}

// next moves to the next character; it tells false at the end.
func (sc *scanner) next() bool {
	if sc.rest == "" {
		return false
	}
	r, size := utf8.DecodeRuneInString(sc.rest)
	raw := sc.rest[:size]
	sc.rest = sc.rest[size:]
	switch {
	case r == utf8.RuneError && size == 1:
		sc.code(fmt.Sprintf("<0x%02X>", raw[0]))
	case unicode.Is(unicode.M, r):
		sc.mark(r, raw)
	case passes(r):
		sc.character(r, raw)
	default:
		sc.code(codeOf(r))
	}
	return true
}

func codeOf(r rune) string { return fmt.Sprintf("<U+%04X>", r) }

// code shows a character by its code; nothing may stand on that.
func (sc *scanner) code(text string) {
	*sc = scanner{rest: sc.rest, shown: text}
}

func (sc *scanner) character(r rune, raw string) {
	joined, marks := sc.joins(r), 0
	if joined {
		marks = sc.marks + 1
	}
	if marks > maxMarks || !joined && (isVowel(r) || isTrailing(r)) {
		sc.code(codeOf(r)) // the parts of a syllable have no width of their own
		return
	}
	half := isRegional(r) && !sc.flagHalf
	*sc = scanner{rest: sc.rest, shown: raw, joined: joined, base: r, last: r, marks: marks, flagHalf: half}
	if r == ' ' {
		sc.base = 0
	}
}

// joins tells whether r makes one picture with the character before it.
func (sc *scanner) joins(r rune) bool {
	switch {
	case isRegional(r):
		return sc.flagHalf
	case isSkinTone(r):
		return unicode.Is(unicode.So, sc.base)
	}
	return joinsSyllable(sc.last, r)
}

// mark lets a mark through when it stands on a character that has room for it.
func (sc *scanner) mark(r rune, raw string) {
	if sc.base == 0 || sc.marks == maxMarks || !sc.markFits(r) {
		sc.code(codeOf(r))
		return
	}
	sc.marks++
	sc.shown, sc.joined, sc.last, sc.flagHalf = raw, true, r, false
}

// markFits refuses the marks that show nothing: two names that differ by one
// would look the same. The two emoji selectors are let through where they do
// show, once.
func (sc *scanner) markFits(r rune) bool {
	if r == textStyle || r == emojiStyle {
		return sc.marks == 0 && takesStyle(sc.base, sc.rest)
	}
	return !isBlank(r)
}

// runes counts the shown character; a code is ASCII.
func (sc *scanner) runes() int { return utf8.RuneCountInString(sc.shown) }
