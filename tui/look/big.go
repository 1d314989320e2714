package look

import "strings"

// size is how large a pixel of a letter is drawn.
type size struct {
	across int // cells
	down   int // half cells
}

// rows is how many lines letters of a size take.
func (z size) rows() int { return (letterRows*z.down + 1) / 2 }

// The sizes, from the largest. Two half cells are about as high as two cells
// are wide, so that the tall size has narrow letters. Without half blocks the
// small size can't be drawn.
var (
	sizes      = []size{{2, 2}, {1, 2}, {1, 1}}
	asciiSizes = sizes[:2]
)

// Big is text in the largest letters that fit width cells and height lines:
// five lines, or three made of half blocks. Where none fit, or for a character
// that can't be drawn so large, it is the text itself on one line; where that
// does not fit either, nothing. All lines are of the same width.
func Big(text string, width, height int) []string {
	return enlarge(text, width, height, sizes, halves)
}

// BigASCII is Big drawn with number signs instead of blocks.
func BigASCII(text string, width, height int) []string {
	return enlarge(text, width, height, asciiSizes, [4]string{" ", "#", "#", "#"})
}

// halves are drawn for: no ink, ink above, ink below, both.
var halves = [4]string{" ", "▀", "▄", "█"}

func enlarge(text string, width, height int, sizes []size, cells [4]string) []string {
	if rows, ok := pixels(text); ok {
		for _, z := range sizes {
			if len(rows[0])*z.across <= width && z.rows() <= height {
				return draw(rows, z, cells)
			}
		}
	}
	if text == "" || height < 1 || Width(text) > width {
		return nil
	}
	return []string{text}
}

func draw(rows [letterRows]string, z size, cells [4]string) []string {
	inked := func(half, x int) int {
		if y := half / z.down; y < letterRows && rows[y][x] == '#' {
			return 1
		}
		return 0
	}
	lines := make([]string, z.rows())
	for i := range lines {
		var b strings.Builder
		for x := range len(rows[0]) {
			cell := cells[inked(2*i, x)+2*inked(2*i+1, x)]
			for range z.across {
				b.WriteString(cell)
			}
		}
		lines[i] = b.String()
	}
	return lines
}
