package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/look"
)

// listHead is how many lines are above the rows: the filter and the titles.
const listHead = 2

func (s *invoicesScreen) view(d *desk, w, h int) string {
	if w < splitWidth {
		return look.Block(s.lines(d, w), w, h)
	}
	left := w * 3 / 5
	edge := "│"
	if d.theme.ASCII {
		edge = "|"
	}
	edge = d.theme.Rule.Paint(edge) + " "
	right := s.beside(d, w-left-2, h)
	lines, rows := make([]string, h), s.lines(d, left)
	for i := range lines {
		lines[i] = look.Fit(lineAt(rows, i), left) + edge + lineAt(right, i)
	}
	return look.Block(lines, w, h)
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// beside are the details of the selected row, or how to select one.
func (s *invoicesScreen) beside(d *desk, w, h int) []string {
	if s.detail == nil {
		if _, ok := s.list.First(); !ok {
			return nil
		}
		return []string{"", " " + d.theme.Hint.Paint(look.Cut(d.say(selectHint), w-2))}
	}
	return strings.Split(s.detail.view(d, w, h), "\n")
}

func (s *invoicesScreen) lines(d *desk, w int) []string {
	lines := []string{s.filterLine(d, w)}
	if blank := s.instead(d, w); len(blank) > 0 {
		return append(lines, blank...)
	}
	shown := s.list.Shown()
	now := d.now()
	cells := make([][]string, len(shown))
	for i, r := range shown {
		cells[i] = r.Value.cells(d, now)
	}
	room := w - 3
	if w < narrowWidth {
		room = w - 2 // to the edge
	}
	cols := look.LayOut(invoiceColumns(d, cells), room)
	lines = append(lines, "  "+cols.Header(d.theme))
	for i, r := range shown {
		row := cols.Row(cells[i])
		if r.Selected {
			lines = append(lines, d.theme.Selected.Paint(d.theme.Signs.Cursor+" "+look.Fit(row, w-2)))
			continue
		}
		lines = append(lines, "  "+row)
	}
	return lines
}

// instead is what stands in the place of rows when there are none.
func (s *invoicesScreen) instead(d *desk, w int) []string {
	if _, ok := s.list.First(); ok {
		return nil
	}
	var text, hint lang.Text
	switch err := s.list.Err(); {
	case err != nil:
		return placard(d.theme.Bad, d.theme.Signs.Failed+" "+d.trouble(err), w)
	case !s.list.Empty():
		text = invoicesReading
		if s.query.Search != "" {
			text = searchingNow
		}
	case s.query != store.InvoiceQuery{}:
		text, hint = nothingFound, foundHint
	default:
		text, hint = noInvoices, noInvoicesHint
	}
	return append(placard(d.theme.Text, d.say(text), w), placard(d.theme.Hint, d.say(hint), w)...)
}

// placard is a text in the place of rows, a line below what is above it.
func placard(style look.Style, text string, w int) []string {
	lines := []string{""}
	for _, line := range look.Wrap(text, max(1, w-4)) {
		lines = append(lines, "  "+style.Paint(line))
	}
	return lines
}

// The columns of the list, by their index.
const (
	invoiceNumber = iota
	invoiceAmount
	invoiceState
	invoiceCustomer
	invoiceCreated
	invoiceKind
	invoiceExpires
	invoiceNote
)

// invoiceColumns lays the list out. Sums are never cut while anything else can
// give way.
func invoiceColumns(d *desk, cells [][]string) []look.Column {
	widest := func(col, least int) int {
		for _, c := range cells {
			least = max(least, look.Width(c[col]))
		}
		return least
	}
	return []look.Column{
		invoiceNumber:   {Title: d.say(headInvoice), Min: widest(invoiceNumber, 7), Keep: 8},
		invoiceAmount:   {Title: d.say(headAmount), Min: widest(invoiceAmount, 11), Right: true, Keep: 10},
		invoiceState:    {Title: d.say(headState), Min: widestState(d), Keep: 9},
		invoiceCustomer: {Title: d.say(headCustomer), Min: 14, Max: 30, Grow: 3, Keep: 6},
		invoiceCreated:  {Title: d.say(headCreated), Min: widest(invoiceCreated, 8), Keep: 7},
		invoiceKind:     {Title: d.say(headKind), Min: 11, Max: 16, Grow: 1, Keep: 4},
		invoiceExpires:  {Title: d.say(headExpires), Min: 11, Keep: 3},
		invoiceNote:     {Title: d.say(headNote), Min: 10, Grow: 4, Keep: 2},
	}
}

// widestState is what the longest word for a state takes with its sign: a
// column that grew with what happens would move all others.
func widestState(d *desk) int {
	widest := look.Width(d.say(beingPaid))
	for _, word := range invoiceStates {
		widest = max(widest, look.Width(d.say(word)))
	}
	return 2 + widest
}

// mostOfNote is how much of a note a row is made of, in bytes: more than any
// window shows.
const mostOfNote = 800

func (r invoiceRow) cells(d *desk, now store.Instant) []string {
	sign, word, style := d.invoiceState(r.StatusAt(now), r.paying(now))
	if r.undecided {
		sign, word, style = d.theme.Signs.Warn, d.say(stateUnsettled), d.theme.Warn
	}
	expires := ""
	if r.Status == store.Open && r.ExpiresAt != 0 {
		expires = d.moment(r.ExpiresAt)
	}
	return []string{
		invoiceNumber:   r.Number.String(),
		invoiceAmount:   d.theme.Strong.Paint(amountShown(r.Invoice)),
		invoiceState:    style.Paint(sign + " " + word),
		invoiceCustomer: customerOf(r.Customer),
		invoiceCreated:  d.theme.Faint.Paint(d.moment(r.CreatedAt)),
		invoiceKind:     d.theme.Faint.Paint(d.kindWord(r.Kind)),
		invoiceExpires:  d.theme.Faint.Paint(expires),
		invoiceNote:     d.theme.Faint.Paint(look.Foreign(r.Note[:min(len(r.Note), mostOfNote)])),
	}
}

// amountShown is the sum without the currency; of a counter invoice the least and
// the greatest.
func amountShown(inv store.Invoice) string {
	if !inv.Reusable() {
		return inv.Amount.Number()
	}
	return amountRange(inv.MinAmount, inv.MaxAmount)
}

func amountRange(least, most money.Amount) string {
	switch {
	case least == 0 && most == 0:
		return "…"
	case least == 0:
		return "≤ " + most.Number()
	case most == 0:
		return "≥ " + least.Number()
	}
	return least.Number() + "–" + most.Number()
}

// customerOf is the customer's name, or else the phone, masked.
func customerOf(c store.Customer) string {
	if c.Name != "" {
		return look.Foreign(c.Name)
	}
	return look.Foreign(c.Phone.String())
}

var (
	headInvoice = lang.Text{UZ: "raqam", RU: "номер", EN: "number"}
	headKind    = lang.Text{UZ: "tur", RU: "вид", EN: "kind"}
	headCreated = lang.Text{UZ: "ochilgan", RU: "создан", EN: "created"}
	headExpires = lang.Text{UZ: "muddati", RU: "срок", EN: "expires"}

	invoicesReading = lang.Text{UZ: "hisoblar o‘qilmoqda…", RU: "читаю счета…", EN: "reading invoices…"}
	noInvoices      = lang.Text{UZ: "hali hisob yo‘q", RU: "счетов пока нет", EN: "no invoices yet"}
	noInvoicesHint  = lang.Text{UZ: "n — yangi hisob: summani yozasiz, QR kod tayyor", RU: "n — новый счёт: введите сумму, и QR-код готов", EN: "n makes a new one: type the sum, and the QR code is there"}
	nothingFound    = lang.Text{UZ: "hech narsa topilmadi", RU: "ничего не найдено", EN: "nothing found"}
	foundHint       = lang.Text{UZ: "Esc hammasini ko‘rsatadi", RU: "Esc покажет все", EN: "Esc shows all again"}
	selectHint      = lang.Text{UZ: "↓ hisobni tanlaydi, tafsilotlari shu yerda", RU: "↓ выбирает счёт, подробности будут здесь", EN: "↓ selects an invoice, its details are shown here"}
)
