package tui

import (
	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/tui/keys"
)

// screen is one of the console's screens. The model calls it from one
// goroutine; what takes time it does in the commands it returns.
type screen interface {
	// title names the screen for the line under the status bar.
	title(d *desk) string
	// scopes are the parts of the console whose bindings work here; those of
	// the first one come first in the footer.
	scopes(d *desk) []keys.Scope
	// show is called when the screen comes to the front, also when it does so again.
	show(d *desk) tea.Cmd
	// update takes every message that is no key: what was loaded, what happened
	// in the ledger. While the screen is typing it takes keys as well.
	update(d *desk, msg tea.Msg) tea.Cmd
	// act does what a binding of its scopes asks for.
	act(d *desk, a keys.Action) tea.Cmd
	// why says why an action can't be done now; empty when it can.
	why(d *desk, a keys.Action) lang.Text
	// view draws it in exactly w by h cells. It may be called at any time and
	// changes nothing but what is remembered of the size.
	view(d *desk, w, h int) string
}

// typist is a screen on which letters may belong to a field.
type typist interface {
	typing() bool
}

// labeller is a screen on which the footer calls an action something else for
// now; empty: what the table says.
type labeller interface {
	label(d *desk, a keys.Action) lang.Text
}

// seeker is a screen whose rows can be searched.
type seeker interface {
	search(d *desk, words string) tea.Cmd
	sought() string // what is being searched for
}

// leaver is a screen that has something to do or ask before Esc leaves it.
// Without a command it is left.
type leaver interface {
	leave(d *desk) tea.Cmd
}

// witness is a screen that wants to know that somebody is there: a key was
// pressed while it was in front.
type witness interface {
	witnessed()
}

// sized is a screen that reads more when it gets more room.
type sized interface {
	resized(d *desk, w, h int) tea.Cmd
}

// keeper is a screen that holds what somebody has typed. Keep returns it in a
// form that resume of a later console understands; nil when there is nothing.
type keeper interface {
	keep() []byte
}
