package tui

import (
	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// invoiceState is the sign, the word and the colour for where an invoice
// stands. paying tells that somebody is paying it now.
func (d *desk) invoiceState(status store.InvoiceStatus, paying bool) (sign, word string, style look.Style) {
	signs := d.theme.Signs
	if paying {
		return signs.Paying, d.say(beingPaid), d.theme.Warn
	}
	word = d.say(invoiceStates[status])
	switch status {
	case store.Paid:
		return signs.Paid, word, d.theme.Good
	case store.Cancelled:
		return signs.Cancelled, word, d.theme.Faint
	case store.Expired:
		return signs.Expired, word, d.theme.Faint
	case store.Refunded:
		return signs.Reversed, word, d.theme.Bad
	}
	return signs.Open, word, d.theme.Text
}

// attemptState is where a payment of an invoice stands; of one that came to
// nothing it says why.
func (d *desk) attemptState(t store.Transaction) (says string, style look.Style) {
	state := stateOf(d, t, d.now())
	if t.StatusAt(d.now(), d.rules().TransactionTTL) != store.FailedTx {
		return state.sign + " " + d.say(state.word), state.style
	}
	why := t.Reason
	if why == "" { // only the clock says so yet
		why = store.FailExpired
	}
	return state.sign + " " + store.ReasonWord(why, d.Lang), d.theme.Faint
}

// kindWord is what an invoice is for, in a word.
func (d *desk) kindWord(k store.Kind) string {
	return look.Foreign(store.KindWord(k, d.Lang))
}

var (
	beingPaid = lang.Text{UZ: "to‘lanmoqda", RU: "оплачивается", EN: "being paid now"}

	invoiceStates = map[store.InvoiceStatus]lang.Text{
		store.Open:      {UZ: "ochiq", RU: "открыт", EN: "open"},
		store.Paid:      {UZ: "to‘landi", RU: "оплачен", EN: "paid"},
		store.Cancelled: {UZ: "bekor qilindi", RU: "отменён", EN: "cancelled"},
		store.Expired:   {UZ: "muddati o‘tdi", RU: "просрочен", EN: "expired"},
		store.Refunded:  {UZ: "qaytarildi", RU: "возвращён", EN: "refunded"},
	}
)
