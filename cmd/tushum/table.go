package main

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"tushum/internal/lang"
)

// table lays text out in columns, by the cells that a terminal gives it. What
// has been taken out with flush has decided how wide the rest is at least.
//
// A table that knows how wide the screen is never lets it cut a value in two:
// see fit.
type table struct {
	rows   [][]string
	widths []int
	right  map[int]bool // columns whose text stands at the right, such as sums

	limit  int   // the width of the screen, in cells; 0: not known
	times  []int // columns of times
	drop   []int // columns that a narrow screen does without, the least important first
	wrap   bool  // the last column may go on in the next line, between words
	labels []string

	short   bool // the times are short
	hidden  map[int]bool
	stacked bool // a line for each value
}

func (t *table) add(row ...string) { t.rows = append(t.rows, row) }

// head adds a row of labels.
func (t *table) head(a *App, labels ...lang.Text) {
	row := make([]string, len(labels))
	for i, l := range labels {
		row[i] = a.styles().titled(a.say(l))
	}
	t.labels, t.limit = row, a.Width
	t.add(row...)
}

// columnGap stands between two columns.
const columnGap = "  "

// String is the table with a line break after each row and no spaces at the
// ends of lines.
func (t *table) String() string {
	t.widen()
	t.fit()
	var b strings.Builder
	for _, row := range t.rows {
		if t.stacked {
			b.WriteString(t.record(row))
		} else {
			b.WriteString(t.line(row))
		}
	}
	return b.String()
}

// line is a row as one line, or as several where the last column wraps.
func (t *table) line(row []string) string {
	var line strings.Builder
	at, last := 0, len(row)-1
	for i, text := range row {
		if t.hidden[i] {
			continue
		}
		if at > 0 {
			line.WriteString(columnGap)
			at += len(columnGap)
		}
		if t.wrap && i == last {
			line.WriteString(wrapped(text, t.limit, at))
			break
		}
		pad := strings.Repeat(" ", t.widths[i]-cells(text))
		if t.right[i] {
			line.WriteString(pad + text)
		} else {
			line.WriteString(text + pad)
		}
		at += t.widths[i]
	}
	return strings.TrimRight(line.String(), " ") + "\n"
}

// flush is String for the rows so far, which it drops.
func (t *table) flush() string {
	s := t.String()
	t.rows = nil
	return s
}

func (t *table) widen() {
	for _, row := range t.rows {
		for i, text := range row {
			if i == len(t.widths) {
				t.widths = append(t.widths, 0)
			}
			if t.short && slices.Contains(t.times, i) {
				text = shortTime(text)
				row[i] = text
			}
			t.widths[i] = max(t.widths[i], cells(text))
		}
	}
}

// cells is how many cells of a terminal a text fills. Sequences that set
// colours fill none.
func cells(s string) (n int) {
	for s != "" {
		if rest, ok := strings.CutPrefix(s, "\x1b["); ok {
			_, s, _ = strings.Cut(rest, "m")
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		n += runeCells(r)
	}
	return n
}

func runeCells(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
