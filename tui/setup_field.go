package tui

import (
	"slices"
	"strings"

	"charm.land/huh/v2"

	"tushum/internal/setup"
	"tushum/tui/look"
)

// answerField is a question with the field that its answer is typed into.
type answerField struct {
	huh.Field
	question setup.Question
	group    *huh.Group // of this field alone: huh hides groups
	// dress puts its words in the reader's language and its answer into a width;
	// done again, it shows an answer that was changed elsewhere.
	dress func(d *desk, w int)
}

// The longest answer, in letters: a list of a hundred networks fits. A field takes
// more, so that the check can say that there is too much; a password has a bound
// of its own, in bytes. What the arrows and spaces around a choice take of its
// line, and a sign and a box before one of several, in cells.
const (
	maxAnswer    = 4000
	fieldRoom    = maxAnswer + 1
	choiceArrows = 6
	markWidth    = 6
)

// newField makes the field of a question. It reads and writes the page's answers.
func (p *questionPage) newField(q setup.Question) *answerField {
	switch q.Kind {
	case setup.Choice:
		return p.newChoiceField(q)
	case setup.Several:
		return p.newSeveralField(q)
	case setup.Line, setup.Secret:
	}
	field := huh.NewInput().Prompt("").CharLimit(fieldRoom).Validate(p.check(q))
	if q.Kind == setup.Secret {
		field.EchoMode(huh.EchoModePassword)
	}
	return p.inGroup(field, q, func(d *desk, w int) {
		field.Title(heading(d, q, w)).Accessor(oneAnswer{p, q.ID})
	})
}

func (p *questionPage) newChoiceField(q setup.Question) *answerField {
	field := huh.NewSelect[string]().Inline(true).Validate(p.check(q))
	return p.inGroup(field, q, func(d *desk, w int) {
		field.Title(heading(d, q, w)).Accessor(oneAnswer{p, q.ID}).Options(named(d, q, w-choiceArrows)...)
	})
}

func (p *questionPage) newSeveralField(q setup.Question) *answerField {
	field := huh.NewMultiSelect[string]().Filterable(false)
	field.WithTheme(huh.ThemeFunc(func(bool) *huh.Styles { return p.severalStyles }))
	field.Validate(func(chosen []string) error { return p.check(q)(strings.Join(chosen, ",")) })
	return p.inGroup(field, q, func(d *desk, w int) {
		title := heading(d, q, w)
		// Given its options huh goes to the first that is chosen: with none of them
		// chosen the cursor stays where it is.
		var none huh.EmbeddedAccessor[[]string]
		field.Title(title).Accessor(&none).Options(named(d, q, w-markWidth)...).Accessor(manyAnswers{p, q.ID})
		field.Height(strings.Count(title, "\n") + 1 + len(q.Options)) // huh takes the title off the height of the options
	})
}

// inGroup puts a field into a group of its own. It has our looks before the group
// asks it how high it is: making huh's own for that takes long.
func (p *questionPage) inGroup(field huh.Field, q setup.Question, dress func(*desk, int)) *answerField {
	field.WithTheme(huh.ThemeFunc(func(bool) *huh.Styles { return p.styles }))
	return &answerField{Field: field, question: q, group: huh.NewGroup(field), dress: dress}
}

// heading is a question in lines of a width. It is wrapped here, for huh breaks
// after full stops, too.
func heading(d *desk, q setup.Question, w int) string {
	return strings.Join(look.Wrap(d.say(q.Title), max(1, w)), "\n")
}

// titles are questions in words.
func (d *desk) titles(ids []setup.ID) string {
	var all []string
	for _, id := range ids {
		if q, ok := setup.Find(d.profiles(), id); ok {
			all = append(all, d.say(q.Title))
		}
	}
	return strings.Join(all, ", ")
}

// named are the options of a question in the reader's language.
func named(d *desk, q setup.Question, w int) []huh.Option[string] {
	all := make([]huh.Option[string], len(q.Options))
	for i, o := range q.Options {
		all[i] = huh.NewOption(look.Cut(d.say(o.Name), max(1, w)), o.Value)
	}
	return all
}

// oneAnswer and manyAnswers are where huh keeps what was typed.
type (
	oneAnswer struct {
		page *questionPage
		id   setup.ID
	}
	manyAnswers struct {
		page *questionPage
		id   setup.ID
	}
)

func (a oneAnswer) Get() string       { return a.page.answers[a.id] }
func (a oneAnswer) Set(answer string) { a.page.keep(a.id, answer) }

func (a manyAnswers) Get() []string       { return splitAnswers(a.page.answers[a.id]) }
func (a manyAnswers) Set(chosen []string) { a.page.keep(a.id, strings.Join(chosen, ",")) }

func splitAnswers(joined string) []string {
	all := strings.Split(joined, ",")
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return slices.DeleteFunc(all, func(one string) bool { return one == "" })
}

// onEdge tells whether up or down leaves the field, as everywhere but between the
// options of one of several.
func (f *answerField) onEdge(down bool) bool {
	several, ok := f.Field.(*huh.MultiSelect[string])
	if !ok {
		return true
	}
	edge := f.question.Options[0].Value
	if down {
		edge = f.question.Options[len(f.question.Options)-1].Value
	}
	at, found := several.Hovered()
	return !found || at == edge
}
