package look

import "strings"

// columnGap is how many cells part two columns.
const columnGap = 2

// Column is one column of a table as it would like to be. Widths are in cells.
type Column struct {
	Title string
	Min   int  // what it needs; below 1: its title
	Max   int  // more is of no use to it; below Min: there is no such bound
	Grow  int  // its part of the spare width; 0: none
	Right bool // it stands to the right, as numbers do
	Keep  int  // the higher, the later it is dropped when the table is narrow
}

// Columns are the columns of a table in a width.
type Columns struct {
	cols   []Column
	widths []int // of each; 0: it is dropped
	width  int   // of the whole
}

// LayOut finds widths of columns. While they don't fit, the one with the lowest
// Keep is dropped, of equals the last. What is left of the width goes to those
// that grow. The only column left is cut.
func LayOut(cols []Column, width int) Columns {
	c := Columns{cols: cols, widths: make([]int, len(cols)), width: max(width, 0)}
	spare, shown := c.width+columnGap, len(cols)
	for i, col := range cols {
		c.widths[i] = col.least()
		spare -= c.widths[i] + columnGap
	}
	for ; spare < 0 && shown > 1; shown-- {
		i := c.first()
		spare += c.widths[i] + columnGap
		c.widths[i] = 0
	}
	if spare < 0 && shown == 1 {
		c.widths[c.first()] += spare
	}
	for spare > 0 && c.grow(&spare) {
		continue
	}
	return c
}

func (c Column) least() int {
	if c.Min > 0 {
		return c.Min
	}
	return max(Width(c.Title), 1)
}

// first is the shown column that is the first to drop.
func (c Columns) first() int {
	found := -1
	for i, col := range c.cols {
		if c.widths[i] > 0 && (found < 0 || col.Keep <= c.cols[found].Keep) {
			found = i
		}
	}
	return found
}

// grow shares out spare once, and tells whether any of it was taken.
func (c Columns) grow(spare *int) bool {
	parts := 0
	for i := range c.cols {
		if c.room(i) > 0 {
			parts += c.cols[i].Grow
		}
	}
	had := *spare
	for i, col := range c.cols {
		if c.room(i) <= 0 {
			continue
		}
		// At least one cell each, while there are any: the rest of a division.
		more := min(max(had*col.Grow/parts, 1), c.room(i), *spare)
		c.widths[i] += more
		*spare -= more
	}
	return *spare < had
}

// room is how far a column can still grow.
func (c Columns) room(i int) int {
	col := c.cols[i]
	switch {
	case c.widths[i] == 0 || col.Grow <= 0:
		return 0
	case col.Max < col.least():
		return c.width
	}
	return col.Max - c.widths[i]
}

// Shown tells whether a column is there, by its index.
func (c Columns) Shown(i int) bool { return c.WidthOf(i) > 0 }

// WidthOf is the width of a column, in cells; 0 where it is not shown.
func (c Columns) WidthOf(i int) int {
	if i < 0 || i >= len(c.widths) {
		return 0
	}
	return c.widths[i]
}

// Header is the line of titles.
func (c Columns) Header(t Theme) string {
	titles := make([]string, len(c.cols))
	for i, col := range c.cols {
		titles[i] = col.Title
	}
	return t.Faint.Paint(c.Row(titles))
}

// Row is a line of the table, exactly as wide as the table. There is a cell for
// each column, also for those not shown; cells that are missing are empty.
func (c Columns) Row(cells []string) string {
	var b strings.Builder
	b.Grow(c.width + c.width/2)
	used := 0
	for i, w := range c.widths {
		if w == 0 {
			continue
		}
		if used > 0 {
			b.WriteString(space(columnGap))
			used += columnGap
		}
		cell := ""
		if i < len(cells) {
			cell = cells[i]
		}
		text, n := cut(cell, w)
		if c.cols[i].Right {
			b.WriteString(space(w - n))
			b.WriteString(text)
		} else {
			b.WriteString(text)
			b.WriteString(space(w - n))
		}
		used += w
	}
	b.WriteString(space(c.width - used))
	return b.String()
}
