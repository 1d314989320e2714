package tui

import (
	"strings"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// The least windows in which cards stand in two and in three columns, in cells.
const (
	twoCardsFrom   = 76
	threeCardsFrom = 114
	cardGap        = 1
)

func (s *settingsScreen) view(d *desk, w, h int) string {
	if !s.known {
		return look.Block([]string{"", "  " + d.theme.Faint.Paint(d.say(settingsReading))}, w, h)
	}
	p := &settingsPage{settingsScreen: s, d: d, w: w, at: s.at(d)}
	s.spans = make(map[place]span)
	s.columns = cardColumns(w)
	p.warnings()
	p.cards()
	p.rows()
	s.bringIntoView(len(p.lines), h, p.at, s.places(d)[0])
	return s.scroller.view(d, p.lines, w, h)
}

func cardColumns(w int) int {
	switch {
	case w >= threeCardsFrom:
		return 3
	case w >= twoCardsFrom:
		return 2
	}
	return 1
}

// bringIntoView scrolls as little as needed for the place that keys act on. At
// the top what stands above it is seen, too.
func (s *settingsScreen) bringIntoView(high, h int, at, first place) {
	room := h
	if high > h {
		room = max(1, h-1) // the last line says how much there is
	}
	lines := s.spans[at]
	if at == first {
		lines.from = 0
	}
	if at.row == rowDoctor {
		lines.to = high
	}
	s.offset = max(s.offset, min(lines.to-room, lines.from))
	s.offset = min(s.offset, lines.from)
}

// settingsPage is the settings as they are drawn.
type settingsPage struct {
	*settingsScreen
	d     *desk
	w     int
	at    place
	lines []string
}

func (p *settingsPage) add(lines ...string) { p.lines = append(p.lines, lines...) }

// mark remembers that the lines from one on belong to a place.
func (p *settingsPage) mark(at place, from int) { p.spans[at] = span{from, len(p.lines)} }

func (p *settingsPage) heading(text lang.Text) {
	if len(p.lines) > 0 {
		p.add("")
	}
	p.add(" " + p.d.theme.Title.Paint(look.Cut(p.d.say(text), p.w-2)))
}

// sign is the cursor before the place that keys act on.
func (p *settingsPage) sign(at place) string {
	if at == p.at {
		return p.d.theme.Accent.Paint(p.d.theme.Signs.Cursor)
	}
	return " "
}

// warnings are all that should be looked at, each with what to do.
func (p *settingsPage) warnings() {
	if len(p.d.warnings) == 0 {
		return
	}
	t := p.d.theme
	p.heading(warningsTitle)
	for i, at := range warningPlaces(p.d) {
		from, warning := len(p.lines), p.d.warnings[i]
		says := safe(p.d.say(warning.Says))
		p.add(hung(p.sign(at)+t.Warn.Paint(t.Signs.Warn)+" ", p.d.painted(t.Warn, says, p.w-4))...)
		p.add(moved(p.d.painted(t.Hint, safe(p.d.say(warning.Hint)), max(1, p.w-4)), 3)...)
		p.mark(at, from)
	}
	here := p.d.fill(warningsHere, "{open}", keys.KeyOf(keys.Open), "{examine}", keys.KeyOf(keys.Examine))
	p.add(moved(p.d.painted(t.Faint, here, max(1, p.w-4)), 3)...)
}

// hung is lines with a sign before the first, the others below its text.
func hung(sign string, lines []string) []string {
	lines = moved(lines, look.Width(sign))
	if len(lines) > 0 {
		lines[0] = sign + strings.TrimLeft(lines[0], " ")
	}
	return lines
}

func (p *settingsPage) cards() {
	p.heading(cardsTitle)
	kinds := store.Kinds()
	wide := (p.w - 2 - (p.columns-1)*cardGap) / p.columns
	for len(kinds) > 0 {
		row := kinds[:min(p.columns, len(kinds))]
		kinds = kinds[len(row):]
		from := len(p.lines)
		var lines []string
		for i, k := range row {
			card := p.card(k, wide)
			if i == 0 {
				lines = moved(card, 1)
				continue
			}
			lines = look.Beside(lines, card, cardGap)
		}
		p.add(lines...)
		for _, k := range row {
			p.mark(place{kind: k}, from)
		}
	}
}

var (
	settingsReading = lang.Text{UZ: "sozlamalar o‘qilmoqda…", RU: "настройки читаются…", EN: "reading the settings…"}
	warningsTitle   = lang.Text{UZ: "e’tibor bering", RU: "обратите внимание", EN: "needs attention"}
	warningsHere    = lang.Text{
		UZ: "tushum doctor — bu yerda {examine} yoki ogohlantirishda {open}; tushum setup — quyidagi qatorlar",
		RU: "tushum doctor — здесь {examine} или {open} на предупреждении; tushum setup — строки ниже",
		EN: "tushum doctor is {examine} here, or {open} on a warning; tushum setup is the rows below",
	}
	cardsTitle = lang.Text{UZ: "to‘lov turlari", RU: "виды оплаты", EN: "kinds of payment"}
)
