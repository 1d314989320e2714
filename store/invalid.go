package store

import (
	"fmt"

	"tushum/internal/lang"
	"tushum/internal/money"
)

// invalid refuses a value, and says what is wrong with it in every language.
// The sentences may hold verbs for args; an arg that is a lang.Text is put in
// the sentence's language. They never repeat a text that may be a phone typed
// into the wrong field.
func invalid(says lang.Text, args ...any) *Error {
	if len(args) > 0 {
		says = lang.Text{UZ: spell(lang.UZ, says.UZ, args), RU: spell(lang.RU, says.RU, args), EN: spell(lang.EN, says.EN, args)}
	}
	return &Error{Code: Invalid, says: says}
}

func spell(l lang.Lang, format string, args []any) string {
	own := make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(lang.Text); ok {
			a = t.In(l)
		}
		own[i] = a
	}
	return fmt.Sprintf(format, own...)
}

// invalidAmount is for sentences about {got} and {want}, in tiyin.
func invalidAmount(says lang.Text, got, want money.Amount) *Error {
	return &Error{Code: Invalid, says: says, Got: got, Want: want}
}

// What staff may have written wrong in an invoice.
var (
	sayNotRouted = lang.Text{
		UZ: "%.40q turidagi to‘lovlar hech qaysi to‘lov tizimiga ulanmagan: [routing] bo‘limida ulang",
		RU: "платежи вида %.40q не направлены ни в одну платёжную систему: задайте её в [routing]",
		EN: "payments of kind %.40q are not routed to a payment system: set one under [routing]",
	}
	sayNoCounter = lang.Text{
		UZ: "kassadagi QR kod uchun %s to‘g‘ri kelmaydi: u istalgan summani qabul qilmaydi; [routing] bo‘limida counter ni boshqa tizimga yo‘naltiring",
		RU: "для QR на кассе %s не подходит: система не принимает произвольную сумму; направьте counter в другую систему в [routing]",
		EN: "%s can't take the payments at the till: it takes no open amounts; route counter to another system under [routing]",
	}
	sayExpiryPast = lang.Text{
		UZ: "amal qilish muddati o‘tib ketgan: kelajakdagi vaqtni bering",
		RU: "срок действия уже прошёл: укажите время в будущем",
		EN: "the expiry is in the past: give a time to come",
	}
	sayOnlyCounter = lang.Text{
		UZ: "eng kam va eng ko‘p summa faqat kassa hisobida (counter) bo‘ladi",
		RU: "наименьшая и наибольшая суммы бывают только у счёта кассы (counter)",
		EN: "only a counter invoice has a least and a greatest amount",
	}
	sayNoAmount = lang.Text{
		UZ: "hisobga summa yoki qatorlar kerak",
		RU: "счёту нужна сумма или строки",
		EN: "an invoice needs an amount or lines",
	}
	sayLinesDiffer = lang.Text{
		UZ: "qatorlar yig‘indisi {got}, hisob summasi esa {want}",
		RU: "строки дают {got}, а сумма счёта {want}",
		EN: "the lines add up to {got}, the amount is {want}",
	}
	sayPartsDiffer = lang.Text{
		UZ: "qatorlar yig‘indisi {got}, summa chegirma va oldin to‘langani bilan esa {want}",
		RU: "строки дают {got}, а сумма со скидкой и оплаченным ранее — {want}",
		EN: "the lines add up to {got}, the amount with discount and prepaid to {want}",
	}
	sayNothingDue = lang.Text{
		UZ: "to‘laydigan narsa qolmaydi: narxi {got}, chegirma va oldin to‘langani {want}",
		RU: "платить нечего: цена {got}, скидка и оплаченное ранее — {want}",
		EN: "nothing is left to pay: the price is {got}, discount and prepaid add up to {want}",
	}
	sayCounterOpen = lang.Text{
		UZ: "kassa hisobining (counter) summasi ochiq: summa va qatorlarsiz, faqat eng kam va eng ko‘p summani bering",
		RU: "у счёта кассы (counter) сумма открытая: задайте только наименьшую и наибольшую, без суммы и строк",
		EN: "a counter invoice has an open amount: give a least and a greatest only, no amount and no lines",
	}
	sayCounterByHand = lang.Text{
		UZ: "kassa hisobi (counter) qo‘lda to‘lanmaydi: [routing] bo‘limida uni to‘lov tizimiga ulang",
		RU: "счёт кассы (counter) не оплачивают вручную: направьте его в платёжную систему в [routing]",
		EN: "a counter invoice is not paid by hand: route it to a payment system under [routing]",
	}
	sayNegative = lang.Text{
		UZ: "summa manfiy bo‘lmaydi",
		RU: "сумма не бывает отрицательной",
		EN: "an amount is never negative",
	}
	sayLeastAbove = lang.Text{
		UZ: "eng kam summa {got} eng ko‘p summadan ({want}) katta",
		RU: "наименьшая сумма {got} больше наибольшей {want}",
		EN: "the least amount {got} is above the greatest {want}",
	}
	sayManyLines = lang.Text{
		UZ: "hisobda ko‘pi bilan %d qator bo‘ladi",
		RU: "в счёте может быть не больше %d строк",
		EN: "an invoice has at most %d lines",
	}
	sayLine = lang.Text{
		UZ: "%d-qatorga nom, 1 dan %d gacha miqdor va manfiy bo‘lmagan narx kerak",
		RU: "строке %d нужны название, количество от 1 до %d и неотрицательная цена",
		EN: "line %d needs a name, a quantity from 1 to %d and a price that is not negative",
	}
	sayLineHuge = lang.Text{
		UZ: "%d-qator summasi juda katta: narx va miqdorni tekshiring",
		RU: "строка %d: сумма слишком велика, проверьте цену и количество",
		EN: "line %d costs too much: check the price and the quantity",
	}
	sayLinesHuge = lang.Text{
		UZ: "qatorlar yig‘indisi juda katta: narx va miqdorlarni tekshiring",
		RU: "сумма строк слишком велика: проверьте цены и количества",
		EN: "the lines cost too much together: check the prices and the quantities",
	}
	sayManualSource = lang.Text{
		UZ: "qo‘lda qayd etiladigan to‘lov turi noto‘g‘ri: CASH, TERMINAL yoki OTHER bering",
		RU: "неизвестный способ оплаты вручную: укажите CASH, TERMINAL или OTHER",
		EN: "not a way of paying by hand: give CASH, TERMINAL or OTHER",
	}
	sayWhyPaid = lang.Text{
		UZ: "hisob nega to‘langan deb belgilanayotganini yozing",
		RU: "напишите, почему счёт отмечается как оплаченный",
		EN: "say why the invoice is marked as paid",
	}
	sayLong = lang.Text{
		UZ: "%s juda uzun: ko‘pi bilan %d bayt",
		RU: "%s: слишком длинный текст, не больше %d байт",
		EN: "%s is too long: at most %d bytes",
	}
	sayNotUTF8 = lang.Text{
		UZ: "%s UTF-8 matni emas",
		RU: "%s: текст не в кодировке UTF-8",
		EN: "%s is not UTF-8 text",
	}
)

