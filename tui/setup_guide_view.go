package tui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
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
		frame = g.over(frame, g.dialog.view(g.desk, g.width))
	}
	switch {
	case g.theme.ASCII:
		return look.ASCII(frame)
	case g.PlainApostrophe:
		return lang.ASCIIApostrophe(frame)
	}
	return frame
}

func (g *guide) over(frame string, box []string) string {
	widest := 0
	for _, line := range box {
		widest = max(widest, look.Width(line))
	}
	return look.Over(frame, box, max(0, (g.width-widest)/2), max(0, (g.height-len(box))/2))
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
		name = g.fill(pageOf, "{n}", strconv.Itoa(g.at), "{all}", strconv.Itoa(len(g.pages)-1)) + " " + g.theme.Signs.Dot + " " + g.say(pageNames[g.pages[g.at].page])
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
		lines := g.painted(g.theme.Bad, g.theme.Signs.Failed+" "+g.unfit(g.refusal), g.width)
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
	label := func(a keys.Action) lang.Text { b, _ := keys.Of(a); return b.Label }
	switch _, asking := g.asking(); {
	case g.sheet != nil:
		add("C", label(keys.CopySheet))
		add("S", label(keys.SaveSheet))
		add("Enter", guideEnd)
	case asking:
		add("Enter", label(keys.NextAnswer))
		if g.at == 0 {
			add("Ctrl+C", guideLeave)
			break
		}
		add("Esc", leaveIt)
		add("Ctrl+C", guideLeave)
		add("Shift+Tab", label(keys.PrevAnswer))
	default:
		add("Enter", label(keys.SaveAnswers))
		add("Esc", leaveIt)
		add("Ctrl+C", guideLeave)
	}
	line := ""
	for _, hint := range hints {
		if next := line + "  " + hint; look.Width(next) < g.width {
			line = next
		}
	}
	return look.Fit(strings.TrimPrefix(line, " "), g.width)
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
	add(g.theme.Strong, g.say(nextTitle))
	for i, step := range []lang.Text{nextSheet, nextServe, nextDoctor} {
		add(g.theme.Text, strconv.Itoa(i+1)+". "+g.say(step))
	}
	return lines
}

var (
	guideTitle  = lang.Text{UZ: "sozlash", RU: "настройка", EN: "setup"}
	pageOf      = lang.Text{UZ: "{n} / {all}", RU: "{n} из {all}", EN: "{n} of {all}"}
	guideLeave  = lang.Text{UZ: "chiqish", RU: "выйти", EN: "leave"}
	guideEnd    = lang.Text{UZ: "tugatish", RU: "закончить", EN: "finish"}
	welcomeText = lang.Text{
		UZ: "Do‘konni Uzum Bankka ulash uchun olti sahifa savol. Enter odatdagi javobni qabul qiladi. Istalgan paytda Ctrl+C bilan chiqish mumkin: yozilgani saqlanadi. Sozlamalar faqat oxirida yoziladi.",
		RU: "Шесть страниц вопросов, чтобы подключить магазин к Uzum Bank. Enter принимает обычный ответ. Выйти можно в любой момент, Ctrl+C: введённое сохранится. Настройки записываются только в конце.",
		EN: "Six pages of questions to connect the shop to Uzum Bank. Enter takes the usual answer. Leave at any time with Ctrl+C: what was typed is kept. The settings are written at the end only.",
	}
	resumedText = lang.Text{
		UZ: "O‘tgan safar yozilganlari joyida: davom eting. Sozlamalar faqat oxirida yoziladi.",
		RU: "То, что введено в прошлый раз, на месте: продолжайте. Настройки записываются только в конце.",
		EN: "What was typed the last time is here: go on. The settings are written at the end only.",
	}
	nextTitle    = lang.Text{UZ: "Endi", RU: "Что дальше", EN: "What to do next"}
	nextSheet    = lang.Text{UZ: "bu varaqni bankka yuboring", RU: "отправьте этот лист банку", EN: "send this sheet to the bank"}
	nextServe    = lang.Text{UZ: "ishga tushiring: tushum serve yoki kassa uchun tushum", RU: "запустите tushum serve или, на кассе, tushum", EN: "start tushum serve, or tushum at the till"}
	nextDoctor   = lang.Text{UZ: "tekshiring: tushum doctor", RU: "проверьте: tushum doctor", EN: "check it all: tushum doctor"}
	stillMissing = lang.Text{UZ: "bank chaqira olishi uchun yetishmayapti: {what}", RU: "чтобы банк мог звонить, не хватает: {what}", EN: "missing before the bank can call: {what}"}
	heldBack     = lang.Text{
		UZ: "xizmat raqami, login va parol birga yoziladi: hammasi ma’lum bo‘lguncha ular saqlanmadi",
		RU: "номер услуги, логин и пароль пишутся вместе: пока известны не все, они не записаны",
		EN: "service id, login and password are written together: until all are known they are not",
	}
)
