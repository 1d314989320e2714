package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// The widths of the fields of a line, in cells, and the least window in which
// they stand on one row.
const (
	quantityWidth = 6
	priceWidth    = 12
	costWidth     = 14
	oneRow        = 62
)

// lineFields draws the lines of the invoice, their headings and their sum.
func (v *formView) lineFields() {
	t := v.d.theme
	if len(v.formScreen.lines) == 0 {
		v.labelledQuiet(inLine, t.Key.Paint("F4")+" "+t.Hint.Paint(v.d.say(addsLine)))
		return
	}
	heading := v.d.say(inputLabels[inLine])
	if v.w >= oneRow {
		heading = look.Fit(heading, v.nameWidth()+1) + look.FitRight(v.d.say(headQuantity), quantityWidth) + " " +
			look.FitRight(v.d.say(headPrice), priceWidth) + " " + look.FitRight(v.d.say(headCost), costWidth)
	}
	v.air()
	v.add("  " + t.Faint.Paint(look.Cut(heading, max(0, v.w-signWidth))))
	for i := range v.formScreen.lines {
		v.lineRow(i)
	}
	hint := t.Key.Paint("F4") + " " + t.Hint.Paint(v.d.say(addsLine)) + "  " + t.Key.Paint("F8") + " " + t.Hint.Paint(v.d.say(dropsLine))
	v.add("  " + look.Cut(hint, max(0, v.w-signWidth)))
}

// labelledQuiet is a label with something that can't be typed into.
func (v *formView) labelledQuiet(in input, text string) {
	v.labelled(spot{input: in, line: -1}, v.d.say(inputLabels[in]), text, look.Width(text), v.d.theme.Hint, "")
}

// nameWidth is how wide the name of a line is.
func (v *formView) nameWidth() int {
	if v.w < oneRow {
		return max(1, v.w-signWidth)
	}
	return min(fieldWidth, v.w-signWidth-quantityWidth-priceWidth-costWidth-3)
}

// lineRow draws a line: in one row, or where there is no room in two.
func (v *formView) lineRow(i int) {
	from := len(v.lines)
	name, quantity, price := spot{inLine, i, lineName}, spot{inLine, i, lineQuantity}, spot{inLine, i, linePrice}
	cost := v.cost(i)
	sign := "  "
	if v.at.input == inLine && v.at.line == i {
		sign = v.d.theme.Accent.Paint(v.d.theme.Signs.Cursor) + " "
	}
	names := v.input(name, v.nameWidth(), "")
	if v.w >= oneRow {
		v.add(sign + names + " " + v.input(quantity, quantityWidth, "") + " " + v.input(price, priceWidth, "") + " " + look.FitRight(cost, costWidth))
	} else {
		v.add(sign + names)
		v.add(look.Cut("  "+v.input(quantity, quantityWidth, "")+" × "+v.input(price, priceWidth, "")+" "+cost, v.w))
	}
	for _, s := range []spot{name, quantity, price} {
		if wrong, ok := v.wrong[s]; ok {
			style, text := v.mistakeStyle(s, wrong)
			v.add(moved(v.d.painted(style, text, max(1, v.w-signWidth)), signWidth)...)
		}
	}
	for _, s := range []spot{name, quantity, price} {
		v.mark(s, from)
	}
}

// cost is what a line comes to; empty while it is not complete.
func (v *formView) cost(i int) string {
	r := reader{v.formScreen, v.d, store.Rules{}, make(map[spot]mistake)}
	_, cost, _, ok := r.line(i)
	if !ok {
		return ""
	}
	return cost.Number()
}

func (v *formView) phoneUnderstood() string {
	if phone := v.draft.Customer.Phone; phone != "" && phone.Full() != v.value(spot{input: inPhone}) {
		return phone.Full()
	}
	return ""
}

func (v *formView) whenUnderstood() (look.Style, string) {
	at := v.draft.AppointmentAt
	switch {
	case at == 0:
		return v.d.theme.Hint, ""
	case at < v.d.now():
		return v.d.theme.Warn, joinWords(v.d, v.d.understood(v.d.local(at)), v.d.say(whenPast))
	}
	return v.d.theme.Good, v.d.understood(v.d.local(at))
}

func (v *formView) expiryUnderstood() string {
	if v.draft.ExpiresAt == 0 {
		return v.d.say(paidAnyTime)
	}
	return v.d.fill(untilTime, "{time}", strings.TrimSpace(v.d.local(v.draft.ExpiresAt).Format("02.01.2006 15:04")))
}

var (
	headQuantity = lang.Text{UZ: "soni", RU: "кол-во", EN: "qty"}
	headPrice    = lang.Text{UZ: "narxi", RU: "цена", EN: "price"}
	headCost     = lang.Text{UZ: "summa", RU: "сумма", EN: "amount"}
	addsLine     = lang.Text{UZ: "qator qo‘shadi", RU: "добавит строку", EN: "adds a line"}
	dropsLine    = lang.Text{UZ: "olib tashlaydi", RU: "уберёт", EN: "removes it"}
	paidAnyTime  = lang.Text{UZ: "istalgan vaqtda to‘lasa bo‘ladi", RU: "можно оплатить когда угодно", EN: "can be paid at any time"}
	untilTime    = lang.Text{UZ: "{time} gacha", RU: "до {time}", EN: "until {time}"}
)
