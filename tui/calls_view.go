package tui

import (
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/list"
	"tushum/tui/look"
)

// callsPlan is how the journal's screen divides its room, in cells.
type callsPlan struct {
	width, rows int // of the list
	pane        int // width of the details beside it; 0: there are none
	note        int // lines of the explanation under it; 0: there is none
}

// The least room in which the details stand beside the list, or the reason for
// a refusal under it.
const (
	callsPaneFrom = 110
	callsNoteFrom = 15
	callsNote     = 4
	callsNoteWide = 72 // in a narrower window the reason takes more lines
	callsHead     = 2  // the line that says what is shown, and the titles of the columns
)

func newCallsPlan(w, h int) callsPlan {
	p := callsPlan{width: w}
	switch {
	case w >= callsPaneFrom:
		p.pane = max(46, w*2/5)
		p.width = w - p.pane - 3
	case h >= callsNoteFrom && w < callsNoteWide:
		p.note = callsNote + 3
	case h >= callsNoteFrom:
		p.note = callsNote
	}
	p.rows = max(1, h-callsHead-p.note)
	return p
}

func (s *callsScreen) view(d *desk, w, h int) string {
	p := newCallsPlan(w, h)
	lines := make([]string, 0, h)
	lines = append(lines, s.headLine(d, p.width))
	if text, style := s.instead(d); text != "" {
		lines = append(lines, "")
		lines = append(lines, look.Beside(nil, d.painted(style, text, max(1, min(p.width-4, 66))), 2)...)
	} else {
		lines = append(lines, s.table(d, p)...)
	}
	left := look.Block(lines, p.width, h-p.note)
	switch {
	case p.note > 0:
		return left + "\n" + look.Block(s.note(d, w), w, p.note)
	case p.pane > 0:
		return s.beside(d, left, p, h)
	}
	return left
}

// headLine says which calls are shown, and how many new ones are not.
func (s *callsScreen) headLine(d *desk, w int) string {
	what := callsAll
	if s.query.Refused {
		what = callsRefused
	}
	left := " " + d.theme.Title.Paint(d.say(what))
	if s.query.Search != "" {
		left += d.theme.Faint.Paint(" "+d.theme.Signs.Dot+" ") + d.fill(callsSought, "{words}", look.Foreign(s.query.Search))
	}
	right := ""
	switch n := s.list.Waiting(); {
	case n > 0:
		right = d.theme.Fresh.Paint(waitingCount.say(d, n)+" "+d.theme.Signs.Up) + " "
	case s.list.Searching() && s.query.Search != "":
		right = d.theme.Faint.Paint(d.say(callsSearching)) + " "
	}
	if hint := s.escHint(d); look.Width(left)+look.Width(hint)+look.Width(right)+3 <= w {
		left += hint
	}
	return look.Fit(left, max(0, w-look.Width(right)-1)) + " " + right
}

// escHint says what Esc does, where it does not leave.
func (s *callsScreen) escHint(d *desk) string {
	says := escAll
	switch {
	case s.list.Reading():
		says = escNewest
	case !s.filtered():
		return ""
	}
	return "  " + d.theme.Key.Paint(keyEsc) + " " + d.theme.Faint.Paint(d.say(says))
}

// instead is what is said where there is no row.
func (s *callsScreen) instead(d *desk) (string, look.Style) {
	err := s.list.Err()
	switch {
	case err != nil:
		return d.theme.Signs.Failed + " " + d.trouble(err), d.theme.Bad
	case s.list.Loading():
		return d.say(callsLoading), d.theme.Faint
	case !s.list.Empty():
		return "", look.Style{}
	case s.query.Search != "":
		return d.fill(callsNotFound, "{words}", look.Foreign(s.query.Search)), d.theme.Faint
	case s.query.Refused:
		return d.theme.Signs.Paid + " " + d.say(callsNoneRefused), d.theme.Good
	}
	return d.fill(callsNone, "{address}", look.Foreign(d.Shop.Address)), d.theme.Faint
}

func (s *callsScreen) table(d *desk, p callsPlan) []string {
	columns := callColumns(d, p.width)
	shown := inRoom(s.list.Shown(), p.rows)
	lines := make([]string, 0, len(shown)+1)
	lines = append(lines, "  "+columns.Header(d.theme))
	for _, row := range shown {
		lines = append(lines, d.callLine(columns, row))
	}
	return lines
}

