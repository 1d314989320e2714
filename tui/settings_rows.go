package tui

import (
	"slices"
	"strconv"
	"strings"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/setup"
	"tushum/store"
	"tushum/tui/look"
)

// settingsRow is something that can be set or done, one line below the cards.
type settingsRow string

// The rows.
const (
	rowShop     settingsRow = "shop"
	rowBank     settingsRow = "bank"
	rowOffer    settingsRow = "offer"
	rowListener settingsRow = "listener"
	rowTariffs  settingsRow = "tariffs"
	rowSheet    settingsRow = "sheet"
	rowDoctor   settingsRow = "doctor"
)

// settingsRows are the rows in their order.
var settingsRows = []settingsRow{rowShop, rowBank, rowOffer, rowListener, rowTariffs, rowSheet, rowDoctor}

// rowPages are the questions to which a row leads.
var rowPages = map[settingsRow]setup.Page{
	rowShop: setup.PageShop, rowBank: setup.PageBank, rowOffer: setup.PageOffer, rowListener: setup.PageListener, rowTariffs: setup.PageTariffs,
}

// rowName is what a row is called: as the page to which it leads.
func rowName(r settingsRow) lang.Text {
	switch r {
	case rowSheet:
		return sheetName
	case rowDoctor:
		return doctorName
	}
	return pageNames[rowPages[r]]
}

// rowsBeside is the least width at which a row is one line, in cells.
const rowsBeside = 60

func (p *settingsPage) rows() {
	p.heading(rowsTitle)
	label := 0
	for _, r := range settingsRows {
		label = max(label, look.Width(p.d.say(rowName(r)))+2)
	}
	for _, r := range settingsRows {
		from := len(p.lines)
		p.add(p.row(r, label)...)
		p.mark(place{row: r}, from)
	}
}

// row is what can be set, and how it is set now: beside it, or below it where
// there is no room.
func (p *settingsPage) row(r settingsRow, label int) []string {
	t, at := p.d.theme, place{row: r}
	name, summary := p.d.say(rowName(r)), p.summary(r)
	if p.w < rowsBeside {
		if at == p.at {
			name = t.Selected.Paint(" " + look.Cut(name, p.w-4) + " ")
		} else {
			name = " " + name
		}
		return []string{p.sign(at) + name, t.Faint.Paint(look.Cut("   "+summary, p.w-1))}
	}
	room := max(1, p.w-4-label)
	if at == p.at {
		return []string{p.sign(at) + t.Selected.Paint(" "+look.Fit(name, label)+look.Fit(summary, room)+" ")}
	}
	return []string{"  " + look.Fit(name, label) + t.Faint.Paint(look.Cut(summary, room))}
}

// summary is how something is set now. Of passwords it says nothing.
func (p *settingsPage) summary(r settingsRow) string {
	switch r {
	case rowShop:
		return p.facts(look.Foreign(p.cfg.Shop.Name), look.Foreign(p.cfg.Shop.Phone), p.d.say(languageNames[p.cfg.Shop.Language]))
	case rowBank:
		return p.bank()
	case rowOffer:
		return p.offer()
	case rowListener:
		return p.listener()
	case rowTariffs:
		return p.tariffs()
	case rowSheet:
		return p.d.say(sheetSays)
	}
	return p.d.say(doctorSays)
}

// facts joins what is known.
func (p *settingsPage) facts(all ...string) string {
	known := slices.DeleteFunc(all, func(s string) bool { return s == "" })
	if len(known) == 0 {
		return p.d.say(notFilledIn)
	}
	return strings.Join(known, " "+p.d.theme.Signs.Dot+" ")
}

func (p *settingsPage) bank() string {
	u := p.cfg.Uzum
	if u.ServiceID == 0 && len(u.Credentials) == 0 {
		return p.d.say(connectionStates[store.NotConnected])
	}
	off, login := "", ""
	if !u.Enabled {
		off = p.d.say(connectionStates[store.Paused])
	}
	if len(u.Credentials) > 0 {
		var logins []string
		for _, c := range u.Credentials {
			logins = append(logins, look.Foreign(c.Login))
		}
		login = p.d.fill(bankLogin, "{login}", strings.Join(logins, ", "))
	}
	key := ""
	if len(u.AccountParams) > 0 {
		key = p.d.fill(bankKey, "{key}", look.Foreign(u.AccountParams[0]))
	}
	service := p.d.titles([]setup.ID{setup.UzumServiceID}) + ": " + strconv.FormatInt(u.ServiceID, 10)
	return p.facts(off, service, login, key)
}

