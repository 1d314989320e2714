package tui

import (
	"tushum/internal/lang"
	"tushum/store"
)

// reasons are the error codes of the Merchant API 1.0.0. There is no 10004.
var reasons = map[string]reason{
	"10001": {
		says: lang.Text{UZ: "login yoki parol noto‘g‘ri", RU: "неверный логин или пароль", EN: "the login or the password is wrong"},
		hint: lang.Text{
			UZ: "bank yuborayotgan login va parolni sozlamalardagi [[uzum.credentials]] bilan solishtiring; manzil banknikidan boshqa bo‘lsa, begona urinish",
			RU: "сверьте логин и пароль, с которыми звонит банк, с [[uzum.credentials]] в настройках; если адрес не банка, это чужой",
			EN: "compare the login and password the bank uses with [[uzum.credentials]] in the settings; if the address is not the bank's, it was a stranger",
		},
		cases: []reasonCase{{
			wrote: store.ReasonNoBasic,
			says:  lang.Text{UZ: "so‘rov login va parolsiz keldi", RU: "запрос пришёл без логина и пароля", EN: "the call came without login and password"},
			hint: lang.Text{
				UZ: "bankdan bo‘lsa: bankda HTTP Basic login va parol kiritilganini, proksi Authorization sarlavhasini o‘tkazishini tekshiring; boshqa manzildan bo‘lsa, e’tibor bermang",
				RU: "если это банк: проверьте, что у него заданы логин и пароль HTTP Basic и что прокси пропускает заголовок Authorization; если адрес чужой, не обращайте внимания",
				EN: "if it was the bank: check that it has the HTTP Basic login and password, and that the proxy passes the Authorization header on; a stranger's call can be ignored",
			},
		}, {
			wrote: store.ReasonUnknownLogin,
			says:  lang.Text{UZ: "bunday login sozlanmagan", RU: "такой логин не настроен", EN: "no such login is set up"},
			hint: lang.Text{
				UZ: "odatda bu internetdagi begona urinish; manzil banknikidan bo‘lsa, loginni bankdagi va sozlamalardagi [[uzum.credentials]] bilan solishtiring",
				RU: "обычно это чужой из интернета; если адрес банка, сверьте логин у банка с [[uzum.credentials]] в настройках",
				EN: "most often a stranger from the internet; if the address is the bank's, compare its login with [[uzum.credentials]] in the settings",
			},
		}, {
			wrote: store.ReasonNobody,
			says:  lang.Text{UZ: "do‘konda bank uchun login va parol sozlanmagan", RU: "в магазине не заданы логин и пароль для банка", EN: "this shop has no login and password for the bank yet"},
			hint: lang.Text{
				UZ: "sozlamalarda [[uzum.credentials]] ni to‘ldiring: parol o‘rniga tushum hash-password chiqargan qiymat yoziladi",
				RU: "заполните [[uzum.credentials]] в настройках: вместо пароля ставится то, что выведет tushum hash-password",
				EN: "fill in [[uzum.credentials]] in the settings: instead of the password goes what tushum hash-password prints",
			},
		}},
	},
	"10002": {
		says: lang.Text{UZ: "so‘rovni o‘qib bo‘lmadi: JSON emas yoki tuzilishi boshqa", RU: "запрос не читается: не JSON или не та структура", EN: "the request can't be read: it is not JSON, or not of the expected structure"},
		hint: lang.Text{
			UZ: "a tugmasi bilan JSON ni ko‘ring; bankdan kelgan bo‘lsa, uni bankka yuboring",
			RU: "посмотрите JSON клавишей a; если это звонил банк, перешлите его банку",
			EN: "look at the JSON with the a key; if the bank sent it, show it to the bank",
		},
	},
	"10003": {
		says: lang.Text{UZ: "so‘rov POST usulida emas", RU: "запрос не методом POST", EN: "the request was not a POST"},
		hint: lang.Text{
			UZ: "odatda bu manzilni brauzerda ochgan odam; bankdan kelgan bo‘lsa, proksi yo‘naltirishini tekshiring",
			RU: "обычно так кто-то открывает адрес в браузере; если это банк, проверьте перенаправления прокси",
			EN: "most often somebody opened the address in a browser; if it was the bank, check the proxy for redirects",
		},
	},
	"10005": {
		says: lang.Text{UZ: "so‘rovda kerakli maydon yo‘q yoki bo‘sh", RU: "в запросе нет нужного поля, или оно пустое", EN: "a required field of the request is missing or empty"},
		hint: lang.Text{
			UZ: "hisob raqami maydonining nomi account_params sozlamasi bilan bir xilligini tekshiring",
			RU: "проверьте, что имя поля с номером счёта совпадает с настройкой account_params",
			EN: "check that the name of the field with the invoice number is one of the setting account_params",
		},
	},
	"10006": {
		says: lang.Text{UZ: "xizmat raqami (serviceId) bu do‘konniki emas", RU: "номер услуги (serviceId) не этого магазина", EN: "the service number (serviceId) is not this shop's"},
		hint: lang.Text{
			UZ: "service_id sozlamasini bank bergan raqam bilan solishtiring: sinov va asosiy raqamlar boshqa bo‘ladi",
			RU: "сверьте настройку service_id с номером от банка: для теста и для работы они разные",
			EN: "compare the setting service_id with the number from the bank: test and live have different ones",
		},
	},
	"10007": {
		says: lang.Text{UZ: "bunday hisob yo‘q ({number})", RU: "такого счёта нет ({number})", EN: "there is no such invoice ({number})"},
		hint: lang.Text{
			UZ: "mijoz raqamni xato kiritgan bo‘lishi mumkin: QR kod yoki havolani bering",
			RU: "клиент мог ошибиться в номере: дайте ему QR-код или ссылку",
			EN: "the customer may have mistyped the number: give them the QR code or the link",
		},
	},
	"10008": {
		says: lang.Text{UZ: "hisob allaqachon to‘langan", RU: "счёт уже оплачен", EN: "the invoice is already paid"},
		hint: lang.Text{
			UZ: "mijozdan ikkinchi marta pul yechilmaydi; i bilan hisobni ochib ko‘ring",
			RU: "второй раз деньги не спишутся; откройте счёт клавишей i",
			EN: "the customer is not charged twice; open the invoice with i",
		},
	},
	"10009": {
		says: lang.Text{UZ: "hisob yopiq ({status})", RU: "счёт закрыт ({status})", EN: "the invoice is closed ({status})"},
		hint: lang.Text{
			UZ: "muddati o‘tgan yoki puli qaytarilgan hisobni qayta oching, bekor qilingani o‘rniga yangisini yarating",
			RU: "просроченный счёт или счёт с возвратом откройте снова, вместо отменённого создайте новый",
			EN: "reopen one that has expired or was refunded; instead of a cancelled one make a new one",
		},
	},
	"10010": {
		says: lang.Text{UZ: "bank bu to‘lovni avval yaratgan", RU: "банк уже создавал этот платёж", EN: "the bank has created this payment before"},
		hint: lang.Text{
			UZ: "odatda bu takroriy so‘rov: birinchisi kuchda, hech narsa qilish shart emas",
			RU: "обычно это повтор: первый запрос в силе, делать ничего не нужно",
			EN: "most often a repeat: the first call holds, there is nothing to do",
		},
	},
	"10011": {
		says:  lang.Text{UZ: "summa hisobdagiga teng emas", RU: "сумма не равна сумме счёта", EN: "the amount is not that of the invoice"},
		exact: lang.Text{UZ: "mijozdan {got} so‘ralgan, hisobda {want}", RU: "у клиента запросили {got}, а в счёте {want}", EN: "the customer was charged {got}, the invoice is {want}"},
		hint: lang.Text{
			UZ: "pul yechilmadi: mijoz QR yoki havola orqali to‘lasin yoki aynan hisobdagi summani kiritsin",
			RU: "деньги не списаны: пусть клиент платит по QR или ссылке или введёт ровно сумму счёта",
			EN: "no money was taken: let the customer pay by QR or link, or type exactly the invoice's amount",
		},
		cause: store.WrongAmount,
	},
	"10012": {
		says:  lang.Text{UZ: "summa eng kamidan kichik", RU: "сумма меньше минимума", EN: "the amount is below the minimum"},
		exact: lang.Text{UZ: "{got} eng kam summadan kichik: {want}", RU: "{got} меньше минимума {want}", EN: "{got} is below the minimum of {want}"},
		hint: lang.Text{
			UZ: "mijoz ko‘proq to‘lasin yoki min_amount sozlamasini kamaytiring",
			RU: "пусть клиент заплатит больше, или уменьшите настройку min_amount",
			EN: "let the customer pay more, or lower the setting min_amount",
		},
		cause: store.BelowMinimum,
	},
	"10013": {
		says:  lang.Text{UZ: "summa eng ko‘pidan katta", RU: "сумма больше максимума", EN: "the amount is above the maximum"},
		exact: lang.Text{UZ: "{got} eng ko‘p summadan katta: {want}", RU: "{got} больше максимума {want}", EN: "{got} is above the maximum of {want}"},
		hint: lang.Text{
			UZ: "to‘lovni ikki hisobga bo‘ling yoki max_amount sozlamasini oshiring",
			RU: "разделите оплату на два счёта или увеличьте настройку max_amount",
			EN: "split the payment over two invoices, or raise the setting max_amount",
		},
		cause: store.AboveMaximum,
	},
	"10014": {
		says: lang.Text{UZ: "bunday to‘lov yo‘q", RU: "такого платежа нет", EN: "there is no such payment"},
		hint: lang.Text{
			UZ: "agar mijozdan pul yechilgan bo‘lsa, bankka transId ni ayting: pulni bank qaytaradi",
			RU: "если у клиента списали деньги, назовите банку transId: деньги вернёт банк",
			EN: "if the customer was debited, give the bank the transId: the bank returns the money",
		},
		cases: []reasonCase{{
			wrote: "has failed",
			says:  lang.Text{UZ: "bank so‘ragan to‘lov amalga oshmagan ({status})", RU: "платёж, о котором спросил банк, не прошёл ({status})", EN: "the payment the bank asks about has failed ({status})"},
			hint: lang.Text{
				UZ: "mijozdan pul yechilgan bo‘lsa, bank uni o‘zi qaytaradi",
				RU: "если деньги у клиента списаны, банк вернёт их сам",
				EN: "if the customer was debited, the bank gives the money back by itself",
			},
		}},
	},
	"10015": {
		says: lang.Text{UZ: "to‘lovni tasdiqlab bo‘lmaydi ({status})", RU: "платёж нельзя подтвердить ({status})", EN: "the payment can't be confirmed ({status})"},
		hint: lang.Text{
			UZ: "bank pulni mijozga qaytaradi; hisob ochiq bo‘lsa, mijoz qaytadan to‘lasin",
			RU: "банк вернёт деньги клиенту; если счёт открыт, пусть платит ещё раз",
			EN: "the bank gives the customer the money back; while the invoice is open they can pay again",
		},
	},
	"10016": {
		says: lang.Text{UZ: "to‘lov allaqachon tasdiqlangan", RU: "платёж уже подтверждён", EN: "the payment is already confirmed"},
		hint: lang.Text{
			UZ: "takroriy so‘rov: pul bir marta yozilgan, hech narsa qilish shart emas",
			RU: "это повтор: деньги записаны один раз, делать ничего не нужно",
			EN: "a repeat: the money is booked once, there is nothing to do",
		},
	},
	"10017": {
		says: lang.Text{UZ: "to‘lovni qaytarib bo‘lmaydi ({status})", RU: "платёж нельзя вернуть ({status})", EN: "the payment can't be taken back ({status})"},
		hint: lang.Text{
			UZ: "to‘langanini bank qaytarishi uchun accept_reversals sozlamasi yoqilgan bo‘lishi kerak",
			RU: "чтобы банк мог вернуть оплаченное, включите настройку accept_reversals",
			EN: "for the bank to take a paid one back, the setting accept_reversals must be on",
		},
	},
	"10018": {
		says: lang.Text{UZ: "to‘lov allaqachon qaytarilgan", RU: "платёж уже возвращён", EN: "the payment was taken back before"},
		hint: lang.Text{
			UZ: "takroriy so‘rov: qaytarish bir marta yozilgan, hech narsa qilish shart emas",
			RU: "это повтор: возврат записан один раз, делать ничего не нужно",
			EN: "a repeat: the reversal is booked once, there is nothing to do",
		},
	},
	"99999": {
		says: lang.Text{UZ: "dastur javob bera olmadi", RU: "программа не смогла ответить", EN: "the program could not answer"},
		hint: lang.Text{
			UZ: "disk va ombor holatini (tepadagi qator) hamda dastur jurnalini tekshiring; bank keyinroq yana so‘raydi",
			RU: "проверьте диск, хранилище (верхняя строка) и журнал программы; банк спросит ещё раз",
			EN: "check the disk, the store (top line) and the program's log; the bank asks again",
		},
		cases: []reasonCase{{
			wrote: "too many wrong passwords",
			says:  lang.Text{UZ: "juda ko‘p noto‘g‘ri parol kelyapti, bunisi tekshirilmadi", RU: "идёт слишком много неверных паролей, этот не проверен", EN: "too many wrong passwords are coming in, this one was not looked at"},
			hint: lang.Text{
				UZ: "kimdir parol tanlayapti: proksi yoki tarmoqda bank manzillaridan boshqasini yoping",
				RU: "кто-то подбирает пароль: закройте в прокси или сети всё, кроме адресов банка",
				EN: "somebody is guessing: let only the bank's addresses through at the proxy or firewall",
			},
		}},
	},
}

