package config

import (
	"slices"
	"strings"
	"unicode"

	"tushum/internal/lang"
)

var (
	sayNoPaymentSource = fault{
		says: lang.Text{UZ: "%s to‘lov manbasi emas", RU: "%s — не источник платежа", EN: "%s is not a payment source"},
		hint: lang.Text{
			UZ: "bankdagidek yozing: UZCARD, HUMO, VISA, INSTALLMENT",
			RU: "напишите, как пишет банк: UZCARD, HUMO, VISA, INSTALLMENT",
			EN: "write it as the bank does: UZCARD, HUMO, VISA, INSTALLMENT",
		},
	}
	sayNoPaymentSystem = fault{
		says: lang.Text{UZ: "%s to‘lov tizimi emas", RU: "%s — не платёжная система", EN: "%s is not a payment system"},
		hint: lang.Text{UZ: "%s yoki %s deb yozing", RU: "напишите %s или %s", EN: "write %s or %s"},
	}
	sayNoMethod = fault{
		says: lang.Text{UZ: "%s to‘lov usuli emas", RU: "%s — не способ оплаты", EN: "%s is not a method of payment"},
		hint: lang.Text{UZ: "app yoki card deb yozing", RU: "напишите app или card", EN: "write app or card"},
	}
	sayNoFlow = fault{
		says: lang.Text{UZ: "%s degan to‘lov ko‘rinishi yo‘q", RU: "%s — не способ показа оплаты", EN: "%s is not a flow"},
		hint: lang.Text{UZ: "widget yoki h2h deb yozing", RU: "напишите widget или h2h", EN: "write widget or h2h"},
	}
	sayNoCountry = fault{
		says: lang.Text{UZ: "%s mamlakat kodi emas", RU: "%s — не код страны", EN: "%s is not a country"},
		hint: lang.Text{UZ: "ikkita bosh lotin harfi yozing: UZ", RU: "напишите две заглавные латинские буквы: UZ", EN: "write two capital letters: UZ"},
	}
	sayNoLanguage = fault{
		says: lang.Text{UZ: "%s dastur tillaridan emas", RU: "%s — не язык программы", EN: "%s is not a language of the program"},
		hint: lang.Text{UZ: "uz, ru yoki en deb yozing", RU: "напишите uz, ru или en", EN: "write uz, ru or en"},
	}
	sayNoParam = fault{
		says: lang.Text{UZ: "%s oddiy nom emas", RU: "%s — не простое имя", EN: "%s is not a plain name"},
		hint: lang.Text{UZ: "lotin harflari, raqamlar, _ va - ishlating", RU: "возьмите латинские буквы, цифры, _ и -", EN: "use letters, digits, _ and -"},
	}
	sayParamTaken = fault{
		says: lang.Text{UZ: "%s bank uchun boshqa narsani bildiradi", RU: "%s означает для банка другое", EN: "%s means something else to the bank"},
		hint: lang.Text{UZ: `boshqa nom oling, masalan "account"`, RU: `возьмите другое имя, например "account"`, EN: `take another name, such as "account"`},
	}
	hintLogin = lang.Text{
		UZ: "bank yuboradigan, u bilan kelishilgan loginni oling",
		RU: "возьмите логин, который присылает банк, как с ним условлено",
		EN: "take the login that the bank sends, as agreed with it",
	}
	sayLoginColon = fault{
		says: lang.Text{
			UZ: "ichida ikki nuqta bor, HTTP Basic da login unda tugaydi",
			RU: "содержит двоеточие, а им в HTTP Basic кончается логин",
			EN: "has a colon in it, which ends a login in HTTP Basic",
		},
		hint: hintLogin,
	}
	sayLoginControl = fault{
		says: lang.Text{UZ: "ichida boshqaruv belgisi bor", RU: "содержит управляющий символ", EN: "has a control character in it"},
		hint: hintLogin,
	}
	sayLoginLong = fault{
		says: lang.Text{UZ: "255 baytdan uzun", RU: "длиннее 255 байт", EN: "is longer than 255 bytes"},
		hint: hintLogin,
	}
)

// paymentSource is a value of the bank's open list, written as the bank does.
func paymentSource(text string) (string, error) {
	bad := func(r rune) bool { return (r < 'A' || r > 'Z') && !isDigit(r) && r != '_' }
	if text == "" || len(text) > 40 || strings.ContainsFunc(text, bad) {
		return "", sayNoPaymentSource.about(shown(text))
	}
	return text, nil
}

// known is what the settings know of a payment system.
type known struct {
	name System
	read func(r *reader, s *section, cfg *Config) // its section; nil: it has none
	// usable tells whether kinds of payment may go there: it is on, or filled in and
	// paused. nil: they may at any time.
	usable   func(Config) bool
	counter  bool // it takes what payers type at the till
	callback bool // it calls the shop at /NAME/callback
}

// systems are the payment systems, by which a kind of payment may be paid. A further
// one is an entry here.
func systems() []known {
	return []known{
		{name: SystemUzum, read: func(r *reader, s *section, cfg *Config) { r.uzum(s, &cfg.Uzum) }, counter: true},
		{
			name: SystemOneClick, read: func(r *reader, s *section, cfg *Config) { r.oneClick(s, &cfg.OneClick) },
			usable: func(cfg Config) bool { return cfg.OneClick.Enabled || cfg.OneClick.FilledIn() }, callback: true,
		},
		{name: SystemManual, counter: true},
	}
}

func paymentSystem(text string) (System, error) {
	var names []string
	for _, of := range systems() {
		if text == string(of.name) {
			return of.name, nil
		}
		names = append(names, string(of.name))
	}
	last := len(names) - 1
	return "", sayNoPaymentSystem.about(shown(text)).advising(strings.Join(names[:last], ", "), names[last])
}

func method(text string) (Method, error) {
	if m := Method(text); m == MethodApp || m == MethodCard {
		return m, nil
	}
	return "", sayNoMethod.about(shown(text))
}

func flow(text string) (Flow, error) {
	if f := Flow(text); f == Widget || f == HostToHost {
		return f, nil
	}
	return "", sayNoFlow.about(shown(text))
}

func countryCode(text string) (string, error) {
	if len(text) != 2 || strings.ContainsFunc(text, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		return "", sayNoCountry.about(shown(text))
	}
	return text, nil
}

// accountParam is a key of the bank's params, and of the query of links; the
// names that mean something else in a link or an answer are no choice.
func accountParam(text string) (string, error) {
	if text == "" || len(text) > 64 || strings.ContainsFunc(text, notInName) {
		return "", sayNoParam.about(shown(text))
	}
	if slices.Contains([]string{"serviceId", "amount", "redirectUrl", "fio"}, text) {
		return "", sayParamTaken.about(shown(text))
	}
	return text, nil
}

// checkLogin refuses what HTTP Basic can't carry (RFC 7617, section 2).
func checkLogin(text string) error {
	switch {
	case strings.Contains(text, ":"):
		return sayLoginColon
	case strings.ContainsFunc(text, unicode.IsControl):
		return sayLoginControl
	case len(text) > 255:
		return sayLoginLong
	}
	return nil
}

func language(text string) (lang.Lang, error) {
	l, err := lang.Parse(text)
	if err != nil {
		return "", sayNoLanguage.about(shown(text))
	}
	return l, nil
}
