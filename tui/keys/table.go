package keys

import "tushum/internal/lang"

// The parts of the console.
const (
	Anywhere    Scope = "anywhere"
	Lists       Scope = "lists"       // every list
	Today       Scope = "today"       // takings and transactions
	Invoices    Scope = "invoices"    // the list of invoices
	Invoice     Scope = "invoice"     // one invoice, in the list or alone
	Transaction Scope = "transaction" // one transaction, in the list or alone
	Calls       Scope = "calls"       // the wire journal
	Call        Scope = "call"        // one call, in the journal or alone
	Code        Scope = "code"        // the QR screen
	Deal        Scope = "deal"        // the same, of a payment system that makes deals
	Form        Scope = "form"        // the new invoice
	Setup       Scope = "setup"       // the questions of the settings
	Sheet       Scope = "sheet"       // the sheet for the bank
	Text        Scope = "text"        // a long text that scrolls
	Settings    Scope = "settings"    // routing cards and settings
	Doctor      Scope = "doctor"      // what the doctor finds
)

// The actions.
const (
	Quit       Action = "quit"
	Back       Action = "back"
	ToToday    Action = "today"
	ToBills    Action = "invoices"
	ToCalls    Action = "calls"
	ToSettings Action = "settings"
	NextTab    Action = "next"
	New        Action = "new"
	Till       Action = "till"
	Help       Action = "help"
	Palette    Action = "palette"
	Search     Action = "search"
	Language   Action = "language"
	Bell       Action = "bell"
	Colours    Action = "colours"
	Redraw     Action = "redraw"

	Up       Action = "up"
	Down     Action = "down"
	PageUp   Action = "pageup"
	PageDown Action = "pagedown"
	Newest   Action = "newest"
	Oldest   Action = "oldest"
	Open     Action = "open"
	NextDay  Action = "nextday"
	PrevDay  Action = "prevday"

	ByStatus Action = "bystatus"
	ByKind   Action = "bykind"
	BySource Action = "bysource"
	ByDay    Action = "byday"
	Refused  Action = "refused"
	ToDecide Action = "todecide"

	ShowCode    Action = "code"
	CopyLink    Action = "copylink"
	CopyMessage Action = "copymessage"
	Cancel      Action = "cancel"
	Reopen      Action = "reopen"
	Extend      Action = "extend"
	MarkPaid    Action = "markpaid"
	Clone       Action = "clone"
	Payments    Action = "payments"

	ToInvoice    Action = "toinvoice"
	CopyID       Action = "copyid"
	Raw          Action = "raw"
	Refund       Action = "refund"
	RefundLetter Action = "refundletter"
	RefundEnd    Action = "refundend"
	Settle       Action = "settle"
	ToPayment    Action = "topayment"

	AskAnew    Action = "askanew"
	SwitchLink Action = "switchlink"
	Invert     Action = "invert"
	SaveSVG    Action = "savesvg"
	SavePNG    Action = "savepng"
	SaveSlip   Action = "saveslip"
	Poster     Action = "poster"

	NextField Action = "nextfield"
	PrevField Action = "prevfield"
	Submit    Action = "submit"
	More      Action = "more"
	AddLine   Action = "addline"
	DropLine  Action = "dropline"

	HowItWorks Action = "howitworks"
	Route      Action = "route"
	Pause      Action = "pause"
	Examine    Action = "examine"
	Left       Action = "left"
	Right      Action = "right"
	Again      Action = "again"
	CopyReport Action = "copyreport"

	NextAnswer  Action = "nextanswer"
	PrevAnswer  Action = "prevanswer"
	PrevOption  Action = "prevoption"
	NextOption  Action = "nextoption"
	SaveAnswers Action = "saveanswers"
	TryAnswers  Action = "tryanswers"
	CopySheet   Action = "copysheet"
	SaveSheet   Action = "savesheet"
)

