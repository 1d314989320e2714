package tui

import (
	"fmt"
	"log/slog"
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"tushum/internal/lang"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// model is the console: the screens that are always there, those that were
// opened in front of them, and what lies over all.
type model struct {
	*desk
	tabs     []screen
	tab      int
	settings *settingsScreen // the last of the tabs, where there are settings
	stack    []screen        // in front of the tab; the last one is seen

	dialog  *dialog
	waiting []*dialog // questions that come after it
	palette *palette
	help    *helpTable
	finder  *finder
	toasts  []notice

	width, height int
	colourless    bool   // the terminal has no colours
	told          uint64 // the newest event that was told to the screens
	toldCall      uint64 // the newest call
	lastToast     int
	stood         bool   // it is known where the ledger stood when the console opened
	reading       bool   // events are being read
	again         bool   // more came meanwhile
	closing       bool   // it was asked whether it may close
	kept          []byte // what Keep was last given
	undrawn       string // the defect for which a frame could not be drawn
}

func newModel(o Options) *model {
	if o.Lang == "" {
		o.Lang = lang.UZ
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	m := &model{desk: &desk{Options: o, dark: o.Palette != Light, closed: make(chan struct{})}, width: o.Screen.Width, height: o.Screen.Height}
	m.repaint()
	m.tabs = []screen{newToday(), newInvoices(), newCalls()}
	if o.Settings != nil {
		m.settings = newSettings()
		m.tabs = append(m.tabs, m.settings)
	}
	return m
}

func (m *model) repaint() {
	m.theme = look.NewTheme(look.Options{Light: !m.dark, NoColor: m.colourless || noColor(m.Screen.Environ), ASCII: m.ASCII})
}

// front is the screen that is seen.
func (m *model) front() screen {
	if n := len(m.stack); n > 0 {
		return m.stack[n-1]
	}
	return m.tabs[m.tab]
}

// everyone is every screen there is.
func (m *model) everyone() []screen { return slices.Concat(m.tabs, m.stack) }

// tell gives a message to every screen.
func (m *model) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range m.everyone() {
		cmds = append(cmds, s.update(m.desk, msg))
	}
	return tea.Batch(cmds...)
}

func (m *model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.resume(), m.stand(), m.nextMinute(), m.resize()}
	if m.Options.Palette == Auto {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(cmds...)
}

func (m *model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer func() {
		if p := recover(); p != nil {
			m.logDefect(fmt.Sprintf("%T", msg), p)
			next, cmd = m, m.survive()
		}
	}()
	cmds := []tea.Cmd{m.guarded(m.take(msg))}
	for len(m.wanted) > 0 {
		next := m.wanted[0]
		m.wanted = m.wanted[1:]
		cmds = append(cmds, m.guarded(m.take(next)))
	}
	m.remember()
	return m, tea.Batch(cmds...)
}

// take takes a message: what the terminal says, what screens want, and all else.
func (m *model) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.PasteMsg:
		return m.paste(msg)
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		return m.resize()
	case tea.BackgroundColorMsg:
		m.dark = msg.IsDark()
		m.repaint()
		return m.tell(repaintMsg{})
	case tea.ColorProfileMsg:
		m.colourless = msg.Profile <= colorprofile.ASCII
		m.repaint()
		return m.tell(repaintMsg{})
	}
	return m.takeWish(msg)
}

func (m *model) takeWish(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pushMsg:
		m.stack = append(m.stack, msg.screen)
		return tea.Batch(msg.screen.show(m.desk), m.resize())
	case popMsg:
		return m.takeAway(msg.screen)
	case replaceMsg:
		return m.replace(msg.old, msg.by)
	case toastMsg:
		return m.toast(msg)
	case toastOverMsg:
		m.toasts = slices.DeleteFunc(m.toasts, func(n notice) bool { return n.id == msg.id })
		return nil
	case askMsg:
		return m.askNext(msg.dialog)
	case dialogAwakeMsg:
		msg.dialog.awake = true
		return nil
	case copyMsg:
		return tea.Batch(tea.SetClipboard(msg.text), m.toast(toastMsg{msg.notice, glad}))
	case defectMsg:
		return m.survive()
	}
	return m.takeNews(msg)
}

// askNext asks, after what is being asked: an answer to something else may have
// come late, and there is one question at a time.
func (m *model) askNext(q *dialog) tea.Cmd {
	if m.dialog != nil {
		m.waiting = append(m.waiting, q)
		return nil
	}
	m.dialog = q
	return q.open(m.desk)
}

// takeAway takes a screen away, also one that another was opened in front of.
func (m *model) takeAway(s screen) tea.Cmd {
	at := slices.Index(m.stack, s)
	if at < 0 {
		return nil
	}
	front := m.front()
	m.stack = slices.Delete(m.stack, at, at+1)
	closeAll([]screen{s})
	if s != front {
		return nil
	}
	return tea.Batch(m.front().show(m.desk), m.resize())
}

// replace puts a screen where another one was, below what was opened since, for
// keys belong to that; where it was left already, in front.
func (m *model) replace(old, by screen) tea.Cmd {
	if at := slices.Index(m.stack, old); at >= 0 {
		m.stack[at] = by
	} else {
		m.stack = append(m.stack, by)
	}
	return tea.Batch(by.show(m.desk), m.resize())
}

