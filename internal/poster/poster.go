// Package poster owns what a poster says and where its code leads: the one by the
// till, and that of a single invoice. Package qr draws it.
package poster

import (
	"strings"
	"unicode"

	"tushum/internal/clean"
	"tushum/internal/lang"
)

// Facts is what a poster is about. What is empty is left out.
type Facts struct {
	Shop   string
	Number string // of the invoice
	Link   string // that the code holds
	System string // what people call the payment system
	// Page says that the code leads to the shop's pay page, and otherwise straight
	// to the payment system's app.
	Page bool
	Card bool // on that page it is paid by card
	// Counter says that it is the till's code, with the sum for the customer to
	// type, and otherwise that of one invoice.
	Counter bool
	// Sum is that of one invoice, as people read it, with its no-break spaces.
	Sum string
}

// Words are the texts of a poster, each on one line, with nothing in them that does
// not show.
type Words struct {
	Shop    string
	Heading string
	Steps   []string
	Number  string // the number with what it is, for whoever types it
	Link    string // of the pay page, for whoever types it; empty for the app's
	Notice  string // whose code it is, and whose it is not
}

// For says in l what is to be printed about f.
func For(l lang.Lang, f Facts) Words {
	w := Words{
		Shop:    line(f.Shop),
		Heading: f.names(heading, l),
		Steps:   []string{stepScan.In(l), stepSum(l, f), f.names(stepPay(f), l)},
		Notice:  f.names(noticeApp, l),
	}
	if f.Page {
		w.Notice, w.Link = noticePage.In(l), typeable(line(f.Link))
	}
	if number := line(f.Number); number != "" {
		w.Number = strings.ReplaceAll(numberOf.In(l), "{number}", number)
	}
	return w
}

// names puts the name of the payment system into a text.
func (f Facts) names(t lang.Text, l lang.Lang) string {
	return strings.ReplaceAll(t.In(l), "{system}", line(f.System))
}

// typeable is a link as people type it. That of the app is no such thing, and is
// not printed.
func typeable(link string) string {
	_, rest, found := strings.Cut(link, "://")
	if !found {
		return link
	}
	return rest
}

func stepSum(l lang.Lang, f Facts) string {
	sum := sumLine(f.Sum)
	switch {
	case f.Counter && f.Page:
		return stepType.In(l)
	case f.Counter:
		return f.names(stepTypeApp, l)
	case sum == "":
		return stepCheck.In(l)
	}
	return strings.ReplaceAll(stepCheckSum.In(l), "{sum}", sum)
}

func stepPay(f Facts) lang.Text {
	switch {
	case f.Page && f.Card:
		return stepPayCard
	case f.Page:
		return stepPayPage
	}
	return stepPayApp
}

// mostRunes is more than a poster has room for.
const mostRunes = 500

// line gives foreign text on one line, without what does not show. On paper a code
// such as <U+200B> in its place would help nobody.
func line(s string) string {
	shown := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == unicode.ReplacementChar, !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, s)
	return clean.Line(strings.Join(strings.Fields(shown), " "), mostRunes).String()
}

// sumLine keeps the no-break spaces that hold a sum together.
func sumLine(s string) string {
	const noBreakSpace = "\u00a0"
	groups := strings.Split(strings.ReplaceAll(s, "\u202f", noBreakSpace), noBreakSpace)
	for i, group := range groups {
		groups[i] = line(group)
	}
	return strings.Join(groups, noBreakSpace)
}
