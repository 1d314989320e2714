package tui

import (
	"slices"
	"strings"

	"charm.land/huh/v2"
	"github.com/charmbracelet/x/ansi"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/setup"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// Widths in cells: of questions, the window from which the help stands beside
// them, and of that help.
const (
	questionWidth = 60
	helpBeside    = 100
	helpWidth     = 52
)

// roomToCount is the least height of questions that has a line to say how many are out
// of sight.
const roomToCount = 6

// view draws the page in exactly w by h cells.
func (p *questionPage) view(d *desk, w, h int) string {
	return p.form.WithLayout(questionLayout{p, d, w, h}).View()
}

// fit makes the fields anew where the window or the language is another one.
func (p *questionPage) fit(d *desk, w int) {
	p.wear(d, max(1, min(w, questionWidth)-signWidth))
}

// wear makes them anew for a width of their own, where that or the language is
// another one.
func (p *questionPage) wear(d *desk, w int) {
	if fits := (clothes{d.Lang, w}); fits != p.dressed {
		p.dress(d, fits)
	}
}

// questionLayout is huh's layout of a form: all questions that are asked below
// each other, scrolled so that the one that is answered is seen, and what there
// is to know about it beside or below.
type questionLayout struct {
	*questionPage
	d    *desk
	w, h int
}

// GroupWidth gives every question the whole width.
func (questionLayout) GroupWidth(_ *huh.Form, _ *huh.Group, w int) int { return w }

// View lays out the form.
func (l questionLayout) View(*huh.Form) string {
	if l.w >= helpBeside {
		help := l.help(min(helpWidth, l.w-questionWidth-signWidth), l.h)
		lines := look.Beside(l.questions(l.h), append([]string{""}, help...), signWidth)
		return look.Block(lines, l.w, l.h)
	}
	help := l.help(min(l.w, questionWidth+signWidth)-signWidth, l.h/2)
	if len(help) > 0 {
		rule := l.d.theme.Rule.Paint(strings.Repeat(l.d.theme.Signs.Rule, l.w))
		help = append([]string{rule}, moved(help, signWidth)...)
	}
	return look.Block(append(l.questions(l.h-len(help)), help...), l.w, l.h)
}

// questions are h lines of the questions, with the one that is answered, and air
// between them where all of them are seen with it. Where they are not, the last line
// says how many lines are out of sight.
func (l questionLayout) questions(h int) []string {
	at := l.at()
	var all [][]string
	now, used := 0, 0
	for i := range l.fields {
		if !l.asked(i) {
			continue
		}
		if i == at {
			now = len(all)
		}
		all = append(all, l.question(i, i == at))
		used += len(all[len(all)-1]) + 1
	}
	var air []string
	if used <= h {
		air = []string{""}
	}
	var lines []string
	from, to := 0, 0
	for i, question := range all {
		if i == now {
			from = len(lines)
		}
		lines = append(append(lines, air...), question...)
		if i == now {
			to = len(lines)
		}
	}
	if len(lines) > h && h >= roomToCount {
		h--
		from = max(0, min(to+contextLines-h, len(lines)-h, from))
		return append(l.seen(lines, from, h), l.d.beyond(from, len(lines)-from-h))
	}
	return l.seen(lines, max(0, min(to+contextLines-h, len(lines)-h, from)), h)
}

// seen are h lines from one on, as wide as questions are.
func (l questionLayout) seen(lines []string, from, h int) []string {
	seen := make([]string, max(0, h))
	copy(seen, lines[from:])
	for i := range seen {
		seen[i] = look.Fit(seen[i], min(l.w, questionWidth))
	}
	return seen
}

// question is one question with its field and what is wrong with the answer.
func (l questionLayout) question(i int, now bool) []string {
	t, f := l.d.theme, l.fields[i]
	lines := strings.Split(f.group.Content(), "\n")
	sign := "  "
	if now {
		sign = t.Accent.Paint(t.Signs.Cursor) + " "
	} else if f.question.Kind == setup.Line || f.question.Kind == setup.Secret {
		last := len(lines) - 1 // huh has a colour of its own for a field that is not typed into
		lines[last] = t.Input.Paint(ansi.Strip(lines[last]))
	}
	for n, line := range lines {
		lines[n] = sign + line
		sign = "  "
	}
	return slices.Concat(lines, l.understood(f.question), l.noted(f.question), l.wrong(i))
}

// understood is a sum as people write it, under one that was typed as they type.
func (l questionLayout) understood(q setup.Question) []string {
	if !q.Sum {
		return nil
	}
	sum, err := money.Parse(l.answers[q.ID])
	if err != nil || sum == 0 {
		return nil
	}
	return moved([]string{l.d.theme.Hint.Paint(look.Cut(l.d.sum(sum), l.dressed.width))}, signWidth)
}

// noted is what to mind about an answer that is good.
func (l questionLayout) noted(q setup.Question) []string {
	if q.Note == nil {
		return nil
	}
	note := l.d.say(q.Note(l.answers[q.ID]))
	if note == "" {
		return nil
	}
	return moved(l.d.painted(l.d.theme.Warn, l.d.theme.Signs.Warn+" "+note, l.dressed.width), signWidth)
}

// wrong is what is wrong with an answer.
func (l questionLayout) wrong(i int) []string {
	err := l.fields[i].Error()
	if refused, ok := l.refused[l.fields[i].question.ID]; ok {
		err = refused
	}
	if err == nil {
		return nil
	}
	t := l.d.theme
	return moved(l.d.painted(t.Bad, t.Signs.Failed+" "+l.d.unfit(err), l.dressed.width), signWidth)
}

// help is what there is to know about the question that is answered, in at most
// h lines.
func (l questionLayout) help(w, h int) []string {
	q := l.fields[l.at()].question
	lines := paintAll(l.d.theme.Hint, look.Wrap(l.d.say(q.Help), w))
	switch q.Kind {
	case setup.Several:
		lines = append(lines, look.Cut(l.d.theme.Key.Paint(keys.Show("space"))+" "+l.d.theme.Hint.Paint(l.d.say(spaceMarks)), w))
	case setup.Choice:
		lines = append(lines, l.options(q, w)...)
	case setup.Line, setup.Secret:
	}
	if len(lines) > max(1, h-1) {
		lines = lines[:max(1, h-1)]
	}
	return lines
}

// options are the answers that can be chosen, of which the field shows one.
func (l questionLayout) options(q setup.Question, w int) []string {
	t := l.d.theme
	var lines []string
	for _, o := range q.Options {
		style, sign := t.Faint, t.Signs.Off
		if o.Value == l.answers[q.ID] {
			style, sign = t.Text, t.Signs.On
		}
		for i, line := range look.Wrap(l.d.say(o.Name), max(1, w-signWidth)) {
			if i > 0 {
				sign = " "
			}
			lines = append(lines, style.Paint(sign+" "+line))
		}
	}
	return lines
}

var spaceMarks = lang.Text{UZ: "belgilaydi", RU: "отмечает", EN: "marks it"}

// pageName is what a page is called: as the payment system that it connects.
func (d *desk) pageName(page setup.Page) string {
	if system := page.System(); system != "" {
		return d.systemName(system)
	}
	return d.say(pageNames[page])
}

var pageNames = map[setup.Page]lang.Text{
	setup.PageShop:     {UZ: "do‘kon", RU: "магазин", EN: "the shop"},
	setup.PageOffer:    {UZ: "usullar va chegaralar", RU: "способы и лимиты", EN: "methods and limits"},
	setup.PageListener: {UZ: "manzil va HTTPS", RU: "адрес и HTTPS", EN: "address and HTTPS"},
	setup.PageRouting:  {UZ: "to‘lov turlari", RU: "виды оплаты", EN: "kinds of payment"},
	setup.PageTariffs:  {UZ: "tariflar", RU: "тарифы", EN: "tariffs"},
}
