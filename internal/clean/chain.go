package clean

import "unicode/utf8"

// maxGap is how many characters may stand between two digits of one number:
// a bracket, a dash and two spaces.
const maxGap = 4

// nextChain finds the first chain of digits at from or after it.
func nextChain(s string, from int) (chain, bool) {
	plusAt := -1
	gap := 0
	for i := from; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch _, digit := digitOf(r); {
		case digit && plusAt >= 0:
			return readChain(s, plusAt, i, true), true
		case digit:
			return readChain(s, i, i, false), true
		case isPlus(r):
			plusAt, gap = i, 0
		case gap < maxGap && inGap(r):
			gap++
		default:
			plusAt = -1
		}
		i += size
	}
	return chain{}, false
}

// readChain reads the groups from the first digit on, up to the last digit
// that a gap still reaches. A plus sign begins another chain.
func readChain(s string, start, digit int, plus bool) chain {
	c := chain{start: start, plus: plus}
	for at := digit; ; {
		g := readGroup(s, at)
		c.groups = append(c.groups, g)
		next, ok := skipGap(s, g.end)
		if !ok {
			return c
		}
		at = next
	}
}

func readGroup(s string, start int) group {
	g := group{start: start, end: start}
	var digits []byte
	for g.end < len(s) {
		r, size := utf8.DecodeRuneInString(s[g.end:])
		d, ok := digitOf(r)
		if !ok {
			break
		}
		digits = append(digits, d)
		g.end += size
	}
	g.digits = string(digits)
	return g
}

// skipGap gives the place of the next digit when only a gap parts it from at.
func skipGap(s string, at int) (int, bool) {
	for range maxGap + 1 {
		r, size := utf8.DecodeRuneInString(s[at:])
		if _, digit := digitOf(r); digit {
			return at, true
		}
		if !inGap(r) {
			return 0, false
		}
		at += size
	}
	return 0, false
}
