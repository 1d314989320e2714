package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"tushum/tui/look"
)

// huhStyles are the console's looks, by meaning, for the fields of huh. The sign
// of the field that is answered stands before it, so fields have no border.
func huhStyles(t look.Theme) *huh.Styles {
	var s huh.Styles
	s.Focused = huh.FieldStyles{
		Title:          inked(t.Strong),
		SelectedOption: lipgloss.NewStyle().Transform(func(text string) string { return t.Selected.Paint(" " + text + " ") }),
		PrevIndicator:  inked(t.Key).SetString("← "),
		NextIndicator:  inked(t.Key).SetString(" →"),

		MultiSelectSelector: inked(t.Accent).SetString(t.Signs.Cursor + " "),
		SelectedPrefix:      inked(t.Good).SetString("[x] "),
		UnselectedPrefix:    inked(t.Faint).SetString("[ ] "),
		UnselectedOption:    inked(t.Text),

		TextInput: huh.TextInputStyles{Text: inked(t.Input), Placeholder: inked(t.Hint)},
	}
	s.Blurred = s.Focused
	s.Blurred.Title = inked(t.Faint)
	s.Blurred.SelectedOption = inked(t.Text)
	s.Blurred.PrevIndicator = lipgloss.NewStyle().SetString("   ")
	s.Blurred.NextIndicator = lipgloss.NewStyle()
	s.Blurred.MultiSelectSelector = lipgloss.NewStyle().SetString("  ")
	return &s
}

// severalStyles mark each answer of several by its box alone.
func severalStyles(s *huh.Styles, t look.Theme) *huh.Styles {
	several := *s
	several.Focused.SelectedOption, several.Blurred.SelectedOption = inked(t.Text), inked(t.Text)
	return &several
}

// inked is a style of ours as huh takes it.
func inked(s look.Style) lipgloss.Style {
	return lipgloss.NewStyle().Transform(func(text string) string {
		return strings.Join(paintAll(s, strings.Split(text, "\n")), "\n")
	})
}

// huhKeys are the keys within a field. Those between fields are bindings of the
// console, so that a key that comes right behind them is for the next field
// already; and letters are nobody's but the field's.
func huhKeys() *huh.KeyMap {
	bound := func(names ...string) key.Binding { return key.NewBinding(key.WithKeys(names...)) }
	return &huh.KeyMap{
		Select:      huh.SelectKeyMap{Left: bound("left"), Right: bound("right", "space")},
		MultiSelect: huh.MultiSelectKeyMap{Up: bound("up"), Down: bound("down"), Toggle: bound("space")},
	}
}
