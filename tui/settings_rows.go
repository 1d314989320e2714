package tui

import (
	"slices"
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/setup"
	"tushum/store"
	"tushum/tui/look"
)

// settingsRow is something that can be set or done, below the cards.
type settingsRow string

// The rows.
const (
	rowBank     settingsRow = "bank"
	rowOffer    settingsRow = "offer"
	rowSheet    settingsRow = "sheet"
	rowDeals    settingsRow = "deals" // one for each payment system that makes deals
	rowShop     settingsRow = "shop"
	rowListener settingsRow = "listener"
	rowTariffs  settingsRow = "tariffs"
	rowDoctor   settingsRow = "doctor"
)

// settingsSections are the rows in their order.
var settingsSections = []struct {
	title lang.Text
	rows  []settingsRow
}{
	{systemsTitle, []settingsRow{rowBank, rowOffer, rowSheet, rowDeals}},
	{rowsTitle, []settingsRow{rowShop, rowListener, rowTariffs, rowDoctor}},
}

// rowPlaces are the rows of all sections.
func (d *desk) rowPlaces() []place {
	var all []place
	for _, section := range settingsSections {
		all = append(all, d.placesOf(section.rows)...)
	}
	return all
}

func (d *desk) placesOf(rows []settingsRow) []place {
	var all []place
	for _, r := range rows {
		if r != rowDeals {
			all = append(all, place{row: r})
			continue
		}
		for _, p := range d.profiles() {
			if p.Can.Deals {
				all = append(all, place{row: r, system: p.System})
			}
		}
	}
	return all
}

// rowPages are the questions to which a row leads.
var rowPages = map[settingsRow]setup.Page{
	rowShop: setup.PageShop, rowBank: setup.PageBank, rowOffer: setup.PageOffer, rowListener: setup.PageListener, rowTariffs: setup.PageTariffs,
}

// page are the questions to which a row leads; empty: there are none.
func (at place) page() setup.Page {
	if at.row == rowDeals {
		return setup.PageOf(at.system)
	}
	return rowPages[at.row]
}

// rowName is what a row is called: as the page to which it leads.
func (d *desk) rowName(at place) string {
	switch at.row {
	case rowSheet:
		return d.say(sheetName)
	case rowDoctor:
		return d.say(doctorName)
	case rowDeals:
		return d.systemName(at.system)
	}
	return d.pageName(at.page())
}

// rowsBeside is the least width at which a row is one line, in cells.
const rowsBeside = 60

func (p *settingsPage) rows() {
	label := 0
	for _, at := range p.d.rowPlaces() {
		label = max(label, look.Width(p.d.rowName(at))+2)
	}
	for _, section := range settingsSections {
		p.heading(section.title)
		for _, at := range p.d.placesOf(section.rows) {
			from := len(p.lines)
			p.add(p.row(at, label)...)
			p.mark(at, from)
		}
	}
}

// row is what can be set, and how it is set now: beside it, or below it where
// there is no room.
func (p *settingsPage) row(at place, label int) []string {
	t := p.d.theme
	name, summary := p.d.rowName(at), p.summary(at)
	if p.w < rowsBeside {
		if at == p.at {
			name = t.Selected.Paint(" " + look.Cut(name, p.w-4) + " ")
		} else {
			name = " " + name
		}
		lines := []string{p.sign(at) + name}
		return append(lines, moved(paintAll(t.Faint, p.fitted(summary, p.w-4)), 3)...)
	}
	room := max(1, p.w-4-label)
	var lines []string
	for i, fact := range p.fitted(summary, room) {
		sign := " "
		if i == 0 {
			sign = p.sign(at)
		}
		if at == p.at {
			lines = append(lines, sign+t.Selected.Paint(" "+look.Fit(name, label)+look.Fit(fact, room)+" "))
		} else {
			lines = append(lines, sign+" "+look.Fit(name, label)+t.Faint.Paint(fact))
		}
		name = ""
	}
	return lines
}

// fitted are lines of facts in w cells: one alone is cut, several are told in full.
func (p *settingsPage) fitted(lines []string, w int) []string {
	w = max(1, w)
	if len(lines) == 1 {
		return []string{look.Cut(lines[0], w)}
	}
	var all []string
	for _, line := range lines {
		told := ""
		for _, fact := range strings.Split(line, p.between()) {
			switch more := told + p.between() + fact; {
			case told == "":
				told = fact
			case look.Width(more) <= w:
				told = more
			default:
				all, told = append(all, look.Wrap(told, w)...), fact
			}
		}
		all = append(all, look.Wrap(told, w)...)
	}
	return all
}

// between is what stands between two facts.
func (p *settingsPage) between() string { return " " + p.d.theme.Signs.Dot + " " }

// summary is how something is set now, in a line or more. Of passwords and keys it
// says nothing.
func (p *settingsPage) summary(at place) []string {
	switch at.row {
	case rowShop:
		return []string{p.facts(look.Foreign(p.cfg.Shop.Name), look.Foreign(p.cfg.Shop.Phone), p.d.say(languageNames[p.cfg.Shop.Language]))}
	case rowBank:
		return []string{p.bank()}
	case rowOffer:
		return []string{p.offer()}
	case rowDeals:
		return p.deals(at.system)
	case rowListener:
		return []string{p.listener()}
	case rowTariffs:
		return []string{p.tariffs()}
	case rowSheet:
		return []string{p.d.say(sheetSays)}
	}
	return []string{p.d.say(doctorSays)}
}

