package tui

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// palette finds every action by its name, in any of the three languages.
type palette struct {
	field  textinput.Model
	found  []keys.Binding
	cursor int
}

// mostFound is how many actions the palette shows at once.
const mostFound = 10

func newPalette(m *model) *palette {
	p := &palette{field: newField("", maxSearch)}
	p.field.Focus()
	p.find(m)
	return p
}

// find lists the actions whose name holds the words that were typed: those that
// work now first.
func (p *palette) find(m *model) {
	words := store.SplitWords(p.field.Value())
	p.found, p.cursor = nil, 0
	var others []keys.Binding
	for _, b := range keys.In(append(m.scopes(), keys.Scopes()...)...) {
		switch {
		case b.Silent && b.Action != keys.Back || !holds(b, words):
		case m.why(b.Action) == "":
			p.found = append(p.found, b)
		default:
			others = append(others, b)
		}
	}
	p.found = append(p.found, others...)
}

func holds(b keys.Binding, words store.Words) bool {
	for _, l := range lang.All {
		if words.Match(b.Name.In(l) + " " + b.Label.In(l)) {
			return true
		}
	}
	return false
}

func (p *palette) update(m *model, msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc", "ctrl+c", "ctrl+q", "ctrl+p":
			m.palette = nil
			return nil
		case "up", "shift+tab":
			p.cursor = max(0, p.cursor-1)
			return nil
		case "down", "tab":
			p.cursor = min(len(p.found)-1, p.cursor+1)
			return nil
		case "enter":
			m.palette = nil
			if len(p.found) == 0 {
				return nil
			}
			return m.act(p.found[max(0, p.cursor)].Action)
		}
	}
	before := p.field.Value()
	cmd := typed(&p.field, msg)
	if p.field.Value() != before {
		p.find(m)
	}
	return cmd
}

func (p *palette) view(m *model) []string {
	inner := max(10, min(dialogWidth, m.width-4)-4)
	body := []string{m.theme.Key.Paint(": ") + m.fieldView(&p.field, inner-2), ""}
	top := max(0, p.cursor-mostFound+1)
	for i, b := range p.found[top:min(len(p.found), top+mostFound)] {
		body = append(body, p.line(m, b, top+i == p.cursor, inner))
	}
	if len(p.found) == 0 {
		body = append(body, m.theme.Faint.Paint(m.say(noSuchAction)))
	}
	return look.Box(m.theme, m.say(paletteTitle), append(body, p.reason(m, inner)...), inner+4)
}

func (p *palette) line(m *model, b keys.Binding, selected bool, w int) string {
	text := look.Fit(m.say(b.Name), w-9) + look.FitRight(b.Shown(), 6)
	switch possible := m.why(b.Action) == ""; {
	case selected:
		return m.theme.Signs.Cursor + m.theme.Selected.Paint(" "+text+" ")
	case !possible:
		return "  " + m.theme.Faint.Paint(text)
	}
	return "  " + text
}

// reason says why the action under the cursor can't be done now, in two lines,
// so that the box does not grow and shrink.
func (p *palette) reason(m *model, w int) []string {
	lines := make([]string, 2)
	if p.cursor < len(p.found) {
		copy(lines, look.Wrap(m.why(p.found[p.cursor].Action), w))
	}
	for i, line := range lines {
		lines[i] = m.theme.Warn.Paint(look.Cut(line, w))
	}
	return lines
}

var (
	paletteTitle = lang.Text{UZ: "buyruqlar", RU: "команды", EN: "commands"}
	noSuchAction = lang.Text{UZ: "bunday amal yo‘q", RU: "такого действия нет", EN: "there is no such action"}
)
