package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/look"
)

// lesson is what a kind of payment is for, told to somebody who has a shop and
// no time.
type lesson struct {
	purpose  byWay
	sum      money.Amount // of the example, in tiyin
	steps    []byWay      // the example, step by step
	customer lang.Text    // what they see in the app
	till     byWay        // what the program does
}

// byWay is a text by how the payment system of a kind is paid: in its app, by a deal
// on a page, or by hand at the till. One that is empty is as with the app.
type byWay struct{ app, deal, hand lang.Text }

func (t byWay) of(p store.Profile) lang.Text {
	none := lang.Text{}
	switch {
	case p.Can.ByHand && t.hand != none:
		return t.hand
	case p.Can.Deals && t.deal != none:
		return t.deal
	}
	return t.app
}

// widestLesson is how wide the texts grow, in cells: longer lines are hard to read.
const widestLesson = 76

// lesson is the text about a kind of payment that goes to a payment system, w cells
// wide.
func (d *desk) lesson(k store.Kind, system store.System, w int) []string {
	inner := max(1, min(w-4, widestLesson))
	l, p := lessons[k], d.profile(system)
	tell := func(text lang.Text) string {
		return strings.NewReplacer("{system}", d.systemName(system), "{sum}", d.sum(l.sum)).Replace(inPieces(d.say(text)))
	}
	lines := []string{""}
	paragraph := func(text lang.Text) {
		lines = append(lines, moved(d.painted(d.theme.Text, tell(text), inner), 2)...)
	}
	heading := func(text lang.Text) {
		lines = append(lines, "", "  "+d.theme.Title.Paint(look.Cut(d.say(text), inner)))
	}
	paragraph(l.purpose.of(p))
	heading(lessonExample)
	for i, step := range l.steps {
		sign := "  " + d.theme.Key.Paint(string(rune('1'+i))) + " "
		lines = append(lines, hung(sign, look.Wrap(tell(step.of(p)), max(1, inner-2)))...)
	}
	heading(lessonCustomer)
	paragraph(l.seen(p))
	heading(lessonTill)
	paragraph(l.till.of(p))
	if more := lessonMore.of(p); d.say(more) != "" {
		paragraph(more)
	}
	if warning := d.say(p.Warning); warning != "" {
		sign := "  " + d.theme.Warn.Paint(d.theme.Signs.Warn) + " "
		lines = append(append(lines, ""), hung(sign, d.painted(d.theme.Warn, warning, max(1, inner-2)))...)
	}
	return append(lines, "")
}

// seen is what customers see: in an app that depends on the kind, elsewhere on the
// way of paying alone.
func (l lesson) seen(p store.Profile) lang.Text {
	if p.Can.ByHand || p.Can.Deals {
		return lessonSeen.of(p)
	}
	return l.customer
}

// inPieces keeps sums, and keys with their names, on one line: what is joined
// with an underscore is shown with a no-break space.
func inPieces(text string) string { return strings.ReplaceAll(text, "_", "\u00a0") }

var (
	lessonExample  = lang.Text{UZ: "masalan", RU: "например", EN: "for example"}
	lessonCustomer = lang.Text{UZ: "mijoz nimani ko‘radi", RU: "что видит клиент", EN: "what the customer sees"}
	lessonTill     = lang.Text{UZ: "kassa nima qiladi", RU: "что делает касса", EN: "what the till does"}

	// What is the same for every kind that is paid by a deal, or by hand.
	lessonSeen = byWay{deal: lang.Text{
		UZ: "Sahifada: {sum} va uni karta yoki o‘tkazma bilan qayerga to‘lash. Aynan shuncha to‘lash kerak.",
		RU: "Страницу с суммой {sum} и указанием, куда её заплатить картой или переводом. Платить нужно ровно столько.",
		EN: "A page with the sum, {sum}, and where to pay it by card or transfer. It has to be exactly that much.",
	}, hand: lang.Text{
		UZ: "Telefonda hech narsa: mijoz shu yerda to‘laydi. Havola ham, QR kod ham yo‘q.",
		RU: "В телефоне — ничего: клиент платит на месте. Ни ссылки, ни QR-кода нет.",
		EN: "Nothing on a phone: customers pay at the till. There is neither a link nor a QR code.",
	}}
	lessonMore = byWay{deal: lang.Text{
		UZ: "Har bir to‘lov haqida u tugaguncha {system}dan o‘zi so‘rab turadi. Boshqa summa yoki kechikkan pul kelsa, ko‘rsatadi: qarorni siz qabul qilasiz.",
		RU: "О каждом платеже касса сама спрашивает {system}, пока он не завершится. Если пришла другая сумма или деньги опоздали, она это покажет, а решать вам.",
		EN: "It asks {system} about each payment by itself, until that has ended. Another sum, or money that comes late, is shown for you to decide about.",
	}, hand: lang.Text{
		UZ: "Siz belgilaganga ishonadi va hech kimdan so‘ramaydi: pulni o‘zingiz sanang.",
		RU: "Касса верит вашей отметке и никого не спрашивает: деньги пересчитайте сами.",
		EN: "It believes what you mark, and asks nobody: count the money yourself.",
	}}
)
