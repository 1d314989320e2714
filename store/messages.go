package store

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"tushum/internal/lang"
)

// told is what a code says to people: the sentence, and what to do about it.
// Sentences may hold {number}, {trans}, {status}, {got} and {want}, those of
// SystemClosed {system}, and that of Locked {store}, {holder}, {pid} and {since}.
type told struct{ says, hint lang.Text }

// Message is the refusal as one sentence in the reader's language.
func (e *Error) Message(l lang.Lang) string {
	if s := e.says.In(l); s != "" {
		return e.fill(s, l)
	}
	m := e.message()
	if m == (told{}) {
		return string(e.Code)
	}
	return e.fill(m.says.In(l), l)
}

// message is that of the code, or a closer one where more is known.
func (e *Error) message() told {
	m := messages[e.Code]
	switch h := e.Holder; {
	case e.Code == Locked && h.Name != "" && h.PID > 0 && h.Since != 0:
		m.says = sayHeldBy
	case e.Code == SystemClosed && e.Status == string(Paused):
		m = systemPaused
	}
	return m
}

// Hint says what to do; empty where the sentence says it all.
func (e *Error) Hint(l lang.Lang) string {
	if e.says != (lang.Text{}) {
		return e.fill(e.hint.In(l), l)
	}
	return e.fill(e.message().hint.In(l), l)
}

func (e *Error) fill(s string, l lang.Lang) string {
	status := StatusWord(e.Status, l)
	if e.why != "" {
		status += ": " + ReasonWord(e.why, l)
	}
	if e.Number == 0 {
		s = withoutNumber.Replace(s)
	}
	if e.TransID == "" {
		s = withoutTrans.Replace(s)
	}
	if status == "" {
		s = withoutStatus.Replace(s)
	}
	if e.Holder.Path == "" {
		s = withoutStore.Replace(s)
	}
	if e.System == "" {
		s = withoutSystem.Replace(s)
	}
	return strings.NewReplacer(
		"{system}", cmp.Or(e.systemName.In(l), string(e.System)),
		"{number}", e.Number.String(), "{trans}", e.TransID, "{status}", status,
		"{got}", e.Got.Format(l), "{want}", e.Want.Format(l),
		"{store}", e.Holder.Path, "{holder}", e.Holder.Name, "{pid}", strconv.Itoa(e.Holder.PID), "{since}", localTime(e.Holder.Since),
	).Replace(s)
}

// What is not known leaves no hole in the sentence.
var (
	withoutNumber = strings.NewReplacer("{number} raqamli ", "", " {number}", "")
	withoutTrans  = strings.NewReplacer("{trans} to‘lovi", "to‘lov", " {trans}", "")
	withoutStatus = strings.NewReplacer(" ({status})", "")
	withoutStore  = strings.NewReplacer(" {store}", "")
	withoutSystem = strings.NewReplacer(
		"{system} ulanmagan", "to‘lov tizimi ulanmagan", "{system} to‘xtatib", "to‘lov tizimi to‘xtatib",
		"{system} не подключён", "платёжная система не подключена", "{system} приостановлен", "платёжная система приостановлена",
		"{system}", "the payment system",
	)
)

// systemPaused is what SystemClosed says where all is filled in.
var systemPaused = told{
	says: lang.Text{UZ: "{system} to‘xtatib qo‘yilgan, unga hisob ochib bo‘lmaydi", RU: "{system} приостановлен, счёт для этой системы создать нельзя", EN: "{system} is paused, no invoice can be made for it"},
	hint: lang.Text{UZ: "uni sozlamalarda yoqing (tushum setup) yoki bu turdagi to‘lovni boshqa tizimga yo‘naltiring", RU: "включите её в настройках (tushum setup) или направьте этот вид платежей в другую систему", EN: "switch it on in the settings (tushum setup), or route this kind of payment elsewhere"},
}

// localTime is RFC 3339 by the clock of this machine, as a list of its
// processes shows it; the shop's zone is not known where a store won't open.
func localTime(i Instant) string { return i.Time().Local().Format(time.RFC3339) }

