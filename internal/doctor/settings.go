package doctor

import (
	"context"
	"errors"
	"strings"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
)

var (
	titleFile       = lang.Text{UZ: "Sozlamalar fayli", RU: "Файл настроек", EN: "Settings file"}
	titleConnection = lang.Text{UZ: "Bankka ulanish", RU: "Подключение банка", EN: "Connection to the bank"}
	titleStart      = lang.Text{UZ: "Xizmat", RU: "Служба", EN: "Service"}
	titleZone       = lang.Text{UZ: "Vaqt mintaqasi", RU: "Часовой пояс", EN: "Time zone"}

	sayFileGood = lang.Text{UZ: "%s o‘qildi, xato yo‘q", RU: "%s прочитан, ошибок нет", EN: "%s is read, there is nothing wrong with it"}
	sayOldHold  = lang.Text{UZ: "ishlayotgan xizmatda eski sozlamalar amal qilmoqda", RU: "работающая служба держится прежних настроек", EN: "the running service goes on with the old settings"}
	sayMoreBad  = lang.Text{UZ: "yana xatolar: %d", RU: "ещё ошибок: %d", EN: "more mistakes: %d"}

	sayNoFile = lang.Text{UZ: "bu do‘konning sozlamalar fayli yo‘q", RU: "у этого магазина нет файла настроек", EN: "this shop has no settings file"}

	adviseFile = lang.Text{UZ: "faylni tuzating yoki tushum setup ni ishga tushiring", RU: "исправьте файл или запустите tushum setup", EN: "mend the file, or run tushum setup"}

	sayNoSettings = lang.Text{UZ: "avval sozlamalar o‘qilishi kerak", RU: "сначала должны читаться настройки", EN: "the settings have to be read first"}

	sayNotConnected = lang.Text{UZ: "Uzum Bank ulanmagan: uning so‘rovlari rad etiladi", RU: "Uzum Bank не подключён: его запросы отклоняются", EN: "Uzum Bank is not connected: its calls are refused"}
	sayPaused       = lang.Text{UZ: "Uzum Bank to‘xtatib qo‘yilgan: uning so‘rovlari rad etiladi", RU: "Uzum Bank на паузе: его запросы отклоняются", EN: "Uzum Bank is paused: its calls are refused"}
	adviseEnable    = lang.Text{UZ: "[uzum] enabled ni true qiling", RU: "поставьте [uzum] enabled = true", EN: "set [uzum] enabled = true"}
	sayConnected    = lang.Text{UZ: "Uzum Bank, xizmat raqami %d, loginlar: %s", RU: "Uzum Bank, сервис %d, логины: %s", EN: "Uzum Bank, service %d, logins: %s"}
	sayUsed         = lang.Text{UZ: "oxirgi marta %s da ishlatilgan", RU: "последний раз использован %s", EN: "last used %s"}
	sayUnused       = lang.Text{UZ: "hali ishlatilmagan", RU: "ещё не использован", EN: "not used yet"}
	sayTestMode     = lang.Text{UZ: "sinov rejimi: to‘lovlar haqiqiy pul emas", RU: "тестовый режим: платежи — не деньги", EN: "test mode: payments are not money"}
	adviseConnect   = lang.Text{
		UZ: "tushum setup da bank bergan xizmat raqamini va login-parolni kiriting", RU: "введите в tushum setup номер сервиса от банка и логин с паролем", EN: "enter the bank's service id and the login and password in tushum setup",
	}
	adviseTestMode = lang.Text{
		UZ: "bank sinovni tugatgach, [uzum] test_mode ni false qiling", RU: "когда банк закончит проверку, поставьте [uzum] test_mode = false", EN: "when the bank's tester is done, set [uzum] test_mode = false",
	}

	sayRuns       = lang.Text{UZ: "ishlab turibdi", RU: "работает", EN: "it is running"}
	sayStarted    = lang.Text{UZ: "ishlamayotgan edi; tekshiruv uchun ishga tushirildi", RU: "не работала; запущена на время проверки", EN: "it was not running; it was started for the time of this examination"}
	adviseService = lang.Text{UZ: "boshqa xatolarni tuzatib, tushum serve ni ishga tushiring", RU: "исправьте остальное и запустите tushum serve", EN: "mend what else is wrong, and run tushum serve"}

	sayZone     = lang.Text{UZ: "%s, hozir %s", RU: "%s, сейчас %s", EN: "%s, it is %s there"}
	sayNoZone   = lang.Text{UZ: "vaqt mintaqalari ma’lumoti o‘qilmadi: %s", RU: "данные о часовых поясах не читаются: %s", EN: "the data of time zones can't be read: %s"}
	adviseZones = lang.Text{UZ: "dasturni qaytadan o‘rnating", RU: "установите программу заново", EN: "install the program again"}
)

