package setup

import (
	"errors"
	"strconv"
	"strings"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
)

var methodOptions = []Option{
	{string(config.MethodApp), lang.Text{UZ: "Uzum Bank ilovasi", RU: "приложение Uzum Bank", EN: "the Uzum Bank app"}},
	{string(config.MethodCard), lang.Text{UZ: "karta", RU: "карта", EN: "a card"}},
}

var pauseOptions = []Option{
	{Yes, lang.Text{UZ: "to‘lov qabul qiladi", RU: "принимает платежи", EN: "takes payments"}},
	{No, lang.Text{UZ: "to‘xtatib turilgan", RU: "приостановлен", EN: "is paused"}},
}

// offerPage asks what customers are offered.
func offerPage() []Question {
	return []Question{
		{
			ID: UzumEnabled, Page: PageOffer, Kind: Choice, Options: pauseOptions, Check: choice(pauseOptions),
			Asked: func(a Answers) bool { return a[UzumEnabled] != "" },
			Title: lang.Text{UZ: "Uzum Bank", RU: "Uzum Bank", EN: "Uzum Bank"},
			Help: lang.Text{
				UZ: "to‘xtatilganda bank so‘rovlari rad etiladi va yangi hisob ochilmaydi; kalitlar saqlanib turadi",
				RU: "пока он приостановлен, запросы банка отклоняются и счета не создаются; ключи сохраняются",
				EN: "while it is paused the bank's calls are refused and no invoices are made; the keys are kept",
			},
		},
		{
			ID: UzumMethods, Page: PageOffer, Kind: Several, Options: methodOptions, Check: several(methodOptions),
			Title: lang.Text{UZ: "To‘lov usullari", RU: "Способы оплаты", EN: "Ways to pay"},
			Help:  lang.Text{UZ: "mijozga taklif qilinadiganlar", RU: "что предлагается клиенту", EN: "what customers are offered"},
		},
		{
			ID: UzumMinAmount, Page: PageOffer, Kind: Line, Sum: true, Check: checkAmount,
			Title: lang.Text{UZ: "Eng kam summa", RU: "Наименьшая сумма", EN: "The smallest amount"},
			Help: lang.Text{
				UZ: "bitta to‘lov uchun, so‘mda: 1000, 150k, 1,5 mln",
				RU: "одного платежа, в сумах: 1000, 150k, 1,5 млн",
				EN: "of one payment, in so'm: 1000, 150k, 1.5m",
			},
		},
		{
			ID: UzumMaxAmount, Page: PageOffer, Kind: Line, Sum: true, Check: checkMaxAmount("uzum", UzumMinAmount),
			Title: lang.Text{UZ: "Eng ko‘p summa", RU: "Наибольшая сумма", EN: "The largest amount"},
			Help:  lang.Text{UZ: "bitta to‘lov uchun, so‘mda; 0 — cheklovsiz", RU: "одного платежа, в сумах; 0 — без предела", EN: "of one payment, in so'm; 0 is no limit"},
		},
		{
			ID: UzumTestMode, Page: PageOffer, Kind: Choice, Options: yesNo, Check: choice(yesNo),
			Title: lang.Text{UZ: "Sinov rejimi", RU: "Тестовый режим", EN: "Test mode"},
			Help: lang.Text{
				UZ: "to‘lovlar sinov ekanini ekranlarda aytib turadi; haqiqiy to‘lovlardan oldin o‘chiring",
				RU: "говорит на экранах, что платежи тестовые; выключите перед настоящими",
				EN: "says on the screens that payments are tests; turn it off before real ones",
			},
		},
	}
}

func checkAmount(answer string, _ Answers) (string, error) {
	sum, err := money.Parse(answer)
	var bad *money.ParseError
	switch {
	case errors.As(err, &bad):
		return answer, wrong(lang.Text{UZ: bad.In(lang.UZ), RU: bad.In(lang.RU), EN: bad.In(lang.EN)}, lang.Text{})
	case err != nil:
		return answer, err
	}
	return amountAnswer(sum), nil
}

// checkMaxAmount is a check of a greatest sum, which is not below the answer of
// the question of the smallest.
func checkMaxAmount(section string, smallest ID) func(string, Answers) (string, error) {
	return func(answer string, all Answers) (string, error) {
		if strings.TrimSpace(answer) == "" {
			answer = "0"
		}
		answer, err := checkAmount(answer, all)
		if err != nil {
			return answer, err
		}
		var least []config.Pair
		if all[smallest] != "" {
			least = append(least, config.Pair{Key: "min_amount", Value: amountValue(all[smallest])})
		}
		return answer, tried(section+".max_amount", amountValue(answer), least...)
	}
}

// amountAnswer writes a sum as an answer: digits only, a point before tiyin.
func amountAnswer(sum money.Amount) string {
	som, tiyin := sum/money.Som, sum%money.Som
	answer := strconv.FormatInt(int64(som), 10)
	if tiyin != 0 {
		answer += "." + strconv.Itoa(int(tiyin/10)) + strconv.Itoa(int(tiyin%10))
	}
	return answer
}

// amountValue writes a sum into the settings: a number where it is whole so'm.
func amountValue(answer string) config.Value {
	if som, err := strconv.ParseInt(answer, 10, 64); err == nil {
		return config.Whole(som)
	}
	return config.Text(answer)
}
