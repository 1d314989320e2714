package setup

import (
	"tushum/internal/config"
	"tushum/internal/lang"
)

var systemOptions = []Option{
	{string(config.SystemUzum), lang.Text{EN: "Uzum Bank"}},
	{string(config.SystemManual), lang.Text{UZ: "qo‘lda: naqd, terminal", RU: "вручную: наличные, терминал", EN: "by hand: cash, a terminal"}},
	{string(config.SystemOneClick), lang.Text{EN: "OneClick"}},
}

var routeTitles = map[config.Kind]lang.Text{
	"visit":      {UZ: "Tashrif uchun havola", RU: "Ссылка за визит", EN: "Link for a visit"},
	"goods":      {UZ: "Tovarlar uchun havola", RU: "Ссылка за товары", EN: "Link for goods"},
	"prepayment": {UZ: "Oldindan to‘lov", RU: "Предоплата", EN: "Prepayment"},
	"giftcard":   {UZ: "Sovg‘a kartalari", RU: "Подарочные карты", EN: "Gift cards"},
	"membership": {UZ: "Abonementlar", RU: "Абонементы", EN: "Memberships"},
	"topup":      {UZ: "Hisobni to‘ldirish", RU: "Пополнение", EN: "Top-up"},
	"counter":    {UZ: "Kassadagi QR", RU: "QR на кассе", EN: "QR at the till"},
}

// routingPage asks which system takes each kind of payment.
func routingPage() []Question {
	var all []Question
	for _, kind := range config.Kinds() {
		all = append(all, Question{
			ID: RouteID(kind), Page: PageRouting, Kind: Choice, Options: systemOptions, Title: routeTitles[kind],
			Help: lang.Text{
				UZ: "bu turdagi to‘lovni qaysi tizim oladi",
				RU: "какая система принимает этот вид платежей",
				EN: "which system takes this kind of payment",
			},
			Check: checkRoute(kind),
		})
	}
	return all
}

// checkRoute refuses a system that is not connected, as the settings do.
func checkRoute(kind config.Kind) func(string, Answers) (string, error) {
	among := choice(systemOptions)
	return func(answer string, all Answers) (string, error) {
		answer, err := among(answer, all)
		if err == nil && all[oneClickOn] != Yes {
			err = tried("routing."+string(kind), config.Text(answer))
		}
		return answer, err
	}
}