// Of deals, and of money that no invoice waited for.
var (
	sayOtherDeal = lang.Text{
		UZ: "to‘lov tizimi boshqa bitim haqida javob berdi",
		RU: "платёжная система ответила о другой сделке",
		EN: "the payment system answered about another deal",
	}
	sayClaimed = lang.Text{
		UZ: "{number} raqamli hisobni to‘lovchi to‘laganini aytdi, pul esa hali kelmadi",
		RU: "плательщик сообщил, что оплатил счёт {number}, но деньги ещё не пришли",
		EN: "the payer says that invoice {number} is paid, and the money has not come yet",
	}
	sayDisputed = lang.Text{
		UZ: "{number} raqamli hisob to‘lovini to‘lov tizimi tekshiryapti",
		RU: "оплату счёта {number} проверяет платёжная система",
		EN: "the payment system is looking into a payment of invoice {number}",
	}
	sayNoMoreDeals = lang.Text{
		UZ: "{number} raqamli hisob bo‘yicha urinishlar tugadi",
		RU: "попытки оплатить счёт {number} исчерпаны",
		EN: "invoice {number} has used up its attempts to pay",
	}
	hintNewInvoice = lang.Text{
		UZ: "yangi hisob oching",
		RU: "создайте новый счёт",
		EN: "make a new invoice",
	}
	sayUndecided = lang.Text{
		UZ: "{number} raqamli hisob uchun {got} kelgan, bu pul haqida hali qaror qilinmagan",
		RU: "по счёту {number} пришло {got}, и решения об этих деньгах ещё нет",
		EN: "{got} came for invoice {number}, and nobody has decided about that money yet",
	}
	hintDecideFirst = lang.Text{
		UZ: "avval o‘sha to‘lov haqida qaror qiling (tushum transaction settle {trans}) yoki --force bering: u hisobotda qoladi va keyin hal qilinadi",
		RU: "сначала решите, что с этим платежом (tushum transaction settle {trans}), или укажите --force: он останется в учёте и будет ждать решения",
		EN: "decide about that payment first (tushum transaction settle {trans}), or use --force: it then stays in the books and goes on waiting for you",
	}
	hintInsist = lang.Text{
		UZ: "kuting yoki --force bering: pul keyin kelsa, hisobotda qoladi va u haqda siz hal qilasiz",
		RU: "подождите или укажите --force: если деньги придут позже, они останутся в учёте и решать будете вы",
		EN: "wait, or use --force: if money comes later, it stays in the books and you decide about it",
	}
	sayNothingToSettle = lang.Text{
		UZ: "{trans} to‘lovi bo‘yicha hal qilinadigan narsa yo‘q",
		RU: "по платежу {trans} решать нечего",
		EN: "there is nothing to decide about transaction {trans}",
	}
	sayWhySettled = lang.Text{
		UZ: "bu pul bilan nima qilinganini yozing",
		RU: "напишите, что сделано с этими деньгами",
		EN: "say what was done about this money",
	}
)

