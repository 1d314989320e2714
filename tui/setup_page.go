package tui

import (
	"maps"
	"slices"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
)

// questionPage is a page of questions as it is being answered. Its form is huh's,
// one group a question, all of them on the screen; moving between them is done at
// once and not by huh's messages, so that whoever types fast types into the field
// that follows. The commands of huh are let go: they blink the cursor.
type questionPage struct {
	fields        []*answerField
	answers       setup.Answers     // of all pages
	was           setup.Answers     // what the settings say
	files         setup.Files       // where files lie that answers name
	found         map[string]string // the whole paths of those that were typed
	form          *huh.Form
	styles        *huh.Styles
	severalStyles *huh.Styles

	passing  bool               // fields are left unchecked: somebody goes back, or far
	dressing bool               // fields are made anew, and what they say of it is no answer
	refused  map[setup.ID]error // what the settings said to an answer
	dressed  clothes
}

// clothes are what the words and widths of fields were made for.
type clothes struct {
	lang  lang.Lang
	width int
}

// newQuestionPage asks questions, and keeps what is answered in answers. The settings
// say was.
func newQuestionPage(d *desk, questions []setup.Question, answers setup.Answers, files setup.Files, was setup.Answers) *questionPage {
	p := &questionPage{answers: answers, was: was, files: files, found: make(map[string]string), refused: make(map[setup.ID]error)}
	p.paint(d)
	groups := make([]*huh.Group, len(questions))
	for i, q := range questions {
		field := p.newField(q)
		p.fields = append(p.fields, field)
		groups[i] = field.group.WithHideFunc(func() bool { return !p.asked(i) })
	}
	p.form = huh.NewForm(groups...).WithKeyMap(huhKeys()).WithShowHelp(false).WithShowErrors(false).
		WithTheme(huh.ThemeFunc(func(bool) *huh.Styles { return p.styles }))
	p.settle()
	p.dress(d, clothes{d.Lang, leastWidth})
	p.form.Init()
	if !p.asked(0) {
		p.form.NextGroup()
	}
	return p
}

// paint takes the looks of the console, which change with the terminal's.
func (p *questionPage) paint(d *desk) {
	p.styles = huhStyles(d.theme)
	p.severalStyles = severalStyles(p.styles, d.theme)
}

// dress makes the fields anew for another language or width.
func (p *questionPage) dress(d *desk, to clothes) {
	p.dressed = to
	p.form.WithWidth(to.width)
	for _, f := range p.fields {
		p.dressField(d, f)
	}
}

// dressField makes a field anew. Huh chooses the first option of any choice then,
// also where the question is not asked and no answer means something.
func (p *questionPage) dressField(d *desk, f *answerField) {
	p.dressing = true
	f.dress(d, p.dressed.width)
	p.dressing = false
}

// keep is how fields write answers.
func (p *questionPage) keep(id setup.ID, answer string) {
	if !p.dressing {
		p.answers[id] = answer
		p.settle()
	}
}

// settle answers every choice that is asked and has no answer with what its field
// shows, the first option. Later questions may depend on it.
func (p *questionPage) settle() {
	for i, f := range p.fields {
		q := f.question
		if q.Kind != setup.Choice || !p.asked(i) || slices.ContainsFunc(q.Options, func(o setup.Option) bool { return o.Value == p.answers[q.ID] }) {
			continue
		}
		p.answers[q.ID] = q.Options[0].Value
	}
}

// check is what huh has a field checked with when it is left. What the answer
// was cleaned to is shown by the next dress.
func (p *questionPage) check(q setup.Question) func(string) error {
	return func(answer string) error {
		switch {
		case p.passing || q.Check == nil:
			return nil
		case utf8.RuneCountInString(answer) > maxAnswer:
			return answerTooLong
		}
		cleaned, err := q.Check(answer, p.answers)
		if err == nil && q.Path && cleaned != "" && cleaned != p.was[q.ID] {
			err = p.look(q.ID, cleaned)
		}
		if err == nil {
			p.answers[q.ID] = cleaned
		}
		return err
	}
}

// look finds the file that an answer names, and what is wrong with it. The answer
// stays as it was typed; what is kept is where the file was found.
func (p *questionPage) look(id setup.ID, name string) error {
	all := p.whole(maps.Clone(p.answers))
	all[id] = name
	path, err := p.files.Look(id, all)
	p.found[name] = path
	return err
}

// whole are answers with the files where they were found: the settings begin at
// another folder.
func (p *questionPage) whole(answers setup.Answers) setup.Answers {
	for _, f := range p.fields {
		id := f.question.ID
		if path := p.found[answers[id]]; f.question.Path && path != "" {
			answers[id] = path
		}
	}
	return answers
}

// asked tells whether a question matters after the answers so far.
func (p *questionPage) asked(i int) bool {
	return p.fields[i].question.IsAsked(p.answers)
}

// at is the field that is answered.
func (p *questionPage) at() int {
	for i, f := range p.fields {
		if f.Field == p.form.GetFocusedField() {
			return i
		}
	}
	return 0
}

