package look

import (
	"math"
	"math/bits"
	"strings"
)

// What a cell of a bar is drawn with, from a little to full.
var (
	eighths = []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}
	thirds  = []string{".", ":", "#"}
)

// Bars is a chart of upright bars from left to right, height lines of exactly
// width cells. The highest value reaches the top; zero and less have no bar,
// and what is more than zero can be seen. The bar of index now is painted as
// that of now; -1 for none. A bar takes BarStep cells, its right one empty
// where there is more than one. Where there are more values than cells, equal
// numbers of neighbours are summed up in a bar.
func Bars(values []int64, width, height int, t Theme, now int) []string {
	if width < 1 || height < 1 {
		return nil
	}
	if n := perBar(len(values), width); n > 1 {
		values = merge(values, n)
		if now >= 0 {
			now /= n
		}
	}
	marks := eighths
	if t.ASCII {
		marks = thirds
	}
	step := BarStep(len(values), width)
	drawn := max(step-1, 1)
	lines := make([]string, height)
	levels := scale(values, height*len(marks))
	for row := range lines {
		floor := (height - 1 - row) * len(marks) // of the levels in this line
		var b strings.Builder
		for i, level := range levels {
			style := t.Bar
			switch {
			case level <= floor:
				style = t.Text
			case i == now:
				style = t.BarNow
			}
			b.WriteString(style.Paint(bar(marks, level-floor, drawn)))
			b.WriteString(space(step - drawn))
		}
		b.WriteString(space(width - step*len(levels)))
		lines[row] = b.String()
	}
	return lines
}

// BarStep is how many cells each of n bars takes in a width, at most four.
func BarStep(n, width int) int {
	if n < 1 {
		return 0
	}
	return min(max(width/n, 1), 4)
}

// perBar is how many of n values a bar stands for.
func perBar(n, width int) int { return (n + width - 1) / width }

// bar is the piece of a bar in one line, w cells; above its end there is none.
func bar(marks []string, level, w int) string {
	if level < 1 {
		return space(w)
	}
	return strings.Repeat(marks[min(level, len(marks))-1], w)
}

// merge sums up n neighbours each.
func merge(values []int64, n int) []int64 {
	merged := make([]int64, 0, len(values)/n+1)
	for from := 0; from < len(values); from += n {
		var sum int64
		for _, v := range values[from:min(from+n, len(values))] {
			if v = max(v, 0); sum > math.MaxInt64-v {
				v = math.MaxInt64 - sum
			}
			sum += v
		}
		merged = append(merged, sum)
	}
	return merged
}

// scale gives each value its level, from 0 to top, which is that of the highest.
func scale(values []int64, top int) []int {
	var most int64
	for _, v := range values {
		most = max(most, v)
	}
	levels := make([]int, len(values))
	for i, v := range values {
		if v > 0 {
			high, low := bits.Mul64(uint64(v), uint64(top))
			level, _ := bits.Div64(high, low, uint64(most))
			levels[i] = max(int(level), 1)
		}
	}
	return levels
}
