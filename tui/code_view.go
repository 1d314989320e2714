package tui

import (
	"slices"
	"strconv"
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/setup"
	"tushum/qr"
	"tushum/tui/look"
)

func (c *codeScreen) view(d *desk, w, h int) string {
	if c.inv.Number == 0 {
		return look.Block(c.unfound(d, w, h), w, h)
	}
	state := c.standing(d)
	if state.over {
		return look.Block(c.ended(d, state, w, h), w, h)
	}
	if c.dealing(d) && c.link(d) == "" {
		return look.Block(c.dealPlain(d, "", w, h), w, h)
	}
	code, err := c.encoded.of(c.link(d))
	if err != nil {
		return look.Block(c.withoutCode(d, d.fillSystem(noLink, c.inv.System), w, h), w, h)
	}
	style, where, ok := c.fit(d, code, w, h)
	switch {
	case style.ink == noInk:
		return look.Block(c.withoutCode(d, d.say(cantDraw), w, h), w, h)
	case !ok:
		return look.Block(c.withoutCode(d, c.tooSmall(d, code, style), w, h), w, h)
	}
	if c.dealing(d) && c.phase(d) == dealFailed && where != beside {
		return look.Block(c.dealPlain(d, "", w, h), w, h) // what is wrong matters more than the page
	}
	if c.drawn.lines == nil || c.drawn.codeStyle != style {
		c.drawn = drawing{style, style.draw(code)}
	}
	return look.Block(c.layOut(d, where, w, h), w, h)
}

// fit finds how the code is drawn, and where the words stand.
func (c *codeScreen) fit(d *desk, code qr.Code, w, h int) (codeStyle, wordsPlace, bool) {
	s := codeStyle{link: c.link(d), inverted: c.inverted, ink: inkOf(d.theme)}
	if c.card(d) {
		return c.fitCard(d, code, s, w, h)
	}
	return fitCode(code, s, w, h, func(int, int) bool { return true })
}

// layOut puts the code and the words into the window, in its middle.
func (c *codeScreen) layOut(d *desk, where wordsPlace, w, h int) []string {
	code := c.drawn.lines
	columns := look.Width(code[0])
	var lines []string
	switch where {
	case beside:
		room, _ := roomFor(beside, columns, len(code), w, h)
		words := stack(c.words(d, room, len(code)), len(code))
		air := make([]string, (len(code)-len(words))/2, len(code))
		lines = look.Beside(code, append(air, words...), besideGap)
		columns += besideGap + room
	case above:
		room, rows := roomFor(above, columns, len(code), w, h)
		words := stack(c.words(d, room, rows), rows)
		margin := strings.Repeat(" ", max(0, (w-columns)/2))
		for _, line := range words {
			lines = append(lines, look.Center(line, w))
		}
		lines = append(lines, "")
		for _, line := range code {
			lines = append(lines, margin+line)
		}
		columns = w
	default:
		lines = code
	}
	return inMiddle(lines, columns, w, h)
}

// inMiddle moves lines of a width to the middle of the window.
func inMiddle(lines []string, width, w, h int) []string {
	margin := strings.Repeat(" ", max(0, (w-width)/2))
	moved := make([]string, max(0, (h-len(lines))/2), h+1)
	for _, line := range lines {
		moved = append(moved, margin+line)
	}
	return moved
}

// words are what stands beside or above the code.
func (c *codeScreen) words(d *desk, w, h int) []paragraph {
	if c.dealing(d) {
		return append(c.dealWords(d, w, h), paragraph{c.shortLink(d, w, h), 4})
	}
	state := c.standing(d)
	return []paragraph{
		{c.largeSum(d, w, h/3), 9},
		{d.painted(state.style, state.sign+" "+d.say(state.word), w), 8},
		{c.latest(d, w, h/4), 8},
		{c.today(d, w), 7},
		{c.trouble(d, w), 7},
		{c.largeNumber(d, w, h/4), 6},
		{c.about(w), 3},
		{c.attemptLines(d, w, h/4), 5},
		{c.shortLink(d, w, h), 4},
		{c.pageless(d, w, h), 1},
	}
}

