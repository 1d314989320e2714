package tui

import (
	"tushum/internal/lang"
	"tushum/internal/money"
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

// dealState is the sign, the word and the colour for where a deal stands.
func (d *desk) dealState(deal store.Deal) (sign, word string, style look.Style) {
	signs, theme := d.theme.Signs, d.theme
	state := deal.StateAt(d.now())
	word = store.DealStateWord(state, d.Lang)
	switch state {
	case store.DealCompleted:
		return signs.Paid, word, theme.Good
	case store.DealClaimed:
		return signs.Paying, word, theme.Warn
	case store.DealDisputed:
		return signs.Warn, word, theme.Warn
	case store.DealRefunded:
		return signs.Reversed, word, theme.Bad
	case store.DealExpired:
		return signs.Expired, word, theme.Faint
	case store.DealCanceled:
		return signs.Cancelled, word, theme.Faint
	case store.DealVoid:
		return signs.Failed, word, theme.Faint
	}
	return signs.Waiting, word, theme.Text
}

// dealSum is what a deal was for, or what came by it.
func dealSum(deal store.Deal) money.Amount {
	if deal.TransID != "" && deal.Told != 0 {
		return deal.Told
	}
	return deal.Amount
}

// pageItself is who the ledger names where a payer has begun on the pay page.
const pageItself = "page"

// dealOrigin is who had the deal made, and what its payment system calls it.
func (d *desk) dealOrigin(deal store.Deal) string {
	by := look.Foreign(deal.By)
	if deal.By == pageItself {
		by = d.say(thePayPage)
	}
	by = d.fill(dealAskedBy, "{by}", by)
	if deal.ID == "" {
		return by
	}
	return joinWords(d, by, d.fill(dealID, "{id}", look.Foreign(deal.ID)))
}

// dealTrouble says what somebody has to look at, with the payment system's own word;
// empty where there is nothing.
func (d *desk) dealTrouble(deal store.Deal) string {
	says, troubled := dealTroubles[deal.Trouble]
	if !troubled {
		return ""
	}
	return d.fillSystem(says, deal.System, "{word}", look.Foreign(deal.Word))
}

// kindWord is what an invoice is for, in a word.
func (d *desk) kindWord(k store.Kind) string {
	return look.Foreign(store.KindWord(k, d.Lang))
}

var (
	beingPaid   = lang.Text{UZ: "to‘lanmoqda", RU: "оплачивается", EN: "being paid now"}
	dealAskedBy = lang.Text{UZ: "so‘ragan: {by}", RU: "запрос: {by}", EN: "asked by {by}"}
	thePayPage  = lang.Text{UZ: "to‘lov sahifasi", RU: "страница оплаты", EN: "the pay page"}
	dealID      = lang.Text{UZ: "bitim raqami {id}", RU: "номер сделки {id}", EN: "deal ID {id}"}

	dealTroubles = map[store.DealTrouble]lang.Text{
		store.NoAmount: {
			UZ: "{system} to‘landi deydi, lekin summani aytmaydi: kabinetni tekshiring",
			RU: "{system} пишет «оплачено», но не называет сумму: проверьте в кабинете",
			EN: "{system} says it is paid, and not how much came: look in its cabinet",
		},
		store.UnknownStatus: {
			UZ: "{system} noma’lum holatni aytdi ({word}): kabinetni tekshiring",
			RU: "{system} сообщает неизвестное состояние ({word}): проверьте в кабинете",
			EN: "{system} tells an unknown state ({word}): look in its cabinet",
		},
	}

	invoiceStates = map[store.InvoiceStatus]lang.Text{
		store.Open:      {UZ: "ochiq", RU: "открыт", EN: "open"},
		store.Paid:      {UZ: "to‘landi", RU: "оплачен", EN: "paid"},
		store.Cancelled: {UZ: "bekor qilindi", RU: "отменён", EN: "cancelled"},
		store.Expired:   {UZ: "muddati o‘tdi", RU: "просрочен", EN: "expired"},
		store.Refunded:  {UZ: "qaytarildi", RU: "возвращён", EN: "refunded"},
	}
)
