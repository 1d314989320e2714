package main

import (
	"slices"
	"strings"
	"time"
)

// The screens on which a table that is too wide changes, in cells.
const (
	shortTimesBelow = 100 // times lose their year and their seconds
	recordsBelow    = 60  // every value gets a line of its own
)

// fit makes a table that is wider than the screen narrower: by shorter times,
// then without its least important columns, and where that is not enough or the
// screen is very small by a line for each value. What one page has decided
// holds for the pages after it.
func (t *table) fit() {
	if t.fits() {
		return
	}
	if t.limit <= shortTimesBelow {
		t.shorten()
	}
	for _, column := range t.drop {
		if t.fits() || t.limit <= recordsBelow {
			break
		}
		if t.hidden == nil {
			t.hidden = make(map[int]bool)
		}
		t.hidden[column] = true
	}
	if t.fits() {
		return
	}
	t.stacked = true
	if t.labels != nil && len(t.rows) > 0 && slices.Equal(t.rows[0], t.labels) {
		t.rows = t.rows[1:]
	}
}

// fits tells whether the columns that are shown find room on the screen. A last
// column that wraps finds it anywhere.
func (t *table) fits() bool {
	if t.limit == 0 || t.stacked {
		return true
	}
	width := 0
	for i, w := range t.widths {
		if t.wrap && i == len(t.widths)-1 || t.hidden[i] {
			continue
		}
		width += w + len(columnGap)
	}
	return width-len(columnGap) <= t.limit
}

// shorten takes the year and the seconds from the times.
func (t *table) shorten() {
	t.short = true
	for _, column := range t.times {
		t.widths[column] = 0
	}
	t.widen()
}

// The times of a table, and on a narrow screen.
const (
	longTime  = "02.01.2006 15:04:05"
	shortForm = "02.01 15:04"
)

// shortTime leaves a text that is no time as it is: a label, or nothing.
func shortTime(text string) string {
	at, err := time.Parse(longTime, text)
	if err != nil {
		return text
	}
	return at.Format(shortForm)
}

// record is a row with a line for each value that it has, and a blank line below.
func (t *table) record(row []string) string {
	var b strings.Builder
	for i, text := range row {
		switch {
		case strings.TrimSpace(text) == "":
			continue
		case i < len(t.labels):
			text = t.labels[i] + ": " + text
		case i > 0:
			text = "    " + text
		}
		b.WriteString(wrapped(text, t.limit, 0) + "\n")
	}
	if t.labels != nil {
		b.WriteString("\n")
	}
	return b.String()
}

const (
	leastRoom = 20 // the narrowest column in which words are still easy to read, in cells
	below     = 4  // the indent of a text that stands below its label
)

func longestOf(words []string) (longest int) {
	for _, word := range words {
		longest = max(longest, cells(word))
	}
	return longest
}

// wrapped breaks a text between words so that it ends before the limit, when it
// begins at a cell; the lines that follow begin there, too. Where that leaves no
// room the text goes below. A no-break space holds a sum together, and a word
// that is longer than the line, such as a link, stays whole.
func wrapped(text string, limit, at int) string {
	if limit == 0 || at+cells(text) <= limit {
		return text
	}
	var b strings.Builder
	words := strings.Split(text, " ")
	if longest := longestOf(words); at > below && (limit-at < leastRoom || limit-at < longest && below+longest <= limit) {
		at = below
		b.WriteString("\n" + strings.Repeat(" ", at))
	}
	column := at
	for i, word := range words {
		switch {
		case i == 0:
		case column+1+cells(word) > limit:
			b.WriteString("\n" + strings.Repeat(" ", at))
			column = at
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += cells(word)
	}
	return b.String()
}

// wrappedLines wraps every line of a text, and keeps its indent.
func wrappedLines(text string, limit int) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		words := strings.TrimLeft(line, " ")
		indent := len(line) - len(words)
		lines[i] = strings.Repeat(" ", indent) + wrapped(words, limit, indent)
	}
	return strings.Join(lines, "\n")
}