// shortLink is as much of the link as there is room for.
func (c *codeScreen) shortLink(d *desk, w, h int) []string {
	if c.card(d) {
		return nil // what the code holds is no link
	}
	link := look.Wrap(look.Foreign(c.link(d)), w)
	if len(link) > max(2, h/3) {
		link = link[:max(1, h/4)]
		last := len(link) - 1
		link[last] = look.Cut(link[last]+d.theme.Signs.More+" ", w)
	}
	return paintAll(d.theme.Accent, link)
}

// The least room in which it is said that there is no pay page, in cells.
const (
	pagelessWidth  = 36
	pagelessHeight = 20
)

// pageless says why the link opens the app: customers see no page of the shop.
func (c *codeScreen) pageless(d *desk, w, h int) []string {
	if w < pagelessWidth || h < pagelessHeight || d.links(c.inv).Pages() {
		return nil
	}
	return d.painted(d.theme.Faint, d.fill(noPayPage, "{settings}", d.say(settingsTitle), "{listener}", d.say(pageNames[setup.PageListener])), w)
}

func (c *codeScreen) trouble(d *desk, w int) []string {
	if c.err == nil {
		return nil
	}
	return d.painted(d.theme.Bad, d.theme.Signs.Failed+" "+d.trouble(c.err), w)
}

// largeSum is the sum as large as the room allows, and the span of a counter
// invoice in plain letters.
func (c *codeScreen) largeSum(d *desk, w, h int) []string {
	if c.inv.Reusable() {
		return paintAll(d.theme.Strong, append([]string{d.say(payAnySum)}, look.Wrap(d.asked(c.inv), w)...))
	}
	return paintAll(d.theme.Strong, d.bigSum(c.inv.Amount, w, h))
}

// latest is the payment of a counter invoice that came just now. The next
// customer still sees the code.
func (c *codeScreen) latest(d *desk, w, h int) []string {
	t, ok := c.fresh(d)
	if !ok {
		return nil
	}
	when := d.theme.Signs.Paid + " " + joinWords(d, d.fill(tillJust, "{time}", d.clock(t.ConfirmedAt)), d.sourceName(t.Source))
	return paintAll(d.theme.Good, append(look.Wrap(when, w), d.bigSum(t.Amount, w, h)...))
}

// largeNumber is the number that a customer types into the app.
func (c *codeScreen) largeNumber(d *desk, w, h int) []string {
	label := d.theme.Faint.Paint(look.Cut(d.say(numberOf), w))
	if large := d.big(c.inv.Number.String(), w, min(h, 3)); len(large) > 1 {
		return append([]string{label}, large...)
	}
	return look.Wrap(d.theme.Faint.Paint(d.say(numberOf))+" "+d.theme.Strong.Paint(c.inv.Number.String()), w)
}

// about is whose invoice it is.
func (c *codeScreen) about(w int) []string {
	if name := look.Foreign(c.inv.Customer.Name); name != "" {
		return []string{look.Cut(name, w)}
	}
	return nil
}

// attemptLines are the newest attempts, as many as there is room for.
func (c *codeScreen) attemptLines(d *desk, w, h int) []string {
	var lines []string
	for _, attempt := range c.attempts(d) {
		wrapped := look.Wrap(attempt, w)
		if len(lines) > 0 && len(lines)+len(wrapped) > max(2, h) {
			break
		}
		lines = append(lines, wrapped...)
	}
	return lines
}

// big is text in the largest letters that the theme has for the room.
func (d *desk) big(text string, w, h int) []string {
	if d.theme.ASCII {
		return look.BigASCII(lang.ASCIIApostrophe(text), w, h)
	}
	return look.Big(text, w, h)
}

// bigSum is a sum in large figures, with the currency where that costs no size.
func (d *desk) bigSum(a money.Amount, w, h int) []string {
	whole, bare := d.big(d.sum(a), w, h), d.big(a.Number(), w, h)
	if len(whole) >= len(bare) || len(bare) < largeRows {
		return whole
	}
	return bare
}

// ended is shown in place of the code when the invoice can't be paid any more.
func (c *codeScreen) ended(d *desk, state standing, w, h int) []string {
	room := max(1, w-4)
	word := d.big(d.say(state.word), room, max(1, h/3))
	if len(word) == 1 {
		word[0] = state.sign + " " + word[0]
	}
	var how []string
	for _, line := range c.outcome(d) {
		how = append(how, look.Wrap(line, room)...)
	}
	number := d.theme.Faint.Paint(d.say(numberOf)) + " " + c.inv.Number.String()
	if name := look.Foreign(c.inv.Customer.Name); name != "" {
		number = joinWords(d, number, name)
	}
	parts := []paragraph{
		{paintAll(state.style, word), 9},
		{c.largeSum(d, room, max(1, h/3)), 8},
		{c.trouble(d, room), 7},
		{how, 5},
		{[]string{look.Cut(number, room)}, 6},
		{paintAll(d.theme.Faint, c.attemptLines(d, room, h/5)), 3},
	}
	lines := stack(parts, h)
	for i, line := range lines {
		lines[i] = look.Center(line, w)
	}
	return inMiddle(lines, w, w, h)
}

