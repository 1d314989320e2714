package look

import "strings"

// Block is lines in exactly h lines of exactly w cells: cut, or filled with
// spaces.
func Block(lines []string, w, h int) string {
	var b strings.Builder
	b.Grow(max(h, 0) * (max(w, 0) + 32))
	for i := range h {
		if i > 0 {
			b.WriteByte('\n')
		}
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		text, n := cut(line, w)
		b.WriteString(text)
		b.WriteString(space(w - n))
	}
	return b.String()
}

// Over lays a box over a frame, with its left upper corner in column x and line
// y, both from 0. What stays visible left and right of it keeps its looks. The
// frame does not grow: what sticks out of it is not seen.
func Over(base string, box []string, x, y int) string {
	lines := strings.Split(base, "\n")
	width, wide := 0, 0
	for _, line := range lines {
		width = max(width, Width(line))
	}
	for _, line := range box {
		wide = max(wide, Width(line))
	}
	from, to := max(x, 0), min(x+wide, width)
	if from >= to {
		return base
	}
	for i, line := range box {
		if y+i < 0 || y+i >= len(lines) {
			continue
		}
		under := lines[y+i]
		lines[y+i] = span(under, 0, from) + span(line, from-x, to-x) + span(under, to, width)
	}
	return strings.Join(lines, "\n")
}

// span is the cells of a line from one to before another, as many as that. In
// place of half a wide character and after the line's end there are spaces.
func span(s string, from, to int) string {
	if from >= to {
		return ""
	}
	var (
		b    strings.Builder
		now  looks
		at   int // the column of the step
		done int // cells written
	)
	for step := (walk{text: s}); step.next() && at < to; {
		if step.paint {
			now.note(step.step())
			if done > 0 {
				b.WriteString(step.step())
			}
			continue
		}
		left, right := max(at, from), min(at+step.width, to)
		at += step.width
		if right < left || right == left && (step.width > 0 || done == 0) {
			continue
		}
		if done == 0 {
			b.WriteString(now.open())
		}
		if right-left == step.width {
			b.WriteString(step.step())
		} else {
			b.WriteString(space(right - left))
		}
		done += right - left
	}
	if done > 0 {
		b.WriteString(now.close())
	}
	b.WriteString(space(to - from - done))
	return b.String()
}

// Beside is two blocks side by side, gap cells between them. The left one is
// filled up to its widest line.
func Beside(left, right []string, gap int) []string {
	w := 0
	for _, line := range left {
		w = max(w, Width(line))
	}
	both := make([]string, max(len(left), len(right)))
	for i := range both {
		if i < len(left) {
			both[i] = left[i]
		}
		if i < len(right) {
			both[i] = Fit(both[i], w) + space(gap) + right[i]
		}
	}
	return both
}
