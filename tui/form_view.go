package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/look"
)

// formView draws a form. What it needs to know of the window and of what was
// typed is found once.
type formView struct {
	*formScreen
	d      *desk
	w, h   int
	labels int // cells for a label; 0: it stands above its field
	draft  store.Draft
	wrong  map[spot]mistake

	lines    []string
	from, to int // the lines of the field that is typed into
}

// Widths in cells: of the sign before a label, of fields, and the least window
// in which labels stand before their fields.
const (
	signWidth    = 2
	fieldWidth   = 36
	shortField   = 20
	labelsBeside = 40
	mostFormWide = 100
)

func (f *formScreen) view(d *desk, w, h int) string {
	v := &formView{formScreen: f, d: d, w: min(w, mostFormWide), h: h}
	v.draft, v.wrong = f.draft(d)
	if w >= labelsBeside {
		for _, label := range inputLabels {
			v.labels = max(v.labels, look.Width(d.say(label))+1)
		}
	}
	v.build()
	pinned := v.pinned()
	lines := append(v.visible(h-len(pinned)), pinned...)
	return look.Block(lines, w, h)
}

// build lays out all of the form, as high as it gets.
func (v *formView) build() {
	if v.h > 12 {
		v.air()
	}
	v.sumFields()
	if !v.open {
		v.foldedHint()
		return
	}
	v.air()
	v.choice(inKind, v.kindName(), v.kindWay())
	if v.draft.Kind != store.Counter {
		v.lineFields()
		v.air()
		v.takenOff()
	}
	v.air()
	v.field(inCustomer, fieldWidth, v.d.theme.Hint, "")
	v.field(inPhone, shortField, v.d.theme.Hint, v.phoneUnderstood())
	v.field(inSpecialist, fieldWidth, v.d.theme.Hint, "")
	style, when := v.whenUnderstood()
	v.field(inWhen, shortField, style, when)
	v.choice(inExpiry, v.d.say(expiries[v.expiry].name), v.expiryUnderstood())
	v.field(inNote, fieldWidth, v.d.theme.Hint, "")
}

func (v *formView) add(lines ...string) { v.lines = append(v.lines, lines...) }

// air is an empty line where the window is not too low for it.
func (v *formView) air() {
	if v.h > 8 {
		v.add("")
	}
}

// kindName is what the invoice is for.
func (v *formView) kindName() string {
	if v.draft.Kind == "" {
		return v.d.theme.Signs.Cancelled
	}
	return v.d.kindWord(v.draft.Kind)
}

// kindWay is which payment system takes an invoice of the kind, and how it is paid.
func (v *formView) kindWay() string {
	system := v.d.rules().Routing[v.draft.Kind]
	if system == "" {
		return ""
	}
	p := v.d.profile(system)
	how := lang.Text{}
	switch {
	case p.Can.App:
		how = paidInApp
	case p.Can.Card:
		how = paidByCard
	}
	way := strings.TrimSuffix(v.d.systemName(system)+", "+v.d.say(how), ", ")
	if choiceSigns+signWidth+v.labels+look.Width(v.kindName())+choiceSigns+look.Width(way) > v.w || v.labels == 0 {
		return "" // it is no more than a remark
	}
	return way
}

func (v *formView) sumFields() {
	if v.draft.Kind != store.Counter {
		v.amountField()
		return
	}
	v.add(moved(look.Wrap(v.d.theme.Faint.Paint(v.d.say(counterAsks)), max(1, v.w-signWidth)), signWidth)...)
	least, most := v.d.limits(0, 0)
	v.limitField(inLeast, least)
	v.limitField(inMost, most)
}

// limitField is a bound of a counter invoice; empty it is the shop's own.
func (v *formView) limitField(in input, shops money.Amount) {
	remark := v.understood(in)
	if v.value(spot{input: in}) == "" && shops != 0 {
		remark = v.d.fill(shopsLimit, "{sum}", v.d.sum(shops))
	}
	v.field(in, shortField, v.d.theme.Hint, remark)
}

