package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// customerMessage is what is sent to the customer, in the seat's language: who
// asks, what for, how much, and where to pay. Without a link it ends before that.
func customerMessage(d *desk, inv store.Invoice) string {
	var lines []string
	if shop := look.Foreign(d.Shop.Name); shop != "" {
		lines = append(lines, shop)
	}
	what := d.purpose(inv)
	switch {
	case inv.Reusable():
		lines = append(lines, d.fill(messageOpen, "{number}", inv.Number.String()))
	default:
		lines = append(lines, d.fill(messageSum, "{what}", what, "{sum}", d.sum(inv.Amount)),
			d.fill(messageNumber, "{number}", inv.Number.String()))
	}
	if link := d.links(inv).Payment; link != "" {
		lines = append(lines, d.fill(messageLink, "{link}", link))
	}
	text := strings.Join(lines, "\n")
	if d.PlainApostrophe {
		return lang.ASCIIApostrophe(text)
	}
	return text
}

// mostNamed is how many lines of an invoice a message names.
const mostNamed = 3

// purpose is what an invoice is for: its lines by name, or else its kind.
func (d *desk) purpose(inv store.Invoice) string {
	if len(inv.Lines) == 0 {
		return d.kindWord(inv.Kind)
	}
	var names []string
	for _, l := range inv.Lines[:min(len(inv.Lines), mostNamed)] {
		names = append(names, look.Foreign(l.Name))
	}
	what := strings.Join(names, ", ")
	if len(inv.Lines) > mostNamed {
		what += "…"
	}
	return what
}

var (
	messageSum    = lang.Text{UZ: "{what}: {sum}", RU: "{what}: {sum}", EN: "{what}: {sum}"}
	messageNumber = lang.Text{UZ: "hisob raqami: {number}", RU: "номер счёта: {number}", EN: "invoice number: {number}"}
	messageOpen   = lang.Text{UZ: "hisob raqami: {number}, summani o‘zingiz kiritasiz", RU: "номер счёта: {number}, сумму введите сами", EN: "invoice number: {number}, you enter the sum"}
	messageLink   = lang.Text{UZ: "to‘lash: {link}", RU: "оплатить: {link}", EN: "pay here: {link}"}
)
