package setup

import (
	"errors"
	"os"
	"strings"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/oneclick"
	"tushum/store"
)

// oneClick is the payment system that is asked about here.
const oneClick = store.System(config.SystemOneClick)

// Its questions.
const (
	PageOneClick Page = "oneclick"

	OneClickSwitch      ID = "oneclick"
	OneClickConsent     ID = "oneclick-consent" // the owner knows who is paid; it is in no settings
	OneClickURL         ID = "oneclick-url"
	OneClickCredentials ID = "oneclick-credentials" //nolint:gosec // G101: the name of a question and no credential.
	OneClickFlow        ID = "oneclick-flow"
	OneClickCountry     ID = "oneclick-country"
	OneClickLang        ID = "oneclick-lang"
	OneClickMinAmount   ID = "oneclick-min"
	OneClickMaxAmount   ID = "oneclick-max"
	OneClickTestMode    ID = "oneclick-test-mode"
)

// Payers is the answer of OneClickLang that leaves each payer his own language.
const Payers = "payer"

func oneClickConnection() connection {
	return connection{
		system: oneClick, page: PageOneClick,
		pause:     Switch{Page: PageOneClick, On: Answers{OneClickSwitch: On, OneClickConsent: Yes}, Off: Answers{OneClickSwitch: Off}},
		questions: oneClickPage, fields: oneClickFields,
		turn: OneClickSwitch, consent: OneClickConsent, needs: []ID{OneClickURL, OneClickCredentials},
		connected: "[oneclick]\nbase_url = 'https://host'\ncredentials_file = 'file'\n",
		files:     []fileCheck{{OneClickCredentials, checkCredentials}},
	}
}

var (
	flowOptions = []Option{
		{string(config.Widget), config.Widget.Name()},
		{string(config.HostToHost), config.HostToHost.Name()},
	}
	payerLanguages = append([]Option{
		{Payers, lang.Text{UZ: "to‘lovchiniki", RU: "как у плательщика", EN: "the payer's"}},
	}, languages...)
)

// oneClickPage asks for what connects the second payment system. It is off until
// the owner wants it, and has read who is paid.
func oneClickPage(systems []store.Profile) []Question {
	wanted := func(a Answers) bool { return a[OneClickSwitch] == On }
	return append([]Question{
		{
			ID: OneClickSwitch, Page: PageOneClick, Kind: Choice, Options: switchOptions, Check: choice(switchOptions),
			Title: lang.Text{EN: "OneClick"},
			Help: lang.Text{
				UZ: "karta bo‘yicha to‘lov, bankdan alohida tizim; o‘chirilganda kalitlari saqlanib turadi",
				RU: "оплата картой через отдельную от банка систему; пока она выключена, её ключи сохраняются",
				EN: "payment by card through a system that is not the bank's; while it is off its keys are kept",
			},
		},
		{
			ID: OneClickConsent, Page: PageOneClick, Kind: Choice, Options: consentOptions, Check: oneClickConnection().checkConsent(systems),
			Asked: func(a Answers) bool { return wanted(a) && a[oneClickConnection().inUse()] != Yes },
			Title: lang.Text{UZ: "Pul do‘konga kelmaydi: egasi rozimi?", RU: "Деньги получает не магазин: владелец согласен?", EN: "The shop is not the payee: does the owner agree?"},
			Help:  warningOf(systems, oneClick),
		},
		{
			ID: OneClickURL, Page: PageOneClick, Kind: Line, Asked: wanted, Check: checkOneClickURL,
			Title: lang.Text{UZ: "API manzili", RU: "Адрес API", EN: "Address of the API"},
			Help: lang.Text{
				UZ: "tizim egasi beradi, https va nom, yo‘lsiz; sinov uchun https://secure.sandbox.paymentsgate.io",
				RU: "его даёт поставщик: https и имя, без пути; для проверки https://secure.sandbox.paymentsgate.io",
				EN: "the vendor gives it: https and a name, no path; to try it out https://secure.sandbox.paymentsgate.io",
			},
		},
		{
			ID: OneClickCredentials, Page: PageOneClick, Kind: Line, Path: true, Asked: wanted, Check: checkOneClickFile,
			Title: lang.Text{UZ: "Kalitlar fayli", RU: "Файл с ключами", EN: "Credentials file"},
			Help: lang.Text{
				UZ: "kabinetdan olingan JSON; uni faqat shu foydalanuvchi o‘qiy olsin: chmod 600",
				RU: "JSON из кабинета; читать его должен только этот пользователь: chmod 600",
				EN: "the JSON of the cabinet; only this user may read it: chmod 600",
			},
		},
	}, oneClickOffer(wanted)...)
}

