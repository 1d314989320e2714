package tui

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// The grid of a picture, in pixels, and the colours of a terminal that says
// nothing about them.
const (
	cellWidth, cellHeight = 9, 20
	margin                = 12
)

type paper struct{ ink, paper string }

var (
	darkPaper  = paper{ink: "#e4e4e8", paper: "#1e1e24"}
	lightPaper = paper{ink: "#1a1a1a", paper: "#fbfbf9"}
)

// pen is how a terminal writes at the moment.
type pen struct {
	ink, paper             string // empty: the terminal's own
	bold, faint, under, re bool
}

// svg draws a frame as a terminal would show it.
func svg(frame, title string, p paper) string {
	lines := strings.Split(frame, "\n")
	width := 0
	var rects, texts strings.Builder
	for row, line := range lines {
		width = max(width, ansi.StringWidth(line))
		drawLine(&rects, &texts, line, row, p)
	}
	w, h := width*cellWidth+2*margin, len(lines)*cellHeight+2*margin
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="%s">
<title>%s</title>
<rect width="100%%" height="100%%" rx="8" fill="%s"/>
<g shape-rendering="crispEdges">
%s</g>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="15">
%s</g>
</svg>
`, w, h, w, h, html.EscapeString(title), html.EscapeString(title), p.paper, rects.String(), texts.String())
}

func drawLine(rects, texts *strings.Builder, line string, row int, p paper) {
	column, now := 0, pen{}
	var state byte
	var run strings.Builder
	from, was := 0, now
	flush := func() {
		drawRun(rects, texts, run.String(), from, row, was, p)
		run.Reset()
		from, was = column, now
	}
	parser := ansi.NewParser()
	for len(line) > 0 {
		seq, width, n, next := ansi.DecodeSequence(line, state, parser)
		if width == 0 && ansi.HasCsiPrefix(seq) {
			now = now.apply(strings.TrimSuffix(strings.TrimPrefix(seq, "\x1b["), "m"))
			flush()
		} else if width > 0 {
			if half, ok := blockParts[seq]; ok {
				flush()
				drawBlock(rects, half, column, row, now, p)
				column += width
				from = column
			} else {
				run.WriteString(seq)
				column += width
			}
		}
		line, state = line[n:], next
	}
	flush()
}

// blockParts are characters that are drawn as rectangles, so that no font leaves
// gaps in a code: left, top, width and height in eighths of a cell.
var blockParts = map[string][4]int{
	"█": {0, 0, 8, 8}, "▀": {0, 0, 8, 4}, "▄": {0, 4, 8, 4}, "▌": {0, 0, 4, 8}, "▐": {4, 0, 4, 8},
	"▁": {0, 7, 8, 1}, "▂": {0, 6, 8, 2}, "▃": {0, 5, 8, 3}, "▅": {0, 3, 8, 5}, "▆": {0, 2, 8, 6}, "▇": {0, 1, 8, 7},
}

func drawBlock(rects *strings.Builder, b [4]int, column, row int, now pen, p paper) {
	ink, ground := now.colours(p)
	if ground != p.paper {
		drawRect(rects, float64(column*cellWidth), float64(row*cellHeight), cellWidth, cellHeight, ground)
	}
	drawRect(rects, float64(column*cellWidth)+float64(b[0]*cellWidth)/8, float64(row*cellHeight)+float64(b[1]*cellHeight)/8,
		float64(b[2]*cellWidth)/8, float64(b[3]*cellHeight)/8, ink)
}

func drawRect(rects *strings.Builder, x, y, w, h float64, fill string) {
	fmt.Fprintf(rects, `<rect x="%g" y="%g" width="%g" height="%g" fill="%s"/>`+"\n", x+margin, y+margin, w, h, fill)
}

func drawRun(rects, texts *strings.Builder, text string, column, row int, now pen, p paper) {
	ink, ground := now.colours(p)
	width := ansi.StringWidth(text)
	if ground != p.paper && width > 0 {
		drawRect(rects, float64(column*cellWidth), float64(row*cellHeight), float64(width*cellWidth), cellHeight, ground)
	}
	attributes := now.attributes()
	for _, word := range words(text) {
		fmt.Fprintf(texts, `<text x="%d" y="%d" textLength="%d" fill="%s"%s>%s</text>`+"\n",
			(column+word.at)*cellWidth+margin, row*cellHeight+margin+15, ansi.StringWidth(word.text)*cellWidth, ink, attributes, html.EscapeString(word.text))
	}
}

// attributes are those of the pen that are no colour, for a text element.
func (now pen) attributes() (a string) {
	if now.bold {
		a += ` font-weight="bold"`
	}
	if now.faint {
		a += ` opacity="0.65"`
	}
	if now.under {
		a += ` text-decoration="underline"`
	}
	return a
}

// wording is a piece of a line that no two spaces part: a browser would draw
// those as one.
type wording struct {
	at   int // cells from the start
	text string
}

func words(line string) (all []wording) {
	for at := 0; line != ""; {
		rest := strings.TrimLeft(line, " ")
		at += len(line) - len(rest)
		word, _, _ := strings.Cut(rest, "  ")
		if word = strings.TrimRight(word, " "); word != "" {
			all = append(all, wording{at, word})
		}
		at += ansi.StringWidth(word)
		line = rest[len(word):]
	}
	return all
}

func (now pen) colours(p paper) (ink, ground string) {
	ink, ground = now.ink, now.paper
	if ink == "" {
		ink = p.ink
	}
	if ground == "" {
		ground = p.paper
	}
	if now.re {
		return ground, ink
	}
	return ink, ground
}

// apply does what an SGR sequence asks.
func (now pen) apply(params string) pen {
	codes := strings.FieldsFunc(params, func(r rune) bool { return r == ';' || r == ':' })
	if len(codes) == 0 {
		return pen{}
	}
	for i := 0; i < len(codes); i++ {
		switch code, _ := strconv.Atoi(codes[i]); {
		case code == 0:
			now = pen{}
		case code == 1:
			now.bold = true
		case code == 2:
			now.faint = true
		case code == 4:
			now.under = true
		case code == 7:
			now.re = true
		case (code == 38 || code == 48) && i+4 < len(codes) && codes[i+1] == "2":
			colour := "#"
			for _, c := range codes[i+2 : i+5] {
				n, _ := strconv.Atoi(c)
				colour += fmt.Sprintf("%02x", n)
			}
			now.set(code == 38, colour)
			i += 4
		case (code == 38 || code == 48) && i+2 < len(codes) && codes[i+1] == "5":
			n, _ := strconv.Atoi(codes[i+2])
			now.set(code == 38, basic(n))
			i += 2
		case code >= 30 && code <= 37, code >= 90 && code <= 97:
			now.set(true, basic(code%10+(code/60)*8))
		case code >= 40 && code <= 47, code >= 100 && code <= 107:
			now.set(false, basic(code%10+(code/90)*8))
		}
	}
	return now
}

func (now *pen) set(ink bool, colour string) {
	if ink {
		now.ink = colour
	} else {
		now.paper = colour
	}
}

// basic is one of the numbered colours; codes are drawn in black and white.
func basic(n int) string {
	switch n {
	case 0, 16:
		return "#000000"
	case 15, 231:
		return "#ffffff"
	}
	return "#c0c0c0"
}
