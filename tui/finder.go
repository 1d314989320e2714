package tui

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
)

// finder is the line in which a search is typed. The rows follow every letter.
type finder struct {
	field  textinput.Model
	target seeker
}

// maxSearch bounds a search, in runes.
const maxSearch = 100

func newFinder(s screen) *finder {
	target, ok := s.(seeker)
	if !ok {
		return nil
	}
	f := &finder{field: newField(target.sought(), maxSearch), target: target}
	f.field.Focus()
	return f
}

func (f *finder) update(m *model, msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			m.finder = nil
			return nil
		case "esc", "ctrl+c", "ctrl+q":
			m.finder = nil
			return f.target.search(m.desk, "")
		case "up", "down", "pgup", "pgdown":
			m.finder = nil
			return m.press(key.String())
		}
	}
	before := f.field.Value()
	cmd := typed(&f.field, msg)
	if now := f.field.Value(); now != before {
		return tea.Batch(cmd, f.target.search(m.desk, now))
	}
	return cmd
}

func (f *finder) view(m *model) string {
	ask := " " + m.say(searchFor) + " "
	return m.theme.Key.Paint(ask) + m.fieldView(&f.field, m.width-len([]rune(ask)))
}

var searchFor = lang.Text{UZ: "qidirish:", RU: "поиск:", EN: "search:"}
