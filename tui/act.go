package tui

import (
	"context"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
)

// own does the actions that belong to no screen.
func (m *model) own(a keys.Action) (cmd tea.Cmd, mine bool) {
	switch a {
	case keys.ToToday, keys.ToBills, keys.ToCalls, keys.ToSettings:
		return m.switchTo(slices.Index([]keys.Action{keys.ToToday, keys.ToBills, keys.ToCalls, keys.ToSettings}, a)), true
	case keys.NextTab:
		return m.switchTo((m.tab + 1) % len(m.tabs)), true
	case keys.New:
		return m.push(newForm(m.desk)), true
	case keys.Till:
		return m.showTill(), true
	case keys.Examine:
		return m.push(newDoctor()), true
	case keys.Help:
		m.help = newHelpTable()
	case keys.Palette:
		m.palette = newPalette(m)
	case keys.Search:
		m.finder = newFinder(m.front())
	case keys.Language:
		return m.nextLanguage(), true
	case keys.Bell:
		return m.mute(), true
	case keys.Colours:
		m.dark = !m.dark
		m.repaint()
		return m.tell(repaintMsg{}), true
	case keys.Redraw:
		return tea.ClearScreen, true
	case keys.Back:
		return m.back(), true
	case keys.Quit:
		return m.quit(), true
	default:
		return nil, false
	}
	return nil, true
}

// switchTo brings a tab to the front. What was opened in front of the one before
// is closed, unless something is being typed there.
func (m *model) switchTo(tab int) tea.Cmd {
	if cmd := m.leaveStack(); cmd != nil {
		return cmd
	}
	closeAll(m.stack)
	m.stack, m.tab = nil, tab
	return tea.Batch(m.front().show(m.desk), m.resize())
}

// leaveStack asks every screen that was opened in front of the tab, the last one
// first, whether it may be closed. Without a command all may.
func (m *model) leaveStack() tea.Cmd {
	for _, s := range slices.Backward(m.stack) {
		if l, ok := s.(leaver); ok {
			if cmd := l.leave(m.desk); cmd != nil {
				return cmd
			}
		}
	}
	return nil
}

// back leaves the screen in front, ends a search, and at last goes to Today.
func (m *model) back() tea.Cmd {
	front := m.front()
	if l, ok := front.(leaver); ok {
		if cmd := l.leave(m.desk); cmd != nil {
			return cmd
		}
	}
	if len(m.stack) > 0 {
		return m.takeAway(front)
	}
	if s, ok := front.(seeker); ok && s.sought() != "" {
		return s.search(m.desk, "")
	}
	if m.tab != 0 {
		return m.switchTo(0)
	}
	return nil
}

func (m *model) nextLanguage() tea.Cmd {
	m.Lang = languageAfter(m.Lang)
	return tea.Batch(m.tell(repaintMsg{}), m.toast(toastMsg{m.say(languageIs), plain}))
}

func (m *model) mute() tea.Cmd {
	m.muted = !m.muted
	if m.muted {
		return m.toast(toastMsg{m.say(bellOff), plain})
	}
	return m.toast(toastMsg{m.say(bellOn), plain})
}

var (
	languageIs = lang.Text{UZ: "til: o‘zbekcha", RU: "язык: русский", EN: "language: English"}
	bellOn     = lang.Text{UZ: "qo‘ng‘iroq yoqildi", RU: "звонок включён", EN: "the bell is on"}
	bellOff    = lang.Text{UZ: "qo‘ng‘iroq o‘chirildi", RU: "звонок выключен", EN: "the bell is off"}
)

// mostInFlight is how many payments are counted before closing.
const mostInFlight = 100

// inFlightMsg is how many payments are being made.
type inFlightMsg struct{ count int }

// quit closes the console. The one that holds the listener looks first whether
// payments are being made, for the bank would get no answer.
func (m *model) quit() tea.Cmd {
	// What somebody has typed, and a password that is shown once, are asked about
	// wherever they are; a list that is being read is not.
	if cmd := m.leaveStack(); cmd != nil {
		return cmd
	}
	if !m.Owner {
		return tea.Quit
	}
	m.closing = true
	ledger := m.Ledger
	return func() tea.Msg {
		live, err := ledger.Transactions(context.Background(), store.TransactionQuery{Status: store.Created, Limit: mostInFlight})
		if err != nil {
			live = nil // a store that can't be read has nothing in flight that could be saved
		}
		return inFlightMsg{len(live)}
	}
}

func (m *model) mayQuit(n int) tea.Cmd {
	switch {
	case !m.closing:
		return nil
	case n == 0:
		return tea.Quit
	}
	return m.ask(&dialog{
		title: m.say(quitTitle),
		body:  []string{m.fill(quitInFlight, "{count}", strconv.Itoa(n))}, warning: m.say(quitWarning), yes: m.say(quitYes),
		then: func(int, string) tea.Cmd { return tea.Quit },
	})
}

var (
	quitTitle    = lang.Text{UZ: "dasturni yopish", RU: "закрыть программу", EN: "close the console"}
	quitInFlight = lang.Text{UZ: "hozir to‘lanmoqda: {count}", RU: "сейчас оплачивается: {count}", EN: "being paid right now: {count}"}
	quitWarning  = lang.Text{
		UZ: "konsol yopilsa, bankka javob beradigan dastur ham to‘xtaydi: bu to‘lovlar tasdiqlanmaydi",
		RU: "вместе с консолью остановится программа, которая отвечает банку: эти платежи не подтвердятся",
		EN: "the program that answers the bank stops with this console: these payments will not be confirmed",
	}
	quitYes = lang.Text{UZ: "baribir yopish", RU: "всё равно закрыть", EN: "close all the same"}
)
