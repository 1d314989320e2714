package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/tui/look"
)

// trial is a test of the connection to the payment system that a page is about.
type trial struct {
	ctx    context.Context // ends with the screen, or when somebody does not want to wait
	cancel context.CancelFunc
	over   bool
	err    error
}

// triedMsg is what came of a test.
type triedMsg struct {
	trial *trial
	err   error
}

// tries tells whether the page is about a payment system that can be asked.
func (f *setupForm) tries(d *desk) bool {
	system := f.page.System()
	return system != "" && d.profile(system).Can.Deals
}

// whyNotTry says why the connection can't be tested now.
func (f *setupForm) whyNotTry(d *desk) (none lang.Text) {
	switch own, _ := setup.SwitchOf(f.page.System()); {
	case !f.tries(d):
		return nothingToTry
	case f.trying():
		return tryBusy
	case own.On[f.turns()] != f.answers[f.turns()]: // nothing else is asked
		return tryOff
	}
	return none
}

// turns is the question that switches the payment system of the page on: the first
// one, on which all others depend.
func (f *setupForm) turns() setup.ID { return f.fields[0].question.ID }

func (f *setupForm) trying() bool { return f.trial != nil && !f.trial.over }

// try tests the connection with the answers as they are typed.
func (f *setupForm) try(d *desk) tea.Cmd {
	f.stopTrial()
	t := &trial{}
	t.ctx, t.cancel = context.WithCancel(context.Background())
	f.trial = t
	settings, system, answers := d.Settings, f.page.System(), f.edited(f.was)
	return func() tea.Msg {
		defer t.cancel()
		return triedMsg{t, settings.Try(t.ctx, system, answers)}
	}
}

// tried takes what came of it. What an answer is refused for stands below it.
func (f *setupForm) tried(d *desk, msg triedMsg) {
	if msg.trial != f.trial {
		return // it was given up
	}
	if msg.err != nil && f.refuse(d, msg.err) {
		f.trial = nil
		return
	}
	f.trial.over, f.trial.err = true, msg.err
}

// stopTrial gives a test up, or what came of it.
func (f *setupForm) stopTrial() {
	if f.trial != nil {
		f.trial.cancel()
		f.trial = nil
	}
}

// close gives up what nobody is going to see.
func (f *setupForm) close() { f.stopTrial() }

// trialLines say how the test stands.
func (f *setupForm) trialLines(d *desk, w int) []string {
	t, system := d.theme, f.page.System()
	switch {
	case f.trial == nil:
		return nil
	case !f.trial.over:
		return []string{t.Hint.Paint(look.Cut(d.fillSystem(trialRuns, system), w))}
	case f.trial.err != nil:
		return d.painted(t.Bad, t.Signs.Failed+" "+d.unfit(f.trial.err), w)
	}
	return d.painted(t.Good, t.Signs.Paid+" "+d.fillSystem(trialWent, system), w)
}

var (
	nothingToTry = lang.Text{UZ: "bu sahifada sinaydigan ulanish yo‘q", RU: "на этой странице нечего проверять", EN: "there is no connection to test on this page"}
	tryBusy      = lang.Text{UZ: "ulanish sinalmoqda: Esc to‘xtatadi", RU: "связь проверяется: Esc прервёт", EN: "the connection is being tested: Esc stops it"}
	tryOff       = lang.Text{UZ: "avval yoqing va to‘ldiring, keyin sinab ko‘ring", RU: "сначала включите и заполните, потом проверяйте", EN: "switch it on and fill it in first, then test it"}
	trialRuns    = lang.Text{UZ: "{system}ga ulanish sinalmoqda… Esc to‘xtatadi", RU: "проверяется связь с {system}… Esc прервёт", EN: "testing the connection to {system}… Esc stops it"}
	trialWent    = lang.Text{
		UZ: "{system} javob berdi va do‘konni tanidi; hech narsa saqlanmadi",
		RU: "{system} отвечает и узнаёт магазин; ничего не сохранено",
		EN: "{system} answers and knows the shop; nothing was saved",
	}
)
