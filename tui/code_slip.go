package tui

import (
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// slipWidth is how many letters a line of a small receipt printer has.
const slipWidth = 32

// slip is the invoice as text for a receipt printer, with plain spaces.
func (c *codeScreen) slip(d *desk) string {
	inv := c.inv
	rule := strings.Repeat("-", slipWidth)
	lines := centered(look.Foreign(d.Shop.Name))
	lines = append(lines, centered(d.local(d.now()).Format("02.01.2006 15:04"))...)
	lines = append(lines, rule, ends(d.say(numberOf), inv.Number.String()))
	if name := look.Foreign(inv.Customer.Name); name != "" {
		lines = append(lines, look.Wrap(name, slipWidth)...)
	}
	if inv.AppointmentAt != 0 {
		lines = append(lines, ends(look.Foreign(inv.Specialist), d.local(inv.AppointmentAt).Format("02.01.2006 15:04")))
	} else if inv.Specialist != "" {
		lines = append(lines, look.Wrap(look.Foreign(inv.Specialist), slipWidth)...)
	}
	lines = append(lines, rule)
	for _, l := range inv.Lines {
		lines = append(lines, slipLine(l)...)
	}
	if len(inv.Lines) > 0 {
		lines = append(lines, rule)
	}
	lines = append(append(lines, slipSums(d, inv)...), "")
	lines = append(lines, c.slipEnd(d)...)
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	text := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(strings.Join(lines, "\n") + "\n")
	switch {
	case d.ASCII:
		return look.ASCII(text)
	case d.PlainApostrophe:
		return lang.ASCIIApostrophe(text)
	}
	return text
}

func slipLine(l store.Line) []string {
	cost, err := l.Cost()
	if err != nil {
		return nil // the rules let no such line into the ledger
	}
	return append(look.Wrap(look.Foreign(l.Name), slipWidth),
		ends("  "+strconv.FormatInt(l.Quantity, 10)+" × "+l.Price.Number(), cost.Number()))
}

// slipSums are the sum to pay, and how it comes about.
func slipSums(d *desk, inv store.Invoice) []string {
	parts := billParts(inv)
	if len(parts) == 0 {
		return []string{ends(d.say(slipSum), d.asked(inv))}
	}
	var lines []string
	for _, part := range parts[:len(parts)-1] {
		lines = append(lines, ends(d.say(part.label), part.amount.Number()))
	}
	return append(lines, ends(d.say(slipDue), d.sum(inv.Amount)))
}

// slipEnd says where the invoice stands: how it was paid, or how to pay it.
func (c *codeScreen) slipEnd(d *desk) []string {
	state := c.standing(d)
	if !state.over {
		return append(centered(d.say(payByLink)), look.Wrap(look.Foreign(c.given(d)), slipWidth)...)
	}
	lines := centered(d.say(state.word))
	switch c.inv.StatusAt(d.now()) {
	case store.Paid:
		lines = append(lines, centered(d.full(c.inv.PaidAt))...)
		lines = append(lines, centered(c.source(d))...)
	case store.Cancelled, store.Refunded:
		lines = append(lines, centered(d.full(c.inv.ClosedAt))...)
	}
	return lines
}

// centered is text in the middle of the slip, on as many lines as it takes.
func centered(text string) []string {
	if text == "" {
		return nil
	}
	lines := look.Wrap(text, slipWidth)
	for i, line := range lines {
		lines[i] = look.Center(line, slipWidth)
	}
	return lines
}

// ends puts two texts at the ends of a line, on two lines where one is too short.
func ends(left, right string) string {
	if gap := slipWidth - look.Width(left) - look.Width(right); gap >= 1 {
		return left + strings.Repeat(" ", gap) + right
	}
	return look.Cut(left, slipWidth) + "\n" + look.FitRight(right, slipWidth)
}

var (
	slipSum   = lang.Text{UZ: "JAMI", RU: "ИТОГО", EN: "TOTAL"}
	slipDue   = lang.Text{UZ: "TO‘LANADI", RU: "К ОПЛАТЕ", EN: "DUE"}
	payByLink = lang.Text{UZ: "to‘lash uchun:", RU: "для оплаты:", EN: "to pay:"}
)
