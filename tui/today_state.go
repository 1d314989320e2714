package tui

import (
	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// paymentState is how the state of a payment is shown.
type paymentState struct {
	sign  string
	word  lang.Text
	style look.Style
	money bool // the shop has it, or is about to
}

// stateOf is where a payment stands now.
func stateOf(d *desk, t store.Transaction, now store.Instant) paymentState {
	signs, theme := d.theme.Signs, d.theme
	switch t.StatusAt(now, d.rules().TransactionTTL) {
	case store.Confirmed:
		switch store.RefundStateOf(t) {
		case store.Requested:
			return paymentState{signs.Waiting, stateAsked, theme.Warn, true}
		case store.Refused:
			return paymentState{signs.Paid, stateKept, theme.Warn, true}
		}
		return confirmedState(d, t)
	case store.Reversed:
		switch {
		case t.ConfirmedAt == 0:
			return paymentState{signs.Reversed, stateCalledOff, theme.Faint, false}
		case store.RefundStateOf(t) == store.RefundDone:
			return paymentState{signs.Reversed, stateRefunded, theme.Faint, false}
		}
		return paymentState{signs.Reversed, stateTakenBack, theme.Bad, false}
	case store.FailedTx:
		return paymentState{signs.Failed, failWord(t.Reason), theme.Faint, false}
	}
	return paymentState{signs.Paying, statePaying, theme.Warn, true}
}

// confirmedState is that of money that came: where somebody has to look at it, or had
// to, the row says so.
func confirmedState(d *desk, t store.Transaction) paymentState {
	signs, theme := d.theme.Signs, d.theme
	switch {
	case t.Unsettled():
		return paymentState{signs.Warn, stateUnsettled, theme.Warn, true}
	case !t.Applied():
		return paymentState{signs.Cancelled, stateSettled, theme.Faint, true}
	case t.Late:
		return paymentState{signs.Paid, stateLate, theme.Warn, true}
	}
	return paymentState{signs.Paid, statePaid, theme.Good, true}
}

func failWord(why store.FailReason) lang.Text {
	switch why {
	case store.FailCancelled:
		return stateCancelled
	case store.FailRival:
		return stateRival
	}
	return stateExpired // by the clock, where it is not written down yet
}

// stateWidth is how much the words of states take: the usual ones, and all.
func stateWidth(d *desk) (least, most int) {
	for _, word := range []lang.Text{statePaid, statePaying, stateExpired, stateCancelled, stateRival, stateCalledOff, stateRefunded, stateTakenBack, stateAsked, stateKept, stateUnsettled, stateSettled, stateLate} {
		most = max(most, 2+look.Width(d.say(word)))
	}
	return min(most, 14), most
}

var (
	statePaid      = lang.Text{UZ: "to‘landi", RU: "оплачен", EN: "paid"}
	statePaying    = lang.Text{UZ: "to‘lanmoqda", RU: "оплачивают", EN: "being paid"}
	stateExpired   = lang.Text{UZ: "vaqti o‘tdi", RU: "время вышло", EN: "out of time"}
	stateCancelled = lang.Text{UZ: "hisob bekor", RU: "счёт отменён", EN: "cancelled"}
	stateRival     = lang.Text{UZ: "boshqasi o‘tdi", RU: "прошёл другой", EN: "other one paid"}
	stateCalledOff = lang.Text{UZ: "bank to‘xtatdi", RU: "банк отменил", EN: "called off"}
	stateRefunded  = lang.Text{UZ: "qaytarildi", RU: "возвращён", EN: "refunded"}
	stateTakenBack = lang.Text{UZ: "qaytib ketdi", RU: "забрали назад", EN: "taken back"}
	stateUnsettled = lang.Text{UZ: "hal qiling", RU: "нужно решить", EN: "to decide"}
	stateSettled   = lang.Text{UZ: "boshqacha hal", RU: "решено иначе", EN: "closed apart"}
	stateLate      = lang.Text{UZ: "kech to‘landi", RU: "с опозданием", EN: "paid late"}
	stateAsked     = lang.Text{UZ: "so‘rov bankda", RU: "ждёт возврата", EN: "refund asked"}
	stateKept      = lang.Text{UZ: "qaytarilmadi", RU: "не возвращён", EN: "refund refused"}
)