// inRoom are the rows for which there is room, the selected one among them: the
// room may have become less than the list was told.
func inRoom[T any](rows []list.Row[T], room int) []list.Row[T] {
	from := 0
	for i, row := range rows {
		if row.Selected && i >= room {
			from = i - room + 1
		}
	}
	return rows[from:min(len(rows), from+room)]
}

// The columns of the journal.
const (
	callTime = iota
	callHook
	callAnswer
	callWhat
	callAmount
	callNumber
	callTrans
	callTook
	callAddress
)

func callColumns(d *desk, w int) look.Columns {
	time, what := 11, 30
	switch {
	case w < 60:
		time, what = 5, 14
	case w < 90:
		time = 8
	}
	return look.LayOut([]look.Column{
		callTime:    {Title: d.say(colTime), Min: time, Keep: 100},
		callHook:    {Title: d.say(colCall), Min: 10, Keep: 90},
		callAnswer:  {Title: d.say(colAnswer), Min: 9, Keep: 80},
		callWhat:    {Title: d.say(colWhat), Min: what, Max: 76, Grow: 1, Keep: 95},
		callAmount:  {Title: d.say(colAmount), Min: 11, Right: true, Keep: 60},
		callNumber:  {Title: d.say(colInvoice), Min: 9, Keep: 70},
		callTrans:   {Title: "transId", Min: 8, Keep: 20},
		callTook:    {Title: d.say(colTook), Min: 8, Right: true, Keep: 30},
		callAddress: {Title: d.say(colAddress), Min: 15, Keep: 10},
	}, max(1, w-3))
}

func (d *desk) callLine(columns look.Columns, row list.Row[callRow]) string {
	c := row.Value
	says, _ := d.refusal(c)
	sign, style := d.callSign(c)
	whatStyle := d.theme.Bad
	if says == "" {
		says, whatStyle = d.callDoes(c.Call), d.theme.Faint
	} else if !columns.Shown(callAnswer) {
		says = look.Foreign(c.Code) + " " + says
	}
	cells := []string{
		callTime: d.callTime(c.At, columns.WidthOf(callTime)), callHook: sign + " " + look.Foreign(c.Webhook), callAnswer: answerOf(c.Call), callWhat: says,
		callAmount: amountText(c.amount), callNumber: c.Number.String(), callTrans: shortID(c.TransID), callTook: d.took(c.Took), callAddress: look.Foreign(c.Address),
	}
	if row.Selected {
		return d.theme.Signs.Cursor + d.theme.Selected.Paint(" "+columns.Row(cells)+" ")
	}
	for i := range cells {
		switch i {
		case callHook, callAnswer:
			cells[i] = style.Paint(look.Cut(cells[i], columns.WidthOf(i)))
		case callWhat:
			cells[i] = whatStyle.Paint(look.Cut(cells[i], columns.WidthOf(i)))
		case callTime, callTrans, callTook, callAddress:
			cells[i] = d.theme.Faint.Paint(look.Cut(cells[i], columns.WidthOf(i)))
		}
	}
	return "  " + columns.Row(cells)
}

// callSign is how a call ended.
func (d *desk) callSign(c callRow) (string, look.Style) {
	if turnedAway(c.Call) {
		return d.theme.Signs.Failed, d.theme.Bad
	}
	return d.theme.Signs.Paid, d.theme.Good
}

// answerOf is the HTTP status with the bank's code, or ok.
func answerOf(c store.Call) string {
	switch {
	case !turnedAway(c):
		return strconv.Itoa(c.HTTPStatus) + " ok"
	case c.Code == "":
		return strconv.Itoa(c.HTTPStatus)
	}
	return strconv.Itoa(c.HTTPStatus) + " " + look.Foreign(c.Code)
}

// callTime is the time of day for today and the date for another day, as far as
// w cells go.
func (d *desk) callTime(i store.Instant, w int) string {
	at, now := d.local(i), d.local(d.now())
	today := at.YearDay() == now.YearDay() && at.Year() == now.Year()
	switch {
	case today && w >= 8:
		return at.Format("15:04:05")
	case today:
		return at.Format("15:04")
	case w >= 11:
		return at.Format("02.01 15:04")
	case w >= 8:
		return at.Format("02.01.06")
	}
	return at.Format("02.01")
}