// amountField is the sum, and beside it the same as it was understood, in large
// figures.
func (v *formView) amountField() {
	s := spot{input: inAmount}
	sum, understood := v.sum()
	at := len(v.lines)
	remark := ""
	if !understood && v.value(s) == "" {
		remark = v.d.say(sumExamples)
	}
	v.fieldOf(s, v.d.say(inputLabels[inAmount]), shortField, v.placeholder(), v.d.theme.Hint, remark)
	if understood {
		v.echo(at, sum)
		v.mark(s, at)
	}
}

// largeRows is how high the figures of the sum must be to be called large.
const largeRows = 3

// echo puts the sum as it was understood beside the field that begins at a
// line, or under it where large figures have no room there.
func (v *formView) echo(at int, sum money.Amount) {
	rows, left := min(5, max(1, v.h/4)), v.indent()+shortField+3
	under := v.d.bigSum(sum, v.w-signWidth, rows)
	large := v.d.big(v.d.sum(sum), v.w-left, rows)
	alone := v.labels > 0 && len(v.lines) == at+1 && look.Width(v.lines[at]) <= left
	if alone && len(large) > 0 && (len(large) >= largeRows || len(under) < largeRows) {
		v.lines = append(v.lines[:at], look.Beside([]string{look.Fit(v.lines[at], left)}, paintAll(v.d.theme.Strong, large), 0)...)
		return
	}
	if len(under) >= largeRows {
		v.air()
	}
	v.add(moved(paintAll(v.d.theme.Strong, under), signWidth)...)
}

// sum is what the invoice will ask for, as far as it was understood.
func (v *formView) sum() (money.Amount, bool) {
	if v.draft.Amount != 0 {
		return v.draft.Amount, v.draft.Amount > 0
	}
	if strings.TrimSpace(v.value(spot{input: inAmount})) != "" {
		return 0, false
	}
	sum, ok := v.linesSum()
	due := sum - v.draft.Discount - v.draft.Prepaid
	return due, ok && due > 0
}

// takenOff are the fields of what comes off the price, and what is then left.
func (v *formView) takenOff() {
	v.field(inDiscount, shortField, v.d.theme.Hint, v.understood(inDiscount))
	v.field(inPrepaid, shortField, v.d.theme.Hint, v.understood(inPrepaid))
	if due, ok := v.sum(); ok && v.draft.Discount+v.draft.Prepaid != 0 {
		v.labelled(spot{input: inPrepaid, line: -1}, v.d.say(partDue), v.d.theme.Strong.Paint(v.d.sum(due)), 0, v.d.theme.Hint, "")
	}
}

// understood is the sum in a field as it was read.
func (v *formView) understood(in input) string {
	if a, err := money.Parse(v.value(spot{input: in})); err == nil {
		return v.d.sum(a)
	}
	return ""
}

func (v *formView) linesSum() (money.Amount, bool) {
	r := reader{v.formScreen, v.d, v.d.rules(), make(map[spot]mistake)}
	_, sum := r.readLines()
	return sum, sum != 0
}

// placeholder is the sum of the lines where no other is typed.
func (v *formView) placeholder() string {
	if sum, ok := v.linesSum(); ok {
		return sum.Number()
	}
	return ""
}

// foldedHint says what else can be typed, and which of it is.
func (v *formView) foldedHint() {
	t := v.d.theme
	v.air()
	var filled []string
	for _, s := range v.allSpots(v.d)[len(v.sumSpots(v.d)):] {
		label := v.d.say(inputLabels[s.input])
		if strings.TrimSpace(v.value(s)) != "" && !slices.Contains(filled, label) {
			filled = append(filled, label)
		}
	}
	hint := t.Key.Paint("F3") + " " + t.Hint.Paint(v.d.say(moreFields))
	if len(filled) > 0 {
		hint = t.Key.Paint("F3") + " " + t.Text.Paint(v.d.fill(moreFilled, "{fields}", strings.Join(filled, ", ")))
	}
	v.add(moved(look.Wrap(hint, v.w-signWidth), signWidth)...)
}

