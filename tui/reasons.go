package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// reason is why a call of the bank was refused, as people read it. Texts may
// hold {code}, ({number}), ({status}), {got} and {want}, each once.
type reason struct {
	says  lang.Text // what happened
	exact lang.Text // the same, where both sums are known; empty: no sums belong to it
	hint  lang.Text // what to do
	cases []reasonCase
	cause store.Code // the ledger's own refusal, which knows the sums
}

// reasonCase is a closer look at a refusal, by a part of what the listener
// wrote down for technicians.
type reasonCase struct {
	wrote      string
	says, hint lang.Text // an empty one leaves the general one
}

// reasonOf finds the reason for a code of the wire. A code that is not of the
// Merchant API has one as well.
func reasonOf(code string) reason {
	if r, ok := reasons[code]; ok {
		return r
	}
	if r, ok := callbackReasons[code]; ok {
		return r
	}
	return reasonUnknown
}

// of picks the texts for one call.
func (r reason) of(c callRow) (says, hint lang.Text) {
	says, hint = r.says, r.hint
	if c.want != 0 && r.cause != "" {
		says = r.exact
	}
	for _, one := range r.cases {
		if !strings.Contains(c.Reason, one.wrote) {
			continue
		}
		if one.says != (lang.Text{}) {
			says = one.says
		}
		if one.hint != (lang.Text{}) {
			hint = one.hint
		}
		break
	}
	return says, hint
}

// turnedAway tells of a call that was refused.
func turnedAway(c store.Call) bool { return c.Code != "" }

// callbackReasons are why a call of a payment system that makes deals was refused.
// None of them matters to the money: the deals are asked about all the same.
var callbackReasons = map[string]reason{
	store.CallUnreadable: callbackUnproven, store.CallForged: callbackUnproven, store.CallBusy: callbackLater,
}

// refusal says why a call was refused and what to do about it; both are empty
// for one that was not.
func (d *desk) refusal(c callRow) (says, hint string) {
	if !turnedAway(c.Call) {
		return "", ""
	}
	saysText, hintText := reasonOf(c.Code).of(c)
	return c.fill(d.say(saysText), d.Lang), c.fill(d.say(hintText), d.Lang)
}

// fill puts in what the {…} of a reason stand for. What is not known takes the
// brackets around it along. It is called for each row of a frame: most texts
// have nothing to put in.
func (c callRow) fill(text string, l lang.Lang) string {
	if !strings.Contains(text, "{") {
		return text
	}
	status := store.StatusWord(c.status, l)
	if c.why != "" {
		status += ": " + store.ReasonWord(c.why, l)
	}
	for _, hole := range []struct{ name, value string }{{"{status}", status}, {"{number}", c.Number.String()}} {
		if hole.value == "" {
			text = strings.Replace(text, " ("+hole.name+")", "", 1)
		}
		text = strings.Replace(text, hole.name, hole.value, 1)
	}
	text = strings.Replace(text, "{code}", look.Foreign(c.Code), 1)
	text = strings.Replace(text, "{got}", c.amount.Number(), 1)
	return strings.Replace(text, "{want}", c.want.Number(), 1)
}