// All are the bindings, in the order in which they are shown.
var All = []Binding{
	{New, []string{"n", "f2"}, []Scope{Anywhere}, lang.Text{UZ: "yangi", RU: "новый", EN: "new"}, lang.Text{UZ: "yangi hisob: to‘lov havolasi va QR kod", RU: "новый счёт: ссылка на оплату и QR-код", EN: "new invoice: payment link and QR code"}, false},
	{Till, []string{"K", "f6"}, []Scope{Anywhere}, lang.Text{UZ: "kassa", RU: "касса", EN: "till"}, lang.Text{UZ: "kassadagi doimiy QR kod: summani mijoz yozadi", RU: "QR-код кассы: сумму вводит клиент", EN: "the till's QR code: customers type the sum"}, false},

	{Open, []string{"enter"}, []Scope{Lists}, lang.Text{UZ: "ochish", RU: "открыть", EN: "open"}, lang.Text{UZ: "tanlanganini ochish", RU: "открыть выбранное", EN: "open what is selected"}, true},
	{ShowCode, []string{"r"}, []Scope{Invoice}, lang.Text{UZ: "QR", RU: "QR", EN: "QR"}, lang.Text{UZ: "QR kodni to‘liq ekranda ko‘rsatish", RU: "показать QR-код во весь экран", EN: "show the QR code full screen"}, false},
	{CopyLink, []string{"c"}, []Scope{Invoice, Code}, lang.Text{UZ: "havola", RU: "ссылка", EN: "copy link"}, lang.Text{UZ: "to‘lov havolasini nusxalash", RU: "скопировать ссылку на оплату", EN: "copy the payment link"}, false},
	{CopyMessage, []string{"m"}, []Scope{Invoice, Code}, lang.Text{UZ: "xabar", RU: "сообщение", EN: "message"}, lang.Text{UZ: "mijozga yuboriladigan xabarni nusxalash", RU: "скопировать сообщение для клиента", EN: "copy the message for the customer"}, false},
	{Cancel, []string{"x"}, []Scope{Invoice}, lang.Text{UZ: "bekor qilish", RU: "отменить", EN: "cancel"}, lang.Text{UZ: "hisobni bekor qilish", RU: "отменить счёт", EN: "cancel the invoice"}, false},
	{MarkPaid, []string{"p"}, []Scope{Invoice}, lang.Text{UZ: "to‘landi", RU: "оплачен", EN: "mark paid"}, lang.Text{UZ: "qo‘lda to‘langan deb belgilash (naqd, terminal)", RU: "отметить оплаченным вручную (наличные, терминал)", EN: "mark as paid by hand (cash, terminal)"}, false},
	{Reopen, []string{"o"}, []Scope{Invoice}, lang.Text{UZ: "qayta ochish", RU: "открыть снова", EN: "reopen"}, lang.Text{UZ: "hisobni qayta ochish", RU: "открыть счёт снова", EN: "reopen the invoice"}, false},
	{Extend, []string{"e"}, []Scope{Invoice}, lang.Text{UZ: "muddat", RU: "срок", EN: "extend"}, lang.Text{UZ: "muddatini o‘zgartirish", RU: "изменить срок", EN: "extend the invoice"}, false},
	{Clone, []string{"y"}, []Scope{Invoice}, lang.Text{UZ: "nusxa", RU: "копия", EN: "clone"}, lang.Text{UZ: "xuddi shunday yangi hisob", RU: "такой же новый счёт", EN: "another invoice like this one"}, false},
	{Payments, []string{"t"}, []Scope{Invoice}, lang.Text{UZ: "to‘lov", RU: "платёж", EN: "payment"}, lang.Text{UZ: "hisobning to‘lovini ochish", RU: "открыть платёж по счёту", EN: "open the invoice's payment"}, false},

	{ToInvoice, []string{"i"}, []Scope{Transaction, Call}, lang.Text{UZ: "hisob", RU: "счёт", EN: "invoice"}, lang.Text{UZ: "to‘lovning hisobini ochish", RU: "открыть счёт платежа", EN: "open the payment's invoice"}, false},
	{Refund, []string{"b"}, []Scope{Transaction}, lang.Text{UZ: "qaytarish", RU: "возврат", EN: "refund"}, lang.Text{UZ: "bankdan pulni qaytarishni so‘rash", RU: "запросить у банка возврат", EN: "request a refund from the bank"}, false},
	{RefundLetter, []string{"l"}, []Scope{Transaction}, lang.Text{UZ: "xat", RU: "письмо", EN: "letter"}, lang.Text{UZ: "bankka qaytarish xatini nusxalash", RU: "скопировать письмо банку о возврате", EN: "copy the refund letter to the bank"}, false},
	{RefundEnd, []string{"w"}, []Scope{Transaction}, lang.Text{UZ: "so‘rovni yopish", RU: "закрыть запрос", EN: "end request"}, lang.Text{UZ: "qaytarish so‘rovini yopish (qaytarib olindi yoki rad etildi)", RU: "закрыть запрос на возврат (отозван или отклонён)", EN: "end the refund request (withdrawn or refused)"}, false},
	{Settle, []string{"h"}, []Scope{Transaction, Deal}, lang.Text{UZ: "hal qilish", RU: "решить", EN: "decide"}, lang.Text{UZ: "hech bir hisob kutmagan pul bilan nima qilishni hal qilish", RU: "решить, что делать с деньгами, которых не ждал ни один счёт", EN: "decide about money that no invoice waited for"}, false},
	{CopyID, []string{"c"}, []Scope{Transaction}, lang.Text{UZ: "ID", RU: "ID", EN: "copy ID"}, lang.Text{UZ: "to‘lov ID sini nusxalash", RU: "скопировать ID платежа", EN: "copy the transaction ID"}, false},
	{ToPayment, []string{"t"}, []Scope{Call}, lang.Text{UZ: "to‘lov", RU: "платёж", EN: "payment"}, lang.Text{UZ: "so‘rovning to‘lovini ochish", RU: "открыть платёж запроса", EN: "open the call's payment"}, false},
	{Raw, []string{"a"}, []Scope{Transaction, Call}, lang.Text{UZ: "JSON", RU: "JSON", EN: "JSON"}, lang.Text{UZ: "bank bilan almashilgan JSON", RU: "JSON обмена с банком", EN: "the raw JSON exchanged with the bank"}, false},

	{AskAnew, []string{"r", "enter"}, []Scope{Deal}, lang.Text{UZ: "qayta so‘rash", RU: "запросить снова", EN: "ask again"}, lang.Text{UZ: "to‘lov tizimidan qayerga to‘lashni qayta so‘rash", RU: "снова запросить у платёжной системы, куда платить", EN: "ask the payment system again where to pay"}, false},
	{SwitchLink, []string{"s"}, []Scope{Code}, lang.Text{UZ: "boshqa havola", RU: "другая ссылка", EN: "other link"}, lang.Text{UZ: "ilova havolasi yoki to‘lov sahifasi", RU: "ссылка в приложение или страница оплаты", EN: "app link or pay page"}, false},
	{Poster, []string{"o"}, []Scope{Code}, lang.Text{UZ: "plakat", RU: "плакат", EN: "poster"}, lang.Text{UZ: "chop etiladigan plakat: PDF, SVG yoki PNG", RU: "плакат с QR-кодом для печати: PDF, SVG или PNG", EN: "a poster with the QR code to print: PDF, SVG or PNG"}, false},
	{Invert, []string{"v"}, []Scope{Code}, lang.Text{UZ: "teskari", RU: "инверсия", EN: "invert"}, lang.Text{UZ: "QR ranglarini almashtirish", RU: "поменять цвета QR", EN: "invert the QR code"}, false},
	{SavePNG, []string{"g"}, []Scope{Code}, lang.Text{UZ: "PNG", RU: "PNG", EN: "PNG"}, lang.Text{UZ: "QR kodni PNG fayliga saqlash", RU: "сохранить QR-код в PNG", EN: "save the QR code as PNG"}, false},
	{SaveSVG, []string{"d"}, []Scope{Code}, lang.Text{UZ: "SVG", RU: "SVG", EN: "SVG"}, lang.Text{UZ: "QR kodni SVG fayliga saqlash", RU: "сохранить QR-код в SVG", EN: "save the QR code as SVG"}, false},
	{SaveSlip, []string{"p"}, []Scope{Code}, lang.Text{UZ: "chek", RU: "чек", EN: "slip"}, lang.Text{UZ: "chekni matn fayliga saqlash", RU: "сохранить чек текстом", EN: "save the slip as text"}, false},

	{ByStatus, []string{"s"}, []Scope{Today, Invoices}, lang.Text{UZ: "holat", RU: "состояние", EN: "status"}, lang.Text{UZ: "holati bo‘yicha filtrlash", RU: "отобрать по состоянию", EN: "filter by status"}, false},
	{ByKind, []string{"v"}, []Scope{Invoices}, lang.Text{UZ: "tur", RU: "вид", EN: "kind"}, lang.Text{UZ: "turi bo‘yicha filtrlash", RU: "отобрать по виду", EN: "filter by kind"}, false},
	{BySource, []string{"v"}, []Scope{Today}, lang.Text{UZ: "usul", RU: "способ", EN: "source"}, lang.Text{UZ: "to‘lov usuli bo‘yicha filtrlash", RU: "отобрать по способу оплаты", EN: "filter by payment source"}, false},
	{ByDay, []string{"d"}, []Scope{Today, Invoices}, lang.Text{UZ: "kun", RU: "день", EN: "day"}, lang.Text{UZ: "kunni tanlash", RU: "выбрать день", EN: "choose a day"}, false},
	{PrevDay, []string{"[", "left"}, []Scope{Today}, lang.Text{}, lang.Text{UZ: "oldingi kun", RU: "предыдущий день", EN: "the day before"}, false},
	{NextDay, []string{"]", "right"}, []Scope{Today}, lang.Text{}, lang.Text{UZ: "keyingi kun", RU: "следующий день", EN: "the day after"}, false},
	{ToDecide, []string{"u"}, []Scope{Today}, lang.Text{UZ: "hal qilish", RU: "решить", EN: "decide"}, lang.Text{UZ: "hal qilinishi kerak bo‘lgan pulni ko‘rsatish", RU: "показать деньги, о которых нужно решить", EN: "show the money that has to be decided about"}, false},
	{Refused, []string{"s"}, []Scope{Calls}, lang.Text{UZ: "rad etilgan", RU: "отказы", EN: "refused"}, lang.Text{UZ: "faqat rad etilgan so‘rovlar", RU: "только отклонённые запросы", EN: "refused calls only"}, false},

	{Submit, []string{"enter"}, []Scope{Form}, lang.Text{UZ: "QR kod", RU: "QR-код", EN: "QR code"}, lang.Text{UZ: "hisobni ochish va QR kodni ko‘rsatish", RU: "создать счёт и показать QR-код", EN: "make the invoice and show its QR code"}, true},
	{NextField, []string{"tab", "down"}, []Scope{Form}, lang.Text{UZ: "keyingi maydon", RU: "следующее поле", EN: "next field"}, lang.Text{UZ: "keyingi maydon", RU: "следующее поле", EN: "next field"}, true},
	{PrevField, []string{"shift+tab", "up"}, []Scope{Form}, lang.Text{}, lang.Text{UZ: "oldingi maydon", RU: "предыдущее поле", EN: "previous field"}, true},
	{More, []string{"f3", "ctrl+o"}, []Scope{Form}, lang.Text{UZ: "ko‘proq", RU: "ещё поля", EN: "more"}, lang.Text{UZ: "qo‘shimcha maydonlar", RU: "дополнительные поля", EN: "the optional fields"}, true},
	{AddLine, []string{"f4", "ctrl+t"}, []Scope{Form}, lang.Text{UZ: "qator", RU: "позиция", EN: "add line"}, lang.Text{UZ: "qator qo‘shish", RU: "добавить позицию", EN: "add a line"}, true},
	{DropLine, []string{"f8", "ctrl+d"}, []Scope{Form}, lang.Text{}, lang.Text{UZ: "qatorni olib tashlash", RU: "убрать позицию", EN: "remove the line"}, true},

	{HowItWorks, []string{"h"}, []Scope{Settings}, lang.Text{UZ: "qanday ishlaydi", RU: "как работает", EN: "how it works"}, lang.Text{UZ: "to‘lov turi qanday ishlaydi: misol bilan", RU: "как работает этот вид оплаты: с примером", EN: "how this kind of payment works: with an example"}, false},
	{Pause, []string{"p"}, []Scope{Settings}, lang.Text{UZ: "to‘xtatib turish", RU: "приостановить", EN: "pause"}, lang.Text{UZ: "to‘lov tizimini to‘xtatib turish yoki davom ettirish", RU: "приостановить платёжную систему или возобновить", EN: "pause the payment system, or let it go on"}, false},
	{Route, []string{"u"}, []Scope{Settings}, lang.Text{UZ: "yo‘nalish", RU: "направить", EN: "route"}, lang.Text{UZ: "to‘lov turini boshqa to‘lov tizimiga ulash", RU: "направить вид оплаты в другую платёжную систему", EN: "route the kind of payment to another payment system"}, false},
	{Examine, []string{"d"}, []Scope{Settings}, lang.Text{UZ: "tekshirish", RU: "проверить", EN: "check"}, lang.Text{UZ: "hammasini tekshirish: sozlamalar, HTTPS, soat, disk, bank so‘rovlari", RU: "проверить всё: настройки, HTTPS, часы, диск, запросы банка", EN: "check everything: settings, HTTPS, clock, disk, the bank's calls"}, false},
	{Left, []string{"left"}, []Scope{Settings}, lang.Text{}, lang.Text{UZ: "chapdagi karta", RU: "карточка слева", EN: "the card at the left"}, true},
	{Right, []string{"right"}, []Scope{Settings}, lang.Text{}, lang.Text{UZ: "o‘ngdagi karta", RU: "карточка справа", EN: "the card at the right"}, true},

	{Again, []string{"r"}, []Scope{Doctor}, lang.Text{UZ: "qaytadan", RU: "заново", EN: "again"}, lang.Text{UZ: "qaytadan tekshirish", RU: "проверить заново", EN: "check again"}, false},
	{CopyReport, []string{"c"}, []Scope{Doctor}, lang.Text{UZ: "nusxalash", RU: "копировать", EN: "copy"}, lang.Text{UZ: "tekshiruv natijasini nusxalash", RU: "скопировать результат проверки", EN: "copy what was found as text"}, false},

	{NextAnswer, []string{"enter", "tab"}, []Scope{Setup}, lang.Text{UZ: "keyingisi", RU: "дальше", EN: "next"}, lang.Text{UZ: "keyingi savol; oxirgisidan keyin saqlaydi", RU: "следующий вопрос; после последнего сохраняет", EN: "the next question; after the last one, save"}, true},
	{PrevAnswer, []string{"shift+tab"}, []Scope{Setup}, lang.Text{UZ: "oldingisi", RU: "предыдущий", EN: "previous"}, lang.Text{UZ: "oldingi savol", RU: "предыдущий вопрос", EN: "the question before"}, true},
	{PrevOption, []string{"left"}, []Scope{Setup}, lang.Text{}, lang.Text{UZ: "oldingi variantni tanlash", RU: "выбрать предыдущий вариант", EN: "choose the option before"}, true},
	{NextOption, []string{"right", "space"}, []Scope{Setup}, lang.Text{}, lang.Text{UZ: "keyingi variantni tanlash; bir nechtasi mumkin bo‘lsa, probel belgilaydi", RU: "выбрать следующий вариант; где можно несколько, пробел отмечает", EN: "choose the next option; where several are possible, Space marks one"}, true},
	{SaveAnswers, []string{"ctrl+s", "f10"}, []Scope{Setup}, lang.Text{UZ: "saqlash", RU: "сохранить", EN: "save"}, lang.Text{UZ: "javoblarni saqlash", RU: "сохранить ответы", EN: "save the answers"}, true},
	{TryAnswers, []string{"ctrl+t", "f5"}, []Scope{Setup}, lang.Text{UZ: "ulanishni sinash", RU: "проверить связь", EN: "test it"}, lang.Text{UZ: "shu javoblar bilan to‘lov tizimiga ulanishni sinash", RU: "проверить связь с платёжной системой по этим ответам", EN: "test the connection to the payment system with these answers"}, true},
	{CopySheet, []string{"c"}, []Scope{Sheet}, lang.Text{UZ: "nusxalash", RU: "скопировать", EN: "copy"}, lang.Text{UZ: "bank varag‘ini nusxalash", RU: "скопировать лист для банка", EN: "copy the sheet for the bank"}, false},
	{SaveSheet, []string{"s"}, []Scope{Sheet}, lang.Text{UZ: "faylga", RU: "в файл", EN: "to a file"}, lang.Text{UZ: "bank varag‘ini matn fayliga saqlash", RU: "сохранить лист для банка текстом", EN: "save the sheet for the bank as a text file"}, false},

	{Search, []string{"/"}, []Scope{Lists}, lang.Text{UZ: "qidirish", RU: "поиск", EN: "search"}, lang.Text{UZ: "raqam, summa, ism, telefon yoki izoh bo‘yicha qidirish", RU: "искать по номеру, сумме, имени, телефону, примечанию", EN: "search by number, sum, name, phone or note"}, false},
	{Up, []string{"up", "k"}, []Scope{Lists, Text, Setup}, lang.Text{}, lang.Text{UZ: "yuqoriga", RU: "вверх", EN: "up"}, true},
	{Down, []string{"down", "j"}, []Scope{Lists, Text, Setup}, lang.Text{}, lang.Text{UZ: "pastga", RU: "вниз", EN: "down"}, true},
	{PageUp, []string{"pgup", "ctrl+b"}, []Scope{Lists, Text}, lang.Text{}, lang.Text{UZ: "bir ekran yuqoriga", RU: "на экран вверх", EN: "a screen up"}, true},
	{PageDown, []string{"pgdown", "space", "ctrl+f"}, []Scope{Lists, Text}, lang.Text{}, lang.Text{UZ: "bir ekran pastga", RU: "на экран вниз", EN: "a screen down"}, true},
	{Newest, []string{"home", "g"}, []Scope{Lists, Text}, lang.Text{}, lang.Text{UZ: "boshiga, eng yangisiga", RU: "в начало, к новейшему", EN: "to the top, the newest"}, true},
	{Oldest, []string{"end", "G"}, []Scope{Lists, Text}, lang.Text{}, lang.Text{UZ: "oxiriga", RU: "в конец", EN: "to the end"}, true},

	{ToToday, []string{"1"}, []Scope{Anywhere}, lang.Text{}, lang.Text{UZ: "bugun: tushum va to‘lovlar", RU: "сегодня: выручка и платежи", EN: "today: takings and payments"}, false},
	{ToBills, []string{"2"}, []Scope{Anywhere}, lang.Text{}, lang.Text{UZ: "hisoblar", RU: "счета", EN: "invoices"}, false},
	{ToCalls, []string{"3"}, []Scope{Anywhere}, lang.Text{}, lang.Text{UZ: "bank so‘rovlari", RU: "запросы банка", EN: "calls of the bank"}, false},
	{ToSettings, []string{"4"}, []Scope{Anywhere}, lang.Text{}, lang.Text{UZ: "sozlamalar va to‘lov tizimlari", RU: "настройки и платёжные системы", EN: "settings and payment systems"}, false},
	{NextTab, []string{"tab"}, []Scope{Anywhere}, lang.Text{UZ: "boshqa ekran", RU: "другой экран", EN: "next screen"}, lang.Text{UZ: "keyingi ekran", RU: "следующий экран", EN: "the next screen"}, true},
	{Back, []string{"esc", "backspace"}, []Scope{Anywhere}, lang.Text{UZ: "orqaga", RU: "назад", EN: "back"}, lang.Text{UZ: "orqaga", RU: "назад", EN: "back"}, true},
	{Palette, []string{":", "ctrl+p"}, []Scope{Anywhere}, lang.Text{UZ: "buyruq", RU: "команды", EN: "commands"}, lang.Text{UZ: "har qanday amalni nomi bilan topish", RU: "найти любое действие по названию", EN: "find any action by its name"}, true},
	{Help, []string{"?", "f1"}, []Scope{Anywhere}, lang.Text{UZ: "yordam", RU: "справка", EN: "help"}, lang.Text{UZ: "barcha klavishlar", RU: "все клавиши", EN: "the whole key table"}, false},
	{Language, []string{"L"}, []Scope{Anywhere}, lang.Text{}, lang.Text{UZ: "til: o‘zbekcha, ruscha, inglizcha", RU: "язык: узбекский, русский, английский", EN: "language: Uzbek, Russian, English"}, false},
	{Bell, nil, []Scope{Anywhere}, lang.Text{}, lang.Text{UZ: "qo‘ng‘iroqni yoqish yoki o‘chirish", RU: "включить или выключить звонок", EN: "turn the bell on or off"}, false},
	{Colours, nil, []Scope{Anywhere}, lang.Text{}, lang.Text{UZ: "yorug‘ yoki qorong‘i ranglar", RU: "светлые или тёмные цвета", EN: "light or dark colours"}, false},
	{Redraw, []string{"ctrl+l"}, []Scope{Anywhere}, lang.Text{}, lang.Text{UZ: "ekranni qayta chizish", RU: "перерисовать экран", EN: "draw the screen again"}, false},
	{Quit, []string{"q", "ctrl+q", "ctrl+c"}, []Scope{Anywhere}, lang.Text{UZ: "yopish", RU: "закрыть", EN: "close"}, lang.Text{UZ: "dasturni yopish", RU: "закрыть программу", EN: "close the console"}, false},
}

