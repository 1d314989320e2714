package tui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// View is the frame.
func (g *guide) View() tea.View {
	view := tea.NewView(g.draw())
	view.AltScreen = true
	view.WindowTitle = "Tushum"
	return view
}

func (g *guide) draw() string {
	if g.width < leastWidth || g.height < leastHeight {
		return look.Cut(g.say(windowTooSmall), g.width)
	}
	lines := []string{g.header()}
	below := append(g.told(), g.footer())
	body := g.body(g.width, max(1, g.height-len(lines)-len(below)))
	lines = append(append(lines, strings.Split(body, "\n")...), below...)
	frame := look.Block(lines, g.width, g.height)
	if g.dialog != nil {
		frame = inTheMiddle(frame, g.dialog.view(g.desk, g.width), g.width, g.height)
	}
	switch {
	case g.theme.ASCII:
		return look.ASCII(frame)
	case g.PlainApostrophe:
		return lang.ASCIIApostrophe(frame)
	}
	return frame
}

// header says where one is.
func (g *guide) header() string {
	name := g.say(guideTitle)
	switch {
	case g.sheet != nil:
		name = g.sheet.title(g.desk)
	case g.at >= len(g.pages):
		name = g.say(summaryTitle)
	case g.at > 0:
		name = g.fill(pageOf, "{n}", strconv.Itoa(g.at), "{all}", strconv.Itoa(len(g.pages)-1)) + " " + g.theme.Signs.Dot + " " + g.pageName(g.pages[g.at].page)
	}
	line := " " + g.theme.Strong.Paint("Tushum") + "  " + g.theme.Title.Paint(name)
	return look.Fit(line, g.width)
}

func (g *guide) body(w, h int) string {
	switch page, ok := g.asking(); {
	case g.sheet != nil:
		return g.sheet.view(g.desk, w, h)
	case !ok:
		return g.scroller.view(g.desk, g.summary(w), w, h)
	case g.at == 0:
		lines := g.welcome(w)
		if room := h - len(lines); room >= leastQuestions {
			return look.Block(lines, w, len(lines)) + "\n" + page.view(g.desk, w, room)
		}
		return page.view(g.desk, w, h)
	default:
		return page.view(g.desk, w, h)
	}
}

// leastQuestions is how many lines the question of the first page needs.
const leastQuestions = 12

// welcome says what will be asked, and that nothing is lost.
func (g *guide) welcome(w int) []string {
	about := g.say(welcomeText)
	if g.resumed {
		about = g.say(resumedText)
	}
	return append([]string{""}, moved(look.Wrap(about, min(w, questionWidth+signWidth)-signWidth), signWidth)...)
}

// told is what is said above the keys.
func (g *guide) told() []string {
	switch {
	case g.notice.text != "":
		return moved(g.painted(g.moodStyle(g.notice.mood), g.notice.text, g.width-1), 1)
	case g.refusal != nil:
		lines := g.painted(g.theme.Bad, g.theme.Signs.Failed+" "+g.refused(g.refusal), g.width)
		return lines[:min(len(lines), max(1, g.height/3))]
	case g.saving:
		return []string{g.theme.Hint.Paint(look.Cut(g.say(answersBusy), g.width))}
	}
	return nil
}

// footer are the keys that work now.
func (g *guide) footer() string {
	var hints []string
	add := func(key string, does lang.Text) {
		hints = append(hints, g.theme.Key.Paint(key)+" "+g.theme.Faint.Paint(g.say(does)))
	}
	bound := func(a keys.Action) { b, _ := keys.Of(a); add(b.Shown(), b.Label) }
	saves, _ := keys.Of(keys.SaveAnswers)
	enter := keys.KeyOf(keys.NextAnswer)
	switch _, asking := g.asking(); {
	case g.sheet != nil:
		bound(keys.SaveSheet)
		bound(keys.CopySheet)
		add(enter, guideEnd)
		return g.fitting(hints)
	case asking:
		bound(keys.NextAnswer)
	default:
		add(enter, saves.Label)
	}
	if g.at > 0 {
		add(keys.KeyOf(keys.Back), leaveIt)
	}
	add(keys.Show("ctrl+c"), guideLeave)
	if g.at > 0 && g.at < len(g.pages) {
		bound(keys.PrevAnswer)
	}
	return g.fitting(hints)
}