// sayHeldBy is what Locked says where the holder is known.
var sayHeldBy = lang.Text{
	UZ: "ma’lumotlar ombori {store} band: uni {holder} ishlatmoqda ({pid}-jarayon, {since} dan beri)",
	RU: "хранилище {store} занято: его держит {holder} (процесс {pid}, с {since})",
	EN: "the store {store} is held by {holder} (process {pid}, since {since})",
}

// StatusWord is the word for an invoice's or a transaction's status.
func StatusWord(status string, l lang.Lang) string {
	if t, ok := statusWords[status]; ok {
		return t.In(l)
	}
	return status
}

// ReasonWord says why a transaction failed.
func ReasonWord(r FailReason, l lang.Lang) string {
	if t, ok := reasonWords[r]; ok {
		return t.In(l)
	}
	return string(r)
}

var reasonWords = map[FailReason]lang.Text{
	FailExpired:   {UZ: "o‘z vaqtida tasdiqlanmadi", RU: "не подтверждён вовремя", EN: "not confirmed in time"},
	FailCancelled: {UZ: "hisob bekor qilindi", RU: "счёт отменён", EN: "the invoice was cancelled"},
	FailRival:     {UZ: "hisob boshqa to‘lov bilan to‘landi", RU: "счёт оплачен другим платежом", EN: "another payment paid the invoice"},
}

var statusWords = map[string]lang.Text{
	"open":      {UZ: "ochiq", RU: "открыт", EN: "open"},
	"paid":      {UZ: "to‘langan", RU: "оплачен", EN: "paid"},
	"cancelled": {UZ: "bekor qilingan", RU: "отменён", EN: "cancelled"},
	"expired":   {UZ: "muddati o‘tgan", RU: "просрочен", EN: "expired"},
	"refunded":  {UZ: "puli qaytarilgan", RU: "деньги возвращены", EN: "refunded"},
	"CREATED":   {UZ: "to‘lanmoqda", RU: "оплачивается", EN: "being paid"},
	"CONFIRMED": {UZ: "to‘landi", RU: "оплачен", EN: "paid"},
	"REVERSED":  {UZ: "qaytarildi", RU: "возвращён", EN: "reversed"},
	"FAILED":    {UZ: "amalga oshmadi", RU: "не прошёл", EN: "failed"},
}

