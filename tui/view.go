package tui

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// The least window in which anything can be shown, in cells.
const (
	leastWidth  = 20
	leastHeight = 6
)

func (m *model) View() tea.View {
	view := tea.NewView(m.drawn())
	view.AltScreen = true
	view.WindowTitle = "Tushum · " + look.Foreign(m.Shop.Name)
	return view
}

// draw makes the frame: status bar, tabs, what is wrong, the screen, the keys.
func (m *model) draw() string {
	if m.width < leastWidth || m.height < leastHeight {
		return look.Cut(m.say(windowTooSmall), m.width)
	}
	w, h := m.room()
	lines := append(m.head(), strings.Split(m.front().view(m.desk, w, h), "\n")...)
	lines = append(lines, m.foot())
	frame := m.lay(look.Block(lines, m.width, m.height))
	switch {
	case m.theme.ASCII:
		return look.ASCII(frame)
	case m.PlainApostrophe:
		return lang.ASCIIApostrophe(frame)
	}
	return frame
}

// room is what the screen in front has, in cells.
func (m *model) room() (w, h int) {
	return m.width, max(1, m.height-len(m.head())-1)
}

// lay lays what is over the screen on it: notices, the palette, the help, a question.
func (m *model) lay(frame string) string {
	if toasts := m.toastLines(m.width); len(toasts) > 0 {
		widest := 0
		for _, line := range toasts {
			widest = max(widest, look.Width(line))
		}
		y := max(0, m.height-1-len(toasts))
		if _, code := m.front().(*codeScreen); code {
			y = len(m.head()) - 1 // beside the tabs: the code must stay readable
		}
		frame = look.Over(frame, toasts, max(0, m.width-widest-1), y)
	}
	switch {
	case m.help != nil:
		frame = m.middle(frame, m.help.view(m))
	case m.palette != nil:
		frame = m.middle(frame, m.palette.view(m))
	}
	if m.dialog != nil {
		frame = m.middle(frame, m.dialog.view(m.desk, m.width))
	}
	return frame
}

func (m *model) middle(frame string, box []string) string {
	return inTheMiddle(frame, box, m.width, m.height)
}

// inTheMiddle lays a box over a frame of w by h cells.
func inTheMiddle(frame string, box []string, w, h int) string {
	widest := 0
	for _, line := range box {
		widest = max(widest, look.Width(line))
	}
	return look.Over(frame, box, max(0, (w-widest)/2), max(0, (h-len(box))/2))
}

// head is the status bar, the line of tabs, and what is wrong.
func (m *model) head() []string {
	return append([]string{m.status(), m.tabLine()}, m.alarm()...)
}

// part is a piece of the status bar; the higher keep, the later it gives way to
// a narrow window.
type part struct {
	text  string
	style look.Style
	keep  int
}

func (m *model) status() string {
	left := []part{
		{look.Cut(look.Foreign(m.Shop.Name), 24), m.theme.Title, 9},
		m.mode(),
		{strings.TrimPrefix(m.Shop.Address, "http://"), m.theme.Faint, 1},
		m.store(),
	}
	right := []part{
		{m.Seat, m.theme.Faint, 2},
		{m.clock(m.now()), m.theme.Strong, 8},
	}
	for least := 0; ; least++ {
		l, r := m.join(left, least), m.join(right, least)
		if gap := m.width - look.Width(l) - look.Width(r) - 2; gap >= 1 || least > 9 {
			return look.Fit(" "+l+strings.Repeat(" ", max(1, gap))+r, m.width)
		}
	}
}

func (m *model) join(parts []part, least int) string {
	var words []string
	for _, p := range parts {
		if p.keep >= least && p.text != "" {
			words = append(words, p.style.Paint(p.text))
		}
	}
	return strings.Join(words, m.theme.Faint.Paint(" "+m.theme.Signs.Dot+" "))
}

func (m *model) store() part {
	if m.ready != nil {
		return part{m.theme.Signs.Failed + " " + m.say(storeStopped), m.theme.Bad, 6}
	}
	return part{m.say(storeFine), m.theme.Faint, 4}
}

var (
	storeFine      = lang.Text{UZ: "baza joyida", RU: "база в порядке", EN: "store is fine"}
	storeStopped   = lang.Text{UZ: "bazaga yozilmayapti", RU: "база не пишется", EN: "store can't write"}
	windowTooSmall = lang.Text{UZ: "oyna juda kichik", RU: "окно слишком мало", EN: "the window is too small"}
)

