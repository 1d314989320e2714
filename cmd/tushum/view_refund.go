package main

import (
	"tushum/internal/lang"
	"tushum/store"
)

var (
	labelRefund       = lang.Text{UZ: "Qaytarish", RU: "Возврат", EN: "Refund"}
	labelRefundAsked  = lang.Text{UZ: "So‘ralgan", RU: "Запрошен", EN: "Requested"}
	labelRefundReason = lang.Text{UZ: "Qaytarish sababi", RU: "Причина возврата", EN: "Refund reason"}
	labelToDo         = lang.Text{UZ: "Nima qilish kerak", RU: "Что делать", EN: "What to do"}
	sayWriteAboutDeal = lang.Text{
		UZ: "tovar berib yuborilgan bo‘lsa, {system} xizmatiga bitim raqami bilan yozing: {deal}; qayta to‘lash uchun: tushum invoice reopen {number}",
		RU: "если товар уже отдан, напишите в {system} с номером сделки: {deal}; чтобы заплатить снова: tushum invoice reopen {number}",
		EN: "if goods were handed out, write to {system} with the number of the deal: {deal}; to be paid again: tushum invoice reopen {number}",
	}
	labelRefundClosed = lang.Text{UZ: "So‘rov yopilgan", RU: "Запрос закрыт", EN: "Request closed"}
)

type refundView struct {
	State    string        `json:"state"`
	AskedAt  store.Instant `json:"asked_at,omitzero"`
	AskedBy  string        `json:"asked_by,omitzero"`
	Reason   string        `json:"reason,omitzero"`
	ClosedAt store.Instant `json:"closed_at,omitzero"`
	Note     string        `json:"note,omitzero"`
}

// viewRefund is nil where nothing was asked for and nothing was given back.
func viewRefund(t store.Transaction) *refundView {
	state := store.RefundStateOf(t)
	if state == store.NotRequested {
		return nil
	}
	r := t.Refund
	return &refundView{state.String(), r.AskedAt, r.By, r.Reason, store.RefundClosedAt(t), r.Note}
}

// addRefundTo tells on a transaction's card where its refund stands.
func (a *App) addRefundTo(c *card, s *shop, t store.Transaction) {
	calendar, name, can := s.Rules().Calendar, s.systemName(t.System), s.Rules().Systems[t.System].Can
	state := store.RefundStateOf(t)
	if state == store.NotRequested {
		return
	}
	c.add(labelRefund, a.refundState(state))
	if state == store.Unasked && can.Deals {
		c.add(labelToDo, a.say(sayWriteAboutDeal.Fill("{number}", t.Number.String(), "{deal}", foreign(t.TransID)).FillEach("{system}", name)))
	}
	if t.Refund.AskedAt == 0 {
		return
	}
	c.add(labelRefundAsked, withAuthor(calendar.Show(t.Refund.AskedAt), t.Refund.By))
	c.add(labelRefundReason, foreign(t.Refund.Reason))
	c.add(labelRefundClosed, calendar.Show(store.RefundClosedAt(t)))
	c.add(labelNote, foreign(t.Refund.Note))
}

// refundState is the word for a refund's state in the colour of what it asks of
// staff: to wait, or to look.
func (a *App) refundState(state store.RefundState) string {
	s := a.styles()
	style, end := "", s.end
	switch state {
	case store.Requested:
		style = s.waiting
	case store.RefundDone:
		style = s.good
	case store.Unasked, store.Refused:
		style = s.bad
	default:
		end = ""
	}
	return style + store.RefundWord(state, a.lang) + end
}
