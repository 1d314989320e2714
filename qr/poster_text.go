package qr

import (
	"image"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxPrinted is how many characters of one text are looked at. More fit on no paper.
const maxPrinted = 600

// printable gives text as a poster shows it: on one line, single spaces, without the
// characters that the fonts lack, such as emoji and Arabic letters, and without
// those that show nothing, which would only shift the others.
func (t *typesetter) printable(text string) string {
	var b strings.Builder
	space, count := false, 0
	for _, char := range norm.NFC.String(firstBytes(text)) {
		char = twin(char)
		if unicode.IsSpace(char) && char != noBreakSpace {
			space = b.Len() > 0
			continue
		}
		if !unicode.IsPrint(char) && char != noBreakSpace || char == unicode.ReplacementChar || !t.has(char) {
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(char)
		if count++; count == maxPrinted {
			break
		}
	}
	return strings.Trim(b.String(), " \u00a0")
}

// firstBytes keeps the work on a text of megabytes small. A character cut in two
// is one that is not shown.
func firstBytes(text string) string {
	return text[:min(len(text), 8*maxPrinted)]
}

const noBreakSpace = '\u00a0'

// twin gives the character that looks the same and that the fonts have.
func twin(char rune) rune {
	switch char {
	case 'ʻ', '`', '´':
		return '‘'
	case 'ʼ':
		return '’'
	case '‑':
		return '-'
	case '\u202f': // the narrow one, in sums
		return noBreakSpace
	}
	return char
}

// setting is how a text is set: as large as it can be in the fewest lines.
type setting struct {
	face        face
	size, least int // of an em
	lines       int // at most
	// breaks are the characters after which a line may end.
	breaks string
}

// block is a text broken into lines.
type block struct {
	setting setting
	lines   []string
}

// fit breaks text into lines no wider than width. It takes one line, down to
// three quarters of the size, before it takes two, and smaller type before it cuts
// a word; what does not fit at the least size ends in an ellipsis.
func (t *typesetter) fit(text string, s setting, width int) block {
	pieces := t.pieces(text, s)
	uncut := widest(pieces)
	if uncut > width*s.face.em/s.least {
		uncut = 0 // it is cut at any size
	}
	for lines := 1; lines <= s.lines; lines++ {
		least := s.least
		if lines < s.lines {
			least = max(least, s.size*3/4)
		}
		for size := s.size; ; size = max(least, size-s.size/32) {
			limit := width * s.face.em / size
			if broken := wrap(pieces, limit, lines); broken != nil && uncut <= limit {
				s.size = size
				return block{setting: s, lines: balance(pieces, limit, broken)}
			}
			if size <= least {
				break
			}
		}
	}
	s.size = s.least
	limit := width * s.face.em / s.size
	broken := wrap(pieces, limit, len(text)+1)[:s.lines]
	broken[s.lines-1] = t.shorten(s.face, broken[s.lines-1], limit)
	return block{setting: s, lines: broken}
}

// piece is a part of a text that stays on one line, unless it is wider than that.
type piece struct {
	chars    []rune
	advances []int
	width    int // without spaces at the end
}

func (t *typesetter) pieces(text string, s setting) []piece {
	var pieces []piece
	var p piece
	width := 0
	for _, char := range text {
		advance := t.glyph(s.face, char).advance
		width += advance
		p.chars, p.advances = append(p.chars, char), append(p.advances, advance)
		if char != ' ' {
			p.width = width
		}
		if strings.ContainsRune(s.breaks, char) {
			pieces, p, width = append(pieces, p), piece{}, 0
		}
	}
	if len(p.chars) > 0 {
		pieces = append(pieces, p)
	}
	return pieces
}

func widest(pieces []piece) int {
	width := 0
	for _, p := range pieces {
		width = max(width, p.width)
	}
	return width
}

// wrap fills lines up to limit, or gives nil when they are more than most. A piece
// wider than a line is cut.
func wrap(pieces []piece, limit, most int) []string {
	lines := []string{}
	var line []rune
	width := 0
	end := func() {
		if trimmed := strings.TrimRight(string(line), " "); trimmed != "" {
			lines = append(lines, trimmed)
		}
		line, width = line[:0], 0
	}
	for _, p := range pieces {
		if width > 0 && width+p.width > limit {
			end()
		}
		for i, char := range p.chars {
			if char != ' ' && width > 0 && width+p.advances[i] > limit {
				end()
			}
			line = append(line, char)
			width += p.advances[i]
		}
		if len(lines) >= most && len(line) > 0 {
			return nil
		}
	}
	end()
	if len(lines) > most {
		return nil
	}
	return lines
}

// balance makes the lines alike in length without making them more, and without
// cutting a piece that was whole.
func balance(pieces []piece, limit int, lines []string) []string {
	least := max(limit/2, widest(pieces))
	for least < limit {
		middle := (least + limit) / 2
		if broken := wrap(pieces, middle, len(lines)); broken != nil {
			limit, lines = middle, broken
		} else {
			least = middle + 1
		}
	}
	return lines
}

func (t *typesetter) shorten(f face, line string, limit int) string {
	const ellipsis = "…"
	chars := []rune(line)
	for len(chars) > 0 && t.advance(f, string(chars)+ellipsis) > limit {
		chars = chars[:len(chars)-1]
	}
	return strings.TrimRight(string(chars), " ") + ellipsis
}

// The proportions of the Go fonts, in thousandths of an em.
const (
	capHeight  = 723
	descent    = 211
	lineHeight = 1240
)

// height is that from the capitals of the first line to the base of the last; what
// hangs below is left to the gap that follows.
func (b block) height() int {
	if len(b.lines) == 0 {
		return 0
	}
	return b.setting.size * (capHeight + lineHeight*(len(b.lines)-1)) / 1000
}

// width is that of the widest line.
func (t *typesetter) width(b block) int {
	widest := 0
	for _, line := range b.lines {
		widest = max(widest, t.advance(b.setting.face, line))
	}
	return (widest*b.setting.size + b.setting.face.em - 1) / b.setting.face.em
}

// set gives the lines of a block as outlines, from the capitals of the first at top
// downwards. Where a line begins is for left to say, given its width.
func (t *typesetter) set(b block, top int, left func(width int) int) []outline {
	var set []outline
	for i, line := range b.lines {
		x := left(t.width(block{setting: b.setting, lines: []string{line}}))
		baseline := top + b.setting.size*(capHeight+lineHeight*i)/1000
		set = append(set, t.draw(b.setting.face, b.setting.size, line, image.Pt(x, baseline)))
	}
	return set
}

// middle centres a line between two places.
func middle(from, to int) func(width int) int {
	return func(width int) int { return (from + to - width) / 2 }
}

// from begins every line at the same place.
func from(x int) func(width int) int {
	return func(int) int { return x }
}
