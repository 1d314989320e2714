package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
)

// callScreen is one call of the bank with all that is known of it.
type callScreen struct {
	scroller
	row callRow
}

// callReadMsg is a call with what was looked up of it.
type callReadMsg struct {
	screen *callScreen
	row    callRow
}

func newCall(_ *desk, c store.Call) *callScreen {
	return &callScreen{row: callRow{Call: c, amount: amountOf(c)}}
}

func (s *callScreen) title(d *desk) string { return d.say(callTitle) }

func (s *callScreen) scopes(*desk) []keys.Scope { return []keys.Scope{keys.Call, keys.Text} }

func (s *callScreen) show(d *desk) tea.Cmd {
	ledger, c := d.Ledger, s.row.Call
	return func() tea.Msg { return callReadMsg{s, readCall(context.Background(), ledger, c)} }
}

func (s *callScreen) update(d *desk, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case callReadMsg:
		if msg.screen == s {
			s.row = msg.row
		}
	case happenedMsg:
		if msg.anew { // the call was made all the same; what it was about has changed
			s.row = callRow{Call: s.row.Call, amount: s.row.amount}
			return s.show(d)
		}
	case visitMsg:
		return d.visit(s, msg)
	}
	return nil
}

func (s *callScreen) act(d *desk, a keys.Action) tea.Cmd {
	s.scroll(a)
	return d.actOnCall(s, a, s.row)
}

func (s *callScreen) why(_ *desk, a keys.Action) lang.Text { return whyNotOnCall(a, s.row) }

// actOnCall does what can be done with one call, wherever it is shown.
func (d *desk) actOnCall(from screen, a keys.Action, row callRow) tea.Cmd {
	switch a {
	case keys.ToInvoice:
		return d.visitInvoice(from, row.Number)
	case keys.ToPayment:
		return d.visitTransaction(from, row.System, row.TransID)
	case keys.Raw:
		call := row.Call
		return d.push(newText(rawTitle, func(d *desk, w int) []string { return d.rawCalls([]store.Call{call}, w) }))
	}
	return nil
}

func whyNotOnCall(a keys.Action, row callRow) (none lang.Text) {
	switch {
	case a == keys.ToInvoice && row.Number == 0:
		return callNoInvoice
	case a == keys.ToPayment && (row.TxSeq == 0 || row.TransID == ""):
		return callNoPayment
	}
	return none
}

var (
	callTitle     = lang.Text{UZ: "so‘rov", RU: "запрос", EN: "call"}
	callNoInvoice = lang.Text{UZ: "bu so‘rovda mavjud hisob raqami yo‘q", RU: "в этом запросе нет номера существующего счёта", EN: "this call names no invoice"}
	callNoPayment = lang.Text{UZ: "bu so‘rovdan to‘lov yaratilmagan", RU: "по этому запросу нет платежа", EN: "no payment belongs to this call"}
)
