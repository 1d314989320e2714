package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/message"
	"tushum/store"
	"tushum/tui/keys"
)

// customerMessage is what is sent to the customer: who asks, what for, how much,
// and where to pay.
func (d *desk) customerMessage(inv store.Invoice, l lang.Lang) string {
	template, own := d.Message[l]
	if !own {
		template = message.Default(l)
	}
	facts := inv.MessageFacts(d.rules().Calendar, l)
	facts.Shop, facts.Link = d.Shop.Name, d.links(inv).Payment
	text := template.Fill(facts)
	if d.PlainApostrophe {
		return lang.ASCIIApostrophe(text)
	}
	return text
}

// copiedMessage is the message that was copied last.
type copiedMessage struct {
	number store.Number
	in     lang.Lang
	at     store.Instant
}

// messageAgain is how long after a copy the same key copies the next language.
const messageAgain = 6 * time.Second

// copyMessage copies the message about an invoice in the seat's language; asked
// again at once, in the next one, for not every customer reads the seat's.
func (d *desk) copyMessage(inv store.Invoice) tea.Cmd {
	l := d.Lang
	if last := d.copied; last.number == inv.Number && d.now() < last.at.Add(messageAgain) {
		l = languageAfter(last.in)
	}
	d.copied = copiedMessage{inv.Number, l, d.now()}
	says := d.fill(messageCopied, "{language}", d.say(languageNames[l]), "{key}", keys.KeyOf(keys.CopyMessage), "{next}", d.say(languageNames[languageAfter(l)]))
	return copyText(d.customerMessage(inv, l), says)
}

func languageAfter(l lang.Lang) lang.Lang {
	return lang.All[(slices.Index(lang.All[:], l)+1)%len(lang.All)]
}

var messageCopied = lang.Text{
	UZ: "xabar nusxalandi: {language}. {key} yana bosilsa: {next}",
	RU: "сообщение скопировано: {language}. Ещё раз {key}: {next}",
	EN: "the message is copied: {language}. {key} again: {next}",
}