// pinned is what stays at the bottom: why the ledger refused.
func (v *formView) pinned() []string {
	t := v.d.theme
	switch {
	case v.refusal != nil:
		lines := v.d.painted(t.Bad, t.Signs.Failed+" "+v.d.trouble(v.refusal), v.w)
		return lines[:min(len(lines), max(1, v.h/2))]
	case v.draft.Kind == "":
		lines := v.d.painted(t.Bad, t.Signs.Failed+" "+v.d.say(nothingRouted), v.w)
		return lines[:min(len(lines), max(1, v.h/2))]
	case !v.open && v.wrong[spot{input: inKind}] != (mistake{}):
		says := v.kindName() + ": " + v.wrong[spot{input: inKind}].text
		lines := v.d.painted(t.Bad, t.Signs.Failed+" "+says, v.w)
		return lines[:min(len(lines), max(1, v.h/2))]
	case v.issuing:
		return []string{t.Hint.Paint(look.Cut(v.d.say(formBusy), v.w))}
	}
	return nil
}

// contextLines are seen after the field that is typed into, where there are any.
const contextLines = 2

// visible are h lines of the form with the field that is typed into.
func (v *formView) visible(h int) []string {
	offset := min(v.to+contextLines-h, len(v.lines)-h)
	offset = max(0, min(offset, v.from))
	lines := make([]string, max(0, h))
	copy(lines, v.lines[min(offset, len(v.lines)):])
	return lines
}

// mark remembers that the lines from one on belong to a field.
func (v *formView) mark(s spot, from int) {
	if v.at == s {
		v.from, v.to = from, len(v.lines)
	}
}

// indent is where fields begin.
func (v *formView) indent() int { return signWidth + v.labels }

func (v *formView) field(in input, width int, style look.Style, remark string) {
	v.fieldOf(spot{input: in}, v.d.say(inputLabels[in]), width, "", style, remark)
}

// fieldOf draws a label, its field, and what is wrong or to be said about it.
func (v *formView) fieldOf(s spot, label string, width int, placeholder string, style look.Style, remark string) {
	from := len(v.lines)
	width = max(1, min(width, v.w-v.indent()))
	v.labelled(s, label, v.input(s, width, placeholder), width, style, remark)
	v.mark(s, from)
}

// choice draws something that ← and → change.
func (v *formView) choice(in input, chosen, remark string) {
	s, from := spot{input: in}, len(v.lines)
	shown := "   " + chosen
	if v.at == s {
		shown = v.d.theme.Key.Paint("←") + " " + v.d.theme.Selected.Paint(" "+chosen+" ") + " " + v.d.theme.Key.Paint("→")
	}
	v.labelled(s, v.d.say(inputLabels[in]), shown, look.Width(shown), v.d.theme.Hint, remark)
	v.mark(s, from)
}

func (v *formView) labelled(s spot, label, field string, width int, style look.Style, remark string) {
	t := v.d.theme
	sign, ink := "  ", t.Faint
	if v.at == s {
		sign, ink = t.Accent.Paint(t.Signs.Cursor)+" ", t.Strong
	}
	if v.labels > 0 {
		field = sign + ink.Paint(look.Fit(label, v.labels)) + field
	} else {
		v.add(sign + ink.Paint(look.Cut(label, v.w-signWidth)))
		field = "  " + field
	}
	if wrong, ok := v.wrong[s]; ok {
		style, remark = v.mistakeStyle(s, wrong)
	}
	v.remarked(field, v.indent()+width, style, remark)
}

// mistakeStyle is calm about what somebody has not finished typing.
func (v *formView) mistakeStyle(s spot, m mistake) (look.Style, string) {
	if m.yet && v.at == s && !v.tried {
		return v.d.theme.Hint, m.text
	}
	return v.d.theme.Bad, v.d.theme.Signs.Failed + " " + m.text
}

