package store

import "tushum/internal/lang"

// failureMessages are about calls that come to nothing; they hold {system}, {count} and
// {since}.
var failureMessages = map[WarningCode]told{
	CallsRefused: {
		says: lang.Text{
			UZ: "{system} chaqiruvlari login yoki parol noto‘g‘riligi uchun rad etilmoqda: {count} ta, {since} dan beri",
			RU: "вызовы {system} отклоняются из-за неверного логина или пароля: {count}, с {since}",
			EN: "calls of {system} are refused for a wrong login or password: {count} since {since}",
		},
		hint: lang.Text{
			UZ: "ular bank manzilidan keldimi, konsolda ko‘ring; yangi paroldan (tushum setup) avval bankdagisini tekshiring: tushum doctor --password-file",
			RU: "с адреса ли банка они пришли, видно в консоли; прежде чем менять пароль (tushum setup), проверьте тот, что у банка: tushum doctor --password-file",
			EN: "see in the console if they came from the bank; before a new password (tushum setup), test the one that it has: tushum doctor --password-file",
		},
	},
	WrongServiceID: {
		says: lang.Text{
			UZ: "{system} chaqiruvlarida boshqa serviceId turibdi: {count} ta rad etildi, {since} dan beri",
			RU: "в вызовах {system} другой serviceId: отклонено {count}, с {since}",
			EN: "calls of {system} carry another serviceId: {count} refused since {since}",
		},
		hint: lang.Text{
			UZ: "serviceId ni bank xatidagi bilan solishtiring va sozlamalarda to‘g‘rilang (tushum setup)",
			RU: "сверьте serviceId с письмом банка и исправьте его в настройках (tushum setup)",
			EN: "compare the service id with the bank's letter, and mend it in the settings (tushum setup)",
		},
	},
	CallsFailing: {
		says: lang.Text{
			UZ: "{system} chaqiruvlari xato bilan tugamoqda: {count} ta, {since} dan beri",
			RU: "вызовы {system} заканчиваются ошибкой: {count}, с {since}",
			EN: "calls of {system} end in an error: {count} since {since}",
		},
		hint: lang.Text{
			UZ: "har birining sababi dastur jurnalida: javob bera olmagan bo‘lsa, disk va omborni tekshiring (tushum doctor)",
			RU: "причина каждого в журнале программы: если она не смогла ответить, проверьте диск и хранилище (tushum doctor)",
			EN: "the program's log tells why each did: where it could not answer, look at the disk and the store (tushum doctor)",
		},
	},
}

var (
	saySilent = lang.Text{
		UZ: "ish vaqtida {n} {unit}dan beri {system} tizimidan birorta yaroqli chaqiruv yo‘q, oxirgisi: {since}",
		RU: "уже {n} {unit} рабочего времени от {system} нет ни одного принятого вызова, последний {since}",
		EN: "no good call of {system} for {n} {unit} of opening hours, the last was {since}",
	}
	hintSilent = lang.Text{
		UZ: "mijozlar to‘layotgan bo‘lsa, bank do‘konga ulana olishini va login-paroli to‘g‘riligini tekshiring: tushum doctor",
		RU: "если клиенты платят, проверьте, доступен ли магазин банку и верны ли его логин и пароль: tushum doctor",
		EN: "if customers are paying, check that the bank can reach the shop, and with which login and password: tushum doctor",
	}
	sayClockBehind = lang.Text{
		UZ: "bu kompyuter soati {system} soatidan {n} {unit} orqada",
		RU: "часы этого компьютера отстают от часов {system} на {n} {unit}",
		EN: "this machine's clock is {n} {unit} behind that of {system}",
	}
	sayClockAhead = lang.Text{
		UZ: "bu kompyuter soati {system} soatidan {n} {unit} oldinda",
		RU: "часы этого компьютера спешат относительно часов {system} на {n} {unit}",
		EN: "this machine's clock is {n} {unit} ahead of that of {system}",
	}
	hintClock = lang.Text{
		UZ: "vaqtni internet orqali (NTP) sozlashni yoqing: to‘lov muddatlari shu soat bo‘yicha hisoblanadi",
		RU: "включите установку времени через интернет (NTP): по этим часам считаются сроки платежей",
		EN: "have the clock set over the internet (NTP): the limits of payments go by it",
	}
	unitSecond = lang.Text{UZ: "soniya", RU: "с", EN: "s"}
	unitMinute = lang.Text{UZ: "daqiqa", RU: "мин", EN: "min"}
	unitHour   = lang.Text{UZ: "soat", RU: "ч", EN: "h"}
	unitDay    = lang.Text{UZ: "kun", RU: "сут", EN: "days"}
)
