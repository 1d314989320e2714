package oneclick

import "tushum/internal/lang"

// saying is a sentence and what to do about it. Either may have room for a word.
type saying struct{ msg, hint lang.Text }

var (
	hintLater = lang.Text{
		UZ: "birozdan so‘ng qayta urining; davom etsa, tizim egasiga yozing",
		RU: "повторите чуть позже; если не проходит, напишите поставщику",
		EN: "try again a little later; if it goes on, write to the vendor",
	}
	hintCabinet = lang.Text{
		UZ: "kabinetdan faylni qaytadan yuklab oling va o‘zgartirmang",
		RU: "скачайте файл из кабинета заново и не меняйте его",
		EN: "download the file from the cabinet again and leave it as it is",
	}
	hintAddress = lang.Text{
		UZ: "tizim egasi bergan API manzilini tekshiring",
		RU: "проверьте адрес API, который дал поставщик",
		EN: "check the API address that the vendor gave you",
	}
	hintLookUp = lang.Text{
		UZ: "yangisini ochmang: avval bitimni ro‘yxatdan qidiring",
		RU: "не создавайте новую: сначала найдите сделку в списке",
		EN: "make no new one: look the deal up in the list first",
	}
	hintAskVendor = lang.Text{
		UZ: "bitim raqamini tizim egasiga yuboring",
		RU: "сообщите поставщику номер сделки",
		EN: "send the vendor the number of the deal",
	}
	hintNewInvoice = lang.Text{
		UZ: "yangi to‘lov oching",
		RU: "создайте новый платёж",
		EN: "make a new payment",
	}
	hintPollGoesOn = lang.Text{
		UZ: "hech narsa qilmang: bitim holati so‘rab turiladi",
		RU: "ничего не делайте: состояние сделки опрашивается само",
		EN: "do nothing: the deal's state is asked for anyway",
	}
)

