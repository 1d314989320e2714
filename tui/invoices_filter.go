package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/look"
)

// matches tells whether the filter wants an invoice, as the store would.
func (s *invoicesScreen) matches(d *desk, inv store.Invoice) bool {
	q := s.query
	day := d.rules().Calendar.Day(inv.CreatedAt)
	switch {
	case q.Status != 0 && inv.StatusAt(d.now()) != q.Status,
		q.Kind != "" && inv.Kind != q.Kind,
		q.From != 0 && day < q.From,
		q.To != 0 && day > q.To:
		return false
	}
	return store.SplitWords(q.Search).MatchInvoice(inv)
}

func (s *invoicesScreen) sought() string { return s.query.Search }

func (s *invoicesScreen) search(d *desk, words string) tea.Cmd {
	s.query.Search = words
	return s.load(d)
}

// nextStatus goes from any status through all of them.
func (s *invoicesScreen) nextStatus(d *desk) tea.Cmd {
	s.query.Status = nextIn(append([]store.InvoiceStatus{0}, store.InvoiceStatuses()...), s.query.Status)
	return s.load(d)
}

// nextKind goes from any kind through all of them.
func (s *invoicesScreen) nextKind(d *desk) tea.Cmd {
	s.query.Kind = nextIn(append([]store.Kind{""}, store.Kinds()...), s.query.Kind)
	return s.load(d)
}

// onlyDay shows the invoices that were made on a day; zero: on any.
func (s *invoicesScreen) onlyDay(d *desk, day store.Date) tea.Cmd {
	s.query.From, s.query.To = day, day
	return s.load(d)
}

// leave ends the reading, and then the filter.
func (s *invoicesScreen) leave(d *desk) tea.Cmd {
	switch {
	case s.list.Reading():
		return tea.Batch(s.list.Follow(), s.choose(d), stay)
	case s.query != store.InvoiceQuery{}:
		s.query = store.InvoiceQuery{}
		return tea.Batch(s.load(d), stay)
	}
	return nil
}

// filterLine says what is shown, and at the right what is happening to it.
func (s *invoicesScreen) filterLine(d *desk, w int) string {
	right := s.progress(d)
	left := d.theme.Faint.Paint(d.say(allInvoices))
	if s.query != (store.InvoiceQuery{}) {
		left = d.theme.Accent.Paint(strings.Join(s.filters(d), " "+d.theme.Signs.Dot+" ")) +
			"  " + d.theme.Key.Paint("Esc") + " " + d.theme.Faint.Paint(d.say(clearsFilter))
	}
	if right == "" {
		return look.Fit(" "+left, w)
	}
	room := max(0, w-look.Width(right)-3)
	return look.Fit(" "+look.Fit(left, room)+" "+right, w)
}

// filters are the parts of the filter, in words.
func (s *invoicesScreen) filters(d *desk) []string {
	var parts []string
	if s.query.Status != 0 {
		_, word, _ := d.invoiceState(s.query.Status, false)
		parts = append(parts, word)
	}
	if s.query.Kind != "" {
		parts = append(parts, d.kindWord(s.query.Kind))
	}
	if s.query.From != 0 {
		parts = append(parts, dayLong(d, s.query.From))
	}
	if s.query.Search != "" {
		parts = append(parts, "“"+look.Foreign(s.query.Search)+"”")
	}
	return parts
}

// progress is what is new above, or that rows are being looked for.
func (s *invoicesScreen) progress(d *desk) string {
	switch n := s.list.Waiting(); {
	case n > 0:
		return d.theme.Fresh.Paint(waitingCount.say(d, n) + " " + d.theme.Signs.Up)
	case s.err != nil || s.list.Err() != nil:
		return d.theme.Bad.Paint(d.theme.Signs.Failed + " " + d.say(notRead))
	case s.list.Searching() && len(s.list.Shown()) < s.room:
		return d.theme.Faint.Paint(d.say(searchingNow))
	}
	return ""
}

var (
	allInvoices  = lang.Text{UZ: "barcha hisoblar", RU: "все счета", EN: "all invoices"}
	clearsFilter = lang.Text{UZ: "hammasini ko‘rsatish", RU: "показать все", EN: "show all"}
	searchingNow = lang.Text{UZ: "qidirilmoqda…", RU: "ищу…", EN: "searching…"}
	notRead      = lang.Text{UZ: "yangilanmadi", RU: "не обновлено", EN: "not up to date"}
)
