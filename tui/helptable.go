package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// helpTable is the whole key table; what works on the screen in front comes first.
type helpTable struct{ offset int }

func newHelpTable() *helpTable { return &helpTable{} }

func (t *helpTable) key(m *model, key tea.KeyPressMsg) tea.Cmd {
	page := max(1, m.height-6)
	b, _ := keys.Find(key.String(), keys.Text)
	switch b.Action {
	case keys.Up:
		t.offset--
	case keys.Down:
		t.offset++
	case keys.PageUp:
		t.offset -= page
	case keys.PageDown:
		t.offset += page
	case keys.Newest:
		t.offset = 0
	case keys.Oldest:
		t.offset = len(t.lines(m, m.width))
	default:
		m.help = nil
	}
	return nil
}

func (t *helpTable) view(m *model) []string {
	inner := max(10, min(76, m.width-2)-4)
	lines := t.lines(m, inner)
	height := max(1, m.height-4)
	t.offset = max(0, min(t.offset, len(lines)-height))
	shown := lines[t.offset:min(len(lines), t.offset+height)]
	return look.Box(m.theme, m.say(helpTitle), shown, inner+4)
}

func (t *helpTable) lines(m *model, w int) []string {
	var lines []string
	here := m.scopes()
	seen := make(map[keys.Scope]bool)
	for _, scope := range append(here, keys.Scopes()...) {
		if seen[scope] {
			continue
		}
		seen[scope] = true
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, m.theme.Title.Paint(m.say(keys.Titles[scope])))
		for _, b := range keys.In(scope) {
			lines = append(lines, t.line(m, b, slices.Contains(here, scope), w)...)
		}
	}
	return lines
}

// line is a binding with its keys. Here, on the screen in front, those are left
// out that do something else now.
func (t *helpTable) line(m *model, b keys.Binding, here bool, w int) []string {
	const column = 20
	var shown []string
	for _, k := range b.Keys {
		if !here || m.works(b, k) {
			shown = append(shown, keys.Show(k))
		}
	}
	if len(shown) == 0 {
		return nil
	}
	key := m.theme.Key.Paint(look.Fit(strings.Join(shown, " "), column))
	var lines []string
	for i, line := range look.Wrap(m.say(b.Name), max(8, w-column)) {
		if i > 0 {
			key = strings.Repeat(" ", column)
		}
		lines = append(lines, key+line)
	}
	return lines
}

var helpTitle = lang.Text{UZ: "klavishlar", RU: "клавиши", EN: "keys"}
