package tui

import (
	"slices"
	"strings"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/setup"
	"tushum/tui/look"
)

// Widths of the summary, in cells: of a question, and of the window from which
// its answer stands beside it.
const (
	summaryLabel  = 34
	summaryBeside = 60
)

// summary is every question that is asked with its answer, page by page, and what
// is missing still.
func (g *guide) summary(w int) []string {
	lines := []string{""}
	room := max(1, w-signWidth)
	if missing := setup.Missing(g.answers); len(missing) > 0 {
		text := g.theme.Signs.Warn + " " + g.fill(stillMissing, "{what}", g.titles(missing))
		lines = append(append(lines, moved(g.painted(g.theme.Warn, text, room), 1)...), "")
	}
	for _, s := range setup.StrandedKinds(g.known, g.answers) {
		lines = append(append(lines, moved(g.painted(g.theme.Warn, g.stranded(s), room), 1)...), "")
	}
	for _, p := range g.pages[1:] {
		lines = append(lines, " "+g.theme.Title.Paint(look.Cut(g.pageName(p.page), room)))
		for i, f := range p.fields {
			if p.asked(i) {
				lines = append(lines, g.summed(f.question, room)...)
			}
		}
		lines = append(lines, "")
	}
	return lines[:len(lines)-1]
}

// summed is a question with its answer.
func (g *guide) summed(q setup.Question, w int) []string {
	answer := g.answered(q)
	if w < summaryBeside {
		lines := moved(g.painted(g.theme.Faint, g.say(q.Title), max(1, w-signWidth)), signWidth)
		return append(lines, moved(look.Wrap(answer, max(1, w-2*signWidth)), 2*signWidth)...)
	}
	label := g.painted(g.theme.Faint, g.say(q.Title), summaryLabel-1)
	values := look.Wrap(answer, max(1, w-signWidth-summaryLabel))
	label[0] = look.Fit(label[0], summaryLabel-1)
	return moved(look.Beside(label, values, 1), signWidth)
}

// answered is an answer as people read it. Of a secret it says only that it is
// there.
func (g *guide) answered(q setup.Question) string {
	answer := g.answers[q.ID]
	switch {
	case q.Kind == setup.Secret && answer != "", q.ID == setup.UzumPassword && g.answers[setup.PasswordHash] != "":
		return g.say(secretTyped)
	case answer == "":
		return g.theme.Faint.Paint(g.theme.Signs.Cancelled)
	case q.Sum:
		if sum, err := money.Parse(answer); err == nil && sum != 0 {
			return g.sum(sum)
		}
	case q.Kind == setup.Choice, q.Kind == setup.Several:
		return g.optionNames(q, answer)
	}
	return look.Foreign(answer)
}

// optionNames are the chosen ones of a question's options, in words.
func (d *desk) optionNames(q setup.Question, answer string) string {
	var names []string
	for _, o := range q.Options {
		if slices.Contains(splitAnswers(answer), o.Value) {
			names = append(names, d.say(o.Name))
		}
	}
	return strings.Join(names, ", ")
}

var (
	summaryTitle = lang.Text{UZ: "tekshiring va saqlang", RU: "проверьте и сохраните", EN: "look it over and save"}
	secretTyped  = lang.Text{UZ: "yozilgan, ko‘rsatilmaydi", RU: "введён, не показывается", EN: "typed, not shown"}
)
