package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/qr"
	"tushum/tui/look"
)

// cardFacts are what the payer of a card compares before they send the money, and what
// the cashier waits for. They stand in every window: large letters give way to them
// first, then hints, then the code.
type cardFacts struct{ sum, card, owner, state, left []string }

func (f cardFacts) rows() int {
	return len(f.sum) + len(f.card) + len(f.owner) + len(f.state) + len(f.left)
}

// cardWidth is a card's number with its groups apart, in cells.
const cardWidth = 19

// cardFacts puts them in small letters, each on lines of its own where h lines are
// enough for that.
func (c *codeScreen) cardFacts(d *desk, w, h int) cardFacts {
	state := c.standing(d)
	f := cardFacts{
		sum:   d.painted(d.theme.Strong, d.sum(c.inv.Amount), w),
		card:  d.painted(d.theme.Accent, look.Foreign(strings.Join(c.attempt.to.CardGroups(), " ")), w),
		owner: c.cardOwner(d, w),
		state: d.painted(state.style, state.sign+" "+d.say(state.word), w),
		left:  c.timeLeft(d),
	}
	if both := c.stateAndTime(d, w); both != nil && (f.rows() > h || h < lowWords) {
		f.state, f.left = both, nil
	}
	return f
}

// cardOwner is whose card it is, and of which bank: on one line, or each on its own.
func (c *codeScreen) cardOwner(d *desk, w int) []string {
	owner, bank := look.Foreign(c.attempt.to.Owner), look.Foreign(c.attempt.to.Bank)
	if both := joinWords(d, owner, bank); look.Width(both) <= w {
		return look.Wrap(both, w)
	}
	return append(look.Wrap(owner, w), look.Wrap(bank, w)...)
}

// cardHint says what the card is for.
func (*codeScreen) cardHint(d *desk, w int) []string {
	return d.painted(d.theme.Faint, d.say(cardToPay), w)
}

// cardWords are what stands beside or above the code of a card, and alone where there
// is no room for the code.
func (c *codeScreen) cardWords(d *desk, w, h int) []paragraph {
	hint := c.cardHint(d, w)
	f := c.cardFacts(d, w, h-len(hint))
	if f.rows()+len(hint) > h {
		hint = nil
	}
	spare := h - f.rows() - len(hint)
	if large := c.largeCard(d, w, min(h/2, len(f.card)+spare)); len(large) > len(f.card) {
		f.card, spare = large, spare-(len(large)-len(f.card))
	}
	if large := c.largeSum(d, w, min(h/4, len(f.sum)+spare)); len(large) > len(f.sum) {
		f.sum = large
	}
	return []paragraph{
		{f.sum, 9},
		{append(hint, f.card...), 10},
		{f.owner, 9},
		{f.state, 8},
		{f.left, 8},
		{c.trouble(d, w), 7},
		{c.attemptLines(d, w, h/4), 5},
		{c.whose(d, w), 3},
	}
}

// largeCard is the card's number in large letters in h lines: on one line, or on two;
// nil where it is too long for that.
func (c *codeScreen) largeCard(d *desk, w, h int) []string {
	groups := c.attempt.to.CardGroups()
	if whole := d.big(look.Foreign(strings.Join(groups, " ")), w, h); len(whole) >= largeRows {
		return paintAll(d.theme.Accent, whole)
	}
	half := (len(groups) + 1) / 2
	first, second := d.big(strings.Join(groups[:half], " "), w, largeRows), d.big(strings.Join(groups[half:], " "), w, largeRows)
	if rows := len(first) + 1 + len(second); len(first) < largeRows || len(second) < largeRows || rows > h {
		return nil
	}
	return paintAll(d.theme.Accent, append(append(first, ""), second...))
}

// fitCard finds the largest drawing of a card's code that leaves room for what is
// compared: with the hint, or else without it. Where there is none ok is false.
func (c *codeScreen) fitCard(d *desk, code qr.Code, s codeStyle, w, h int) (fit codeStyle, where wordsPlace, ok bool) {
	for _, hint := range []func(*desk, int) []string{c.cardHint, noHint} {
		fit, where, ok = fitCode(code, s, w, h, func(columns, rows int) bool {
			said := len(hint(d, columns))
			return columns >= cardWidth && c.cardFacts(d, columns, rows-said).rows()+said <= rows
		})
		if ok && where != nowhere {
			return fit, where, true
		}
	}
	return fit, where, false
}

func noHint(*desk, int) []string { return nil }

var cardToPay = lang.Text{UZ: "shu kartaga aynan shu summa", RU: "на эту карту ровно эту сумму", EN: "exactly this sum to this card"}
