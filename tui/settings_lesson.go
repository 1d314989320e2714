package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// lesson is what a kind of payment is for, told to somebody who has a shop and
// no time.
type lesson struct {
	purpose  lang.Text
	steps    []lang.Text // an example, step by step
	customer lang.Text   // what they see
	till     lang.Text   // what the program does
}

// widestLesson is how wide the texts grow, in cells: longer lines are hard to read.
const widestLesson = 76

// lesson is the text about a kind of payment, w cells wide.
func (d *desk) lesson(k store.Kind, w int) []string {
	inner := max(1, min(w-4, widestLesson))
	l := lessons[k]
	lines := []string{""}
	paragraph := func(text lang.Text) {
		lines = append(lines, moved(d.painted(d.theme.Text, inPieces(d.say(text)), inner), 2)...)
	}
	heading := func(text lang.Text) {
		lines = append(lines, "", "  "+d.theme.Title.Paint(look.Cut(d.say(text), inner)))
	}
	paragraph(l.purpose)
	heading(lessonExample)
	for i, step := range l.steps {
		sign := "  " + d.theme.Key.Paint(string(rune('1'+i))) + " "
		lines = append(lines, hung(sign, look.Wrap(inPieces(d.say(step)), max(1, inner-2)))...)
	}
	heading(lessonCustomer)
	paragraph(l.customer)
	heading(lessonTill)
	paragraph(l.till)
	return append(lines, "")
}

// inPieces keeps sums, and keys with their names, on one line: what is joined
// with an underscore is shown with a no-break space.
func inPieces(text string) string { return strings.ReplaceAll(text, "_", "\u00a0") }

var (
	lessonExample  = lang.Text{UZ: "masalan", RU: "например", EN: "for example"}
	lessonCustomer = lang.Text{UZ: "mijoz nimani ko‘radi", RU: "что видит клиент", EN: "what the customer sees"}
	lessonTill     = lang.Text{UZ: "kassa nima qiladi", RU: "что делает касса", EN: "what the till does"}
)
