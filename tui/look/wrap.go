package look

import "strings"

// Wrap is s in lines of at most w cells, broken at spaces and line breaks. A
// no-break space never breaks, so that a sum stays in one piece. What is longer
// than a line, such as a link, is broken where the line ends. Looks go on from
// line to line. Without room there are no lines.
func Wrap(s string, w int) []string {
	if w < 1 {
		return nil
	}
	if isPlain(s) && len(s) <= w {
		return []string{s}
	}
	if w == 1 {
		s = narrow(s)
	}
	var (
		lines []string
		now   looks
		after int // where the last line ended
	)
	for _, p := range pieces(s, w) {
		now.over(s[after:p.from])
		line := now.open() + s[p.from:p.to]
		now.over(s[p.from:p.to])
		lines = append(lines, line+now.close())
		after = p.to
	}
	return lines
}

// piece is a part of a text, in bytes.
type piece struct{ from, to int }

// breaker cuts a text into lines.
type breaker struct {
	lines []piece
	from  int  // where the line begins
	used  int  // cells of it so far
	gap   int  // where its last spaces begin; -1: it has none
	word  int  // where the word after them begins
	space bool // the last thing seen is a space
	until int  // cells up to there
}

// end ends the line at a place, and begins the next one at another.
func (b *breaker) end(at, next int) {
	b.lines = append(b.lines, piece{b.from, at})
	b.from, b.used, b.gap, b.space = next, 0, -1, false
}

// endAtGap ends the line before its last spaces; the word after them goes to
// the next one. Where there is nothing before them, they are just left out.
func (b *breaker) endAtGap() {
	left := b.used - b.until
	if b.gap > b.from {
		b.end(b.gap, b.word)
	}
	b.from, b.used, b.gap, b.space = b.word, left, -1, false
}

func (b *breaker) addSpace(step walk) {
	if !b.space {
		b.gap, b.space = step.from, true
	}
	b.used++
	b.word, b.until = step.to, b.used
}

// last is where the line ends if nothing more comes: spaces that would stick
// out are left out.
func (b *breaker) last(at, w int) int {
	if b.gap >= 0 && b.used > w {
		return b.gap
	}
	return at
}

// pieces are the lines of s.
func pieces(s string, w int) []piece {
	b := breaker{gap: -1}
	for step := (walk{text: s}); step.next(); {
		switch {
		case step.paint:
			continue
		case strings.HasSuffix(step.step(), "\n"):
			b.end(b.last(step.from, w), step.to)
			continue
		case step.step() == " ":
			b.addSpace(step)
			continue
		}
		if b.used+step.width > w && b.gap >= 0 {
			b.endAtGap()
		}
		if b.used+step.width > w && b.used > 0 {
			b.end(step.from, step.from)
		}
		b.used += step.width
		b.space = false
	}
	b.end(b.last(len(s), w), len(s))
	return b.lines
}

// narrow puts an ellipsis in place of everything wider than one cell.
func narrow(s string) string {
	var b strings.Builder
	for step := (walk{text: s}); step.next(); {
		if step.width > 1 {
			b.WriteString(ellipsis)
			continue
		}
		b.WriteString(step.step())
	}
	return b.String()
}