// neighbour is the question before (-1) or after (1) one that is asked.
func (p *questionPage) neighbour(of, by int) (i int, ok bool) {
	for i = of + by; i >= 0 && i < len(p.fields); i += by {
		if p.asked(i) {
			return i, true
		}
	}
	return of, false
}

// typed gives a key or a paste to the field that is answered.
func (p *questionPage) typed(msg tea.Msg) {
	f := p.fields[p.at()]
	delete(p.refused, f.question.ID)
	if paste, ok := msg.(tea.PasteMsg); ok {
		msg = tea.PasteMsg{Content: visible(paste.Content)}
	}
	p.form.Update(msg)
}

// next checks the answer and goes to the next question. done tells that there is
// none.
func (p *questionPage) next(d *desk) (done bool) {
	at := p.at()
	if !p.leave(d) {
		return false
	}
	if _, more := p.neighbour(at, 1); !more {
		p.fields[at].Focus()
		return true
	}
	p.form.NextGroup()
	return false
}

// leave leaves a field, which has huh check it. A wrong answer keeps it.
func (p *questionPage) leave(d *desk) bool {
	f := p.fields[p.at()]
	delete(p.refused, f.question.ID)
	f.Blur()
	p.dressField(d, f)
	if f.Error() != nil {
		f.Focus()
		return false
	}
	return true
}

// prev goes back to the question before, whatever was typed here. done tells
// that there is none.
func (p *questionPage) prev(d *desk) (done bool) {
	at := p.at()
	if _, more := p.neighbour(at, -1); !more {
		return true
	}
	p.pass(d, -1)
	return false
}

// pass goes to a neighbour without a check.
func (p *questionPage) pass(d *desk, by int) {
	p.passing = true
	p.leave(d)
	if by < 0 {
		p.form.PrevGroup()
	} else {
		p.form.NextGroup()
	}
	p.passing = false
}

// arrow is up or down: to the neighbour, or between the options of one of
// several.
func (p *questionPage) arrow(d *desk, down bool) {
	switch f := p.fields[p.at()]; {
	case !f.onEdge(down) && down:
		p.form.Update(tea.KeyPressMsg{Code: tea.KeyDown})
	case !f.onEdge(down):
		p.form.Update(tea.KeyPressMsg{Code: tea.KeyUp})
	case down:
		p.next(d)
	default:
		p.prev(d)
	}
}

// goTo goes to a question that is asked, whatever was typed on the way.
func (p *questionPage) goTo(d *desk, i int) {
	for by := 1; p.at() != i; {
		if i < p.at() {
			by = -1
		}
		if _, more := p.neighbour(p.at(), by); !more {
			return
		}
		p.pass(d, by)
	}
}

// complete checks all answers, and goes to the first that is wrong.
func (p *questionPage) complete(d *desk) bool {
	for i, f := range p.fields {
		if p.asked(i) && p.check(f.question)(p.answers[f.question.ID]) != nil {
			p.goTo(d, i)
			p.leave(d)
			return false
		}
	}
	p.dress(d, p.dressed)
	return true
}

// enter makes sure that the question that is answered is one that is asked, and
// judges anew what was wrong: what was answered elsewhere may have changed both.
func (p *questionPage) enter(d *desk) {
	clear(p.refused)
	p.judge()
	if p.asked(p.at()) {
		return
	}
	for _, by := range []int{1, -1} {
		if i, ok := p.neighbour(p.at(), by); ok {
			p.goTo(d, i)
			return
		}
	}
}

// judge has huh check the fields again whose answers were wrong.
func (p *questionPage) judge() {
	at := p.at()
	for i, f := range p.fields {
		if f.Error() == nil {
			continue
		}
		f.Blur()
		if i == at {
			f.Focus()
		}
	}
}

// last goes to the last question that is asked.
func (p *questionPage) last(d *desk) {
	for i := range slices.Backward(p.fields) {
		if p.asked(i) {
			p.goTo(d, i)
			return
		}
	}
}

// given are the answers to what is asked here.
func (p *questionPage) given() setup.Answers {
	given := make(setup.Answers)
	for i, f := range p.fields {
		if p.asked(i) {
			given[f.question.ID] = p.answers[f.question.ID]
		}
	}
	return p.whole(given)
}

// edited are the answers to what is asked here that say something else than was
// did, so that what somebody changes elsewhere meanwhile stays.
func (p *questionPage) edited(was setup.Answers) setup.Answers {
	edited := p.given()
	for _, f := range p.fields {
		id := f.question.ID
		if before, err := f.question.Check(was[id], was); edited[id] == was[id] || err == nil && edited[id] == before {
			delete(edited, id)
		}
	}
	return edited
}

// answerTooLong is what is said of an answer that a field would have to cut.
var answerTooLong = &config.Error{
	Msg: lang.Text{UZ: "javob juda uzun", RU: "ответ слишком длинный", EN: "the answer is too long"},
	Hint: lang.Text{
		UZ: "4000 harfdan oshmasin; bundan uzuni sozlamalar fayliga yoziladi",
		RU: "оставьте не больше 4000 знаков; то, что длиннее, пишут в файл настроек",
		EN: "leave no more than 4000 letters; what is longer is written into the settings file",
	},
}