// paste goes to whatever is being typed into.
func (m *model) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case m.dialog != nil:
		return m.dialog.paste(msg)
	case m.palette != nil:
		return m.palette.update(m, msg)
	case m.finder != nil:
		return m.finder.update(m, msg)
	}
	if m.typing() {
		return m.front().update(m.desk, msg)
	}
	return nil
}

// key goes to what lies on top: a question, the help, the palette, the search,
// a field, a binding.
func (m *model) key(key tea.KeyPressMsg) tea.Cmd {
	if w, ok := m.front().(witness); ok {
		w.witnessed()
	}
	switch {
	case m.dialog != nil:
		return m.answer(key)
	case m.help != nil:
		return m.help.key(m, key)
	case m.palette != nil:
		return m.palette.update(m, key)
	case m.finder != nil:
		return m.finder.update(m, key)
	}
	if m.typing() && belongsToField(key) {
		return m.front().update(m.desk, key)
	}
	return m.press(key.String())
}

func (m *model) answer(key tea.KeyPressMsg) tea.Cmd {
	asked := m.dialog
	done, cmd := asked.key(key)
	if !done {
		return cmd
	}
	m.dialog, m.closing = nil, false
	if len(m.waiting) > 0 {
		next := m.waiting[0]
		m.waiting = m.waiting[1:]
		return tea.Batch(cmd, m.ask(next))
	}
	return cmd
}

func (m *model) press(name string) tea.Cmd {
	b, ok := keys.Find(name, m.scopes()...)
	if !ok {
		return nil
	}
	return m.act(b.Action)
}

// scopes are those of the screen in front, and those that are always there.
func (m *model) scopes() []keys.Scope {
	return append(slices.Clone(m.front().scopes(m.desk)), keys.Anywhere)
}

// act does an action, or says why it can't be done now.
func (m *model) act(a keys.Action) tea.Cmd {
	if why := m.why(a); why != "" {
		return m.toast(toastMsg{why, uneasy})
	}
	if cmd, mine := m.own(a); mine {
		return cmd
	}
	return m.front().act(m.desk, a)
}

// why says why an action can't be done now; empty when it can.
func (m *model) why(a keys.Action) string {
	b, _ := keys.Of(a)
	switch {
	case a == keys.ToSettings, a == keys.Examine:
		return m.whyNoSettings(a)
	case a == keys.Search:
		if _, ok := m.front().(seeker); !ok {
			return m.say(notHere)
		}
		return ""
	case b.Works(keys.Anywhere):
		return m.whyNotNew(a)
	case !b.Works(m.front().scopes(m.desk)...):
		return m.say(notHere)
	}
	return m.say(m.front().why(m.desk, a))
}

// whyNoSettings says why the settings can be neither seen nor examined.
func (m *model) whyNoSettings(a keys.Action) string {
	switch {
	case m.Settings == nil:
		return m.say(noSettings)
	case a == keys.Examine && slices.ContainsFunc(m.stack, func(s screen) bool { _, open := s.(*doctorScreen); return open }):
		return m.say(examinedAlready)
	}
	return ""
}

var (
	noSettings      = lang.Text{UZ: "bu yerdan sozlamalarni ko‘rib bo‘lmaydi", RU: "отсюда настройки не видны", EN: "the settings can't be seen from here"}
	examinedAlready = lang.Text{UZ: "tekshiruv ekrani allaqachon ochiq", RU: "экран проверки уже открыт", EN: "the check is open already"}
)

// whyNotNew says why no invoice can be made now: the store can't keep one, one is
// being typed, or settings are being saved.
func (m *model) whyNotNew(a keys.Action) string {
	switch {
	case a == keys.Till:
		return m.whyNotTill()
	case a != keys.New:
		return ""
	case m.ready != nil:
		return m.trouble(m.ready)
	case slices.ContainsFunc(m.stack, func(s screen) bool { _, typing := s.(keeper); return typing }):
		return m.say(typedAlready)
	case slices.ContainsFunc(m.stack, func(s screen) bool { f, asks := s.(*setupForm); return asks && f.saving }):
		return m.say(answersBusy) // what comes of it may be a password that is shown once
	}
	return ""
}

// whyNotTill says why the code at the till can't be brought to the front: it is
// there, or what is being typed comes first.
func (m *model) whyNotTill() string {
	if c, code := m.front().(*codeScreen); code && c.till && c.inv.Number != 0 {
		return m.say(tillShown)
	}
	if slices.ContainsFunc(m.stack, func(s screen) bool { _, typing := s.(keeper); return typing }) {
		return m.say(typedAlready)
	}
	return ""
}

var typedAlready = lang.Text{UZ: "yangi hisob allaqachon ochiq", RU: "новый счёт уже открыт", EN: "a new invoice is open already"}

var notHere = lang.Text{UZ: "bu ekranda bunday amal yo‘q", RU: "на этом экране такого действия нет", EN: "this screen has no such action"}

func (m *model) resize() tea.Cmd {
	var cmds []tea.Cmd
	w, h := m.room()
	for _, s := range m.everyone() {
		if s, ok := s.(sized); ok {
			cmds = append(cmds, s.resized(m.desk, w, h))
		}
	}
	return tea.Batch(cmds...)
}
