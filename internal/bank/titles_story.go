package bank

import "tushum/internal/lang"

// storyTitles are of cases about what becomes of transactions and invoices.
var storyTitles = map[string]lang.Text{
	"created":               {UZ: "tranzaksiya yaratiladi", RU: "транзакция создаётся", EN: "a transaction is created"},
	"created-repeated":      {UZ: "o‘sha transId yana", RU: "тот же transId ещё раз", EN: "the same transId again"},
	"repeat-before-account": {UZ: "takror transId hisobdan oldin tekshiriladi", RU: "повтор transId раньше счёта", EN: "a repeated transId before the account"},
	"repeat-before-amount":  {UZ: "takror transId summadan oldin tekshiriladi", RU: "повтор transId раньше суммы", EN: "a repeated transId before the amount"},
	"service-before-repeat": {UZ: "serviceId takror transIddan oldin", RU: "serviceId раньше повтора transId", EN: "the serviceId before a repeated transId"},
	"status-created":        {UZ: "yaratilganning holati", RU: "состояние созданной", EN: "status of a created one"},
	"reverse-created":       {UZ: "yaratilgan bekor qilinadi", RU: "созданная отменяется", EN: "a created one is reversed"},
	"status-reversed":       {UZ: "bekor qilinganning holati: confirmTime null", RU: "состояние отменённой: confirmTime null", EN: "status of a reversed one: confirmTime null"},
	"reverse-repeated":      {UZ: "ikkinchi bekor qilish", RU: "повторная отмена", EN: "reversed twice"},
	"confirm-reversed":      {UZ: "bekor qilinganni tasdiqlash", RU: "подтверждение отменённой", EN: "confirm of a reversed one"},
	"create-reversed":       {UZ: "bekor qilinganning transIdi yana", RU: "transId отменённой ещё раз", EN: "the transId of a reversed one again"},
	"check-after-reverse":   {UZ: "bekor qilingach hisob ochiq qoladi", RU: "после отмены счёт остаётся открытым", EN: "the invoice stays open after a reverse"},

	"side-by-side":        {UZ: "bitta hisobga ikki tranzaksiya", RU: "две транзакции на один счёт", EN: "two transactions on one invoice"},
	"confirmed":           {UZ: "birinchi tasdiq yutadi", RU: "первое подтверждение выигрывает", EN: "the first confirm wins"},
	"confirm-latency":     {UZ: "tasdiq tez javob oladi", RU: "подтверждение отвечается быстро", EN: "the confirm is answered in time"},
	"rival":               {UZ: "yutqazgan tranzaksiya", RU: "проигравшая транзакция", EN: "the transaction that lost"},
	"confirm-repeated":    {UZ: "ikkinchi tasdiq", RU: "повторное подтверждение", EN: "confirmed twice"},
	"status-confirmed":    {UZ: "tasdiqlanganning holati", RU: "состояние подтверждённой", EN: "status of a confirmed one"},
	"invoice-paid":        {UZ: "to‘langan hisob", RU: "оплаченный счёт", EN: "a paid invoice"},
	"state-before-amount": {UZ: "hisob holati summadan oldin tekshiriladi", RU: "состояние счёта раньше суммы", EN: "the invoice's state before the amount"},
	"repeat-before-state": {UZ: "takror transId hisob holatidan oldin", RU: "повтор transId раньше состояния счёта", EN: "a repeated transId before the invoice's state"},
	"reverse-by-policy":   {UZ: "do‘kon qoidasi qaytarishga yo‘l qo‘ymaydi", RU: "правило магазина не даёт вернуть", EN: "the shop's policy refuses the reverse"},
	"reverse-confirmed":   {UZ: "tasdiqlangan to‘lov qaytariladi", RU: "подтверждённая отменяется", EN: "a confirmed one is reversed"},
	"refund-repeated":     {UZ: "qaytarilgan to‘lovni yana qaytarish", RU: "повторный возврат", EN: "a refund twice"},
	"confirm-refunded":    {UZ: "qaytarilgan to‘lovni tasdiqlash", RU: "подтверждение возвращённой", EN: "confirm of a refunded one"},
	"status-refunded":     {UZ: "qaytarilganning holati: confirmTime saqlanadi", RU: "состояние возвращённой: confirmTime остаётся", EN: "status of a refunded one: confirmTime is kept"},
	"invoice-refunded":    {UZ: "puli qaytarilgan hisob", RU: "счёт с возвращённой оплатой", EN: "a refunded invoice"},

	"payer-absent":   {UZ: "to‘lovchi haqida hech narsa yo‘q", RU: "ничего о плательщике", EN: "nothing about the payer"},
	"phone-missing":  {UZ: "telefon yo‘q", RU: "нет телефона", EN: "no phone"},
	"phone-null":     {UZ: "telefon null", RU: "телефон равен null", EN: "phone is null"},
	"phone-number":   {UZ: "telefon son ko‘rinishida", RU: "телефон числом", EN: "phone as a number"},
	"source-missing": {UZ: "paymentSource yo‘q", RU: "нет paymentSource", EN: "no paymentSource"},
	"source-unknown": {UZ: "notanish paymentSource", RU: "незнакомый paymentSource", EN: "an unknown paymentSource"},
	"tariff-odd":     {UZ: "g‘alati tariff", RU: "странный tariff", EN: "an odd tariff"},
	"card-type-text": {UZ: "cardType satr", RU: "cardType строкой", EN: "cardType as a string"},
	"instalment":     {UZ: "bo‘lib to‘lash", RU: "рассрочка", EN: "an instalment"},

	"invoice-cancelled":   {UZ: "bekor qilingan hisob", RU: "отменённый счёт", EN: "a cancelled invoice"},
	"cancelled-in-flight": {UZ: "to‘lov paytida bekor qilingan hisob", RU: "счёт отменён во время оплаты", EN: "an invoice cancelled while being paid"},
	"number-cancelled":    {UZ: "berilgan bekor qilingan hisob", RU: "указанный отменённый счёт", EN: "the cancelled invoice that was given"},
	"number-expired":      {UZ: "berilgan muddati o‘tgan hisob", RU: "указанный просроченный счёт", EN: "the expired invoice that was given"},

	"counter":            {UZ: "kassa hisobi: summa aytilmaydi", RU: "счёт кассы: сумма не называется", EN: "a counter invoice: no amount is named"},
	"counter-paid-twice": {UZ: "kassa hisobi ikki marta to‘lanadi", RU: "счёт кассы оплачен дважды", EN: "a counter invoice paid twice"},
	"counter-below-min":  {UZ: "kassa hisobi: eng kichik chegaradan past", RU: "счёт кассы: ниже минимума", EN: "a counter invoice: below the minimum"},
	"counter-above-max":  {UZ: "kassa hisobi: eng katta chegaradan yuqori", RU: "счёт кассы: выше максимума", EN: "a counter invoice: above the maximum"},
	"counter-zero":       {UZ: "kassa hisobi: summa nol", RU: "счёт кассы: нулевая сумма", EN: "a counter invoice: amount of zero"},

	"race-create":          {UZ: "bir transId bir vaqtda sakkiz marta yaratiladi", RU: "восемь одновременных create одного transId", EN: "eight creates of one transId at once"},
	"race-reverse":         {UZ: "bir vaqtda sakkiz bekor qilish", RU: "восемь одновременных отмен", EN: "eight reverses at once"},
	"race-confirm":         {UZ: "bir vaqtda sakkiz tasdiq", RU: "восемь одновременных подтверждений", EN: "eight confirms at once"},
	"race-rivals":          {UZ: "bitta hisobning sakkiz tranzaksiyasi bir vaqtda tasdiqlanadi", RU: "восемь транзакций одного счёта подтверждаются разом", EN: "eight transactions of one invoice confirmed at once"},
	"race-confirm-reverse": {UZ: "tasdiq va bekor qilish bir vaqtda", RU: "подтверждение и отмена одновременно", EN: "confirm against reverse"},
}