// oneClickOffer asks what payers see of it.
func oneClickOffer(wanted func(Answers) bool) []Question {
	return []Question{
		{
			ID: OneClickFlow, Page: PageOneClick, Kind: Choice, Options: flowOptions, Asked: wanted, Check: choice(flowOptions),
			Title: lang.Text{UZ: "To‘lov qayerda ko‘rsatiladi", RU: "Где показывается оплата", EN: "Where it is paid"},
			Help: lang.Text{
				UZ: "mijoz tizim sahifasiga o‘tadi yoki karta raqamini do‘kon sahifasida ko‘radi",
				RU: "клиент переходит на страницу системы или видит номер карты на странице магазина",
				EN: "the customer goes to the system's page, or sees the card number on the shop's",
			},
		},
		{
			ID: OneClickCountry, Page: PageOneClick, Kind: Line, Asked: wanted, Check: checkCountry,
			Title: lang.Text{UZ: "Mamlakat", RU: "Страна", EN: "Country"},
			Help: lang.Text{
				UZ: "ikki harf, odatda UZ; bo‘sh — yuborilmaydi",
				RU: "две буквы, обычно UZ; пусто — не передаётся",
				EN: "two letters, mostly UZ; empty is not sent",
			},
		},
		{
			ID: OneClickLang, Page: PageOneClick, Kind: Choice, Options: payerLanguages, Asked: wanted, Check: choice(payerLanguages),
			Title: lang.Text{UZ: "Tizim sahifasining tili", RU: "Язык страницы системы", EN: "Language of the system's page"},
			Help:  lang.Text{UZ: "to‘lovchi ko‘radigan til", RU: "на нём её видит плательщик", EN: "in which payers see it"},
		},
		{
			ID: OneClickMinAmount, Page: PageOneClick, Kind: Line, Sum: true, Asked: wanted, Check: checkAmount,
			Title: lang.Text{UZ: "OneClick: eng kam summa", RU: "OneClick: наименьшая сумма", EN: "OneClick: the smallest amount"},
			Help:  lang.Text{UZ: "bitta to‘lov uchun, so‘mda", RU: "одного платежа, в сумах", EN: "of one payment, in so'm"},
		},
		{
			ID: OneClickMaxAmount, Page: PageOneClick, Kind: Line, Sum: true, Asked: wanted, Check: checkMaxAmount("oneclick", OneClickMinAmount),
			Title: lang.Text{UZ: "OneClick: eng ko‘p summa", RU: "OneClick: наибольшая сумма", EN: "OneClick: the largest amount"},
			Help:  lang.Text{UZ: "bitta to‘lov uchun, so‘mda; 0 — cheklovsiz", RU: "одного платежа, в сумах; 0 — без предела", EN: "of one payment, in so'm; 0 is no limit"},
		},
		{
			ID: OneClickTestMode, Page: PageOneClick, Kind: Choice, Options: yesNo, Asked: wanted, Check: choice(yesNo),
			Title: lang.Text{UZ: "OneClick: sinov rejimi", RU: "OneClick: тестовый режим", EN: "OneClick: test mode"},
			Help: lang.Text{
				UZ: "sinov kabineti uchun: ekranlar va sahifalar haqiqiy pul yurmasligini aytadi",
				RU: "для тестового кабинета: экраны и страницы говорят, что деньги не настоящие",
				EN: "for the vendor's sandbox: screens and pages say that no real money moves",
			},
		},
	}
}

// oneClickFields are the settings of the second payment system.
func oneClickFields() []field {
	return []field{
		{OneClickSwitch, "oneclick.enabled", func(c config.Config) string { return switched(c.OneClick.Enabled) }, func(answer string) config.Value { return config.Flag(answer == On) }},
		{OneClickURL, "oneclick.base_url", func(c config.Config) string { return c.OneClick.BaseURL }, config.Text},
		{OneClickCredentials, "oneclick.credentials_file", func(c config.Config) string { return c.OneClick.CredentialsFile }, config.Text},
		{OneClickFlow, "oneclick.flow", func(c config.Config) string { return string(c.OneClick.Flow) }, config.Text},
		{OneClickCountry, "oneclick.country", func(c config.Config) string { return c.OneClick.Country }, config.Text},
		{OneClickLang, "oneclick.lang", payerLanguage, payerLanguageValue},
		{OneClickMinAmount, "oneclick.min_amount", func(c config.Config) string { return amountAnswer(c.OneClick.MinAmount) }, amountValue},
		{OneClickMaxAmount, "oneclick.max_amount", func(c config.Config) string { return amountAnswer(c.OneClick.MaxAmount) }, amountValue},
		{OneClickTestMode, "oneclick.test_mode", func(c config.Config) string { return decided(c.OneClick.TestMode) }, flag},
	}
}

func switched(on bool) string {
	if on {
		return On
	}
	return Off
}

// payerLanguage has a word for the empty setting: a choice has no empty answer.
func payerLanguage(c config.Config) string {
	if c.OneClick.Lang == "" {
		return Payers
	}
	return string(c.OneClick.Lang)
}

func payerLanguageValue(answer string) config.Value {
	if answer == Payers {
		answer = ""
	}
	return config.Text(answer)
}

func checkOneClickURL(answer string, all Answers) (string, error) {
	answer = pasted(answer)
	if answer != "" && !strings.Contains(answer, "://") {
		answer = "https://" + strings.TrimPrefix(answer, "//")
	}
	answer = strings.TrimRight(answer, "/")
	return answer, tried("oneclick.base_url", config.Text(answer), switchedOn(all)...)
}

// checkOneClickFile looks at the name alone, as checkFile does.
func checkOneClickFile(answer string, all Answers) (string, error) {
	answer = fileName(answer)
	return answer, tried("oneclick.credentials_file", config.Text(answer), switchedOn(all)...)
}

// switchedOn is the setting of the switch where it is on: what it needs must then
// be there.
func switchedOn(all Answers) []config.Pair {
	if all[OneClickSwitch] != On {
		return nil
	}
	return []config.Pair{{Key: "enabled", Value: config.Flag(true)}}
}

func checkCountry(answer string, _ Answers) (string, error) {
	answer = strings.ToUpper(pasted(answer))
	return answer, tried("oneclick.country", config.Text(answer))
}

// checkCredentials reads the file as a start of the program would. What is wrong
// with it is told in words that quote nothing of it.
func checkCredentials(path string, _ Answers) error {
	if info, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return wrong(about(sayNoSuchFile, path), hintNoSuchFile)
	} else if err == nil && !info.Mode().IsRegular() { // a pipe would be waited for without end
		return wrong(about(sayNoReading, path), hintNoReading)
	}
	_, err := oneclick.ReadCredentials(path)
	var says *oneclick.Error
	if errors.As(err, &says) {
		return wrong(says.Msg, says.Hint)
	}
	return err
}