// Scopes lists the parts of the console, in the order in which the help shows them.
func Scopes() []Scope {
	return []Scope{Anywhere, Lists, Today, Invoices, Invoice, Code, Deal, Form, Transaction, Calls, Call, Settings, Doctor, Setup, Sheet, Text}
}

// Titles name the parts.
var Titles = map[Scope]lang.Text{
	Anywhere:    {UZ: "hamma joyda", RU: "везде", EN: "everywhere"},
	Lists:       {UZ: "ro‘yxatlar", RU: "списки", EN: "lists"},
	Today:       {UZ: "bugun", RU: "сегодня", EN: "today"},
	Invoices:    {UZ: "hisoblar ro‘yxati", RU: "список счетов", EN: "the list of invoices"},
	Invoice:     {UZ: "hisob", RU: "счёт", EN: "an invoice"},
	Transaction: {UZ: "to‘lov", RU: "платёж", EN: "a transaction"},
	Calls:       {UZ: "so‘rovlar ro‘yxati", RU: "список запросов", EN: "the list of calls"},
	Call:        {UZ: "so‘rov", RU: "запрос", EN: "a call"},
	Code:        {UZ: "QR ekrani", RU: "экран QR", EN: "the QR screen"},
	Deal:        {UZ: "QR ekrani: bitim", RU: "экран QR: сделка", EN: "the QR screen of a deal"},
	Settings:    {UZ: "sozlamalar", RU: "настройки", EN: "settings"},
	Doctor:      {UZ: "tekshiruv", RU: "проверка", EN: "the check"},
	Form:        {UZ: "yangi hisob", RU: "новый счёт", EN: "a new invoice"},
	Setup:       {UZ: "sozlama savollari", RU: "вопросы настройки", EN: "questions of the settings"},
	Sheet:       {UZ: "bank varag‘i", RU: "лист для банка", EN: "the sheet for the bank"},
	Text:        {UZ: "uzun matn", RU: "длинный текст", EN: "a long text"},
}
