package store

import (
	"strings"

	"tushum/internal/clean"
	"tushum/internal/lang"
	"tushum/internal/message"
)

// A message names so many lines of an invoice, each in so many characters: one
// long name leaves the others their place.
const (
	mostNamed = 3
	mostName  = 60
)

// MessageFacts is what the text that goes with a payment link says of an
// invoice, but for the shop's name and the link, which the settings know. An
// invoice without lines is for its kind, as its page says it; a counter invoice is
// for whatever the customer pays, and has no sum. The customer is not named.
func (i Invoice) MessageFacts(calendar Calendar, l lang.Lang) message.Facts {
	f := message.Facts{
		What: KindTitle(i.Kind, l), Number: i.Number.String(), Specialist: i.Specialist,
		When: calendar.toTheMinute(i.AppointmentAt), Until: calendar.toTheMinute(i.ExpiresAt),
	}
	if i.Reusable() {
		f.What = ""
	} else {
		f.Sum = i.Amount.Format(l)
	}
	if len(i.Lines) > 0 {
		f.What = i.firstLines()
	}
	return f
}

// firstLines names what an invoice is for, as far as a message has room.
func (i Invoice) firstLines() string {
	var names []string
	for _, line := range i.Lines[:min(len(i.Lines), mostNamed)] {
		names = append(names, clean.Line(strings.Join(strings.Fields(line.Name), " "), mostName).String())
	}
	named := strings.Join(names, ", ")
	if len(i.Lines) > mostNamed {
		named = strings.TrimSuffix(named, "…") + "…"
	}
	return named
}
