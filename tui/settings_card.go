package tui

import (
	"cmp"
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
	note := d.connectionNote(c)
	if refused := d.whyNotTaken(k, c.System); refused != "" {
		sign, word, style, note = t.Signs.Failed, d.say(cantTake), t.Bad, refused
	}
	body := []string{look.Cut(name, inner), style.Paint(look.Cut(sign+" "+word, inner)), t.Faint.Paint(look.Cut(note, inner))}
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
	if c.State == store.NotConnected && c.System != "" {
		opens = cardConnect
	}
	how, _ := keys.Of(keys.HowItWorks)
	hints := []string{t.Key.Paint(keys.KeyOf(keys.Open)) + " " + p.d.say(opens), t.Key.Paint(how.Shown()) + " " + p.d.say(how.Label)}
	text := look.Cut(joinFitting(hints, "  ", w-6), max(0, w-6))
	rest := max(0, w-look.Width(text)-5)
	return t.Key.Paint(left+across) + " " + text + " " + t.Key.Paint(strings.Repeat(across, rest)+right)
}

// connectionState is the sign, the word and the colour for how far a payment
// system has come.
func (d *desk) connectionState(c store.Connection) (sign, word string, style look.Style) {
	signs := d.theme.Signs
	if d.profile(c.System).Can.ByHand {
		return signs.Paid, d.say(paidByHand), d.theme.Good
	}
	word = d.say(connectionStates[c.State])
	switch c.State {
	case store.Paused:
		return signs.Cancelled, word, d.theme.Warn
	case store.Connected:
		if d.profile(c.System).Can.Calls { // it has not called yet
			return signs.Paying, word, d.theme.Warn
		}
		return signs.Paid, word, d.theme.Good
	case store.FirstCall:
		return signs.On, word, d.theme.Accent
	case store.Live:
		return signs.Paid, word, d.theme.Good
	case store.Failing:
		return signs.Failed, word, d.theme.Bad
	}
	return signs.Off, word, d.theme.Bad
}

// connectionNote is what else there is to say of a payment system: what to do, when
// it called last, or that it need not call.
func (d *desk) connectionNote(c store.Connection) string {
	switch p := d.profile(c.System); {
	case c.System == "":
		return d.say(noteUnrouted)
	case p.Can.ByHand:
		return d.say(noteManual)
	case c.State == store.NotConnected:
		return cmp.Or(d.say(p.Missing), d.say(noteNothing))
	case c.State == store.Failing && len(d.warnings) > 0:
		return d.say(noteFailing)
	case c.State == store.Failing:
		return d.fill(noteExamine, "{key}", keys.KeyOf(keys.Examine))
	case c.State == store.Paused:
		return d.fill(noteOff, "{key}", keys.KeyOf(keys.Pause))
	case p.Can.Deals:
		return d.say(noteAsks)
	case c.LastCall != 0:
		return d.fill(noteLastCall, "{at}", d.moment(c.LastCall))
	}
	return d.say(noteWaiting)
}

// whyNotTaken says why a payment system can't take a kind of payment whatever its
// settings are; empty where it can.
func (d *desk) whyNotTaken(k store.Kind, s store.System) string {
	p := d.profile(s)
	if k != store.Counter || s == "" || p.Can.Counter || p.Can.ByHand { // by hand: there is no code at the till
		return ""
	}
	return d.say(notCounter)
}

var (
	testMode    = lang.Text{UZ: "sinov rejimi", RU: "тестовый режим", EN: "test mode"}
	paidByHand  = lang.Text{UZ: "qo‘lda belgilanadi", RU: "отмечается вручную", EN: "marked paid by hand"}
	notRouted   = lang.Text{UZ: "to‘lov tizimi tanlanmagan", RU: "система не выбрана", EN: "no payment system"}
	cardConnect = lang.Text{UZ: "ulash", RU: "подключить", EN: "connect"}
	cardSetUp   = lang.Text{UZ: "sozlash", RU: "настроить", EN: "set up"}

	noteManual   = lang.Text{UZ: "naqd yoki terminal, banksiz", RU: "наличные или терминал, без банка", EN: "cash or terminal, without the bank"}
	noteUnrouted = lang.Text{UZ: "hisob ochib bo‘lmaydi", RU: "счёт создать нельзя", EN: "no invoice can be made"}
	noteFailing  = lang.Text{UZ: "ogohlantirishlarga qarang", RU: "см. предупреждения", EN: "see the warnings"}
	noteLastCall = lang.Text{UZ: "so‘nggi so‘rov: {at}", RU: "последний запрос: {at}", EN: "last call: {at}"}
	noteNothing  = lang.Text{UZ: "sozlamalari to‘ldirilmagan", RU: "настройки не заполнены", EN: "its settings are not filled in"}
	noteExamine  = lang.Text{UZ: "{key} sababini topadi", RU: "{key} найдёт причину", EN: "{key} finds out why"}
	noteAsks     = lang.Text{UZ: "har bir to‘lovni o‘zi so‘rab turadi", RU: "сам спрашивает о каждом платеже", EN: "asks about each payment by itself"}
	noteOff      = lang.Text{UZ: "{key} davom ettiradi", RU: "{key} возобновит", EN: "{key} lets it go on"}
	noteWaiting  = lang.Text{UZ: "birinchi so‘rov kutilmoqda", RU: "ждём первый запрос", EN: "waits for the first call"}

	cantTake   = lang.Text{UZ: "bu turga mos emas", RU: "для этого вида не подходит", EN: "can't take this kind"}
	notCounter = lang.Text{UZ: "istalgan summani qabul qilmaydi", RU: "не принимает произвольную сумму", EN: "takes no open amounts"}

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
