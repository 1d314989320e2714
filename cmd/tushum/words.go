package main

import (
	"tushum/internal/lang"
	"tushum/store"
)

// The labels of what is shown; every one stands before a value or above a
// column.
var (
	labelInvoice     = lang.Text{UZ: "Hisob", RU: "Счёт", EN: "Invoice"}
	labelTransaction = lang.Text{UZ: "To‘lov", RU: "Платёж", EN: "Transaction"}
	labelNumber      = lang.Text{UZ: "Raqam", RU: "Номер", EN: "Number"}
	labelStatus      = lang.Text{UZ: "Holati", RU: "Состояние", EN: "Status"}
	labelKind        = lang.Text{UZ: "Turi", RU: "Вид", EN: "Kind"}
	labelAmount      = lang.Text{UZ: "Summa", RU: "Сумма", EN: "Amount"}
	labelFull        = lang.Text{UZ: "To‘liq narxi", RU: "Полная стоимость", EN: "Full price"}
	labelDiscount    = lang.Text{UZ: "Chegirma", RU: "Скидка", EN: "Discount"}
	labelPrepaid     = lang.Text{UZ: "Oldin to‘langan", RU: "Оплачено ранее", EN: "Already paid"}
	labelDue         = lang.Text{UZ: "To‘lanadi", RU: "К оплате", EN: "Due"}
	labelBounds      = lang.Text{UZ: "Summa oralig‘i", RU: "Сумма от и до", EN: "Amount from and to"}
	labelCustomer    = lang.Text{UZ: "Mijoz", RU: "Клиент", EN: "Customer"}
	labelSpecialist  = lang.Text{UZ: "Mutaxassis", RU: "Специалист", EN: "Specialist"}
	labelAppointment = lang.Text{UZ: "Tashrif vaqti", RU: "Время визита", EN: "Appointment"}
	labelNote        = lang.Text{UZ: "Izoh", RU: "Примечание", EN: "Note"}
	labelCreated     = lang.Text{UZ: "Yaratilgan", RU: "Создан", EN: "Created"}
	labelExpires     = lang.Text{UZ: "Muddati", RU: "Действует до", EN: "Expires"}
	labelClosed      = lang.Text{UZ: "Yopilgan", RU: "Закрыт", EN: "Closed"}
	labelReason      = lang.Text{UZ: "Sabab", RU: "Причина", EN: "Reason"}
	labelPaid        = lang.Text{UZ: "To‘langan", RU: "Оплачен", EN: "Paid"}
	labelSystem      = lang.Text{UZ: "To‘lov tizimi", RU: "Платёжная система", EN: "Payment system"}
	labelPaymentLink = lang.Text{UZ: "To‘lov havolasi", RU: "Ссылка на оплату", EN: "Payment link"}
	labelAppLink     = lang.Text{UZ: "Ilova havolasi", RU: "Ссылка в приложение", EN: "App link"}
	labelPayments    = lang.Text{UZ: "To‘lovlar", RU: "Платежи", EN: "Transactions"}
	labelLines       = lang.Text{UZ: "Qatorlar", RU: "Строки", EN: "Lines"}

	labelTransID   = lang.Text{UZ: "To‘lov ID", RU: "ID платежа", EN: "Transaction ID"}
	labelSource    = lang.Text{UZ: "To‘lov usuli", RU: "Способ оплаты", EN: "Payment source"}
	labelFee       = lang.Text{UZ: "Komissiya", RU: "Комиссия", EN: "Fee"}
	labelNet       = lang.Text{UZ: "Qo‘lga", RU: "На руки", EN: "Net"}
	labelTariff    = lang.Text{UZ: "Tarif", RU: "Тариф", EN: "Tariff"}
	labelReference = lang.Text{UZ: "Tizimdagi raqami", RU: "Номер в системе", EN: "Reference"}
	labelPhone     = lang.Text{UZ: "Telefon", RU: "Телефон", EN: "Phone"}
	labelConfirmed = lang.Text{UZ: "Tasdiqlangan", RU: "Подтверждён", EN: "Confirmed"}
	labelReversed  = lang.Text{UZ: "Qaytarilgan", RU: "Возвращён", EN: "Reversed"}
	labelFailed    = lang.Text{UZ: "Amalga oshmagan", RU: "Не прошёл", EN: "Failed"}
	labelCalls     = lang.Text{UZ: "To‘lov tizimi chaqiruvlari", RU: "Вызовы платёжной системы", EN: "Calls of the payment system"}
	labelTime      = lang.Text{UZ: "Vaqt", RU: "Время", EN: "Time"}
	labelCall      = lang.Text{UZ: "Chaqiruv", RU: "Вызов", EN: "Call"}
	labelAnswer    = lang.Text{UZ: "Javob", RU: "Ответ", EN: "Answer"}

	noneFound   = lang.Text{UZ: "hech narsa topilmadi", RU: "ничего не найдено", EN: "nothing found"}
	moreFound   = lang.Text{UZ: "davomi bor: --after %s yoki --limit 0", RU: "есть ещё: --after %s или --limit 0", EN: "there is more: --after %s, or --limit 0"}
	rateAssumed = lang.Text{UZ: "e’lon qilingan stavka yo‘q, shartnomangizni tekshiring", RU: "ставка не опубликована, сверьтесь с договором", EN: "no published rate, check your contract"}
)

