package store

import "tushum/internal/lang"

// failureMessages are about calls that come to nothing; they hold {count} and {since}.
var failureMessages = map[WarningCode]message{
	CallsRefused: {
		says: lang.Text{
			UZ: "bank chaqiruvlari login yoki parol noto‘g‘riligi uchun rad etilmoqda: {count} ta, {since} dan beri",
			RU: "вызовы банка отклоняются из-за неверного логина или пароля: {count}, с {since}",
			EN: "the bank's calls are refused for a wrong login or password: {count} since {since}",
		},
		hint: lang.Text{
			UZ: "bankdagi parol bu yerdagidan boshqacha: tushum doctor --password-file bilan tekshiring yoki yangisini bering (tushum setup)",
			RU: "пароль у банка не тот, что здесь: проверьте его через tushum doctor --password-file или задайте новый (tushum setup)",
			EN: "the bank's password differs from the one here: test it with tushum doctor --password-file, or set a new one (tushum setup)",
		},
	},
	WrongServiceID: {
		says: lang.Text{
			UZ: "bank chaqiruvlarida boshqa serviceId turibdi: {count} ta rad etildi, {since} dan beri",
			RU: "в вызовах банка другой serviceId: отклонено {count}, с {since}",
			EN: "the bank's calls carry another serviceId: {count} refused since {since}",
		},
		hint: lang.Text{
			UZ: "serviceId ni bank xatidagi bilan solishtiring va sozlamalarda to‘g‘rilang (tushum setup)",
			RU: "сверьте serviceId с письмом банка и исправьте его в настройках (tushum setup)",
			EN: "compare the service id with the bank's letter, and mend it in the settings (tushum setup)",
		},
	},
}

var (
	saySilent = lang.Text{
		UZ: "bank ish vaqtida {n} {unit}dan beri chaqirmayapti, oxirgi chaqiruv: {since}",
		RU: "банк не обращался {n} {unit} рабочего времени, последний вызов {since}",
		EN: "the bank has not called for {n} {unit} of opening hours, the last call was {since}",
	}
	hintSilent = lang.Text{
		UZ: "mijozlar to‘layotgan bo‘lsa, do‘kon manzili bankka ochiqligini tekshiring: tushum doctor",
		RU: "если клиенты платят, проверьте, доступен ли магазин банку: tushum doctor",
		EN: "if customers are paying, check that the bank can reach the shop: tushum doctor",
	}
	sayClockBehind = lang.Text{
		UZ: "bu kompyuter soati bank soatidan {n} {unit} orqada",
		RU: "часы этого компьютера отстают от часов банка на {n} {unit}",
		EN: "this machine's clock is {n} {unit} behind the bank's",
	}
	sayClockAhead = lang.Text{
		UZ: "bu kompyuter soati bank soatidan {n} {unit} oldinda",
		RU: "часы этого компьютера спешат относительно часов банка на {n} {unit}",
		EN: "this machine's clock is {n} {unit} ahead of the bank's",
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
