package tui

import (
	"strconv"
	"strings"
	"time"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

func (s *callScreen) view(d *desk, w, h int) string {
	margin := min(2, w/20)
	lines := d.callDetails(s.row, max(1, w-2*margin))
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", margin) + line
	}
	return s.scroller.view(d, append([]string{""}, lines...), w, h)
}

// callDetails are all that is known of a call, w cells wide.
func (d *desk) callDetails(row callRow, w int) []string {
	sign, style := d.callSign(row)
	says, hint := d.refusal(row)
	word := d.say(callAnswered)
	if says != "" {
		word = d.say(callRefused)
	}
	dot := d.theme.Faint.Paint(" " + d.theme.Signs.Dot + " ")
	lines := []string{
		look.Cut(style.Paint(sign+" "+word)+dot+d.theme.Strong.Paint(look.Foreign(row.Webhook))+dot+answerOf(row.Call), w),
		d.theme.Faint.Paint(look.Cut(d.full(row.At)+" "+d.theme.Signs.Dot+" "+d.took(row.Took), w)),
		"",
	}
	if says == "" {
		lines = append(lines, look.Wrap(d.callDoes(row.Call), w)...)
	}
	lines = append(lines, d.painted(d.theme.Bad, says, w)...)
	lines = append(lines, d.painted(d.theme.Hint, hint, w)...)
	lines = append(lines, "")
	lines = append(lines, d.factLines(d.callFacts(row), w)...)
	lines = append(lines, "")
	return append(lines, d.exchange(row.Call, w)...)
}

func (d *desk) callFacts(row callRow) []fact {
	amount := ""
	if row.amount != 0 {
		amount = d.sum(row.amount)
	}
	return []fact{
		{colAmount, amount},
		{colInvoice, row.Number.String()},
		{lang.Text{EN: "transId"}, look.Foreign(row.TransID)},
		{callCode, look.Foreign(row.Code)},
		{callDetail, look.Foreign(row.Reason)},
		{colAddress, look.Foreign(row.Address)},
	}
}

// fact is a line that says one thing. Its value is safe to show; where it is
// empty there is no line.
type fact struct {
	label lang.Text
	value string
}

// factLines are facts below each other, their values under one another.
func (d *desk) factLines(all []fact, w int) []string {
	column := 0
	for _, f := range all {
		if f.value != "" {
			column = max(column, look.Width(d.say(f.label)))
		}
	}
	column = min(column, w/2)
	var lines []string
	for _, f := range all {
		if f.value == "" {
			continue
		}
		label := d.theme.Faint.Paint(look.Fit(d.say(f.label), column))
		for _, line := range look.Wrap(f.value, max(1, w-column-2)) {
			lines = append(lines, label+"  "+line)
			label = strings.Repeat(" ", column)
		}
	}
	return lines
}

// rawCalls are the bodies of calls, oldest first.
func (d *desk) rawCalls(calls []store.Call, w int) []string {
	var lines []string
	margin := min(1, w/20)
	for i, c := range calls {
		if i > 0 {
			lines = append(lines, "", d.theme.Rule.Paint(strings.Repeat(d.theme.Signs.Rule, w)))
		}
		sign, style := d.callSign(callRow{Call: c})
		head := style.Paint(sign+" "+look.Foreign(c.Webhook)+" "+answerOf(c)) + d.theme.Faint.Paint("  "+d.full(c.At)+"  "+d.took(c.Took))
		lines = append(lines, look.Cut(strings.Repeat(" ", margin)+head, w), "")
		for _, line := range d.exchange(c, max(1, w-2*margin)) {
			lines = append(lines, strings.Repeat(" ", margin)+line)
		}
	}
	return lines
}

// took is how long an answer took until it was decided, in milliseconds.
func (d *desk) took(t time.Duration) string {
	if t < time.Millisecond {
		return "<1 " + d.say(unitMillisecond)
	}
	return strconv.FormatInt(t.Milliseconds(), 10) + " " + d.say(unitMillisecond)
}

// callDoes says in words what a call is for.
func (d *desk) callDoes(c store.Call) string { return d.fillSystem(callWords[c.Webhook], c.System) }

var callWords = map[string]lang.Text{
	"check":    {UZ: "hisobni to‘lasa bo‘ladimi?", RU: "можно ли оплатить счёт?", EN: "may the invoice be paid?"},
	"create":   {UZ: "to‘lov boshlandi", RU: "оплата началась", EN: "a payment has begun"},
	"confirm":  {UZ: "pul tushdi", RU: "деньги пришли", EN: "the money came"},
	"reverse":  {UZ: "bank pulni qaytarib oldi", RU: "банк забрал деньги назад", EN: "the bank took the money back"},
	"callback": {UZ: "{system}: bitimda o‘zgarish bor", RU: "{system}: в сделке что-то изменилось", EN: "{system}: something has changed about a deal"},
	"status":   {UZ: "to‘lov qay holatda?", RU: "в каком состоянии платёж?", EN: "where does the payment stand?"},
}

var (
	callAnswered    = lang.Text{UZ: "javob berildi", RU: "принят", EN: "answered"}
	callRefused     = lang.Text{UZ: "rad etildi", RU: "отклонён", EN: "refused"}
	callCode        = lang.Text{UZ: "kod", RU: "код", EN: "code"}
	callDetail      = lang.Text{UZ: "tafsilot", RU: "подробно", EN: "detail"}
	unitMillisecond = lang.Text{UZ: "ms", RU: "мс", EN: "ms"}
	rawTitle        = lang.Text{UZ: "JSON", RU: "JSON", EN: "JSON"}
)
