package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// card is one kind of payment: where it goes, how that stands, and on the chosen
// one the keys that work on it. All cards are of the same height.
func (p *settingsPage) card(k store.Kind, w int) []string {
	t, d := p.d.theme, p.d
	inner := max(1, w-4)
	c := d.connection(p.system(k))
	name := t.Strong.Paint(d.systemName(p.system(k)))
	if c.Test && c.Open() {
		name += t.Faint.Paint(" "+t.Signs.Dot+" ") + t.Warn.Paint(d.say(testMode))
	}
	sign, word, style := d.connectionState(c)
	body := []string{look.Cut(name, inner), style.Paint(look.Cut(sign+" "+word, inner)), t.Faint.Paint(look.Cut(d.connectionNote(c), inner))}
	if p.at != (place{kind: k}) {
		t.Title = t.Strong
		return look.Box(t, d.say(kindTitles[k]), body, w)
	}
	t.Rule = t.Key
	box := look.Box(t, t.Signs.Cursor+" "+t.Selected.Paint(" "+d.say(kindTitles[k])+" "), body, w)
	box[len(box)-1] = p.cardFoot(c, w)
	return box
}

// cardFoot is the lower line of the chosen card, with the keys that work on it.
func (p *settingsPage) cardFoot(c store.Connection, w int) string {
	t := p.d.theme
	left, right, across := "╰", "╯", "─"
	if t.ASCII {
		left, right, across = "+", "+", "-"
	}
	opens := cardSetUp
	if c.System == store.Uzum && c.State == store.NotConnected {
		opens = cardConnect
	}
	how, _ := keys.Of(keys.HowItWorks)
	hints := []string{t.Key.Paint(keys.KeyOf(keys.Open)) + " " + p.d.say(opens), t.Key.Paint(how.Shown()) + " " + p.d.say(how.Label)}
	text := look.Cut(joinFitting(hints, "  ", w-6), max(0, w-6))
	rest := max(0, w-look.Width(text)-5)
	return t.Key.Paint(left+across) + " " + text + " " + t.Key.Paint(strings.Repeat(across, rest)+right)
}

// systemName is what a payment system is called.
func (d *desk) systemName(s store.System) string {
	if name, known := systemNames[s]; known {
		return d.say(name)
	}
	return d.say(notRouted)
}

// connectionState is the sign, the word and the colour for how far a payment
// system has come.
func (d *desk) connectionState(c store.Connection) (sign, word string, style look.Style) {
	signs := d.theme.Signs
	switch {
	case c.System == store.Manual:
		return signs.Paid, d.say(paidByHand), d.theme.Good
	case c.System == store.OneClick && c.State == store.NotConnected:
		return signs.Off, d.say(connectionStates[c.State]), d.theme.Faint
	}
	word = d.say(connectionStates[c.State])
	switch c.State {
	case store.Paused:
		return signs.Cancelled, word, d.theme.Warn
	case store.Connected:
		return signs.Paying, word, d.theme.Warn
	case store.FirstCall:
		return signs.On, word, d.theme.Accent
	case store.Live:
		return signs.Paid, word, d.theme.Good
	case store.Failing:
		return signs.Failed, word, d.theme.Bad
	}
	return signs.Off, word, d.theme.Bad
}

// connectionNote is what else there is to say of a payment system: when it
// called last, or what to do.
func (d *desk) connectionNote(c store.Connection) string {
	switch {
	case c.System == store.Manual:
		return d.say(noteManual)
	case c.System == store.OneClick && !c.Open():
		return d.say(noteLater)
	case c.System == "":
		return d.say(noteUnrouted)
	case c.State == store.Failing && len(d.warnings) > 0:
		return d.say(noteFailing)
	case c.State == store.Paused:
		return d.fill(noteOff, "{key}", keys.KeyOf(keys.Pause))
	case c.LastCall != 0:
		return d.fill(noteLastCall, "{at}", d.moment(c.LastCall))
	case c.State == store.NotConnected:
		return d.say(noteKeys)
	}
	return d.say(noteWaiting)
}

var (
	testMode    = lang.Text{UZ: "sinov rejimi", RU: "тестовый режим", EN: "test mode"}
	paidByHand  = lang.Text{UZ: "qo‘lda belgilanadi", RU: "отмечается вручную", EN: "marked paid by hand"}
	notRouted   = lang.Text{UZ: "to‘lov tizimi tanlanmagan", RU: "система не выбрана", EN: "no payment system"}
	cardConnect = lang.Text{UZ: "ulash", RU: "подключить", EN: "connect"}
	cardSetUp   = lang.Text{UZ: "sozlash", RU: "настроить", EN: "set up"}

	noteManual   = lang.Text{UZ: "naqd yoki terminal, banksiz", RU: "наличные или терминал, без банка", EN: "cash or terminal, without the bank"}
	noteLater    = lang.Text{UZ: "bu versiyada yo‘q", RU: "нет в этой версии", EN: "not part of this version"}
	noteUnrouted = lang.Text{UZ: "hisob ochib bo‘lmaydi", RU: "счёт создать нельзя", EN: "no invoice can be made"}
	noteFailing  = lang.Text{UZ: "ogohlantirishlarga qarang", RU: "см. предупреждения", EN: "see the warnings"}
	noteLastCall = lang.Text{UZ: "so‘nggi so‘rov: {at}", RU: "последний запрос: {at}", EN: "last call: {at}"}
	noteKeys     = lang.Text{UZ: "bank kalitlari kiritilmagan", RU: "ключи банка не введены", EN: "the bank's keys are missing"}
	noteOff      = lang.Text{UZ: "{key} davom ettiradi", RU: "{key} возобновит", EN: "{key} lets it go on"}
	noteWaiting  = lang.Text{UZ: "birinchi so‘rov kutilmoqda", RU: "ждём первый запрос", EN: "waits for the first call"}

	systemNames = map[store.System]lang.Text{
		store.Uzum:     {EN: "Uzum Bank"},
		store.OneClick: {EN: "OneClick"},
		store.Manual:   {UZ: "qo‘lda", RU: "вручную", EN: "by hand"},
	}
	connectionStates = map[store.ConnectionState]lang.Text{
		store.NotConnected: {UZ: "ulanmagan", RU: "не подключён", EN: "not connected"},
		store.Paused:       {UZ: "to‘xtatib turilgan", RU: "приостановлен", EN: "paused"},
		store.Connected:    {UZ: "ulangan", RU: "подключён", EN: "connected"},
		store.FirstCall:    {UZ: "birinchi so‘rov keldi", RU: "первый запрос получен", EN: "first call seen"},
		store.Live:         {UZ: "ishlayapti", RU: "работает", EN: "live"},
		store.Failing:      {UZ: "ishlamayapti", RU: "не работает", EN: "failing"},
	}
	kindTitles = map[store.Kind]lang.Text{
		store.Visit:      {UZ: "tashrif uchun havola", RU: "ссылка за визит", EN: "link for a visit"},
		store.Goods:      {UZ: "tovar uchun havola", RU: "ссылка за товар", EN: "link for goods"},
		store.Prepayment: {UZ: "oldindan to‘lov", RU: "предоплата", EN: "prepayment"},
		store.GiftCard:   {UZ: "sovg‘a kartalari", RU: "подарочные карты", EN: "gift cards"},
		store.Membership: {UZ: "abonementlar", RU: "абонементы", EN: "memberships"},
		store.TopUp:      {UZ: "hisobni to‘ldirish", RU: "пополнение", EN: "top-up"},
		store.Counter:    {UZ: "kassadagi QR kod", RU: "QR на кассе", EN: "counter QR"},
	}
)