func (p *settingsPage) offer() string {
	u := p.cfg.Uzum
	var methods []string
	for _, m := range u.Methods {
		methods = append(methods, p.d.say(methodNames[m]))
	}
	test := ""
	if u.TestMode {
		test = p.d.say(testMode)
	}
	return p.facts(test, strings.Join(methods, ", "), p.limits(u.MinAmount, u.MaxAmount))
}

func (p *settingsPage) limits(least, most money.Amount) string {
	if most == 0 {
		return p.d.fill(limitFrom, "{sum}", p.d.sum(least))
	}
	return least.Number() + "\u00a0–\u00a0" + p.d.sum(most)
}

func (p *settingsPage) listener() string {
	l := p.cfg.Listener
	how := listensPlain
	switch {
	case len(l.ACME.Domains) > 0:
		how = listensACME
	case l.TLSCert != "":
		how = listensFiles
	case strings.HasPrefix(l.PublicURL, "https:"):
		how = listensProxy
	}
	public := look.Foreign(l.PublicURL)
	if public == "" {
		public = p.d.say(noPublicURL)
	}
	address := l.Address
	if p.d.Shop.Demo {
		address = strings.TrimPrefix(p.d.Shop.Address, "http://") // a port that was free
	}
	return p.facts(public, p.d.say(how), look.Foreign(address))
}

// tariffs are the fees of today.
func (p *settingsPage) tariffs() string {
	var sources, rates []string
	for _, t := range p.cfg.Tariffs {
		if !slices.Contains(sources, t.Source) {
			sources = append(sources, t.Source)
		}
	}
	for _, source := range sources {
		if rate, assumed := p.d.rules().Tariffs.On(source, p.d.today()); !assumed {
			rates = append(rates, p.d.sourceName(source)+"\u00a0"+rate.Format(p.d.Lang))
		}
	}
	return p.facts(strings.Join(rates, ", "))
}

var (
	rowsTitle   = lang.Text{UZ: "do‘kon va ulanish", RU: "магазин и подключение", EN: "shop and connection"}
	doctorName  = lang.Text{UZ: "hammasini tekshirish", RU: "проверить всё", EN: "check everything"}
	sheetSays   = lang.Text{UZ: "bankka beriladigan manzillar, login va sinov hisobi", RU: "адреса, логин и тестовый счёт, которые надо передать банку", EN: "the addresses, the login and the test invoice that the bank needs"}
	doctorSays  = lang.Text{UZ: "sozlamalar, HTTPS, soat, disk va bankning beshta so‘rovi", RU: "настройки, HTTPS, часы, диск и пять запросов банка", EN: "settings, HTTPS, clock, disk, and the bank's five calls"}
	notFilledIn = lang.Text{UZ: "to‘ldirilmagan", RU: "не заполнено", EN: "not filled in"}
	bankLogin   = lang.Text{UZ: "login: {login}", RU: "логин: {login}", EN: "login: {login}"}
	bankKey     = lang.Text{UZ: "hisob kaliti: {key}", RU: "ключ счёта: {key}", EN: "account key: {key}"}
	limitFrom   = lang.Text{UZ: "{sum} dan", RU: "от {sum}", EN: "from {sum}"}

	noPublicURL  = lang.Text{UZ: "tashqi manzil yo‘q", RU: "нет внешнего адреса", EN: "no public URL"}
	listensPlain = lang.Text{UZ: "HTTPS yo‘q", RU: "без HTTPS", EN: "no HTTPS"}
	listensProxy = lang.Text{UZ: "HTTPS: proksi orqali", RU: "HTTPS: через прокси", EN: "HTTPS by a proxy"}
	listensFiles = lang.Text{UZ: "HTTPS: sertifikat fayllari", RU: "HTTPS: файлы сертификата", EN: "HTTPS by certificate files"}
	listensACME  = lang.Text{UZ: "HTTPS: sertifikat o‘zi olinadi (ACME)", RU: "HTTPS: сертификат получается сам (ACME)", EN: "HTTPS by ACME"}

	methodNames = map[config.Method]lang.Text{
		config.MethodApp:  {UZ: "Uzum Bank ilovasi", RU: "приложение Uzum Bank", EN: "Uzum Bank app"},
		config.MethodCard: {UZ: "karta", RU: "карта", EN: "card"},
	}
	languageNames = map[lang.Lang]lang.Text{
		lang.UZ: {UZ: "o‘zbekcha", RU: "узбекский", EN: "Uzbek"},
		lang.RU: {UZ: "ruscha", RU: "русский", EN: "Russian"},
		lang.EN: {UZ: "inglizcha", RU: "английский", EN: "English"},
	}
)