// tabLine shows the tabs, or where one is in front of them.
func (m *model) tabLine() string {
	line := m.tabNames(len(m.tabs))
	for named := len(m.tabs) - 1; named >= 0 && look.Width(line) > m.width; named-- {
		line = m.tabNames(named)
	}
	if n := len(m.stack); n > 0 {
		trail := m.front().title(m.desk)
		if room := m.width - look.Width(line) - 4; room < look.Width(trail) {
			line = " " + m.theme.Faint.Paint(m.tabs[m.tab].title(m.desk))
		}
		line += m.theme.Faint.Paint(" > ") + m.theme.Title.Paint(trail)
	}
	return look.Fit(line, m.width)
}

// tabNames are the keys of the tabs, the first ones and that of the one in front
// with their names.
func (m *model) tabNames(named int) string {
	var names []string
	for i, s := range m.tabs {
		style, name := m.theme.Faint, string(rune('1'+i))
		if i == m.tab {
			style = m.theme.Selected
		}
		if i == m.tab || i < named {
			name += " " + s.title(m.desk)
		}
		names = append(names, style.Paint(" "+name+" "))
	}
	return " " + strings.Join(names, " ")
}

// foot is the search while one types it, else the keys that work now.
func (m *model) foot() string {
	if m.finder != nil {
		return look.Fit(m.finder.view(m), m.width)
	}
	help := m.hint(keys.Help)
	room := m.width - look.Width(help) - 3
	var line strings.Builder
	used := 0
	for _, b := range m.byUse() {
		label := m.label(b)
		if label == "" || b.Action == keys.Help || m.why(b.Action) != "" || b.Action == keys.Back && !m.canGoBack() || m.typing() && (b.Action == keys.New || b.Action == keys.Till) {
			continue
		}
		key := m.shownKey(b)
		hint := m.theme.Key.Paint(key) + " " + m.theme.Faint.Paint(label)
		width := look.Width(hint)
		if key == "" || used+width > room {
			continue
		}
		line.WriteString(hint + footGap)
		used += width + len(footGap)
	}
	return look.Fit(" "+line.String()+strings.Repeat(" ", max(0, room-used+1))+help, m.width)
}

// footGap is between two keys of the footer.
const footGap = "  "

// mostUsed come first in the footer, for a narrow window has room for few.
var mostUsed = []keys.Action{
	keys.Submit, keys.More, keys.Open, keys.AskAnew, keys.Settle, keys.ShowCode, keys.Cancel, keys.Refund, keys.CopyLink, keys.CopyMessage,
	keys.SaveAnswers, keys.TryAnswers, keys.SaveSheet, keys.CopySheet, keys.Again, keys.CopyReport, keys.Back, keys.NextAnswer, keys.New, keys.Search, keys.Refused,
}

// byUse are the bindings that work here, those that are most used first.
func (m *model) byUse() []keys.Binding {
	all := keys.In(m.scopes()...)
	rank := func(b keys.Binding) int {
		if _, holds := m.front().(leaver); b.Action == keys.Back && (!holds || len(m.stack) == 0) {
			return len(mostUsed) // leaving is no question there
		}
		if i := slices.Index(mostUsed, b.Action); i >= 0 {
			return i
		}
		return len(mostUsed)
	}
	slices.SortStableFunc(all, func(a, b keys.Binding) int { return cmp.Compare(rank(a), rank(b)) })
	return all
}

func (m *model) hint(a keys.Action) string {
	b, _ := keys.Of(a)
	return m.theme.Key.Paint(m.shownKey(b)) + " " + m.theme.Faint.Paint(m.say(b.Label))
}

// label is what the footer calls a binding; a screen may have another word for now.
func (m *model) label(b keys.Binding) string {
	if s, ok := m.front().(labeller); ok {
		if text := m.say(s.label(m.desk, b.Action)); text != "" {
			return text
		}
	}
	return m.say(b.Label)
}

// shownKey is the binding's first key that works now; empty where none does.
func (m *model) shownKey(b keys.Binding) string {
	for _, key := range b.Keys {
		if m.works(b, key) {
			return keys.Show(key)
		}
	}
	return ""
}

// works tells whether a key of a binding does on the screen in front what the
// binding says. While one types, letters belong to the field, and so do the keys
// that move in it, but for what the screen itself says they do.
func (m *model) works(b keys.Binding, key string) bool {
	scopes := m.scopes()
	switch does, _ := keys.Find(key, scopes...); {
	case does.Action != b.Action:
		return false
	case !m.typing():
		return true
	}
	return utf8.RuneCountInString(key) > 1 && (!movesInField(key) || b.Works(scopes[0]))
}

// typing tells whether letters belong to a field of the screen in front.
func (m *model) typing() bool {
	t, ok := m.front().(typist)
	return ok && t.typing()
}

func (m *model) canGoBack() bool { return len(m.stack) > 0 || m.tab != 0 }