// fitting are as many of the hints as there is room for.
func (g *guide) fitting(hints []string) string {
	return look.Fit(" "+joinFitting(hints, "  ", g.width-1), g.width)
}

// afterwards says under the sheet what to do next.
func (g *guide) afterwards(w int) []string {
	lines := []string{""}
	add := func(style look.Style, text string) { lines = append(lines, g.painted(style, text, w)...) }
	if len(g.saved.Missing) > 0 {
		add(g.theme.Warn, g.theme.Signs.Warn+" "+g.fill(stillMissing, "{what}", g.titles(g.saved.Missing)))
	}
	if len(g.saved.Held) > 0 {
		add(g.theme.Warn, g.theme.Signs.Warn+" "+g.say(heldBack))
	}
	for _, s := range setup.StrandedKinds(g.known, g.answers) {
		add(g.theme.Warn, g.stranded(s))
	}
	add(g.theme.Strong, g.say(nextTitle))
	first := nextSheet
	if len(g.saved.Missing) > 0 {
		first = nextFill
	}
	for i, step := range []lang.Text{first, nextServe, nextDoctor} {
		add(g.theme.Text, strconv.Itoa(i+1)+". "+g.say(step))
	}
	return lines
}

// stranded says which kinds of payment go to a payment system that is off.
func (d *desk) stranded(s setup.Stranded) string {
	return d.theme.Signs.Warn + " " + d.say(s.Says) + " — " + d.say(s.Hint)
}

var (
	guideTitle  = lang.Text{UZ: "sozlash", RU: "настройка", EN: "setup"}
	pageOf      = lang.Text{UZ: "{n} / {all}", RU: "{n} из {all}", EN: "{n} of {all}"}
	guideLeave  = lang.Text{UZ: "chiqish", RU: "выйти", EN: "leave"}
	guideEnd    = lang.Text{UZ: "tugatish", RU: "закончить", EN: "finish"}
	welcomeText = lang.Text{
		UZ: "Do‘kon to‘lov qabul qilishi uchun yetti sahifa savol. Enter odatdagi javobni qabul qiladi. Istalgan paytda Ctrl+C bilan chiqish mumkin: yozilgani saqlanadi. Sozlamalar faqat oxirida yoziladi.",
		RU: "Семь страниц вопросов, чтобы магазин мог принимать платежи. Enter принимает обычный ответ. Выйти можно в любой момент, Ctrl+C: введённое сохранится. Настройки записываются только в конце.",
		EN: "Seven pages of questions, and the shop can be paid. Enter takes the usual answer. Leave at any time with Ctrl+C: what was typed is kept. The settings are written at the end only.",
	}
	resumedText = lang.Text{
		UZ: "O‘tgan safar yozilganlari joyida: davom eting. Sozlamalar faqat oxirida yoziladi.",
		RU: "То, что введено в прошлый раз, на месте: продолжайте. Настройки записываются только в конце.",
		EN: "What was typed the last time is here: go on. The settings are written at the end only.",
	}
	nextTitle    = lang.Text{UZ: "Endi", RU: "Что дальше", EN: "What to do next"}
	nextSheet    = lang.Text{UZ: "bu varaqni bankka yuboring", RU: "отправьте этот лист банку", EN: "send this sheet to the bank"}
	nextFill     = lang.Text{UZ: "yetishmayotganini to‘ldiring: tushum setup", RU: "заполните недостающее: tushum setup", EN: "fill these in: tushum setup"}
	nextServe    = lang.Text{UZ: "ishga tushiring: tushum serve yoki kassa uchun tushum", RU: "запустите tushum serve или, на кассе, tushum", EN: "start tushum serve, or tushum at the till"}
	nextDoctor   = lang.Text{UZ: "tekshiring: tushum doctor", RU: "проверьте: tushum doctor", EN: "check it all: tushum doctor"}
	stillMissing = lang.Text{
		UZ: "bank so‘rov yubora olishi uchun yetishmayapti: {what}", RU: "чтобы банк мог присылать запросы, не хватает: {what}", EN: "missing before the bank can call: {what}",
	}
	heldBack = lang.Text{
		UZ: "xizmat raqami, login va parol faqat birga saqlanadi: uchalasini to‘ldiring",
		RU: "номер услуги, логин и пароль сохраняются только вместе: заполните все три",
		EN: "the service id, login and password are saved only together; fill in all three",
	}
)
