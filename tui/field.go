package tui

import (
	"strings"
	"unicode"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// newField makes a field for one line of text. Its cursor does not blink: an
// idle console draws nothing.
func newField(value string, most int) textinput.Model {
	f := textinput.New()
	f.Prompt = ""
	f.CharLimit = most
	styles := textinput.Styles{}
	styles.Cursor.Blink = false
	f.SetStyles(styles)
	f.SetValue(value)
	f.CursorEnd()
	return f
}

// typed gives a field a key or a paste. Line breaks become spaces, and
// characters that don't show are left out.
func typed(f *textinput.Model, msg tea.Msg) tea.Cmd {
	if paste, ok := msg.(tea.PasteMsg); ok {
		msg = tea.PasteMsg{Content: visible(paste.Content)}
	}
	var cmd tea.Cmd
	*f, cmd = f.Update(msg)
	return cmd
}

func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// fieldView draws a field in w cells.
func (d *desk) fieldView(f *textinput.Model, w int) string {
	f.SetWidth(max(1, w-1))   // the cursor stands behind the last letter
	f.SetCursor(f.Position()) // so that it is seen in another width, too
	return f.View()
}

// belongsToField tells the keys that a field takes: letters, and those that move
// in the line.
func belongsToField(key tea.KeyPressMsg) bool { return key.Text != "" || movesInField(key.String()) }

func movesInField(key string) bool {
	switch key {
	case "backspace", "delete", "left", "right", "home", "end", "space",
		"alt+backspace", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+a", "ctrl+e", "ctrl+left", "ctrl+right", "alt+left", "alt+right":
		return true
	}
	return false
}
