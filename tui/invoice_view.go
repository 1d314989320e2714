package tui

import (
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// widestInvoice is how wide the details grow, in cells: longer lines are hard to read.
const widestInvoice = 86

func (s *invoiceScreen) view(d *desk, w, h int) string {
	lines := s.lines(d, w, h)
	if h >= highAmount {
		lines = append([]string{""}, lines...)
	}
	return s.scroller.view(d, lines, w, h)
}

// sheet is a page of details: labels at the left, what they stand for beside
// them.
type sheet struct {
	d     *desk
	label int // cells of the labels
	width int // of what stands beside them
	lines []string
}

// narrowSheet is the width below which a label stands above its text, in cells.
const narrowSheet = 36

func (p *sheet) line(parts ...string) { p.lines = append(p.lines, " "+strings.Join(parts, "")) }

// paragraph adds a text over the whole width.
func (p *sheet) paragraph(style look.Style, text string) {
	for _, line := range p.d.painted(style, text, max(1, p.label+p.width)) {
		p.line(line)
	}
}

func (p *sheet) gap() { p.lines = append(p.lines, "") }

// say adds a text beside its label, in a style. Empty text is left out.
func (p *sheet) say(label lang.Text, style look.Style, text string) {
	if text == "" {
		return
	}
	name := p.d.say(label)
	for i, line := range look.Wrap(text, max(1, p.width)) {
		switch {
		case p.label == 0 && i == 0:
			p.line(p.d.theme.Faint.Paint(name))
			fallthrough
		case p.label == 0:
			p.line(style.Paint(line))
		default:
			p.line(p.d.theme.Faint.Paint(look.Fit(name, p.label)), style.Paint(line))
			name = ""
		}
	}
}

func (p *sheet) heading(label lang.Text) {
	p.gap()
	p.line(p.d.theme.Title.Paint(look.Cut(p.d.say(label), p.label+p.width)))
}

func (s *invoiceScreen) lines(d *desk, w, h int) []string {
	inner := max(1, min(w, widestInvoice)-2)
	p := &sheet{d: d, width: inner}
	if inner >= narrowSheet {
		p.label = s.labelWidth(d)
		p.width -= p.label
	}
	s.head(p, inner, h)
	s.unapplied(p)
	s.about(p)
	s.goods(p, inner)
	s.parts(p)
	s.link(p)
	s.attempts(p, inner)
	s.history(p, inner)
	return p.lines
}

func (s *invoiceScreen) labelWidth(d *desk) int {
	widest := 0
	for _, label := range []lang.Text{labelState, headKind, headCustomer, labelPhone, labelSpecialist, labelAppointment, headNote, headCreated, headExpires, labelReason, partPrepaid} {
		widest = max(widest, look.Width(d.say(label)))
	}
	return widest + 2
}

// highAmount is the height of a window in which the sum is in large letters.
const highAmount = 18

// head is the number and the sum, and where the invoice stands.
func (s *invoiceScreen) head(p *sheet, inner, h int) {
	d := p.d
	p.line(d.theme.Title.Paint(look.Cut(d.fill(invoiceTitle, "{number}", s.inv.Number.String()), inner)))
	amount := s.inv.Amount.Number()
	big := []string(nil)
	if h >= highAmount && !s.inv.Reusable() {
		big = d.big(strings.ReplaceAll(amount, "\u00a0", " "), inner, bigLines(d))
	}
	if len(big) > 1 {
		p.gap()
		big[len(big)-1] += "  " + strings.TrimSpace(strings.TrimPrefix(d.sum(s.inv.Amount), s.inv.Amount.Number()))
		for _, line := range big {
			p.line(d.theme.Strong.Paint(look.Cut(line, inner)))
		}
		p.gap()
	} else {
		p.paragraph(d.theme.Strong, d.asked(s.inv))
		if h >= highAmount {
			p.gap()
		}
	}
	if s.err != nil {
		p.paragraph(d.theme.Bad, d.theme.Signs.Failed+" "+d.trouble(s.err))
	}
}

// bigLines is how many lines the large letters take; those of ASCII need more.
func bigLines(d *desk) int {
	if d.theme.ASCII {
		return 5
	}
	return 3
}

// about is what the invoice is and whom it is for.
func (s *invoiceScreen) about(p *sheet) {
	d, inv := p.d, s.inv
	style, text := s.stateShown(d)
	p.say(labelState, style, text)
	p.say(labelReason, d.theme.Text, look.Foreign(inv.Reason))
	p.say(headKind, d.theme.Text, d.kindWord(inv.Kind))
	p.say(headCustomer, d.theme.Text, look.Foreign(inv.Customer.Name))
	p.say(labelPhone, d.theme.Text, look.Foreign(inv.Customer.Phone.Full()))
	p.say(labelSpecialist, d.theme.Text, look.Foreign(inv.Specialist))
	p.say(labelAppointment, d.theme.Text, d.moment(inv.AppointmentAt))
	p.say(headNote, d.theme.Text, look.Foreign(inv.Note))
	p.say(headCreated, d.theme.Text, d.moment(inv.CreatedAt)+byWhom(inv.CreatedBy))
	if inv.Status == store.Open {
		expires := d.say(expiresNever)
		if inv.ExpiresAt != 0 {
			expires = d.moment(inv.ExpiresAt)
		}
		p.say(headExpires, d.theme.Text, expires)
	}
}

func byWhom(who string) string {
	if who == "" {
		return ""
	}
	return ", " + look.Foreign(who)
}

// stateShown is where the invoice stands, since when and by whom.
func (s *invoiceScreen) stateShown(d *desk) (look.Style, string) {
	now := d.now()
	status, live := s.inv.StatusAt(now), s.live(d)
	paying := s.paying(d) && (status == store.Open || status == store.Expired)
	sign, word, style := d.invoiceState(status, paying)
	text := sign + " " + word
	var since store.Instant
	switch {
	case paying && len(live) > 0:
		since = live[0].CreatedAt
	case paying: // when the payer said so is not known
	case status == store.Paid:
		since = s.inv.PaidAt
	case status == store.Expired:
		since = s.inv.ExpiresAt
	case status != store.Open:
		since = s.inv.ClosedAt
	}
	if since != 0 {
		text += ", " + d.moment(since)
	}
	for _, t := range s.payments {
		if status == store.Paid && t.TransID == s.inv.PaidBy {
			if with := d.sourceName(t.Source); with != "" {
				text += ", " + with
			}
		}
	}
	return style, text + byWhom(s.by)
}

// goods are the lines of the invoice: name, quantity × price = sum.
func (s *invoiceScreen) goods(p *sheet, inner int) {
	if len(s.inv.Lines) == 0 {
		return
	}
	p.heading(labelLines)
	sums := make([]string, len(s.inv.Lines))
	counts := make([]string, len(s.inv.Lines))
	sumWide, countWide := 0, 0
	for i, l := range s.inv.Lines {
		sum, err := l.Cost()
		if err != nil {
			sum = money.Max // no invoice has such a line; the ledger refuses it
		}
		sums[i] = sum.Number()
		counts[i] = strconv.FormatInt(l.Quantity, 10) + " × " + l.Price.Number()
		sumWide, countWide = max(sumWide, look.Width(sums[i])), max(countWide, look.Width(counts[i]))
	}
	for i, l := range s.inv.Lines {
		name := look.Foreign(l.Name)
		tail := look.FitRight(counts[i], countWide) + " = " + look.FitRight(sums[i], sumWide)
		if room := inner - countWide - sumWide - 5; room >= 12 {
			p.line(look.Fit(name, room), "  ", tail)
			continue
		}
		p.paragraph(p.d.theme.Text, name)
		p.line(look.FitRight(tail, inner))
	}
}

// parts lead from the price to what is due.
func (s *invoiceScreen) parts(p *sheet) {
	parts := billParts(s.inv)
	if len(parts) > 0 {
		p.gap()
	}
	for i, part := range parts {
		style := p.d.theme.Text
		if i == len(parts)-1 {
			style = p.d.theme.Strong
		}
		p.say(part.label, style, p.d.sum(part.amount))
	}
}

// link is the payment link, whole, while it can be paid through.
func (s *invoiceScreen) link(p *sheet) {
	link := p.d.links(s.inv).Payment
	if link == "" || s.inv.StatusAt(p.d.now()) != store.Open {
		return
	}
	p.heading(labelLink)
	p.paragraph(p.d.theme.Accent, look.Foreign(link))
}

// history are the payments, and the attempts that came to nothing.
func (s *invoiceScreen) history(p *sheet, inner int) {
	d := p.d
	now, ttl := d.now(), d.rules().TransactionTTL
	var made, failed []store.Transaction
	for _, t := range s.payments {
		if t.StatusAt(now, ttl) == store.FailedTx {
			failed = append(failed, t)
			continue
		}
		made = append(made, t)
	}
	s.table(p, labelPayments, made, inner)
	s.table(p, labelAttempts, failed, inner)
	if len(s.payments) == mostPayments {
		p.line(d.theme.Faint.Paint(look.Cut(d.fill(onlyNewest, "{count}", strconv.Itoa(mostPayments)), inner)))
	}
	if !s.loaded && s.err == nil {
		p.gap()
		p.line(d.theme.Faint.Paint(look.Cut(d.say(paymentsReading), inner)))
	}
}

// unapplied is money that came for the invoice and does not pay it.
func (s *invoiceScreen) unapplied(p *sheet) {
	said := false
	for _, t := range s.payments {
		if !t.Unsettled() {
			continue
		}
		says := p.d.theme.Signs.Warn + " " + p.d.unapplied(t, s.inv)
		p.paragraph(p.d.theme.Warn, says+" ("+keys.KeyOf(keys.Payments)+")")
		said = true
	}
	if said {
		p.gap()
	}
}

// attempts are the deals by which it was to be paid, each with what is odd about it.
func (s *invoiceScreen) attempts(p *sheet, inner int) {
	if len(s.deals) == 0 {
		return
	}
	d := p.d
	p.heading(labelDeals)
	cells := make([][]string, 0, mostDealsShown)
	shown := s.deals[:min(len(s.deals), mostDealsShown)]
	least := [4]int{}
	for _, deal := range shown {
		sign, word, style := d.dealState(deal)
		until := ""
		if deal.Payable(d.now()) && deal.ExpiresAt != 0 {
			until = d.fill(untilWhen, "{time}", d.clock(deal.ExpiresAt))
		}
		row := []string{d.moment(deal.AskedAt), d.theme.Strong.Paint(dealSum(deal).Number()), style.Paint(sign + " " + word), d.theme.Faint.Paint(until)}
		for i, cell := range row {
			least[i] = max(least[i], look.Width(cell))
		}
		cells = append(cells, row)
	}
	cols := look.LayOut([]look.Column{
		{Min: least[0], Keep: 3},
		{Min: least[1], Right: true, Keep: 4},
		{Min: least[2], Keep: 5},
		{Min: least[3], Keep: 2},
	}, inner)
	for i, deal := range shown {
		p.line(cols.Row(cells[i]))
		p.under(d.theme.Faint, d.dealOrigin(deal))
		if says := d.dealTrouble(deal); says != "" {
			p.under(d.theme.Warn, d.theme.Signs.Warn+" "+says)
		}
		if deal.Doubtful() {
			p.under(d.theme.Warn, d.ifSent(deal))
		}
	}
}

// under adds a text below the line that it belongs to. Empty text is left out.
func (p *sheet) under(style look.Style, text string) {
	const indent = "  "
	for _, line := range p.d.painted(style, text, max(1, p.label+p.width-len(indent))) {
		p.line(indent + line)
	}
}

// mostDealsShown is how many of its deals an invoice shows.
const mostDealsShown = 10

func (s *invoiceScreen) table(p *sheet, label lang.Text, ts []store.Transaction, inner int) {
	if len(ts) == 0 {
		return
	}
	p.heading(label)
	d := p.d
	cells := make([][]string, len(ts))
	least := [4]int{}
	for i, t := range ts {
		state, style := d.attemptState(t)
		cells[i] = []string{d.moment(t.CreatedAt), d.theme.Strong.Paint(t.Amount.Number()), style.Paint(state), d.sourceName(t.Source)}
		for c, cell := range cells[i] {
			least[c] = max(least[c], look.Width(cell))
		}
	}
	cols := look.LayOut([]look.Column{
		{Min: least[0], Keep: 1},
		{Min: least[1], Right: true, Keep: 3},
		{Min: min(least[2], 14), Max: least[2], Grow: 2, Keep: 2},
		{Min: 8, Grow: 1},
	}, inner)
	for _, row := range cells {
		p.line(cols.Row(row))
	}
}

var (
	labelState       = lang.Text{UZ: "holat", RU: "состояние", EN: "state"}
	labelReason      = lang.Text{UZ: "sabab", RU: "причина", EN: "reason"}
	labelPhone       = lang.Text{UZ: "telefon", RU: "телефон", EN: "phone"}
	labelSpecialist  = lang.Text{UZ: "mutaxassis", RU: "специалист", EN: "specialist"}
	labelAppointment = lang.Text{UZ: "vaqti", RU: "время", EN: "time"}
	labelLines       = lang.Text{UZ: "nima uchun", RU: "за что", EN: "what for"}
	labelLink        = lang.Text{UZ: "to‘lov havolasi", RU: "ссылка на оплату", EN: "payment link"}
	labelPayments    = lang.Text{UZ: "to‘lovlar", RU: "платежи", EN: "payments"}
	labelDeals       = lang.Text{UZ: "bitimlar", RU: "сделки", EN: "deals"}
	labelAttempts    = lang.Text{UZ: "amalga oshmagan urinishlar", RU: "попытки, которые не прошли", EN: "attempts that came to nothing"}
	expiresNever     = lang.Text{UZ: "muddatsiz", RU: "бессрочно", EN: "never"}
	onlyNewest       = lang.Text{UZ: "eng yangi {count} tasi", RU: "{count} новейших", EN: "the newest {count}"}
	paymentsReading  = lang.Text{UZ: "to‘lovlar o‘qilmoqda…", RU: "читаю платежи…", EN: "reading payments…"}
)