// beside draws the details of a call right of the list: of the selected one, or
// of the newest while nobody reads.
func (s *callsScreen) beside(d *desk, left string, p callsPlan, h int) string {
	row, ok := s.list.Selected()
	if !ok {
		row, ok = s.list.First()
	}
	var details []string
	if ok && s.list.Err() == nil {
		details = append([]string{""}, d.callDetails(row, p.pane-1)...)
	}
	bar := d.theme.Rule.Paint("│")
	if d.theme.ASCII {
		bar = d.theme.Rule.Paint("|")
	}
	right := strings.Split(look.Block(details, p.pane, h), "\n")
	lines := strings.Split(left, "\n")
	for i := range lines {
		lines[i] += " " + bar + " " + right[i]
	}
	return strings.Join(lines, "\n")
}

// note explains the selected call, or the newest that was refused while nobody reads.
func (s *callsScreen) note(d *desk, w int) []string {
	row, ok := s.list.Selected()
	if !ok {
		for _, shown := range s.list.Shown() {
			if turnedAway(shown.Value.Call) {
				row, ok = shown.Value, true
				break
			}
		}
	}
	if !ok || s.list.Err() != nil {
		return nil
	}
	lines := []string{d.theme.Rule.Paint(strings.Repeat(d.theme.Signs.Rule, w))}
	sign, style := d.callSign(row)
	says, hint := d.refusal(row)
	if says == "" {
		says = look.Foreign(row.Webhook) + ": " + d.callDoes(row.Call)
	} else {
		says = look.Foreign(row.Code) + ": " + says
	}
	when := d.callTime(row.At, len("15:04:05"))
	for _, line := range d.painted(style, sign+" "+when+" "+says, max(1, w-2)) {
		lines = append(lines, " "+line)
	}
	for _, line := range d.painted(d.theme.Hint, hint, max(1, w-4)) {
		lines = append(lines, "   "+line)
	}
	return lines
}

func amountText(a money.Amount) string {
	if a == 0 {
		return ""
	}
	return a.Number()
}

// shortID is enough of a transId to tell payments apart.
func shortID(id string) string {
	const enough = 8
	if len(id) <= enough {
		return look.Foreign(id)
	}
	return look.Foreign(id[:enough])
}

var (
	callsAll       = lang.Text{UZ: "to‘lov tizimlari so‘rovlari", RU: "запросы платёжных систем", EN: "calls of payment systems"}
	callsRefused   = lang.Text{UZ: "faqat rad etilganlar", RU: "только отклонённые", EN: "refused calls only"}
	callsSought    = lang.Text{UZ: "qidirilgan: {words}", RU: "поиск: {words}", EN: "search: {words}"}
	callsSearching = lang.Text{UZ: "qidirilmoqda…", RU: "идёт поиск…", EN: "searching…"}
	callsLoading   = lang.Text{UZ: "jurnal o‘qilmoqda…", RU: "журнал читается…", EN: "reading the journal…"}
	callsNone      = lang.Text{
		UZ: "bank hali chaqirmagan. U {address} manziliga yozadi: internetdan ochiqligini va bankka shu manzil berilganini tekshiring",
		RU: "банк ещё не звонил. Он обращается на {address}: проверьте, что адрес открыт из интернета и сообщён банку",
		EN: "the bank has not called yet. Its calls come to {address}: check that it can be reached from the internet and that the bank was told of it",
	}
	callsNoneRefused = lang.Text{UZ: "rad etilgan so‘rov yo‘q", RU: "отклонённых запросов нет", EN: "no call was refused"}
	callsNotFound    = lang.Text{
		UZ: "«{words}» bo‘yicha hech narsa topilmadi; Esc qidiruvni tugatadi",
		RU: "по запросу «{words}» ничего не найдено; Esc закончит поиск",
		EN: "nothing was found for “{words}”; Esc ends the search",
	}

	colTime    = lang.Text{UZ: "vaqt", RU: "время", EN: "time"}
	colCall    = lang.Text{UZ: "so‘rov", RU: "запрос", EN: "call"}
	colAnswer  = lang.Text{UZ: "javob", RU: "ответ", EN: "answer"}
	colWhat    = lang.Text{UZ: "nima bo‘ldi", RU: "что произошло", EN: "what came of it"}
	colAmount  = lang.Text{UZ: "summa", RU: "сумма", EN: "amount"}
	colInvoice = lang.Text{UZ: "hisob", RU: "счёт", EN: "invoice"}
	colTook    = lang.Text{UZ: "vaqti", RU: "длилось", EN: "took"}
	colAddress = lang.Text{UZ: "manzil", RU: "адрес", EN: "address"}
)
