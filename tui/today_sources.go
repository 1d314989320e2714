package tui

import (
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/look"
)

// sources are the ways of paying of the day with their sums, as many as go into
// so many lines; those with the least are put together.
func (s *todayScreen) sources(d *desk, w, n int) []string {
	lines := make([]string, n)
	if n == 0 || !s.read(d) {
		return lines
	}
	columns, gap := 1, 4
	if w+2*panelMargin >= barsWidth {
		columns = 2
	}
	all := s.takings.bySource()
	names := make([]string, len(all))
	for i, total := range all {
		if names[i] = d.sourceName(total.Source); names[i] == "" {
			names[i] = d.say(sourceUnsaid)
		}
	}
	if most := n * columns; len(all) > most {
		names = append(names[:most-1], d.fill(sourceOthers, "{n}", strconv.Itoa(len(all)-most+1)))
		rest := store.Total{}
		for _, total := range all[most-1:] {
			rest = rest.Add(total)
		}
		all = append(all[:most-1], rest)
	}
	var whole money.Amount
	sum := 0
	for _, total := range all {
		whole += max(0, total.Amount-total.ReversedAmount)
		sum = max(sum, look.Width((total.Amount - total.ReversedAmount).Number()))
	}
	width := (w - gap*(columns-1)) / columns
	for i, total := range all {
		line := sourceLine(d, names[i], total, whole, width, sum)
		if i/n > 0 {
			line = strings.Repeat(" ", gap) + line
		}
		lines[i%n] += line
	}
	return lines
}

// The widths of what is said of a way of paying, in cells.
const (
	sourceNameWidth = 10
	sourceCount     = 5
	sourceShare     = 6  // " 100 %"
	mostShareBar    = 24 // of the bar
	leastShareBar   = 3
)

// sourceLine is one way of paying: name, sum, how many, the share as a bar. sum
// is how wide the widest sum is.
func sourceLine(d *desk, name string, total store.Total, whole money.Amount, w, sum int) string {
	taken := total.Amount - total.ReversedAmount
	line := d.theme.Faint.Paint(look.Fit(name, sourceNameWidth)) + " " + look.FitRight(taken.Number(), sum)
	left := w - sourceNameWidth - 1 - sum
	if left < 0 {
		return look.Fit(look.Fit(name, max(0, w-sum-1))+" "+look.FitRight(taken.Number(), sum), w)
	}
	if left >= sourceCount {
		line += d.theme.Faint.Paint(look.FitRight(strconv.Itoa(int(total.Count)), sourceCount))
		left -= sourceCount
	}
	percent := share(taken, whole)
	if bar := min(left-2-sourceShare, mostShareBar); bar >= leastShareBar {
		line += "  " + shareBar(d, percent, bar)
		left -= 2 + bar
	}
	if left >= sourceShare {
		line += d.theme.Faint.Paint(look.FitRight(strconv.Itoa(percent)+"\u00A0%", sourceShare))
	}
	return look.Fit(line, w)
}

// share is a part in percent, rounded.
func share(part, whole money.Amount) int {
	for whole > 1<<50 {
		part, whole = part/2, whole/2
	}
	if part <= 0 || whole <= 0 {
		return 0
	}
	return int((part*100 + whole/2) / whole)
}

// shareBar is a line of w cells, so much of it strong. What there is any of can
// be seen.
func shareBar(d *desk, percent, w int) string {
	on, off := "━", "─"
	if d.theme.ASCII {
		on, off = "=", "-"
	}
	full := (percent*w + 50) / 100
	if percent > 0 {
		full = max(full, 1)
	}
	return d.theme.Bar.Paint(strings.Repeat(on, full)) + d.theme.Rule.Paint(strings.Repeat(off, w-full))
}

var (
	sourceUnsaid = lang.Text{UZ: "aytilmagan", RU: "не указан", EN: "not said"}
	sourceOthers = lang.Text{UZ: "yana {n} ta", RU: "ещё {n}", EN: "{n} others"}
)