var messages = map[Code]told{
	InvoiceNotFound: {
		says: lang.Text{UZ: "{number} raqamli hisob topilmadi", RU: "счёт {number} не найден", EN: "invoice {number} not found"},
		hint: lang.Text{UZ: "raqamni tekshiring: uning oxirgi raqami — nazorat raqami", RU: "проверьте номер: последняя цифра контрольная", EN: "check the number: its last digit is a check digit"},
	},
	AlreadyPaid: {
		says: lang.Text{UZ: "{number} raqamli hisob allaqachon to‘langan", RU: "счёт {number} уже оплачен", EN: "invoice {number} is already paid"},
	},
	InvoiceClosed: {
		says: lang.Text{UZ: "{number} raqamli hisob yopiq ({status})", RU: "счёт {number} закрыт ({status})", EN: "invoice {number} is closed ({status})"},
		hint: lang.Text{UZ: "muddati o‘tgan yoki puli qaytarilgan hisobni qayta ochish mumkin", RU: "просроченный счёт или счёт с возвратом можно открыть снова", EN: "an expired or refunded invoice can be reopened"},
	},
	TransIDTaken: {
		says: lang.Text{UZ: "{trans} to‘lovi avval yaratilgan", RU: "платёж {trans} уже был создан", EN: "transaction {trans} was created before"},
	},
	WrongAmount: {
		says: lang.Text{UZ: "so‘ralgan summa {got}, hisobda {want}", RU: "запрошено {got}, а в счёте {want}", EN: "the customer was charged {got}, the invoice is {want}"},
	},
	BelowMinimum: {
		says: lang.Text{UZ: "{got} eng kam summadan ({want}) kichik", RU: "{got} меньше минимума {want}", EN: "{got} is below the minimum of {want}"},
	},
	AboveMaximum: {
		says: lang.Text{UZ: "{got} eng ko‘p summadan ({want}) katta", RU: "{got} больше максимума {want}", EN: "{got} is above the maximum of {want}"},
	},
	TransactionNotFound: {
		says: lang.Text{UZ: "{trans} to‘lovi topilmadi", RU: "платёж {trans} не найден", EN: "transaction {trans} not found"},
	},
	NotConfirmable: {
		says: lang.Text{UZ: "{trans} to‘lovini tasdiqlab bo‘lmaydi ({status})", RU: "платёж {trans} нельзя подтвердить ({status})", EN: "transaction {trans} can't be confirmed ({status})"},
		hint: lang.Text{UZ: "bank pulni mijozga qaytaradi", RU: "банк вернёт деньги клиенту", EN: "the bank gives the customer the money back"},
	},
	AlreadyConfirmed: {
		says: lang.Text{UZ: "{trans} to‘lovi allaqachon tasdiqlangan", RU: "платёж {trans} уже подтверждён", EN: "transaction {trans} is already confirmed"},
	},
	NotReversible: {
		says: lang.Text{UZ: "{trans} to‘lovini qaytarib bo‘lmaydi ({status})", RU: "платёж {trans} нельзя вернуть ({status})", EN: "transaction {trans} can't be reversed ({status})"},
		hint: lang.Text{UZ: "amalga oshmagan to‘lovda qaytariladigan pul yo‘q; to‘langanini qaytarish do‘kon sozlamasiga bog‘liq", RU: "в непрошедшем платеже возвращать нечего; возврат оплаченного зависит от настроек магазина", EN: "a failed payment has nothing to give back; whether a paid one may be reversed is the shop's setting"},
	},
	AlreadyReversed: {
		says: lang.Text{UZ: "{trans} to‘lovi allaqachon qaytarilgan", RU: "платёж {trans} уже возвращён", EN: "transaction {trans} is already reversed"},
	},
	PaymentInFlight: {
		says: lang.Text{UZ: "{number} raqamli hisobni hozir kimdir to‘layapti", RU: "счёт {number} сейчас оплачивают", EN: "somebody is paying invoice {number} now"},
		hint: lang.Text{UZ: "kuting yoki --force bering: u holda to‘lov rad etiladi va bank pulni qaytaradi", RU: "подождите или укажите --force: тогда платёж будет отклонён и банк вернёт деньги", EN: "wait, or use --force: the payment is then refused and the bank gives the money back"},
	},
	NotAllowed: {
		says: lang.Text{UZ: "{number} raqamli hisob bilan buni qilib bo‘lmaydi ({status})", RU: "со счётом {number} этого сделать нельзя ({status})", EN: "invoice {number} does not allow that ({status})"},
		hint: lang.Text{UZ: "kerak bo‘lsa, yangi hisob oching", RU: "при необходимости создайте новый счёт", EN: "make a new invoice if it is still needed"},
	},
	Invalid: {
		says: lang.Text{UZ: "qiymat noto‘g‘ri", RU: "неверное значение", EN: "the value is not valid"},
	},
	NumbersUsedUp: {
		says: lang.Text{UZ: "hisob raqamlari tugadi", RU: "номера счетов закончились", EN: "the invoice numbers are used up"},
		hint: lang.Text{UZ: "yangi ma’lumotlar omborini boshlang", RU: "начните новое хранилище", EN: "start a new store"},
	},
	SystemClosed: {
		says: lang.Text{UZ: "{system} ulanmagan, unga hisob ochib bo‘lmaydi", RU: "{system} не подключён, счёт для этой системы создать нельзя", EN: "{system} is not connected, no invoice can be made for it"},
		hint: lang.Text{UZ: "uni sozlamalarda ulang (tushum setup) yoki bu turdagi to‘lovni boshqa tizimga yo‘naltiring", RU: "подключите её в настройках (tushum setup) или направьте этот вид платежей в другую систему", EN: "connect it in the settings (tushum setup), or route this kind of payment elsewhere"},
	},
	DealNotFound: {
		says: lang.Text{UZ: "bunday bitim yo‘q", RU: "такой сделки нет", EN: "there is no such deal"},
		hint: lang.Text{UZ: "hisobni ochib, to‘lovlarini ko‘ring", RU: "откройте счёт и посмотрите его платежи", EN: "open the invoice and look at its payments"},
	},
	TooManyDeals: {
		says: lang.Text{UZ: "{number} raqamli hisob bo‘yicha urinishlar juda ko‘p", RU: "по счёту {number} слишком много попыток оплаты", EN: "too many attempts to pay invoice {number}"},
		hint: lang.Text{UZ: "bir soatdan keyin urinib ko‘ring yoki boshqa usulda to‘lang", RU: "повторите через час или заплатите иначе", EN: "try again in an hour, or pay another way"},
	},
	DealInDoubt: {
		says: lang.Text{UZ: "{number} raqamli hisob bo‘yicha oldingi so‘rovning natijasi hali noma’lum", RU: "исход прежнего запроса по счёту {number} ещё неизвестен", EN: "what became of the last request about invoice {number} is not known yet"},
		hint: lang.Text{UZ: "bir daqiqadan keyin urinib ko‘ring: dastur uni o‘zi aniqlaydi", RU: "повторите через минуту: программа сама это выяснит", EN: "try again in a minute: the program finds out by itself"},
	},
	MoneyUndecided: {
		says: lang.Text{UZ: "{number} raqamli hisob uchun pul kelgan, do‘kon u haqda hali qaror qilmagan", RU: "по счёту {number} деньги уже приходили, магазин ещё не решил, что с ними делать", EN: "money has come for invoice {number}, and the shop has yet to decide about it"},
		hint: lang.Text{UZ: "o‘sha to‘lov haqida qaror qiling, keyin hisobni to‘lash mumkin bo‘ladi", RU: "решите, что делать с этим платежом: после этого счёт можно оплатить", EN: "decide about that payment: then the invoice can be paid"},
	},
	ClaimedBefore: {
		says: lang.Text{UZ: "{number} raqamli hisobni to‘lovchi to‘laganini aytgan edi, bitim esa pulsiz tugadi", RU: "плательщик сообщал, что оплатил счёт {number}, но сделка окончилась без денег", EN: "the payer had said that invoice {number} is paid, and its deal ended without money"},
		hint: lang.Text{UZ: "avval to‘lovchidan so‘rang: pulni o‘tkazgan bo‘lsa, undan qayta olmang; o‘tkazmagan bo‘lsa, --force bering", RU: "сначала спросите плательщика: если деньги переведены, не берите их снова; если нет, укажите --force", EN: "ask the payer first: if the money was sent, don't charge again; if not, use --force"},
	},
	TransIDShared: {
		says: lang.Text{UZ: "{trans} to‘lovi bir nechta to‘lov tizimida bor", RU: "платёж {trans} есть в нескольких платёжных системах", EN: "several payment systems have a transaction {trans}"},
		hint: lang.Text{UZ: "qaysi tizim ekanini ayting: --system", RU: "укажите, какая система имеется в виду: --system", EN: "say which of them is meant: --system"},
	},
	Busy: {
		says: lang.Text{UZ: "ma’lumotlar ombori band", RU: "хранилище перегружено", EN: "the store is busy"},
		hint: lang.Text{UZ: "birozdan keyin qayta urinib ko‘ring", RU: "повторите чуть позже", EN: "try again in a moment"},
	},
	DiskFull: {
		says: lang.Text{UZ: "diskda joy qolmadi; hech narsa yozilmadi", RU: "на диске нет места; ничего не записано", EN: "the disk is full; nothing was written"},
		hint: lang.Text{UZ: "joy bo‘shating: ish o‘zi davom etadi", RU: "освободите место: работа продолжится сама", EN: "free some space: service resumes by itself"},
	},
	OutcomeUnknown: {
		says: lang.Text{UZ: "diskka yozish yarim yo‘lda uzildi; natijasi noma’lum", RU: "запись на диск прервалась; её исход неизвестен", EN: "a write to the disk failed half way; its outcome is unknown"},
		hint: lang.Text{UZ: "diskni tekshiring va dasturni qayta ishga tushiring: avval ma’lumotlar ombori tekshiriladi", RU: "проверьте диск и запустите программу снова: сначала она проверит хранилище", EN: "check the disk and start again: the store is verified first"},
	},
	Failed: {
		says: lang.Text{UZ: "avvalgi yozuvning natijasi noma’lum; ma’lumotlar ombori to‘xtatilgan", RU: "исход прежней записи неизвестен; хранилище остановлено", EN: "the outcome of an earlier write is unknown; the store has stopped"},
		hint: lang.Text{UZ: "diskni tekshiring va dasturni qayta ishga tushiring", RU: "проверьте диск и запустите программу снова", EN: "check the disk and start again"},
	},
	Closed: {
		says: lang.Text{UZ: "ma’lumotlar ombori yopilmoqda", RU: "хранилище закрывается", EN: "the store is closing"},
		hint: lang.Text{UZ: "dastur qayta ishga tushgach, yana urinib ko‘ring", RU: "повторите, когда программа снова запустится", EN: "try again once the program runs again"},
	},
	Damaged: {
		says: lang.Text{UZ: "ma’lumotlar ombori fayli shikastlangan", RU: "файл хранилища повреждён", EN: "the store is damaged"},
		hint: lang.Text{UZ: "tushum verify bilan tekshiring, so‘ng zaxiradan tiklang: tushum restore", RU: "проверьте его: tushum verify, затем восстановите из копии: tushum restore", EN: "check it with tushum verify, then restore a backup with tushum restore"},
	},
	Locked: {
		says: lang.Text{UZ: "ma’lumotlar ombori {store} boshqa dasturda band", RU: "хранилище {store} занято другой программой", EN: "the store {store} is held by another program"},
		hint: lang.Text{UZ: "o‘sha dasturni to‘xtating yoki u orqali ishlang", RU: "остановите её или работайте через неё", EN: "stop it, or work through it"},
	},
	Newer: {
		says: lang.Text{UZ: "ma’lumotlar ombori dasturning yangiroq versiyasida yozilgan", RU: "хранилище записано более новой версией программы", EN: "the store was written by a newer version of the program"},
		hint: lang.Text{UZ: "dasturni yangilang", RU: "обновите программу", EN: "update the program"},
	},
	Unusable: {
		says: lang.Text{UZ: "ma’lumotlar omborining fayli yoki papkasi bilan ishlab bo‘lmaydi", RU: "с файлом или папкой хранилища нельзя работать", EN: "the store's file or folder can't be used"},
		hint: lang.Text{UZ: "sozlamalardagi [store] path ni va papka ruxsatlarini tekshiring", RU: "проверьте [store] path в настройках и права на папку", EN: "check [store] path in the settings, and the rights of the folder"},
	},
	NotAStore: {
		says: lang.Text{UZ: "bu fayl Tushum ma’lumotlar ombori emas yoki uni ochish xavfli", RU: "этот файл — не хранилище Tushum, или открывать его небезопасно", EN: "this file is not a Tushum store, or not safe to open"},
		hint: lang.Text{UZ: "sozlamalarning [store] bo‘limidagi path ni tekshiring", RU: "проверьте path в разделе [store] настроек", EN: "check path under [store] in the settings"},
	},
	Internal: {
		says: lang.Text{UZ: "dasturdagi xato; hech narsa yozilmadi", RU: "ошибка программы; ничего не записано", EN: "a defect of the program; nothing was written"},
		hint: lang.Text{UZ: "tafsilotlar dastur jurnalida", RU: "подробности в журнале программы", EN: "the program's log has the details"},
	},
}