// lookAtFile reads the settings file as it lies there now, whatever is in force.
func lookAtFile(_ context.Context, r *round) finding {
	if r.File == "" {
		return skipped(sayNoFile)
	}
	_, err := r.Load()
	switch {
	case err != nil:
		f := aboutSettings(err)
		if r.Running {
			f.says = joined(f.says, sayOldHold)
		}
		return f
	case r.Refused != nil:
		return failed(r.Refused.Says, orElse(r.Refused.Hint, adviseFile))
	case r.Waiting != nil:
		return warned(r.Waiting.Says, r.Waiting.Hint)
	}
	return passed(about(sayFileGood, r.File))
}

// aboutSettings tells the first thing that is wrong with the file, with its line
// and key, and how many more there are.
func aboutSettings(err error) finding {
	var all config.Errors
	if !errors.As(err, &all) || len(all) == 0 {
		return failed(plain(err.Error()), adviseFile)
	}
	says, advice := lang.Each(all[0].In), lang.Each(all[0].HintIn)
	if more := len(all) - 1; more > 0 {
		says = joined(says, about(sayMoreBad, more))
	}
	if advice == (lang.Text{}) {
		advice = adviseFile
	}
	return failed(says, advice)
}

func lookAtConnection(_ context.Context, r *round) finding {
	switch {
	case r.Config == nil:
		return skipped(sayNoSettings)
	case !r.usesBank():
		return skipped(sayBankNotUsed)
	case !r.Config.Uzum.Enabled && r.Config.Uzum.ServiceID > 0 && len(r.Config.Uzum.Credentials) > 0:
		return warned(sayPaused, adviseEnable)
	case !r.Config.Uzum.Enabled:
		return warned(sayNotConnected, adviseConnect)
	}
	says := about(sayConnected, r.Config.Uzum.ServiceID, lang.Each(r.logins))
	if r.Config.Uzum.TestMode {
		return warned(joined(says, sayTestMode), adviseTestMode)
	}
	return passed(says)
}

// logins names the credentials, and says which of them the bank uses: while a
// password is changed, the old one may go when it is used no more.
func (r *round) logins(l lang.Lang) string {
	var names []string
	for i, c := range r.Config.Uzum.Credentials {
		name := quoted(c.Login)
		switch {
		case !r.Running || i >= len(r.Used):
		case r.Used[i].IsZero():
			name += " (" + sayUnused.In(l) + ")"
		default:
			name += " (" + about(sayUsed, r.Used[i].In(r.Config.Shop.Location).Format("02.01 15:04:05")).In(l) + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

func lookAtStart(_ context.Context, r *round) finding {
	switch {
	case r.Config == nil:
		return skipped(sayNoSettings)
	case r.Start != nil:
		advice := r.Start.Hint
		if advice == (lang.Text{}) {
			advice = adviseService
		}
		return failed(r.Start.Says, advice)
	case r.Running:
		return passed(sayRuns)
	}
	return passed(sayStarted)
}

// lookAtZone makes sure that the books' zone is the real one, and not UTC.
func lookAtZone(_ context.Context, r *round) finding {
	name := "Asia/Tashkent"
	if r.Config != nil && r.Config.Shop.Location != nil {
		name = r.Config.Shop.Location.String()
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return failed(about(sayNoZone, err), adviseZones)
	}
	return passed(about(sayZone, name, r.Now().In(zone).Format("02.01.2006 15:04:05 -0700")))
}
