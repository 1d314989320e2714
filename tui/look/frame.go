package look

import "strings"

// border is what a box is drawn of.
type border struct{ topLeft, topRight, bottomLeft, bottomRight, across, down string }

var (
	rounded     = border{"╭", "╮", "╰", "╯", "─", "│"}
	asciiBorder = border{"+", "+", "+", "+", "-", "|"}
)

// boxSides is what a box takes of its width: the borders, and a space inside
// of each.
const boxSides = 4

// Box is lines in a border, width cells wide in all, with a title in the upper
// line. Lines that are too long are cut. Below five cells there is no room for
// a box, and the lines stand alone.
func Box(t Theme, title string, body []string, width int) []string {
	if width <= boxSides {
		bare := make([]string, len(body))
		for i, line := range body {
			bare[i] = Fit(line, width)
		}
		return bare
	}
	edge := rounded
	if t.ASCII {
		edge = asciiBorder
	}
	lines := make([]string, 0, len(body)+2)
	lines = append(lines, t.boxTop(edge, title, width))
	left, right := t.Rule.Paint(edge.down)+" ", " "+t.Rule.Paint(edge.down)
	for _, line := range body {
		lines = append(lines, left+Fit(line, width-boxSides)+right)
	}
	return append(lines, t.Rule.Paint(edge.bottomLeft+strings.Repeat(edge.across, width-2)+edge.bottomRight))
}

// boxTop is the upper line: a corner, a piece of the line, the title between
// spaces, the rest.
func (t Theme) boxTop(edge border, title string, width int) string {
	title, n := cut(title, width-boxSides-2)
	if n == 0 {
		return t.Rule.Paint(edge.topLeft + strings.Repeat(edge.across, width-2) + edge.topRight)
	}
	rest := width - n - boxSides - 1
	return t.Rule.Paint(edge.topLeft+edge.across) + " " + t.Title.Paint(title) + " " +
		t.Rule.Paint(strings.Repeat(edge.across, rest)+edge.topRight)
}
