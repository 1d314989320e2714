package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/store"
	"tushum/tui/keys"
)

// settingsScreen shows what should be looked at, which payment system each kind
// of payment goes to, and what else can be set.
type settingsScreen struct {
	scroller
	cfg     config.Config
	known   bool  // cfg was read
	cursor  place // the one that keys act on, where it is there
	columns int   // in which the cards stand, as last drawn
	spans   map[place]span
	saving  bool
}

// place is one thing that keys act on: a warning, a card or a row.
type place struct {
	warning store.WarningCode
	nth     int // of the warnings with that code, from 0
	kind    store.Kind
	row     settingsRow
	system  store.System // whose row it is, of rowDeals
}

// span are the lines of a place, from one to before another.
type span struct{ from, to int }

type (
	// settingsReadMsg are the settings as they are in force.
	settingsReadMsg struct{ cfg config.Config }
	// sheetReadMsg is what the bank is told.
	sheetReadMsg struct {
		screen *settingsScreen
		sheet  setup.Sheet
		err    error
	}
)

func newSettings() *settingsScreen {
	return &settingsScreen{cursor: place{kind: store.Visit}, columns: 1}
}

func (s *settingsScreen) title(d *desk) string { return d.say(settingsTitle) }

func (s *settingsScreen) scopes(*desk) []keys.Scope { return []keys.Scope{keys.Settings, keys.Lists} }

func (s *settingsScreen) show(d *desk) tea.Cmd {
	from := d.Settings
	return func() tea.Msg { return settingsReadMsg{from.Config()} }
}

func (s *settingsScreen) update(d *desk, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case settingsReadMsg:
		s.cfg, s.known = msg.cfg, true
	case liveMsg:
		return s.show(d)
	case routedMsg:
		if msg.screen == s {
			return s.routed(d, msg)
		}
	case pausedMsg:
		if msg.screen == s {
			return s.paused(d, msg)
		}
	case sheetReadMsg:
		switch {
		case msg.screen != s:
			return nil
		case msg.err != nil:
			return toast(bad, d.unfit(msg.err))
		}
		return d.push(newSheet(d, msg.sheet))
	}
	return nil
}

func (s *settingsScreen) act(d *desk, a keys.Action) tea.Cmd {
	at := s.at(d)
	switch a {
	case keys.Open:
		return s.open(d, at)
	case keys.HowItWorks:
		system := s.system(at.kind)
		return d.push(newText(kindTitles[at.kind], func(d *desk, w int) []string { return d.lesson(at.kind, system, w) }))
	case keys.Route:
		return s.askRoute(d, at.kind)
	case keys.Pause:
		return s.askPause(d, s.system(at.kind))
	}
	s.move(d, a)
	return nil
}

func (s *settingsScreen) why(d *desk, a keys.Action) (none lang.Text) {
	switch at := s.at(d); a {
	case keys.Open:
		switch {
		case at.kind != "" || at.page() != "":
			return s.whyFixed(d)
		case at.row == rowDeals:
			return noQuestions
		}
	case keys.HowItWorks, keys.Route, keys.Pause:
		switch {
		case at.kind == "":
			return selectCardFirst
		case a != keys.HowItWorks && s.whyFixed(d) != none:
			return s.whyFixed(d)
		case a != keys.HowItWorks && s.saving:
			return settingsBusy
		case a == keys.Pause:
			return s.whyNoPause(d, at.kind)
		}
	}
	return none
}

// whyFixed says why nothing can be changed: the shop is played, and has no file.
func (s *settingsScreen) whyFixed(d *desk) (none lang.Text) {
	if d.Shop.Demo && s.cfg.Path == "" {
		return settingsPlayed
	}
	return none
}

// label is what pausing is called while the payment system is paused.
func (s *settingsScreen) label(d *desk, a keys.Action) (none lang.Text) {
	if a == keys.Pause && d.connection(s.system(s.at(d).kind)).State == store.Paused {
		return pauseResume
	}
	return none
}

// open goes where a place leads: to what connects or sets up a payment system,
// to questions, to the sheet, or to what finds out what is wrong.
func (s *settingsScreen) open(d *desk, at place) tea.Cmd {
	system := s.system(at.kind)
	page := setup.PageOf(system)
	switch {
	case page != "" && d.connection(system).State == store.Paused:
		own, _ := setup.SwitchOf(system)
		return d.push(newSetupForm(d, own.Page))
	case page != "":
		return d.push(newSetupForm(d, page))
	case at.kind != "":
		return d.push(newSetupForm(d, setup.PageRouting))
	case at.warning != "", at.row == rowDoctor:
		return d.push(newDoctor())
	case at.row == rowSheet:
		return s.readSheet(d)
	}
	return d.push(newSetupForm(d, at.page()))
}

func (s *settingsScreen) readSheet(d *desk) tea.Cmd {
	from := d.Settings
	return func() tea.Msg {
		sheet, err := from.Sheet(context.Background())
		return sheetReadMsg{s, sheet, err}
	}
}

// system is the one that a kind of payment goes to.
func (s *settingsScreen) system(k store.Kind) store.System {
	return store.System(s.cfg.Routing[config.Kind(k)])
}

var (
	settingsTitle   = lang.Text{UZ: "Sozlamalar", RU: "Настройки", EN: "Settings"}
	selectCardFirst = lang.Text{UZ: "avval to‘lov turini tanlang", RU: "сначала выберите вид оплаты", EN: "select a kind of payment first"}
	settingsPlayed  = lang.Text{
		UZ: "namoyish do‘konining sozlamalari o‘zgarmaydi; o‘z do‘koningiz uchun: tushum setup",
		RU: "настройки показного магазина не меняются; для своего: tushum setup",
		EN: "the settings of a shop that is played can't be changed; for your own: tushum setup",
	}
	noQuestions  = lang.Text{UZ: "bu tizim sozlamalar faylida sozlanadi", RU: "эта система настраивается в файле настроек", EN: "this system is set up in the settings file"}
	settingsBusy = lang.Text{UZ: "sozlama saqlanmoqda, bir lahza kuting", RU: "настройка сохраняется, подождите секунду", EN: "the settings are being saved, wait a moment"}
)