// remarked adds a field with a remark beside it, or under it where there is no room.
func (v *formView) remarked(field string, width int, style look.Style, remark string) {
	const gap = 2
	switch {
	case remark == "":
		v.add(field)
	case width+gap+look.Width(remark) <= v.w:
		v.add(look.Fit(field, width+gap) + style.Paint(remark))
	default:
		v.add(field)
		v.add(moved(v.d.painted(style, remark, max(1, v.w-v.indent())), v.indent())...)
	}
}

// input draws a field in a width.
func (v *formView) input(s spot, width int, placeholder string) string {
	t, field := v.d.theme, v.formScreen.field(s)
	if v.at == s {
		return t.Input.Paint(look.Fit(v.d.fieldView(field, width), width))
	}
	if s.input == inLine && s.column != lineName {
		return t.Input.Paint(look.FitRight(look.Foreign(field.Value()), width))
	}
	return t.Input.Paint(quietField(field, width, placeholder, t))
}

// quietField is a field without the cursor in it.
func quietField(field *textinput.Model, width int, placeholder string, t look.Theme) string {
	text := look.Foreign(field.Value())
	if text == "" && placeholder != "" {
		return t.Hint.Paint(look.Fit(placeholder, width))
	}
	return look.Fit(text, width)
}

// moved is lines further to the right.
func moved(lines []string, by int) []string {
	shifted := make([]string, len(lines))
	for i, line := range lines {
		shifted[i] = strings.Repeat(" ", by) + line
	}
	return shifted
}

var (
	inputLabels = map[input]lang.Text{
		inAmount:     {UZ: "summa", RU: "сумма", EN: "amount"},
		inLeast:      {UZ: "eng kam", RU: "не меньше", EN: "at least"},
		inMost:       {UZ: "eng ko‘p", RU: "не больше", EN: "at most"},
		inKind:       {UZ: "tur", RU: "вид", EN: "kind"},
		inLine:       {UZ: "qatorlar", RU: "строки", EN: "lines"},
		inDiscount:   partDiscount,
		inPrepaid:    partPrepaid,
		inCustomer:   {UZ: "mijoz", RU: "клиент", EN: "customer"},
		inPhone:      {UZ: "telefon", RU: "телефон", EN: "phone"},
		inSpecialist: {UZ: "mutaxassis", RU: "специалист", EN: "specialist"},
		inWhen:       {UZ: "kun va soat", RU: "день и время", EN: "date and time"},
		inExpiry:     {UZ: "muddat", RU: "срок", EN: "expires"},
		inNote:       {UZ: "izoh", RU: "примечание", EN: "note"},
	}
	sumExamples   = lang.Text{UZ: "25 000, 25k yoki 25 ming", RU: "25 000, 25k или 25 тыс", EN: "25 000 or 25k"}
	counterAsks   = lang.Text{UZ: "kassadagi doimiy QR: summani mijoz o‘zi yozadi", RU: "постоянный QR на кассе: сумму вводит клиент", EN: "a standing QR for the till: the customer types the sum"}
	shopsLimit    = lang.Text{UZ: "bo‘sh bo‘lsa {sum}", RU: "если пусто, {sum}", EN: "{sum} when empty"}
	paidInApp     = lang.Text{UZ: "ilovada", RU: "в приложении", EN: "in its app"}
	paidByCard    = lang.Text{UZ: "karta bilan", RU: "картой", EN: "by card"}
	moreFields    = lang.Text{UZ: "tur, qatorlar, chegirma, mijoz, kun va soat, muddat, izoh", RU: "вид, строки, скидка, клиент, день и время, срок, примечание", EN: "kind, lines, discount, customer, date and time, expiry, note"}
	moreFilled    = lang.Text{UZ: "to‘ldirilgan: {fields}", RU: "заполнено: {fields}", EN: "filled in: {fields}"}
	nothingRouted = lang.Text{
		UZ: "hech bir hisob turi to‘lov tizimiga ulanmagan: sozlamalarda [routing] ni to‘ldiring",
		RU: "ни один вид счёта не направлен в платёжную систему: заполните [routing] в настройках",
		EN: "no kind of invoice goes to a payment system: fill in [routing] in the settings",
	}
)
