package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/list"
	"tushum/tui/look"
)

// payment is a row of the list: a transaction, and the invoice it pays.
type payment struct {
	store.Transaction
	Invoice store.Invoice
}

func (p payment) seq() uint64 { return p.Seq }

// purpose is what the shop wrote of the invoice: its note, else its first line.
func (p payment) purpose() string {
	if p.Invoice.Note == "" && len(p.Invoice.Lines) > 0 {
		return p.Invoice.Lines[0].Name
	}
	return p.Invoice.Note
}

// payer is who pays, in the row of the list: at the till, whoever it was.
func (d *desk) payer(p payment) string {
	if p.Invoice.Reusable() && p.Invoice.Customer.Name == "" {
		return d.say(atTheTill)
	}
	return look.Foreign(p.Invoice.Customer.Name)
}

// rereadMsg are rows as they stand after more happened than was told one by one.
type rereadMsg struct {
	list *list.List[payment] // what they are rows of
	rows []payment           // oldest first
	top  uint64              // the newest row that was held
	all  bool                // there are none between top and rows
}

// mostReread is how many new rows are taken one by one.
const mostReread = 500

// reread looks again at the rows on the screen and for those that are new, so
// that what somebody reads stays where it is.
func (s *todayScreen) reread(d *desk) tea.Cmd {
	newest, ok := s.list.First()
	if !ok {
		return s.load(d)
	}
	msg := rereadMsg{list: s.list, top: newest.Seq, all: true}
	ledger, src := d.Ledger, s.filter.find(d.Ledger)
	for _, row := range s.list.Shown() {
		msg.rows = append([]payment{row.Value}, msg.rows...)
	}
	return func() tea.Msg {
		ctx := context.Background()
		for i, p := range msg.rows {
			if t, err := ledger.TransactionOf(ctx, p.System, p.TransID); err == nil && t.Seq == p.Seq {
				msg.rows[i].Transaction = t
			}
		}
		var news []payment
		for p, err := range src(ctx, 0, mostReread) {
			if err != nil || p.Seq <= msg.top {
				break
			}
			news = append([]payment{p}, news...)
		}
		msg.all = len(news) < mostReread
		msg.rows = append(msg.rows, news...)
		return msg
	}
}

func (s *todayScreen) takeReread(d *desk, msg rereadMsg) tea.Cmd {
	if !msg.all && !s.list.Reading() {
		return s.load(d)
	}
	for _, p := range msg.rows {
		s.put(d, p)
		if p.Seq > msg.top && p.Status == store.Confirmed && p.System != store.Manual {
			s.fresh[p.Seq] = true
		}
	}
	return nil
}

// The columns of the list.
const (
	todayTime = iota
	todayAmount
	todayState
	todaySource
	todayNumber
	todayCustomer
	todayNote
	todayCount
)

// gutter is the sign before a row: the cursor, or that it is new.
const gutter = 3

// mostSource is how much of the name of a way of paying is shown, in cells.
const mostSource = 12

// rows are the head of the list and its rows, or what is to be said in their place.
func (s *todayScreen) rows(d *desk, plan todayPlan) []string {
	if says := s.instead(d); says != nil {
		return todayMessage(d, says, plan.list, plan.body)
	}
	shown := s.list.Shown()
	if len(shown) > plan.rows {
		shown = shown[:plan.rows]
	}
	now, short := d.now(), plan.list < narrowWidth
	cells, states := make([][]string, len(shown)), make([]paymentState, len(shown))
	amount, number, source := look.Width(d.say(headAmount)), look.Width(d.say(headNumber)), look.Width(d.say(headSource))
	for i, row := range shown {
		states[i] = stateOf(d, row.Value.Transaction, now)
		cells[i] = s.cells(d, row.Value, states[i], short)
		amount = max(amount, look.Width(cells[i][todayAmount]))
		number = max(number, len(cells[i][todayNumber]))
		source = max(source, min(look.Width(cells[i][todaySource]), mostSource))
	}
	cols := look.LayOut(todayColumns(d, []int{todayAmount: amount, todayNumber: number, todaySource: source}, plan.list), plan.list-gutter)
	lines := make([]string, 0, plan.body)
	if plan.header {
		lines = append(lines, d.theme.Faint.Paint("   ")+cols.Header(d.theme))
	}
	for i, row := range shown {
		lines = append(lines, s.row(d, row, cols.Row(s.paint(d, row, cells[i], states[i]))))
	}
	return lines
}

