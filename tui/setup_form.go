package tui

import (
	"context"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// setupForm asks the questions of one page of the settings and saves them.
type setupForm struct {
	*questionPage
	page    setup.Page
	was     setup.Answers // what the settings said when it began
	first   setup.Answers // what it began with: a choice that had no answer has one
	saving  bool
	refusal error      // why they were not saved, where it is about none of the questions here
	trial   *trial     // the newest test of the connection; nil: none since the answers were others
	missing []setup.ID // what is needed before those that were typed are saved
}

// newSetupForm begins with what the settings say.
func newSetupForm(d *desk, page setup.Page) screen {
	return askPage(d, page, questionsOf(setup.Questions(d.profiles()), page), setup.From(d.Settings.Config()))
}

// askPage asks questions, beginning with answers.
func askPage(d *desk, page setup.Page, questions []setup.Question, answers setup.Answers) *setupForm {
	was := maps.Clone(answers)
	files := setup.Files{Folder: d.Folder, Settings: d.Settings.Config().Path}
	f := &setupForm{page: page, was: was, questionPage: newQuestionPage(d, questions, answers, files, was)}
	f.first = maps.Clone(answers)
	return f
}

// questionsOf are the questions of a page.
func questionsOf(all []setup.Question, page setup.Page) []setup.Question {
	return slices.DeleteFunc(slices.Clone(all), func(q setup.Question) bool { return q.Page != page })
}

func (f *setupForm) title(d *desk) string { return d.pageName(f.page) }

func (f *setupForm) scopes(*desk) []keys.Scope { return []keys.Scope{keys.Setup} }

func (f *setupForm) show(*desk) tea.Cmd { return nil }

// resized fits the fields before a key comes: made anew, one of several begins at
// its first option.
func (f *setupForm) resized(d *desk, w, _ int) tea.Cmd { //nolint:unparam // the interface sized wants a command
	f.fit(d, w)
	return nil
}

func (f *setupForm) typing() bool { return true }

// answersSavedMsg is what came of saving answers.
type answersSavedMsg struct {
	screen *setupForm
	saved  setup.Saved
	err    error
}

func (f *setupForm) update(d *desk, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case answersSavedMsg:
		if msg.screen == f {
			return f.saved(d, msg)
		}
	case triedMsg:
		f.tried(d, msg)
	case repaintMsg:
		f.paint(d)
		f.wear(d, f.dressed.width)
	case tea.KeyPressMsg, tea.PasteMsg:
		if !f.saving { // what was sent is what is seen
			f.refusal, f.missing = nil, nil
			f.stopTrial()
			f.typed(msg)
		}
	}
	return nil
}

func (f *setupForm) act(d *desk, a keys.Action) tea.Cmd {
	f.refusal, f.missing = nil, nil
	switch a {
	case keys.NextAnswer:
		if f.next(d) {
			return f.save(d)
		}
	case keys.PrevAnswer:
		f.prev(d)
	case keys.Up:
		f.arrow(d, false)
	case keys.Down:
		f.arrow(d, true)
	case keys.SaveAnswers:
		return f.save(d)
	case keys.TryAnswers:
		if f.complete(d) {
			return f.try(d)
		}
	}
	return nil
}

func (f *setupForm) why(d *desk, a keys.Action) lang.Text {
	switch {
	case f.saving && a != keys.Back:
		return answersBusy
	case a == keys.TryAnswers:
		return f.whyNotTry(d)
	}
	return lang.Text{}
}

// save writes the answers down, or goes to the first that is wrong. The hash of a
// password takes its time, and so does the disk.
func (f *setupForm) save(d *desk) tea.Cmd {
	if !f.complete(d) {
		return nil
	}
	f.stopTrial()
	f.saving = true
	settings, edited := d.Settings, f.edited(f.was)
	return func() tea.Msg {
		saved, err := settings.Save(context.Background(), edited)
		return answersSavedMsg{screen: f, saved: saved, err: err}
	}
}

func (f *setupForm) saved(d *desk, msg answersSavedMsg) tea.Cmd {
	f.saving = false
	if msg.err != nil {
		if !f.refuse(d, msg.err) {
			f.refusal = msg.err
		}
		return nil
	}
	if len(msg.saved.Held) > 0 {
		f.missing = msg.saved.Missing
		return nil
	}
	told := toast(glad, d.theme.Signs.Paid+" "+d.say(answersSaved))
	if len(msg.saved.Waiting) > 0 {
		told = toast(uneasy, d.theme.Signs.Paid+" "+d.say(answersWait))
	}
	if msg.saved.Sheet.Password != "" {
		return tea.Batch(told, d.want(replaceMsg{old: f, by: newSheet(d, msg.saved.Sheet)}))
	}
	return tea.Batch(told, d.pop(f))
}

// leave asks before what was typed is thrown away.
func (f *setupForm) leave(d *desk) tea.Cmd {
	switch {
	case f.saving:
		return toast(uneasy, d.say(answersBusy))
	case f.trying():
		f.stopTrial()
		return stay
	case maps.Equal(f.answers, f.first):
		return nil
	}
	d.ask(&dialog{
		title: d.say(throwAnswers), body: []string{d.say(throwBody)}, choices: []string{d.say(throwStay), d.say(throwAway)}, yes: d.say(throwYes),
		then: func(chosen int, _ string) tea.Cmd {
			if chosen == 1 {
				return d.pop(f)
			}
			return nil
		},
	})
	return stay
}

func (f *setupForm) view(d *desk, w, h int) string {
	pinned := f.pinned(d, w, h)
	page := f.questionPage.view(d, w, h-len(pinned))
	if len(pinned) == 0 {
		return page
	}
	return page + "\n" + look.Block(pinned, w, len(pinned))
}

// pinned is what stays at the bottom: why the settings refused.
func (f *setupForm) pinned(d *desk, w, h int) []string {
	switch {
	case f.refusal != nil:
		lines := d.painted(d.theme.Bad, d.theme.Signs.Failed+" "+d.refused(f.refusal), w)
		return lines[:min(len(lines), max(1, h/2))]
	case len(f.missing) > 0:
		text := d.theme.Signs.Warn + " " + d.say(heldBack) + " — " + d.fill(stillMissing, "{what}", d.titles(f.missing))
		lines := d.painted(d.theme.Warn, text, w)
		return lines[:min(len(lines), max(1, h/2))]
	case f.saving:
		return []string{d.theme.Hint.Paint(look.Cut(d.say(answersBusy), w))}
	}
	lines := f.trialLines(d, w)
	return lines[:min(len(lines), max(1, h/2))]
}

var (
	answersBusy  = lang.Text{UZ: "sozlamalar saqlanmoqda, bir lahza kuting", RU: "настройки сохраняются, подождите секунду", EN: "the settings are being saved, wait a moment"}
	answersSaved = lang.Text{UZ: "sozlamalar saqlandi va kuchga kirdi", RU: "настройки сохранены и действуют", EN: "the settings are saved and in force"}
	answersWait  = lang.Text{
		UZ: "sozlamalar saqlandi; bir qismi keyingi ishga tushirishda kuchga kiradi",
		RU: "настройки сохранены; часть вступит в силу при следующем запуске",
		EN: "the settings are saved; some take effect at the next start",
	}
	throwAnswers = lang.Text{UZ: "sozlamalarni yopish", RU: "закрыть настройки", EN: "leave the settings"}
)