// facts joins what is known.
func (p *settingsPage) facts(all ...string) string {
	known := slices.DeleteFunc(all, func(s string) bool { return s == "" })
	if len(known) == 0 {
		return p.d.say(notFilledIn)
	}
	return strings.Join(known, p.between())
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
	test := ""
	if u.TestMode {
		test = p.d.say(testMode)
	}
	return p.facts(test, p.answered(setup.UzumMethods), p.limits(u.MinAmount, u.MaxAmount))
}

// deals are the figures of a payment system that makes deals.
func (p *settingsPage) deals(system store.System) []string {
	c, of := p.d.connection(system), p.d.profile(system)
	state := p.d.say(connectionStates[c.State])
	if c.State == store.NotConnected {
		return []string{p.facts(state, p.d.say(of.Missing))}
	}
	test := ""
	if of.Test {
		test = p.d.say(testMode)
	}
	var facts []string
	for _, fact := range of.Facts {
		facts = append(facts, p.d.say(fact))
	}
	lines := []string{p.facts(state, test, look.Foreign(of.Host)), p.facts(append(facts, p.limits(of.Least, of.Most))...)}
	if callback := setup.CallbackURL(p.cfg.Listener.PublicURL, system); callback != "" {
		lines = append(lines, p.d.fill(dealsCallback, "{url}", look.Foreign(callback)))
	}
	return lines
}

// answered is the answer that the settings are to a question, in words.
func (p *settingsPage) answered(id setup.ID) string {
	q, _ := setup.Find(p.d.profiles(), id)
	return p.d.optionNames(q, setup.From(p.cfg)[id])
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
	for _, system := range p.d.profiles() {
		source := strings.ToUpper(string(system.System))
		if !system.Can.Deals || !system.Open() {
			continue
		}
		if rate, assumed := p.d.rules().Tariffs.On(source, p.d.today()); assumed {
			rates = append(rates, p.d.fill(rateAssumed, "{source}", p.d.sourceName(source), "{rate}", rate.Format(p.d.Lang)))
		}
	}
	return p.facts(strings.Join(rates, ", "))
}

var (
	systemsTitle  = lang.Text{UZ: "to‘lov tizimlari", RU: "платёжные системы", EN: "payment systems"}
	dealsCallback = lang.Text{UZ: "kabinetga kiritiladigan manzil: {url}", RU: "адрес для кабинета: {url}", EN: "callback URL for the cabinet: {url}"}

	rowsTitle   = lang.Text{UZ: "do‘kon va ulanish", RU: "магазин и подключение", EN: "shop and connection"}
	rateAssumed = lang.Text{
		UZ: "{source}\u00a0{rate}\u00a0(taxminiy, shartnomaga qarang)", RU: "{source}\u00a0{rate}\u00a0(принято, сверьте с договором)", EN: "{source}\u00a0{rate}\u00a0(assumed, check your contract)",
	}
	doctorName  = lang.Text{UZ: "hammasini tekshirish", RU: "проверить всё", EN: "check everything"}
	sheetSays   = lang.Text{UZ: "bankka beriladigan manzillar, login va sinov hisobi", RU: "адреса, логин и тестовый счёт, которые надо передать банку", EN: "the addresses, the login and the test invoice that the bank needs"}
	doctorSays  = lang.Text{UZ: "sozlamalar, HTTPS, soat, disk va bankning beshta so‘rovi", RU: "настройки, HTTPS, часы, диск и пять запросов банка", EN: "settings, HTTPS, clock, disk, and the bank's five calls"}
	notFilledIn = lang.Text{UZ: "to‘ldirilmagan", RU: "не заполнено", EN: "not filled in"}
	bankLogin   = lang.Text{UZ: "login: {login}", RU: "логин: {login}", EN: "login: {login}"}
	bankKey     = lang.Text{UZ: "hisob kaliti: {key}", RU: "ключ счёта: {key}", EN: "account key: {key}"}
	limitFrom   = lang.Text{UZ: "{sum} dan", RU: "от {sum}", EN: "from {sum}"}

	noPublicURL   = lang.Text{UZ: "tashqi manzil yo‘q", RU: "нет внешнего адреса", EN: "no public URL"}
	listensPlain  = lang.Text{UZ: "HTTPS yo‘q", RU: "без HTTPS", EN: "no HTTPS"}
	listensProxy  = lang.Text{UZ: "HTTPS: proksi orqali", RU: "HTTPS: через прокси", EN: "HTTPS by a proxy"}
	listensFiles  = lang.Text{UZ: "HTTPS: sertifikat fayllari", RU: "HTTPS: файлы сертификата", EN: "HTTPS by certificate files"}
	listensACME   = lang.Text{UZ: "HTTPS: sertifikat o‘zi olinadi (ACME)", RU: "HTTPS: сертификат получается сам (ACME)", EN: "HTTPS by ACME"}
	languageNames = map[lang.Lang]lang.Text{
		lang.UZ: {UZ: "o‘zbekcha", RU: "узбекский", EN: "Uzbek"},
		lang.RU: {UZ: "ruscha", RU: "русский", EN: "Russian"},
		lang.EN: {UZ: "inglizcha", RU: "английский", EN: "English"},
	}
)
