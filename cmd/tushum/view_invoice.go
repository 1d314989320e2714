package main

import (
	"fmt"
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// card is a list of labels with their values; absent values are left out.
type card struct {
	a *App
	t table
}

func (a *App) card() *card { return &card{a: a, t: table{limit: a.Width, wrap: true}} }

func (c *card) add(label lang.Text, value string) {
	if value != "" {
		c.t.add(c.a.say(label), value)
	}
}

// printInvoice shows an invoice with its payments, and with the deals by which it
// was to be paid.
func (a *App) printInvoice(s *shop, inv store.Invoice, ts []store.Transaction, ds []store.Deal) error {
	if a.flags.json {
		return a.printJSON(viewInvoice(s, inv, ts, ds))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n", a.styles().titled(a.say(labelInvoice)+" "+inv.Number.String()), a.status(statusOf(inv, liveOf(ts))))
	b.WriteString(a.invoiceCard(s, inv))
	if len(inv.Lines) > 0 {
		b.WriteString("\n" + a.say(labelLines) + "\n" + a.lineTable(inv.Lines))
	}
	if len(ts) > 0 {
		b.WriteString("\n" + a.say(labelPayments) + "\n")
		t := a.transactionTable()
		for _, tx := range ts {
			a.addTransaction(t, s, tx)
		}
		b.WriteString(t.String())
	}
	if len(ds) > 0 {
		b.WriteString("\n" + a.say(labelDeals) + "\n" + a.dealTable(s, ds))
	}
	return a.print(b.String())
}

func (a *App) invoiceCard(s *shop, inv store.Invoice) string {
	calendar := s.Rules().Calendar
	c := a.card()
	a.addAmounts(c, inv)
	if inv.Reusable() {
		c.add(labelBounds, a.bounds(inv))
	}
	c.add(labelKind, a.kindWord(inv.Kind))
	c.add(labelCustomer, customerText(inv.Customer))
	c.add(labelSpecialist, foreign(inv.Specialist))
	c.add(labelAppointment, calendar.Show(inv.AppointmentAt))
	c.add(labelNote, foreign(inv.Note))
	c.add(labelCreated, withAuthor(calendar.Show(inv.CreatedAt), inv.CreatedBy))
	c.add(labelExpires, calendar.Show(inv.ExpiresAt))
	c.add(labelPaid, withAuthor(calendar.Show(inv.PaidAt), inv.PaidBy))
	c.add(labelClosed, calendar.Show(inv.ClosedAt))
	c.add(labelReason, foreign(inv.Reason))
	c.add(labelSystem, a.systemWord(s, inv.PaymentSystem()))
	link, app := s.paymentLinks(inv)
	c.add(labelPaymentLink, foreign(link))
	if app != link {
		c.add(labelAppLink, foreign(app))
	}
	if link == "" && inv.Status == store.Open {
		c.add(labelPaymentLink, a.say(s.whyNoLink(inv)))
	}
	return c.t.String()
}

// addAmounts says what the invoice asks for, and how that comes about.
func (a *App) addAmounts(c *card, inv store.Invoice) {
	if inv.Discount == 0 && inv.Prepaid == 0 {
		c.add(labelAmount, a.sum(inv.Amount))
		return
	}
	c.add(labelFull, a.sum(inv.Amount+inv.Discount+inv.Prepaid)) // the ledger takes none that overflows
	c.add(labelDiscount, a.sum(-inv.Discount))
	c.add(labelPrepaid, a.sum(-inv.Prepaid))
	c.add(labelDue, a.sum(inv.Amount))
}

func (a *App) bounds(inv store.Invoice) string {
	least, most := a.sum(inv.MinAmount), a.sum(inv.MaxAmount)
	if least == "" && most == "" {
		return ""
	}
	return least + " – " + most
}

// sum shows an amount, and nothing for one that is absent.
func (a *App) sum(amount money.Amount) string {
	if amount == 0 {
		return ""
	}
	return amount.Format(a.lang)
}

func customerText(c store.Customer) string {
	if c.Phone == "" {
		return foreign(c.Name)
	}
	return strings.TrimPrefix(foreign(c.Name)+", "+c.Phone.String(), ", ")
}

func withAuthor(at, by string) string {
	if at == "" {
		return ""
	}
	return at + ", " + foreign(by)
}

func (a *App) lineTable(lines []store.Line) string {
	t := table{limit: a.Width, right: map[int]bool{1: true, 2: true, 3: true}}
	for _, l := range lines {
		cost, err := l.Cost()
		if err != nil { // the ledger takes no such line
			cost = 0
		}
		t.add("  "+foreign(l.Name), fmt.Sprintf("%d ×", l.Quantity), l.Price.Format(a.lang), cost.Format(a.lang))
	}
	return t.String()
}

// invoiceTable is a list of invoices, which addInvoice fills.
func (a *App) invoiceTable() *table {
	t := &table{right: map[int]bool{2: true}, times: []int{4}, drop: []int{6, 3, 5, 4}}
	t.head(a, labelNumber, labelStatus, labelAmount, labelKind, labelCreated, labelCustomer, labelNote)
	return t
}

// payments are the invoices that somebody is paying now.
type payments map[store.Number]bool

func liveOf(ts []store.Transaction) payments {
	live := make(payments)
	for _, t := range ts {
		if t.Status == store.Created {
			live[t.Number] = true
		}
	}
	return live
}

// statusOf is what people read as the status: "being paid" is none that is
// kept, for the transactions of the moment tell it.
func statusOf(inv store.Invoice, live payments) string {
	if inv.Status == store.Open && live[inv.Number] {
		return store.Created.String()
	}
	return inv.Status.String()
}

func (a *App) addInvoice(t *table, s *shop, inv store.Invoice, live payments) {
	amount := a.sum(inv.Amount)
	if inv.Reusable() {
		amount = a.bounds(inv)
	}
	customer := inv.Customer
	customer.Name = foreignCut(customer.Name)
	t.add(inv.Number.String(), a.status(statusOf(inv, live)), amount, a.kindWord(inv.Kind),
		s.Rules().Calendar.Show(inv.CreatedAt), customerText(customer), foreignCut(inv.Note))
}