// reasonUnknown is for a code that none of the list has.
var reasonUnknown = reason{
	says: lang.Text{UZ: "so‘rov rad etildi, kodi {code}", RU: "запрос отклонён, код {code}", EN: "the call was refused with code {code}"},
	hint: lang.Text{UZ: "a tugmasi bilan JSON ni ko‘ring", RU: "посмотрите JSON клавишей a", EN: "look at the JSON with the a key"},
}

// Of calls of a payment system that makes deals.
var (
	callbackUnproven = reason{
		says: lang.Text{UZ: "so‘rov to‘lov tizimidan ekani isbotlanmadi", RU: "не доказано, что запрос от платёжной системы", EN: "nothing proves that the call was the payment system's"},
		hint: lang.Text{
			UZ: "pulga ta’siri yo‘q: bitimlar holatini dastur o‘zi so‘raydi; takrorlansa, kabinetdagi kalitlarni tekshiring",
			RU: "на деньги это не влияет: о сделках программа спрашивает сама; если повторяется, сверьте ключи в кабинете",
			EN: "the money is not affected: the program asks about deals by itself; if it goes on, compare the keys in the cabinet",
		},
	}
	callbackLater = reason{
		says: lang.Text{UZ: "dastur hozir bu so‘rovni ko‘ra olmadi", RU: "программа сейчас не смогла принять запрос", EN: "the program could not take the call just then"},
		hint: lang.Text{
			UZ: "pulga ta’siri yo‘q: bitimlar holatini dastur o‘zi so‘raydi",
			RU: "на деньги это не влияет: о сделках программа спрашивает сама",
			EN: "the money is not affected: the program asks about deals by itself",
		},
	}
)