// sayings are what people are told, by kind of failure.
var sayings = map[Code]saying{
	ErrAddress: {
		msg:  lang.Text{UZ: "API manzili yaroqsiz: https:// va server nomi kerak", RU: "адрес API не подходит: нужны https:// и имя сервера", EN: "the API address can't be used: it must be https:// and a host"},
		hint: hintAddress,
	},
	ErrCredentialsUnreadable: {
		msg:  lang.Text{UZ: "kalitlar faylini o‘qib bo‘lmadi", RU: "файл с ключами не читается", EN: "the credentials file can't be read"},
		hint: lang.Text{UZ: "fayl yo‘lini va unga ruxsatni tekshiring", RU: "проверьте путь к файлу и права на него", EN: "check the path of the file and who may read it"},
	},
	ErrCredentialsOpen: {
		msg:  lang.Text{UZ: "kalitlar faylini boshqalar ham o‘qiy oladi", RU: "файл с ключами доступен другим пользователям", EN: "others can read the credentials file"},
		hint: lang.Text{UZ: "yoping: chmod 600, so‘ng kabinetda kalitni almashtiring", RU: "закройте: chmod 600, затем смените ключ в кабинете", EN: "close it with chmod 600, then change the key in the cabinet"},
	},
	ErrCredentialsLarge: {
		msg:  lang.Text{UZ: "fayl juda katta: bu kalitlar fayli emas", RU: "файл слишком велик: это не файл с ключами", EN: "the file is too large to be a credentials file"},
		hint: hintCabinet,
	},
	ErrCredentialsSyntax: {
		msg:  lang.Text{UZ: "kalitlar fayli JSON emas", RU: "файл с ключами не в формате JSON", EN: "the credentials file is not JSON"},
		hint: hintCabinet,
	},
	ErrCredentialsField: {
		msg:  lang.Text{UZ: "kalitlar faylida %s yo‘q yoki yaroqsiz", RU: "в файле с ключами нет %s или значение не подходит", EN: "the credentials file lacks %s, or its value can't be used"},
		hint: hintCabinet,
	},
	ErrCredentialsKey: {
		msg:  lang.Text{UZ: "private_key RSA kaliti emas", RU: "private_key не является ключом RSA", EN: "private_key is not an RSA key"},
		hint: hintCabinet,
	},
	ErrOrder: {
		msg:  lang.Text{UZ: "bitim uchun %s yaroqsiz", RU: "для сделки не подходит %s", EN: "a deal can't be made with this %s"},
		hint: lang.Text{UZ: "hisobni va sozlamalarni tekshiring", RU: "проверьте счёт и настройки", EN: "check the invoice and the settings"},
	},
	ErrDealID: {
		msg:  lang.Text{UZ: "bunday bitim raqami bo‘lmaydi", RU: "такого номера сделки не бывает", EN: "no deal has such a number"},
		hint: lang.Text{UZ: "bitimni ro‘yxatdan tanlang", RU: "выберите сделку из списка", EN: "choose the deal from the list"},
	},
	ErrUnreachable: {
		msg:  lang.Text{UZ: "to‘lov tizimiga ulanib bo‘lmadi", RU: "не удалось соединиться с платёжной системой", EN: "the payment system can't be reached"},
		hint: lang.Text{UZ: "internetni va API manzilini tekshiring", RU: "проверьте интернет и адрес API", EN: "check the internet connection and the API address"},
	},
	ErrUntrusted: {
		msg:  lang.Text{UZ: "serverning sertifikati ishonchsiz, hech narsa yuborilmadi", RU: "сертификату сервера нельзя доверять, ничего не отправлено", EN: "the server's certificate can't be trusted, nothing was sent"},
		hint: lang.Text{UZ: "API manzilini va kompyuter soatini tekshiring", RU: "проверьте адрес API и часы компьютера", EN: "check the API address and the computer's clock"},
	},
	ErrNoAnswer: {
		msg:  lang.Text{UZ: "to‘lov tizimining javobi kelmadi", RU: "ответ платёжной системы не пришёл", EN: "the payment system's answer did not come"},
		hint: hintLater,
	},
	ErrStopped: {
		msg:  lang.Text{UZ: "so‘rov to‘xtatildi", RU: "запрос прерван", EN: "the call was stopped"},
		hint: hintLater,
	},
	ErrRedirected: {
		msg:  lang.Text{UZ: "server boshqa manzilga yo‘naltirdi", RU: "сервер перенаправляет на другой адрес", EN: "the server redirects to another address"},
		hint: hintAddress,
	},
	ErrNotAPI: {
		msg:  lang.Text{UZ: "bu manzilda API o‘rniga veb-sahifa javob berdi", RU: "по этому адресу отвечает веб-страница, а не API", EN: "a web page answers at this address, not the API"},
		hint: hintAddress,
	},
	ErrTooLarge: {
		msg:  lang.Text{UZ: "to‘lov tizimining javobi juda katta", RU: "ответ платёжной системы слишком велик", EN: "the payment system's answer is too large"},
		hint: hintAddress,
	},
	ErrBadAnswer: {
		msg:  lang.Text{UZ: "to‘lov tizimining javobi tushunarsiz", RU: "ответ платёжной системы непонятен", EN: "the payment system's answer can't be understood"},
		hint: hintLater,
	},
	ErrSignIn: {
		msg:  lang.Text{UZ: "to‘lov tizimi kalitlarni qabul qilmadi", RU: "платёжная система не приняла ключи", EN: "the payment system does not accept the credentials"},
		hint: lang.Text{UZ: "kabinetda kalit o‘chirilmaganini tekshiring va faylni qayta yuklab oling", RU: "проверьте, не отозван ли ключ в кабинете, и скачайте файл заново", EN: "check in the cabinet whether the key was revoked, and download the file again"},
	},
	ErrForbidden: {
		msg:  lang.Text{UZ: "bu amalga ruxsat yo‘q", RU: "на это действие нет прав", EN: "this is not allowed"},
		hint: lang.Text{UZ: "kabinetda kalit huquqini va ruxsat etilgan IP manzillarni tekshiring", RU: "проверьте в кабинете права ключа и список разрешённых IP", EN: "check the key's role and the allowed IP addresses in the cabinet"},
	},
	ErrNotFound: {
		msg:  lang.Text{UZ: "to‘lov tizimida bunday bitim yo‘q", RU: "в платёжной системе нет такой сделки", EN: "the payment system has no such deal"},
		hint: lang.Text{UZ: "API manzili sinov yoki ish rejimiga mosligini tekshiring", RU: "проверьте, тестовый или рабочий адрес API указан", EN: "check whether the API address is that of the sandbox or the real one"},
	},
	ErrRateLimited: {
		msg:  lang.Text{UZ: "so‘rovlar juda ko‘p: to‘lov tizimi kutishni so‘radi", RU: "слишком много запросов: платёжная система просит подождать", EN: "too many calls: the payment system asks to wait"},
		hint: hintLater,
	},
	ErrUnavailable: {
		msg:  lang.Text{UZ: "to‘lov tizimida nosozlik", RU: "в платёжной системе сбой", EN: "the payment system has a failure"},
		hint: hintLater,
	},
	ErrRefused: {
		msg:  lang.Text{UZ: "to‘lov tizimi so‘rovni rad etdi", RU: "платёжная система отклонила запрос", EN: "the payment system refused the call"},
		hint: lang.Text{UZ: "summa chegaralarini va sozlamalarni tekshiring", RU: "проверьте пределы суммы и настройки", EN: "check the limits of the amount and the settings"},
	},
	ErrUnknownOutcome: {
		msg:  lang.Text{UZ: "bitim ochilgan-ochilmagani noma’lum", RU: "неизвестно, создана ли сделка", EN: "it is not known whether the deal was made"},
		hint: hintLookUp,
	},
	ErrNotThere: {
		msg:  lang.Text{UZ: "to‘lov tizimi ro‘yxatida bu bitim yo‘q", RU: "в списке платёжной системы этой сделки нет", EN: "the deal is not in the payment system's list"},
		hint: hintNewInvoice,
	},
	ErrListUnread: {
		msg:  lang.Text{UZ: "bitimlar ro‘yxati oxirigacha o‘qilmadi", RU: "список сделок не прочитан до конца", EN: "the list of deals could not be read to its end"},
		hint: hintLater,
	},
	ErrOtherDeal: {
		msg:  lang.Text{UZ: "to‘lov tizimi boshqa bitim haqida javob berdi", RU: "платёжная система ответила о другой сделке", EN: "the payment system answered about another deal"},
		hint: hintAskVendor,
	},
	ErrNotReady: {
		msg:  lang.Text{UZ: "karta raqami hali berilmadi", RU: "номер карты ещё не выдан", EN: "the card number is not there yet"},
		hint: hintLater,
	},
	ErrDealCanceled: {
		msg:  lang.Text{UZ: "bitim bekor qilingan", RU: "сделка отменена", EN: "the deal is cancelled"},
		hint: hintNewInvoice,
	},
	ErrNoCard: {
		msg:  lang.Text{UZ: "to‘lov tizimi 16 xonali karta raqamini bermadi", RU: "платёжная система не дала номер карты из 16 цифр", EN: "the payment system gave no card number of 16 digits"},
		hint: lang.Text{UZ: "mijozga to‘lov sahifasining havolasini bering", RU: "дайте клиенту ссылку на страницу оплаты", EN: "give the customer the link of the payment page"},
	},
	ErrNoAmount: {
		msg:  lang.Text{UZ: "bitim summasi aytilmagan", RU: "сумма сделки не указана", EN: "the deal's amount is not told"},
		hint: hintAskVendor,
	},
	ErrBadAmount: {
		msg:  lang.Text{UZ: "bitim summasi tiyingacha aniq emas yoki son emas", RU: "сумма сделки не точна до тийина или не число", EN: "the deal's amount is finer than a tiyin, or no number"},
		hint: hintAskVendor,
	},
	ErrCurrency: {
		msg:  lang.Text{UZ: "to‘lov tizimi so‘mdan boshqa valyutani aytdi: %s", RU: "платёжная система называет другую валюту, не сум: %s", EN: "the payment system names another currency than so‘m: %s"},
		hint: lang.Text{UZ: "bu bitim bo‘yicha hech kim to‘lamasin: raqamini tizim egasiga yuboring", RU: "по этой сделке никто не должен платить: сообщите поставщику её номер", EN: "let nobody pay this deal: send the vendor its number"},
	},
	ErrNoCancel: {
		msg:  lang.Text{UZ: "to‘lov tizimi bitimni bekor qilmadi: muddati o‘zi tugaydi", RU: "платёжная система не отменила сделку: она истечёт сама", EN: "the payment system did not cancel the deal: it runs out by itself"},
		hint: lang.Text{UZ: "mijozga eski havola bo‘yicha to‘lamasligini ayting", RU: "скажите клиенту не платить по старой ссылке", EN: "tell the customer not to pay by the old link"},
	},
	ErrBadWebhook: {
		msg:  lang.Text{UZ: "xabarnoma tushunarsiz, e’tiborga olinmadi", RU: "уведомление непонятно и не учтено", EN: "the notice can't be understood and was passed over"},
		hint: hintPollGoesOn,
	},
	ErrForged: {
		msg:  lang.Text{UZ: "xabarnoma imzosi to‘g‘ri kelmadi, e’tiborga olinmadi", RU: "подпись уведомления не сошлась, оно не учтено", EN: "the notice's signature is wrong, it was passed over"},
		hint: hintPollGoesOn,
	},
}
