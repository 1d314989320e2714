package main

import (
	"tushum/internal/lang"
	"tushum/store"
)

var (
	labelUnapplied = lang.Text{UZ: "Qanday keldi", RU: "Каким пришёл", EN: "Came as"}
	labelLate      = lang.Text{UZ: "Kech keldi", RU: "Опоздал", EN: "Late"}
	labelSettled   = lang.Text{UZ: "Qaror", RU: "Решение", EN: "Decision"}
	labelSettledAt = lang.Text{UZ: "Qaror vaqti", RU: "Решено", EN: "Decided"}

	sayLate = lang.Text{
		UZ: "tizim bitimni tugagan deb aytgach yoki do‘kon uni bekor qilgach keldi", RU: "пришёл, когда система уже объявила сделку оконченной или магазин её отозвал", EN: "it came after the system had said that its deal was over, or the shop had cancelled it",
	}
	sayUndecided     = lang.Text{UZ: "qaror kutilyapti", RU: "ждёт решения", EN: "to be decided"}
	sayApplied       = lang.Text{UZ: "hisobga o‘tkazildi", RU: "зачтён в счёт", EN: "applied to the invoice"}
	sayPaidElsewhere = lang.Text{UZ: "to‘landi, hisob uchun emas", RU: "оплачен, не за этот счёт", EN: "paid, not for this invoice"}
	sayClosedWord    = lang.Text{UZ: "yopilgan", RU: "закрыт", EN: "closed"}
	sayLateWord      = lang.Text{UZ: "kech", RU: "с опозданием", EN: "late"}
	sayTakenBackWord = lang.Text{UZ: "qaytarib olingan", RU: "забран назад", EN: "taken back"}

	sayClosed = lang.Text{UZ: "boshqacha hal qilindi", RU: "решено иначе", EN: "dealt with otherwise"}
)

// settlementView is what staff made of money that no invoice waited for.
type settlementView struct {
	At      store.Instant `json:"at"`
	By      string        `json:"by"`
	Note    string        `json:"note"`
	Applied bool          `json:"applied"`
}

// viewSettlement is nil where nobody has decided.
func viewSettlement(t store.Transaction) *settlementView {
	e := t.Settlement
	if e.At == 0 {
		return nil
	}
	return &settlementView{e.At, e.By, e.Note, e.Applied}
}

// addSettlementTo tells on a transaction's card why its money pays no invoice, and
// what became of it.
func (a *App) addSettlementTo(c *card, calendar store.Calendar, t store.Transaction) {
	if t.Late {
		c.add(labelLate, a.say(sayLate))
	}
	if t.Unapplied == "" {
		return
	}
	c.add(labelUnapplied, foreign(store.UnappliedWord(t.Unapplied, a.lang)))
	switch e := t.Settlement; {
	case t.Unsettled():
		c.add(labelSettled, a.say(sayUndecided)+": tushum transaction settle "+foreign(t.TransID))
	case e.Applied:
		c.add(labelSettled, a.say(sayApplied))
	case e.At != 0:
		c.add(labelSettled, a.say(sayClosed))
	}
	c.add(labelSettledAt, withAuthor(calendar.Show(t.Settlement.At), t.Settlement.By))
	c.add(labelNote, foreign(t.Settlement.Note))
}

// transactionStatus is the word for where a transaction stands. Money that waits for a
// decision says so, and so does what pays no invoice, what came late, and what its system
// took back by itself.
func (a *App) transactionStatus(t store.Transaction) string {
	var word string
	s := a.styles()
	switch {
	case t.Unsettled():
		word = s.bad + a.say(sayUndecided) + s.end
	case t.Status == store.Confirmed && !t.Applied():
		word = s.waiting + a.say(sayPaidElsewhere) + s.end
	case store.RefundStateOf(t) == store.Unasked:
		word = s.bad + a.say(sayTakenBackWord) + s.end
	default:
		word = a.status(t.Status.String())
	}
	if t.Late && t.Status == store.Confirmed {
		word += ", " + s.waiting + a.say(sayLateWord) + s.end
	}
	return word
}

// whyClosed says of money that pays no invoice that it was dealt with otherwise, and how.
func (a *App) whyClosed(t store.Transaction) string {
	if e := t.Settlement; e.At == 0 || e.Applied || t.Status != store.Confirmed {
		return ""
	}
	return ": " + a.say(sayClosedWord) + " (" + foreign(t.Settlement.Note) + ")"
}
