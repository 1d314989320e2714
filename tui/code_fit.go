package tui

import "tushum/qr"

// The space between a code and the words about it, in cells.
const (
	besideGap = 3
	aboveGap  = 1
)

// leastWords is the room that words need, in cells: columns beside the code or
// rows above it. A code that is larger than it must be leaves room for large
// figures too.
func leastWords(scale int) (columns, rows int) {
	if scale > 1 {
		return 36, 12
	}
	return 14, 3
}

// The widths of the white border, in modules: what the standard asks for, and
// what readers are known to take.
const (
	fullQuiet  = qr.QuietZone
	leastQuiet = 2
)

// mostScale bounds how large a code is drawn; more helps no phone.
const mostScale = 4

// wordsPlace is where the words stand.
type wordsPlace uint8

const (
	beside wordsPlace = iota
	above
	nowhere // there is room for the code only; the title tells the sum
)

// mostWords is how wide the words beside a code become, in cells.
const mostWords = 64

// roomFor is the room for words beside or above a code of a size, in cells.
func roomFor(where wordsPlace, codeColumns, codeRows, w, h int) (columns, rows int) {
	if where == beside {
		return min(w-codeColumns-besideGap, mostWords), codeRows
	}
	return w - 2, h - codeRows - aboveGap
}

// fitCode finds the largest drawing of a code that leaves room for words, of which
// enough tells that it is enough. Where none does the code comes alone, and where
// that does not fit either ok is false.
func fitCode(code qr.Code, s codeStyle, w, h int, enough func(columns, rows int) bool) (fit codeStyle, where wordsPlace, ok bool) {
	for scale := mostScale; scale >= s.leastScale(); scale-- {
		leastColumns, leastRows := leastWords(scale)
		for quiet := fullQuiet; quiet >= leastQuiet; quiet-- {
			s.scale, s.quiet = scale, quiet
			columns, rows := s.size(code)
			switch {
			case columns > w || rows > h:
				continue
			case w-columns-besideGap >= leastColumns && enough(roomFor(beside, columns, rows, w, h)):
				return s, beside, true
			case h-rows-aboveGap >= leastRows && enough(roomFor(above, columns, rows, w, h)):
				return s, above, true
			}
		}
	}
	s.scale = s.leastScale()
	for s.quiet = fullQuiet; s.quiet >= leastQuiet; s.quiet-- {
		if columns, rows := s.size(code); columns <= w && rows <= h {
			return s, nowhere, true
		}
	}
	s.quiet = leastQuiet
	return s, nowhere, false
}

// leastScale is the smallest drawing: without half blocks a module takes a
// whole line.
func (s codeStyle) leastScale() int {
	if s.ink == background {
		return 2
	}
	return 1
}
