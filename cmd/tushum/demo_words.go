package main

import "tushum/internal/lang"

// actorWidth is as wide as the longest of the names, in cells.
const actorWidth = 8

var actorNames = map[actor]lang.Text{
	cashier:     {UZ: "kassir", RU: "кассир", EN: "cashier"},
	uzumBank:    {UZ: "bank", RU: "банк", EN: "bank"},
	thePlatform: {EN: "OneClick"},
	theShop:     {UZ: "tushum", RU: "tushum", EN: "tushum"},
	owner:       {UZ: "egasi", RU: "владелец", EN: "owner"},
}

var (
	demoPreparing = lang.Text{
		UZ: "do‘konning uch kunlik savdosi tayyorlanmoqda…", RU: "готовятся три дня работы магазина…", EN: "playing three days of the shop…",
	}
	demoListening = lang.Text{UZ: "bank chaqiruvlari manzili:", RU: "вебхуки банка:", EN: "the bank's webhooks:"}
	demoPayPage   = lang.Text{UZ: "mijozlar sahifasi:", RU: "страница для клиентов:", EN: "the customers' page:"}
	demoPlatform  = lang.Text{UZ: "OneClick API manzili:", RU: "API OneClick:", EN: "the API of OneClick:"}
	demoAddress   = lang.Text{UZ: "Toshkent, Bobur ko‘chasi 12", RU: "Ташкент, улица Бабура, 12", EN: "12 Bobur Street, Tashkent"}
	demoIssued    = lang.Text{
		UZ: "{number} hisob: {kind}, {amount}, {customer}", RU: "счёт {number}: {kind}, {amount}, {customer}", EN: "invoice {number}: {kind}, {amount}, {customer}",
	}
	demoIssuedCounter = lang.Text{
		UZ: "{number} hisob: {kind}, har kim o‘z summasini to‘laydi", RU: "счёт {number}: {kind}, каждый платит свою сумму", EN: "invoice {number}: {kind}, everybody pays their own amount",
	}
	demoSendsLink = lang.Text{
		UZ: "{number}: mijozga havola yuboradi, u to‘lov sahifasini ochadi: {link}", RU: "{number}: отправляет клиенту ссылку, она открывает страницу оплаты: {link}", EN: "{number}: sends the customer a link, which opens the pay page: {link}",
	}
	demoPrintsCode = lang.Text{
		UZ: "kassa oldidagi QR kod shu sahifani ochadi, summani mijoz o‘zi yozadi: {link}", RU: "QR-код у кассы открывает страницу, где клиент сам вводит сумму: {link}", EN: "the code at the till opens a page where customers type the amount: {link}",
	}
	demoDeclined = lang.Text{
		UZ: "{number}: karta rad etildi, mijoz boshqasini oladi", RU: "{number}: карта отклонена, клиент берёт другую", EN: "{number}: the card is declined, the customer takes another",
	}
	demoPaysWith = lang.Text{
		UZ: "{number}: {source} orqali {amount} to‘layapti", RU: "{number}: платит {amount} через {source}", EN: "{number}: pays {amount} with {source}",
	}
	demoPaid = lang.Text{
		UZ: "{number} TO‘LANDI: {amount}, komissiya {rate}{check} {fee}, qo‘lga {net}",
		RU: "{number} ОПЛАЧЕН: {amount}, комиссия {rate}{check} {fee}, на руки {net}",
		EN: "{number} PAID: {amount}, fee {rate}{check} {fee}, net {net}",
	}
	demoShowsCard = lang.Text{
		UZ: "{number}: tovarlar OneClick orqali to‘lanadi, mijozga o‘tkazma uchun karta ko‘rsatiladi: {card}",
		RU: "{number}: товары оплачивают через OneClick, клиенту показана карта для перевода: {card}",
		EN: "{number}: goods are paid by OneClick, the customer is shown the card to transfer to: {card}",
	}
	demoClaimed = lang.Text{
		UZ: "{number}: mijoz {amount} o‘tkazdim deydi; bu hali pul emas, hisob ochiq",
		RU: "{number}: клиент говорит, что перевёл {amount}; это ещё не деньги, счёт открыт",
		EN: "{number}: the customer says that {amount} are sent; that is no money yet, and the invoice stays open",
	}
	demoCompleted = lang.Text{
		UZ: "{number}: pul keldi, bitim yakunlandi", RU: "{number}: деньги пришли, сделка завершена", EN: "{number}: the money has come, the deal is completed",
	}
	demoCheckContract = lang.Text{UZ: "shartnomangizni tekshiring", RU: "сверьте с договором", EN: "check your contract"}
	demoBegins        = lang.Text{UZ: "{number}: mijoz to‘lovni boshladi", RU: "{number}: клиент начал платить", EN: "{number}: the customer begins to pay"}
	demoTries         = lang.Text{UZ: "bekor qilmoqchi: {why}; {hint}", RU: "хочет отменить: {why}; {hint}", EN: "tries to cancel: {why}; {hint}"}
	demoCancelled     = lang.Text{UZ: "{number} baribir bekor qilindi", RU: "{number} всё же отменён", EN: "{number} is cancelled all the same"}
	demoRefuses       = lang.Text{UZ: "bankka {code} javobi: {meaning}", RU: "ответ банку {code}: {meaning}", EN: "answers the bank {code}: {meaning}"}
	demoReversed      = lang.Text{UZ: "{number}: {amount} mijozga qaytarildi", RU: "{number}: {amount} возвращены клиенту", EN: "{number}: {amount} are given back to the customer"}
	demoCash          = lang.Text{UZ: "{number} naqd to‘landi: {amount}", RU: "{number} оплачен наличными: {amount}", EN: "{number} was paid in cash: {amount}"}
	demoVerified      = lang.Text{
		UZ: "daftar tekshirildi: {invoices} hisob, {transactions} to‘lov, {events} hodisa, hammasi to‘g‘ri",
		RU: "книга проверена: счетов {invoices}, платежей {transactions}, событий {events}, всё сходится",
		EN: "the ledger is verified: {invoices} invoices, {transactions} transactions, {events} events, all of it adds up",
	}

	totalSource   = lang.Text{UZ: "usul", RU: "способ", EN: "method"}
	totalCount    = lang.Text{UZ: "soni", RU: "кол-во", EN: "count"}
	totalAmount   = lang.Text{UZ: "tushum", RU: "выручка", EN: "takings"}
	totalReversed = lang.Text{UZ: "qaytarildi", RU: "возвраты", EN: "reversed"}
	totalFee      = lang.Text{UZ: "komissiya", RU: "комиссия", EN: "fees"}
	totalNet      = lang.Text{UZ: "qo‘lga", RU: "на руки", EN: "net"}
	totalAll      = lang.Text{UZ: "jami", RU: "всего", EN: "total"}
)
