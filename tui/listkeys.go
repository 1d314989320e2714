package tui

import (
	tea "charm.land/bubbletea/v2"

	"tushum/tui/keys"
	"tushum/tui/list"
)

// moveIn moves about a list by the keys that every list has, and tells whether the
// action was one of them.
func moveIn[T any](l *list.List[T], a keys.Action) (cmd tea.Cmd, moved bool) {
	switch a {
	case keys.Up:
		return l.Move(-1), true
	case keys.Down:
		return l.Move(1), true
	case keys.PageUp:
		return l.Page(-1), true
	case keys.PageDown:
		return l.Page(1), true
	case keys.Oldest:
		return l.Last(), true
	}
	return nil, false
}
