package clean

import (
	"strings"
	"unicode"
)

const (
	textStyle  = '\uFE0E' // asks for the plain form of the emoji before it
	emojiStyle = '\uFE0F' // asks for the coloured form
	keycap     = "\u20E3"

	// An empty Braille cell, an empty note head and the two blanks of
	// Egyptian writing are symbols and letters by their class.
	blankSigns = "\u2800\U0001D159\U00013441\U00013442"
)

// passes tells the characters, other than marks, that are shown as they are.
func passes(r rune) bool {
	if r == ' ' {
		return true
	}
	return unicode.IsOneOf(visible, r) && !isBlank(r)
}

var visible = []*unicode.RangeTable{unicode.L, unicode.N, unicode.P, unicode.S}

// isBlank tells letters, marks and symbols that draw nothing, such as the
// Hangul fillers and the variation selectors. Their class alone would let
// them through.
func isBlank(r rune) bool {
	return strings.ContainsRune(blankSigns, r) || unicode.IsOneOf(blank, r)
}

var blank = []*unicode.RangeTable{unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector}

// takesStyle tells whether an emoji selector changes how base looks: symbols,
// a few punctuation signs, and the digits of a keycap when that follows.
func takesStyle(base rune, rest string) bool {
	switch {
	case unicode.IsSymbol(base), strings.ContainsRune("‼⁉〰ℹ", base):
		return true
	case '0' <= base && base <= '9', base == '#', base == '*':
		return strings.HasPrefix(rest, keycap)
	}
	return false
}

// isRegional tells the letters that make a flag in pairs.
func isRegional(r rune) bool { return 0x1F1E6 <= r && r <= 0x1F1FF }

// isSkinTone tells the colours that melt into the emoji before them.
func isSkinTone(r rune) bool { return 0x1F3FB <= r && r <= 0x1F3FF }

// joinsSyllable tells whether b continues a Korean syllable written in parts
// that a ended so far (Unicode Standard Annex 29, rules GB6 to GB8).
func joinsSyllable(a, b rune) bool {
	switch {
	case isLeading(a):
		return isLeading(b) || isVowel(b) || isSyllable(b)
	case isVowel(a):
		return isVowel(b) || isTrailing(b)
	case isTrailing(a):
		return isTrailing(b)
	case isSyllable(a):
		return isTrailing(b) || isVowel(b) && (a-0xAC00)%28 == 0
	}
	return false
}

func isLeading(r rune) bool {
	return 0x1100 <= r && r <= 0x115F || 0xA960 <= r && r <= 0xA97C
}

func isVowel(r rune) bool {
	return 0x1160 <= r && r <= 0x11A7 || 0xD7B0 <= r && r <= 0xD7C6
}

func isTrailing(r rune) bool {
	return 0x11A8 <= r && r <= 0x11FF || 0xD7CB <= r && r <= 0xD7FB
}

func isSyllable(r rune) bool { return 0xAC00 <= r && r <= 0xD7A3 }
