package store

import "tushum/internal/lang"

// RefundWord is the word for a refund's state; empty for NotRequested.
func RefundWord(s RefundState, l lang.Lang) string { return refundWords[s].In(l) }

var refundWords = map[RefundState]lang.Text{
	Requested:  {UZ: "so‘ralgan", RU: "запрошен", EN: "requested"},
	RefundDone: {UZ: "bajarilgan", RU: "выполнен", EN: "done"},
	Withdrawn:  {UZ: "qaytarib olingan", RU: "отозван", EN: "withdrawn"},
	Refused:    {UZ: "bank rad etgan", RU: "отклонён банком", EN: "refused by the bank"},
	Unasked:    {UZ: "do‘kon so‘ramagan", RU: "магазин не просил", EN: "not asked for by the shop"},
}

// Why a refund can't be requested, or its request not be closed.
var (
	sayTakenByHand = lang.Text{
		UZ: "{trans} to‘lovi qo‘lda qabul qilingan: pulni ham qo‘lda qaytaring",
		RU: "платёж {trans} принят вручную: деньги тоже верните вручную",
		EN: "transaction {trans} was taken by hand: give the money back by hand, too",
	}
	sayNoLetter = lang.Text{
		UZ: "{trans} to‘lovi o‘tgan tizim xat bo‘yicha pul qaytarmaydi",
		RU: "платёж {trans}: его система не возвращает деньги по письму",
		EN: "transaction {trans}: its payment system gives no money back by letter",
	}
	hintGiveBack = lang.Text{
		UZ: "pulni o‘zingiz qaytaring yoki tizim kabinetida so‘rang",
		RU: "верните деньги сами или попросите об этом в кабинете системы",
		EN: "give the money back yourself, or ask for it in the system's cabinet",
	}
	sayNotPaidYet = lang.Text{
		UZ: "{trans} to‘lovi hali tasdiqlanmagan: qaytariladigan pul yo‘q",
		RU: "платёж {trans} ещё не подтверждён: возвращать нечего",
		EN: "transaction {trans} is not confirmed yet: there is nothing to give back",
	}
	hintCancelInstead = lang.Text{
		UZ: "hisobni bekor qiling: bank pulni mijozga qaytaradi",
		RU: "отмените счёт: банк вернёт деньги клиенту",
		EN: "cancel the invoice: the bank then gives the customer the money back",
	}
	sayNeverPaid = lang.Text{
		UZ: "{trans} to‘lovi amalga oshmagan: qaytariladigan pul yo‘q",
		RU: "платёж {trans} не прошёл: возвращать нечего",
		EN: "transaction {trans} did not go through: there is nothing to give back",
	}
	hintBankReturns = lang.Text{
		UZ: "mijozdan pul yechilgan bo‘lsa, bank uni o‘zi qaytaradi",
		RU: "если деньги у клиента списаны, банк вернёт их сам",
		EN: "if the customer was debited, the bank gives the money back by itself",
	}
	sayRequestedAlready = lang.Text{
		UZ: "{trans} to‘lovini qaytarish allaqachon so‘ralgan",
		RU: "возврат платежа {trans} уже запрошен",
		EN: "the refund of transaction {trans} is requested already",
	}
	hintAwaitBank = lang.Text{
		UZ: "bankni kuting yoki so‘rovni qaytarib oling",
		RU: "дождитесь банка или отзовите запрос",
		EN: "wait for the bank, or withdraw the request",
	}
	sayNotRequested = lang.Text{
		UZ: "{trans} to‘lovi bo‘yicha ochiq qaytarish so‘rovi yo‘q",
		RU: "по платежу {trans} нет открытого запроса на возврат",
		EN: "transaction {trans} has no open refund request",
	}
)

// What may be wrong with what staff wrote.
var (
	sayWhyRefund = lang.Text{
		UZ: "pul nega qaytarilayotganini yozing",
		RU: "напишите, почему нужен возврат",
		EN: "say why the money is to be given back",
	}
	sayWhyClosed = lang.Text{
		UZ: "qaytarish so‘rovi nega yopilayotganini yozing",
		RU: "напишите, почему закрывается запрос на возврат",
		EN: "say why the refund request ends",
	}
	sayRefundOutcome = lang.Text{
		UZ: "qaytarish so‘rovi yo qaytarib olinadi, yo bank tomonidan rad etiladi",
		RU: "запрос на возврат либо отзывают, либо его отклоняет банк",
		EN: "a refund request is either withdrawn or refused by the bank",
	}
	sayRefundState = lang.Text{
		UZ: "%.40q qaytarish holati emas: requested, done, withdrawn, refused yoki unasked bering",
		RU: "%.40q не состояние возврата: укажите requested, done, withdrawn, refused или unasked",
		EN: "%.40q is no refund state: give requested, done, withdrawn, refused or unasked",
	}
)