var eventWords = map[store.EventType]lang.Text{
	store.InvoiceCreated:       {UZ: "hisob yaratildi", RU: "счёт создан", EN: "invoice created"},
	store.InvoicePaid:          {UZ: "hisob to‘landi", RU: "счёт оплачен", EN: "invoice paid"},
	store.InvoiceCancelled:     {UZ: "hisob bekor qilindi", RU: "счёт отменён", EN: "invoice cancelled"},
	store.InvoiceExpired:       {UZ: "hisob muddati o‘tdi", RU: "счёт просрочен", EN: "invoice expired"},
	store.InvoiceRefunded:      {UZ: "hisob puli qaytarildi", RU: "деньги по счёту возвращены", EN: "invoice refunded"},
	store.InvoiceReopened:      {UZ: "hisob qayta ochildi", RU: "счёт открыт снова", EN: "invoice reopened"},
	store.InvoiceExtended:      {UZ: "hisob muddati o‘zgardi", RU: "срок счёта изменён", EN: "invoice extended"},
	store.TransactionCreated:   {UZ: "to‘lov boshlandi", RU: "платёж начат", EN: "payment begun"},
	store.TransactionConfirmed: {UZ: "to‘lov tasdiqlandi", RU: "платёж подтверждён", EN: "payment confirmed"},
	store.TransactionReversed:  {UZ: "to‘lov qaytarildi", RU: "платёж возвращён", EN: "payment reversed"},
	store.TransactionFailed:    {UZ: "to‘lov amalga oshmadi", RU: "платёж не прошёл", EN: "payment failed"},
	store.RefundRequested:      {UZ: "qaytarish so‘raldi", RU: "запрошен возврат", EN: "refund requested"},
	store.RefundWithdrawn:      {UZ: "qaytarish so‘rovi qaytarib olindi", RU: "запрос на возврат отозван", EN: "refund request withdrawn"},
	store.RefundRefused:        {UZ: "bank qaytarishni rad etdi", RU: "банк отказал в возврате", EN: "refund refused by the bank"},
	store.TransactionSettled:   {UZ: "ortiqcha pul bo‘yicha qaror qilindi", RU: "решено, что делать с деньгами", EN: "money decided about"},
	store.DealChanged:          {UZ: "bitim tafsiloti o‘zgardi", RU: "подробности сделки изменились", EN: "deal changed in detail"},
	"deal.asked":               {UZ: "bitim so‘raldi", RU: "сделка запрошена", EN: "deal asked for"},
	"deal.open":                {UZ: "bitim ochildi", RU: "сделка создана", EN: "deal made"},
	"deal.claimed":             {UZ: "mijoz to‘ladim dedi", RU: "клиент говорит, что заплатил", EN: "payer says it is paid"},
	"deal.disputed":            {UZ: "bitim tekshirilyapti", RU: "сделка на разборе", EN: "deal disputed"},
	"deal.completed":           {UZ: "bitim puli keldi", RU: "деньги по сделке пришли", EN: "deal completed"},
	"deal.canceled":            {UZ: "bitim bekor qilindi", RU: "сделка отменена", EN: "deal cancelled"},
	"deal.expired":             {UZ: "bitim muddati o‘tdi", RU: "сделка истекла", EN: "deal expired"},
	"deal.refunded":            {UZ: "bitim puli qaytdi", RU: "деньги по сделке возвращены", EN: "deal refunded"},
	"deal.void":                {UZ: "bitim ochilmadi", RU: "сделка не состоялась", EN: "deal never made"},
}
