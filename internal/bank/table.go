package bank

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tushum/internal/lang"
)

// WriteTable prints results as aligned columns, each difference on a line of its own
// under its case, and a summary. Everything that came from the listener has been
// cleaned: no byte of it can move the cursor.
func WriteTable(w io.Writer, l lang.Lang, results []Result) error {
	rows := [][]string{{headVerdict.In(l), headWebhook.In(l), headWant.In(l), headGot.In(l), headTook.In(l), headCase.In(l)}}
	for _, r := range results {
		rows = append(rows, row(r, l))
	}
	widths := columnWidths(rows)
	var b strings.Builder
	for i, cells := range rows {
		writeRow(&b, cells, widths)
		if i == 0 {
			continue
		}
		for _, note := range results[i-1].Notes {
			b.WriteString("      " + note.In(l) + "\n")
		}
	}
	passed, failed, notRun := Count(results)
	b.WriteString("\n" + fill(summaryText.In(l),
		"passed", strconv.Itoa(passed), "failed", strconv.Itoa(failed), "notRun", strconv.Itoa(notRun)) + "\n")
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}

func row(r Result, l lang.Lang) []string {
	verdict, took := verdictFailed, tookText(r.Took)
	switch {
	case r.NotRun:
		verdict, took = verdictNotRun, ""
	case r.OK:
		verdict = verdictPassed
	}
	return []string{verdict.In(l), r.Webhook, r.Want, r.Got, took, Title(r.Name, l)}
}

func tookText(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

// Title is what a case is about; its name when it is not one of this suite's.
func Title(name string, l lang.Lang) string {
	if title, known := titleOf(name); known {
		return title.In(l)
	}
	return shown(name)
}

// Meaning says what an errorCode of Merchant API 1.0.0 means; empty for others.
func Meaning(code string, l lang.Lang) string {
	return meanings[code].In(l)
}

// In puts a note into words.
func (n Note) In(l lang.Lang) string {
	text, known := noteTexts[n.Code]
	if !known {
		return n.Code
	}
	said := fill(text.In(l), "member", n.Member, "want", n.Want, "got", n.Got, "count", strconv.Itoa(n.Count))
	if n.Webhook != "" {
		return n.Webhook + ": " + said
	}
	return said
}

// fill puts values into a text's {names}, once: what a value holds is not read again.
func fill(text string, namesAndValues ...string) string {
	for i := 0; i < len(namesAndValues); i += 2 {
		namesAndValues[i] = "{" + namesAndValues[i] + "}"
	}
	return strings.NewReplacer(namesAndValues...).Replace(text)
}

// columnWidths are in cells: every letter of the three languages takes one.
func columnWidths(rows [][]string) []int {
	widths := make([]int, len(rows[0]))
	for _, cells := range rows {
		for i, cell := range cells {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

func writeRow(b *strings.Builder, cells []string, widths []int) {
	last := len(cells) - 1
	for i, cell := range cells[:last] {
		b.WriteString(cell)
		b.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
	}
	b.WriteString(cells[last] + "\n")
}