// todayColumns are the columns in a width; widths are those of what is shown,
// which must not be cut.
func todayColumns(d *desk, widths []int, w int) []look.Column {
	at := 11 // dd.mm hh:mm
	if w < narrowWidth {
		at = 5
	}
	least, most := stateWidth(d)
	return []look.Column{
		todayTime:     {Title: look.Cut(d.say(headTime), at), Min: at, Keep: 90},
		todayAmount:   {Title: d.say(headAmount), Min: widths[todayAmount], Right: true, Keep: 100},
		todayState:    {Title: d.say(headState), Min: least, Max: most, Grow: 40, Keep: 95},
		todaySource:   {Title: d.say(headSource), Min: widths[todaySource], Keep: 60},
		todayNumber:   {Title: d.say(headNumber), Min: widths[todayNumber], Keep: 70},
		todayCustomer: {Title: d.say(headCustomer), Min: 8, Max: 28, Grow: 3, Keep: 50},
		todayNote:     {Title: d.say(headNote), Min: 8, Grow: 4, Keep: 40},
	}
}

// cells are the texts of a row, without looks.
func (s *todayScreen) cells(d *desk, p payment, state paymentState, short bool) []string {
	cells := make([]string, todayCount)
	cells[todayTime] = s.timeOf(d, p, short)
	cells[todayAmount] = p.Amount.Number()
	cells[todayState] = state.sign + " " + d.say(state.word)
	cells[todaySource] = d.sourceName(p.Source)
	cells[todayNumber] = p.Number.String()
	cells[todayCustomer] = d.payer(p)
	cells[todayNote] = look.Foreign(p.purpose())
	return cells
}

// timeOf is when a payment began, as long as its column: the time, and the date
// where that is not the day on the screen.
func (s *todayScreen) timeOf(d *desk, p payment, short bool) string {
	at, now := d.local(p.CreatedAt), d.local(d.now())
	sameDay := at.YearDay() == now.YearDay() && at.Year() == now.Year() || s.filter.day == p.Day
	layout := "02.01.2006"
	switch {
	case short && sameDay:
		layout = "15:04"
	case short:
		layout = "02.01"
	case sameDay:
		layout = time.TimeOnly
	case at.Year() == now.Year():
		layout = "02.01 15:04"
	}
	return at.Format(layout)
}

// row is a row with its sign.
func (s *todayScreen) row(d *desk, row list.Row[payment], text string) string {
	switch {
	case row.Selected:
		return " " + d.theme.Signs.Cursor + d.theme.Selected.Paint(" "+text)
	case s.fresh[row.Value.Seq]:
		return " " + d.theme.Fresh.Paint(d.theme.Signs.Fresh) + " " + text
	}
	return "   " + text
}

// paint gives the cells of a row their looks. The selected one has its own.
func (s *todayScreen) paint(d *desk, row list.Row[payment], cells []string, state paymentState) []string {
	if row.Selected {
		return cells
	}
	amount := d.theme.Strong
	switch {
	case s.fresh[row.Value.Seq]:
		amount = d.theme.Fresh
	case !state.money:
		amount = d.theme.Faint
	}
	cells[todayTime] = d.theme.Faint.Paint(cells[todayTime])
	cells[todayAmount] = amount.Paint(cells[todayAmount])
	cells[todayState] = state.style.Paint(cells[todayState])
	cells[todayNumber] = d.theme.Faint.Paint(cells[todayNumber])
	cells[todayNote] = d.theme.Faint.Paint(cells[todayNote])
	return cells
}

var (
	headTime     = lang.Text{UZ: "vaqt", RU: "время", EN: "time"}
	headAmount   = lang.Text{UZ: "summa", RU: "сумма", EN: "amount"}
	headState    = lang.Text{UZ: "holat", RU: "состояние", EN: "state"}
	headSource   = lang.Text{UZ: "usul", RU: "способ", EN: "source"}
	headNumber   = lang.Text{UZ: "hisob", RU: "счёт", EN: "invoice"}
	headCustomer = lang.Text{UZ: "mijoz", RU: "клиент", EN: "customer"}
	atTheTill    = lang.Text{UZ: "kassa", RU: "касса", EN: "till"}
	headNote     = lang.Text{UZ: "izoh", RU: "примечание", EN: "note"}
)
