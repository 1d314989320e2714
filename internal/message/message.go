// Package message owns the text that a shop sends with a payment link: the
// templates in three languages, what may stand in them, and how they are filled
// in. It imports the leaves internal/lang and internal/clean only.
package message

import (
	"strings"

	"tushum/internal/clean"
	"tushum/internal/lang"
)

// Facts is what a message can say. What is empty is left out. There is no
// place for the customer's name or phone: a message is passed on, and shown in
// previews.
type Facts struct {
	Shop       string
	What       string // the invoice is for
	Sum        string // as people read it; empty where the customer chooses it
	Number     string // of the invoice
	Link       string
	When       string // of the appointment
	Specialist string
	Until      string // when the invoice expires
}

// Template is a text with places to fill in. It is read with Parse; the zero
// Template is an empty text.
type Template struct{ lines [][]piece }

// piece is a text, or the place of a fact.
type piece struct {
	text  string
	place string // one of places; empty for a text
}

// at is what stands in a place, clean.
func (f Facts) at(place string) string {
	switch place {
	case "shop":
		return oneLine(f.Shop)
	case "what":
		return oneLine(f.What)
	case "sum":
		return sumLine(f.Sum)
	case "number":
		return oneLine(f.Number)
	case "link":
		return link(f.Link)
	case "when":
		return oneLine(f.When)
	case "specialist":
		return oneLine(f.Specialist)
	case "until":
		return oneLine(f.Until)
	}
	return ""
}

// Fill puts the facts into their places. A line that has places, all of them of
// empty facts, is left out; in one with some of them empty, the signs that were
// to part them from the others go too. Facts are cleaned and each stays in its
// place, whatever is in it: it can't add a line, or a place to fill in.
func (t Template) Fill(f Facts) string {
	var lines []string
	for _, pieces := range t.lines {
		line, says := fillLine(pieces, f)
		// Two paragraphs are parted once, also where one between them came to nothing.
		if doubled := line == "" && (len(lines) == 0 || lines[len(lines)-1] == ""); says && !doubled {
			lines = append(lines, line)
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// fillLine tells whether there is something to say in a line, and what.
func fillLine(pieces []piece, f Facts) (line string, says bool) {
	var b strings.Builder
	between := "" // is written when there is something on both sides of it
	lost := false // an empty fact came after between
	asked, filled := 0, 0
	for i, p := range pieces {
		value := p.text
		if p.place != "" {
			value = f.at(p.place)
			asked++
		}
		switch {
		case value == "":
			lost = true
			continue
		case p.place != "":
			filled++
		case i > 0 && strings.Trim(value, separators) == "":
			between, lost = value, false
			continue
		}
		if b.Len() > 0 {
			b.WriteString(between)
		}
		b.WriteString(value)
		between = ""
	}
	if !lost {
		b.WriteString(between)
	}
	return b.String(), asked == 0 || filled > 0
}

// separators stand between two facts of a line.
const separators = " ,;:–—-·|/"

// maxFact is the longest fact of a message, in characters.
const maxFact = 200

// oneLine makes one clean line of a fact.
func oneLine(s string) string {
	return clean.Line(strings.Join(strings.Fields(s), " "), maxFact).String()
}

// noBreak parts the digits of a sum.
const noBreak = "\u00a0"

// sumLine is oneLine that keeps the no-break spaces of a sum.
func sumLine(s string) string {
	return strings.ReplaceAll(oneLine(strings.ReplaceAll(s, noBreak, " ")), " ", noBreak)
}

// link is whole, however long it is: cut it leads nowhere.
func link(s string) string { return clean.Clean(strings.TrimSpace(s)).String() }

var defaults = lang.Text{
	UZ: "{shop}\n{what}: {sum}\n{when}, {specialist}\nTo‘lov raqami: {number}\nTo‘lash muddati: {until}\nTo‘lash: {link}",
	RU: "{shop}\n{what}: {sum}\n{when}, {specialist}\nСчёт № {number}\nОплатить до: {until}\nОплатить: {link}",
	EN: "{shop}\n{what}: {sum}\n{when}, {specialist}\nInvoice number: {number}\nPay by: {until}\nPay here: {link}",
}

// Default is the message of a shop that has written none.
func Default(l lang.Lang) Template {
	t, _ := Parse(defaults.In(l)) // a test reads each
	return t
}
