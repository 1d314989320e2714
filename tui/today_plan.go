package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// From how many columns on the details stand beside the list, the bars beside
// the takings; and below how many the list is cut down to what is needed most.
const (
	splitWidth  = 110
	barsWidth   = 72
	narrowWidth = 56
)

// todayPlan is how the screen is divided. It depends on the window only, so that
// nothing that happens moves a row.
type todayPlan struct {
	width, height int
	panel         int // lines of the takings
	big           int // of those, for the sum in large letters; 0: it stands in a line of text
	air           int // empty lines: above the sum, and below the figures
	sources       int // lines for the ways of paying
	rule          bool
	header        bool
	body          int // lines under the rule
	rows          int // rows of the list
	list          int // cells of the list
	side          int // cells of the details; 0: there are none
}

// planToday divides a window, in cells.
func planToday(w, h int) todayPlan {
	p := todayPlan{width: w, height: h, list: w, rule: h >= 4, header: h >= 8}
	switch {
	case h >= 32:
		p.big, p.air, p.sources = 5, 2, 3
	case h >= 24:
		p.big, p.air, p.sources = 3, 2, 3
	case h >= 19:
		p.big, p.air, p.sources = 3, 1, 2
	case h >= 16:
		p.big, p.sources = 3, 1
	case h >= 11:
		p.sources = 1
	}
	if p.big > 0 {
		if w < barsWidth { // the figures are broken into three lines
			p.panel++
			p.air = max(0, p.air-1)
		}
		p.panel += 1 + p.big + 2 + p.sources + p.air
	} else {
		p.panel = 1
		if h >= 9 {
			p.panel = 2 + p.sources
		}
	}
	p.body = h - p.panel
	if p.rule {
		p.body--
	}
	p.rows = p.body
	if p.header {
		p.rows--
	}
	p.rows = max(1, p.rows)
	if w >= splitWidth && p.rows >= 6 {
		p.side = w * 3 / 8
		p.list = w - p.side - 3
	}
	return p
}

// beside puts the details to the right of the list.
func (s *todayScreen) beside(d *desk, body []string, p todayPlan) []string {
	edge := "│"
	if d.theme.ASCII {
		edge = "|"
	}
	var detail []string
	if s.detail != nil {
		detail = strings.Split(s.detail.view(d, p.side, p.body), "\n")
	}
	lines := make([]string, p.body)
	for i := range lines {
		left, right := "", ""
		if i < len(body) {
			left = body[i]
		}
		if i < len(detail) {
			right = detail[i]
		}
		lines[i] = look.Fit(left, p.list) + " " + d.theme.Rule.Paint(edge) + " " + right
	}
	return lines
}

// instead is what is said where there are no rows: paragraphs, the first of
// which stands out. Nil when there are some.
func (s *todayScreen) instead(d *desk) []string {
	n, _ := s.list.Count()
	switch {
	case n > 0:
		return nil
	case s.list.Err() != nil:
		says, hint := d.explain(s.list.Err())
		return []string{d.theme.Signs.Failed + " " + d.say(listFailed), says, hint, d.say(listRetry)}
	case s.list.Empty() && s.filter.set():
		return []string{d.say(listNothing), s.filtered(d), keyEsc + " — " + d.say(escAll)}
	case s.list.Empty():
		b, _ := keys.Of(keys.New)
		return []string{d.say(listEmpty), d.fill(listBegin, "{key}", b.Shown())}
	case s.filter.set():
		return []string{d.say(listSearching), s.filtered(d)}
	}
	return []string{d.say(listLoading)}
}

const keyEsc = "Esc"

// todayMessage draws paragraphs in the middle of a place.
func todayMessage(d *desk, says []string, w, h int) []string {
	var lines []string
	for i, text := range says {
		style := d.theme.Hint
		if i == 0 {
			style = d.theme.Strong
		}
		if text == "" {
			continue
		}
		for _, line := range look.Wrap(text, min(w-4, dialogWidth)) {
			lines = append(lines, look.Center(style.Paint(line), w))
		}
	}
	for range max(0, (h-len(lines))/3) {
		lines = append([]string{""}, lines...)
	}
	return lines
}

var (
	listLoading   = lang.Text{UZ: "to‘lovlar o‘qilmoqda…", RU: "читаю платежи…", EN: "reading the payments…"}
	listSearching = lang.Text{UZ: "qidirilmoqda…", RU: "идёт поиск…", EN: "searching…"}
	listEmpty     = lang.Text{UZ: "hali to‘lov yo‘q", RU: "платежей пока нет", EN: "no payments yet"}
	listBegin     = lang.Text{UZ: "{key} — to‘lov havolasi va QR kod", RU: "{key} — ссылка на оплату и QR-код", EN: "{key} makes a payment link and a QR code"}
	listNothing   = lang.Text{UZ: "hech narsa topilmadi", RU: "ничего не найдено", EN: "nothing found"}
	listFailed    = lang.Text{UZ: "to‘lovlarni o‘qib bo‘lmadi", RU: "платежи не читаются", EN: "the payments can't be read"}
	listRetry     = lang.Text{UZ: "g — qayta urinish", RU: "g — попробовать снова", EN: "g tries again"}
)