// The texts of an invoice, as sayLong and sayNotUTF8 name them.
var (
	theCustomer   = lang.Text{UZ: "mijoz ismi", RU: "имя клиента", EN: "the customer's name"}
	theSpecialist = lang.Text{UZ: "mutaxassis", RU: "специалист", EN: "the specialist"}
	theNote       = lang.Text{UZ: "izoh", RU: "примечание", EN: "the note"}
	theAuthor     = lang.Text{UZ: "muallif", RU: "автор", EN: "the author"}
	theReason     = lang.Text{UZ: "sabab", RU: "причина", EN: "the reason"}
	theLine       = lang.Text{UZ: "qator nomi", RU: "название строки", EN: "the line's name"}
)

// What may be wrong with a text that is to be read as a value.
var (
	sayKind = lang.Text{
		UZ: "%.40q to‘lov turi emas: visit, goods, prepayment, giftcard, membership, topup yoki counter bering",
		RU: "%.40q не вид платежа: укажите visit, goods, prepayment, giftcard, membership, topup или counter",
		EN: "%.40q is no kind of payment: give visit, goods, prepayment, giftcard, membership, topup or counter",
	}
	sayInvoiceStatus = lang.Text{
		UZ: "%.40q hisob holati emas: open, paid, cancelled, expired yoki refunded bering",
		RU: "%.40q не состояние счёта: укажите open, paid, cancelled, expired или refunded",
		EN: "%.40q is no invoice status: give open, paid, cancelled, expired or refunded",
	}
	sayTransactionStatus = lang.Text{
		UZ: "%.40q to‘lov holati emas: CREATED, CONFIRMED, REVERSED yoki FAILED bering",
		RU: "%.40q не состояние платежа: укажите CREATED, CONFIRMED, REVERSED или FAILED",
		EN: "%.40q is no transaction status: give CREATED, CONFIRMED, REVERSED or FAILED",
	}
	sayDate = lang.Text{
		UZ: "sana noto‘g‘ri: 2026-11-21 yoki 21.11.2026 deb yozing",
		RU: "неверная дата: напишите 2026-11-21 или 21.11.2026",
		EN: "not a date: write 2026-11-21 or 21.11.2026",
	}
	sayPhone = lang.Text{
		UZ: "telefon — 998 va to‘qqiz raqam, masalan +998 90 123-45-67",
		RU: "телефон — это 998 и девять цифр, например +998 90 123-45-67",
		EN: "a phone is 998 and nine digits, like +998 90 123-45-67",
	}
	sayNumber = lang.Text{
		UZ: "hisob raqami yetti, sakkiz yoki to‘qqiz raqamdan iborat",
		RU: "номер счёта состоит из семи, восьми или девяти цифр",
		EN: "an invoice number has seven to nine digits",
	}
	sayCheckDigit = lang.Text{
		UZ: "hisob raqamida xato bor: raqam noto‘g‘ri terilgan yoki ikkitasi o‘rin almashgan",
		RU: "в номере счёта ошибка: цифра набрана неверно или две переставлены",
		EN: "the invoice number has a slip: a digit was mistyped or two were swapped",
	}
	sayToken = lang.Text{
		UZ: "to‘lov havolasi noto‘g‘ri: uni to‘liq nusxalang",
		RU: "неверная ссылка на оплату: скопируйте её целиком",
		EN: "not a payment link: copy all of it",
	}
)
