package store

import "tushum/internal/lang"

// DealStateWord is the word for where a deal stands. A state that a later version has
// written is empty.
func DealStateWord(s DealState, l lang.Lang) string { return dealStateWords[s].In(l) }

// DealTroubleWord says what somebody has to look at. A trouble that a later version
// has written stands as it is.
func DealTroubleWord(t DealTrouble, l lang.Lang) string {
	if w, ok := dealTroubleWords[t]; ok {
		return w.In(l)
	}
	return string(t)
}

// UnappliedWord says why money that came does not pay its invoice. A reason that a
// later version has written stands as it is.
func UnappliedWord(u Unapplied, l lang.Lang) string {
	if w, ok := unappliedWords[u]; ok {
		return w.In(l)
	}
	return string(u)
}

var dealStateWords = map[DealState]lang.Text{
	DealAsked:     {UZ: "so‘ralmoqda", RU: "запрашивается", EN: "being made"},
	DealOpen:      {UZ: "to‘lov kutilmoqda", RU: "ждёт оплаты", EN: "waits for payment"},
	DealClaimed:   {UZ: "mijoz to‘ladim deyapti", RU: "клиент говорит, что оплатил", EN: "the payer says it is paid"},
	DealDisputed:  {UZ: "nizoli, tekshirilmoqda", RU: "спор, проверяется", EN: "disputed"},
	DealCompleted: {UZ: "pul keldi", RU: "деньги пришли", EN: "money came"},
	DealCanceled:  {UZ: "bekor qilindi", RU: "отменена", EN: "cancelled"},
	DealExpired:   {UZ: "vaqti o‘tdi", RU: "время вышло", EN: "expired"},
	DealRefunded:  {UZ: "pul qaytarildi", RU: "деньги возвращены", EN: "refunded"},
	DealVoid:      {UZ: "tuzilmadi", RU: "не состоялась", EN: "never made"},
}

var dealTroubleWords = map[DealTrouble]lang.Text{
	NoAmount:      {UZ: "pul kelgan, lekin tizim qancha ekanini aytmadi", RU: "деньги пришли, но система не сообщила сумму", EN: "the money came, and the system did not say how much"},
	UnknownStatus: {UZ: "tizim tushunarsiz holatni aytdi", RU: "система сообщила непонятное состояние", EN: "the system gave a status that makes no sense here"},
}

var unappliedWords = map[Unapplied]lang.Text{
	OtherAmount:   {UZ: "summa hisobdagidan boshqa", RU: "сумма не та, что в счёте", EN: "not the amount of the invoice"},
	PaidByAnother: {UZ: "hisob boshqa to‘lov bilan to‘langan", RU: "счёт уже оплачен другим платежом", EN: "another payment had paid the invoice"},
	InvoiceShut:   {UZ: "hisob yopilgan edi", RU: "счёт был закрыт", EN: "the invoice was closed"},
}
