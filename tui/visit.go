package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tushum/store"
)

// visitMsg is a record that was loaded for a screen that wants to open it.
type visitMsg struct {
	from        screen
	invoice     store.Invoice
	transaction store.Transaction // zero: it is the invoice that is opened
	err         error
}

// visitInvoice loads an invoice, to open it in front of a screen.
func (d *desk) visitInvoice(from screen, n store.Number) tea.Cmd {
	ledger := d.Ledger
	return func() tea.Msg {
		inv, err := ledger.Invoice(context.Background(), n)
		return visitMsg{from: from, invoice: inv, err: err}
	}
}

// visitTransaction does the same for a transaction.
func (d *desk) visitTransaction(from screen, system store.System, transID string) tea.Cmd {
	ledger := d.Ledger
	return func() tea.Msg {
		t, err := ledger.TransactionOf(context.Background(), system, transID)
		return visitMsg{from: from, transaction: t, err: err}
	}
}

// visit opens what was loaded for a screen.
func (d *desk) visit(s screen, msg visitMsg) tea.Cmd {
	switch {
	case msg.from != s:
		return nil
	case msg.err != nil:
		return toast(bad, d.trouble(msg.err))
	case msg.transaction.TransID != "":
		return d.push(newTransaction(d, msg.transaction))
	}
	return d.push(newInvoice(d, msg.invoice))
}
