package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/tui/look"
)

// notice is something that is said for a moment, over the screen. It takes no keys.
type notice struct {
	id   int
	text string
	mood mood
}

type toastOverMsg struct{ id int }

// How long a notice stays, and how many are shown at once.
const (
	toastFor   = 4 * time.Second
	mostToasts = 3
)

func (m *model) toast(msg toastMsg) tea.Cmd {
	m.lastToast++
	id := m.lastToast
	m.toasts = append(m.toasts, notice{id, msg.text, msg.mood})
	m.toasts = m.toasts[max(0, len(m.toasts)-mostToasts):]
	return m.after(toastFor, toastOverMsg{id})
}

// toastLines are the notices, the newest at the bottom.
func (m *model) toastLines(w int) []string {
	var lines []string
	for _, n := range m.toasts {
		for _, line := range look.Wrap(n.text, min(w-4, dialogWidth)) {
			lines = append(lines, m.moodStyle(n.mood).Paint(" "+look.Fit(line, min(w-4, max(look.Width(line), 20)))+" "))
		}
	}
	return lines
}

func (d *desk) moodStyle(m mood) look.Style {
	switch m {
	case glad:
		return d.theme.Good
	case uneasy:
		return d.theme.Warn
	case bad:
		return d.theme.Bad
	}
	return d.theme.Accent
}
