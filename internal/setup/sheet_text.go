package setup

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"tushum/internal/clean"
	"tushum/internal/config"
	"tushum/internal/lang"
)

// SheetOf is what the bank is told by the settings, without the password.
func SheetOf(cfg config.Config) Sheet {
	s := Sheet{Shop: cfg.Shop.Name, ServiceID: cfg.Uzum.ServiceID}
	if cfg.Listener.PublicURL != "" {
		s.BaseURL = cfg.Listener.PublicURL + cfg.Uzum.Path
	}
	if len(cfg.Uzum.Credentials) > 0 {
		s.Login = cfg.Uzum.Credentials[0].Login
	}
	if len(cfg.Uzum.AccountParams) > 0 {
		s.AccountKey = cfg.Uzum.AccountParams[0]
	}
	return s
}

// URLs are the five that the bank calls, in the order in which it does
// (Merchant API 1.0.0); none without a public URL.
func (s Sheet) URLs() []string {
	if s.BaseURL == "" {
		return nil
	}
	var all []string
	for _, name := range []string{"check", "create", "confirm", "reverse", "status"} {
		all = append(all, s.BaseURL+"/"+name)
	}
	return all
}

var (
	sheetTitle   = lang.Text{UZ: "Uzum Bank, Merchant API: do‘kon ulanishi", RU: "Uzum Bank, Merchant API: подключение магазина", EN: "Uzum Bank, Merchant API: connecting a shop"}
	sheetShop    = lang.Text{UZ: "Do‘kon", RU: "Магазин", EN: "Shop"}
	sheetService = lang.Text{UZ: "Xizmat raqami (serviceId)", RU: "Номер услуги (serviceId)", EN: "Service id (serviceId)"}
	sheetBase    = lang.Text{UZ: "Asosiy manzil", RU: "Базовый адрес", EN: "Base URL"}
	sheetURLs    = lang.Text{UZ: "Beshta manzil (POST)", RU: "Пять адресов (POST)", EN: "The five URLs (POST)"}
	sheetLogin   = lang.Text{UZ: "Login (HTTP Basic)", RU: "Логин (HTTP Basic)", EN: "Login (HTTP Basic)"}
	sheetSecret  = lang.Text{UZ: "Parol", RU: "Пароль", EN: "Password"}
	sheetOnce    = lang.Text{
		UZ: "Parol faqat shu yerda va faqat hozir ko‘rsatiladi: do‘konda uning xeshi saqlanadi.",
		RU: "Пароль показан только здесь и только сейчас: в магазине хранится лишь его хеш.",
		EN: "The password is shown here and only now: the shop keeps nothing but its hash.",
	}
	sheetHidden  = lang.Text{UZ: "avval kelishilgan, bu yerda ko‘rsatilmaydi", RU: "условлен раньше, здесь не показывается", EN: "as agreed before, not shown here"}
	sheetAccount = lang.Text{UZ: "Hisob kaliti (params)", RU: "Ключ счёта (params)", EN: "Account key (params)"}
	sheetTest    = lang.Text{UZ: "Sinov hisobi", RU: "Тестовый счёт", EN: "Test invoice"}
	sheetNoURL   = lang.Text{UZ: "hali yo‘q: internetdagi manzil berilmagan", RU: "ещё нет: не указан адрес в интернете", EN: "none yet: there is no public URL"}
)

// Text is the sheet for the bank as plain text, for a screen or a file. The
// password stands in it at most once.
func (s Sheet) Text(l lang.Lang) string {
	var rows [][2]string
	add := func(label lang.Text, value string) {
		rows = append(rows, [2]string{label.In(l), clean.Clean(value).String()})
	}
	if s.Shop != "" {
		add(sheetShop, s.Shop)
	}
	if s.ServiceID > 0 {
		add(sheetService, strconv.FormatInt(s.ServiceID, 10))
	}
	if s.BaseURL == "" {
		add(sheetBase, sheetNoURL.In(l))
	} else {
		add(sheetBase, s.BaseURL)
	}
	for i, u := range s.URLs() {
		label := lang.Text{}
		if i == 0 {
			label = sheetURLs
		}
		add(label, u)
	}
	if s.Login != "" {
		add(sheetLogin, s.Login)
		add(sheetSecret, s.secret(l))
	}
	add(sheetAccount, s.AccountKey)
	if s.TestInvoice > 0 {
		add(sheetTest, s.test(l))
	}
	text := sheetTitle.In(l) + "\n\n" + columns(rows)
	if s.Password != "" {
		text += "\n" + sheetOnce.In(l) + "\n"
	}
	return text
}

func (s Sheet) secret(l lang.Lang) string {
	if s.Password == "" {
		return sheetHidden.In(l)
	}
	return s.Password
}

func (s Sheet) test(l lang.Lang) string {
	text := s.TestInvoice.String()
	if s.TestAmount > 0 {
		// The cleaner would show the no-break spaces of a sum by their code.
		text += ", " + strings.ReplaceAll(s.TestAmount.Format(l), "\u00a0", " ")
	}
	return text
}

// columns puts values under each other.
func columns(rows [][2]string) string {
	width := 0
	for _, row := range rows {
		width = max(width, utf8.RuneCountInString(row[0]))
	}
	var b strings.Builder
	for _, row := range rows {
		pad := strings.Repeat(" ", width-utf8.RuneCountInString(row[0]))
		fmt.Fprintf(&b, "%s%s  %s\n", row[0], pad, row[1])
	}
	return b.String()
}
