package tui

import (
	"errors"
	"slices"

	"tushum/internal/config"
	"tushum/internal/setup"
	"tushum/tui/look"
)

// unfit says why an answer or all of them were refused, with what to do, in the
// reader's language.
func (d *desk) unfit(err error) string {
	var (
		several config.Errors
		one     *config.Error
		trouble *setup.Trouble
		says    string
		hint    string
	)
	switch {
	case errors.As(err, &several) && len(several) > 0:
		return d.unfit(several[0])
	case errors.As(err, &one):
		says, hint = one.Msg.In(d.Lang), one.HintIn(d.Lang)
	case errors.As(err, &trouble):
		says, hint = d.say(trouble.Says), d.say(trouble.Hint)
	default:
		return d.trouble(err)
	}
	if hint != "" {
		says += " — " + hint
	}
	return look.Foreign(says)
}

// refused says why answers were refused, with the question that it is about: it is
// not in sight.
func (d *desk) refused(err error) string {
	var wrong *setup.Wrong
	if errors.As(err, &wrong) {
		if q, ok := setup.Find(d.profiles(), wrong.ID); ok {
			return d.say(q.Title) + ": " + d.unfit(err)
		}
	}
	return d.unfit(err)
}

// about is the question of the page that an error is about.
func (p *questionPage) about(err error) (i int, ok bool) {
	var (
		wrong   *setup.Wrong
		several config.Errors
		one     *config.Error
		id      setup.ID
	)
	switch {
	case errors.As(err, &wrong):
		id = wrong.ID
	case errors.As(err, &several) && len(several) > 0:
		id, _ = setup.Asks(several[0].Key)
	case errors.As(err, &one):
		id, _ = setup.Asks(one.Key)
	}
	i = slices.IndexFunc(p.fields, func(f *answerField) bool { return f.question.ID == id })
	return i, i >= 0 && p.asked(i)
}

// refuse shows why the settings refused the answers: at the question it is about
// where that is known. ok tells that it is.
func (p *questionPage) refuse(d *desk, err error) (ok bool) {
	i, ok := p.about(err)
	if ok {
		p.goTo(d, i)
		p.refused[p.fields[i].question.ID] = err
	}
	return ok
}