// withoutCode shows what to do where no code can be drawn: the link in full.
func (c *codeScreen) withoutCode(d *desk, why string, w, h int) []string {
	if c.dealing(d) {
		return c.dealPlain(d, why, w, h)
	}
	state, room := c.standing(d), max(1, w-2)
	parts := []paragraph{
		{c.largeSum(d, room, h/3), 8},
		{d.painted(state.style, state.sign+" "+d.say(state.word), room), 6},
		{look.Wrap(d.theme.Faint.Paint(d.say(numberOf))+" "+d.theme.Strong.Paint(c.inv.Number.String()), room), 4},
		{d.painted(d.theme.Warn, d.theme.Signs.Warn+" "+why, room), 7},
		{d.painted(d.theme.Accent, look.Foreign(c.link(d)), room), 9},
		{c.trouble(d, room), 5},
		{c.attemptLines(d, room, h/4), 3},
	}
	lines := stack(parts, h)
	for i, line := range lines {
		lines[i] = " " + line
	}
	return lines
}

// tooSmall says which window the code needs, with the console's own lines.
func (c *codeScreen) tooSmall(d *desk, code qr.Code, s codeStyle) string {
	columns, rows := s.size(code)
	return d.fill(needsWindow, "{size}", strconv.Itoa(max(columns, leastWidth))+"×"+strconv.Itoa(rows+d.frameRows()))
}

// frameRows is how many lines of the window belong to no screen.
func (d *desk) frameRows() int {
	if d.ready != nil {
		return 4
	}
	return 3
}

// paragraph is lines that belong together; the higher keep, the later they
// give way to a low window.
type paragraph struct {
	lines []string
	keep  int
}

// stack puts paragraphs under each other in h lines, parted by air where there
// is room for it.
func stack(parts []paragraph, h int) []string {
	parts = slices.DeleteFunc(parts, func(p paragraph) bool { return len(p.lines) == 0 })
	for {
		used, least := 0, 0
		for i, p := range parts {
			used += len(p.lines)
			if p.keep < parts[least].keep {
				least = i
			}
		}
		air := used+len(parts)-1 <= h
		if !air && used > h && len(parts) > 1 {
			parts = slices.Delete(parts, least, least+1)
			continue
		}
		return pile(parts, air)
	}
}

func pile(parts []paragraph, air bool) []string {
	var lines []string
	for i, p := range parts {
		if i > 0 && air {
			lines = append(lines, "")
		}
		lines = append(lines, p.lines...)
	}
	return lines
}

func paintAll(s look.Style, lines []string) []string {
	painted := make([]string, len(lines))
	for i, line := range lines {
		painted[i] = s.Paint(line)
	}
	return painted
}

var (
	numberOf  = lang.Text{UZ: "hisob", RU: "счёт", EN: "invoice"}
	payAnySum = lang.Text{UZ: "mijoz summani o‘zi yozadi", RU: "сумму вводит клиент", EN: "the customer types the sum"}
	noPayPage = lang.Text{
		UZ: "to‘lov sahifasi yo‘q, havola ilovani ochadi: {settings} → {listener}",
		RU: "страницы оплаты нет, ссылка открывает приложение: {settings} → {listener}",
		EN: "there is no pay page, the link opens the app: {settings} → {listener}",
	}
	needsWindow = lang.Text{UZ: "QR kod uchun oyna {size} bo‘lishi kerak", RU: "для QR-кода нужно окно {size}", EN: "the QR code needs a window of {size}"}
	cantDraw    = lang.Text{
		UZ: "bu terminal QR kod chiza olmaydi: havolani bering yoki PNG saqlang",
		RU: "этот терминал не рисует QR-код: дайте ссылку или сохраните PNG",
		EN: "this terminal can't draw a QR code: give the link or save a PNG",
	}
)
