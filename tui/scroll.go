package tui

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/tui/keys"
	"tushum/tui/look"
)

// scroller shows lines of which there may be more than room.
type scroller struct {
	offset     int
	high, room int // lines there are, and lines that are shown, as last drawn
}

// scroll does what the keys of a long text do.
func (s *scroller) scroll(a keys.Action) {
	page := max(1, s.room-1)
	switch a {
	case keys.Up:
		s.offset--
	case keys.Down:
		s.offset++
	case keys.PageUp:
		s.offset -= page
	case keys.PageDown:
		s.offset += page
	case keys.Newest:
		s.offset = 0
	case keys.Oldest:
		s.offset = s.high
	}
	s.offset = max(0, min(s.offset, s.high-s.room))
}

// view shows what there is room for; where that is not all, the last line says
// how much there is above and below.
func (s *scroller) view(d *desk, lines []string, w, h int) string {
	s.high, s.room = len(lines), max(1, h)
	if s.high <= h || h < 2 {
		s.offset = max(0, min(s.offset, s.high-s.room))
		return look.Block(lines[s.offset:], w, h)
	}
	s.room = h - 1
	s.offset = max(0, min(s.offset, s.high-s.room))
	end := s.offset + s.room
	return look.Block(append(slices.Clone(lines[s.offset:end]), d.beyond(s.offset, s.high-end)), w, h)
}

// beyond says how many lines are not seen.
func (d *desk) beyond(above, below int) string {
	line := " "
	if above > 0 {
		line += d.theme.Signs.Up + " " + strconv.Itoa(above) + "  "
	}
	if below > 0 {
		line += d.theme.Signs.Down + " " + strconv.Itoa(below)
	}
	return d.theme.Faint.Paint(line)
}

// textScreen is a long text. Its lines are made once for a width.
type textScreen struct {
	scroller
	name  lang.Text
	lines func(d *desk, w int) []string

	made     []string
	madeFor  int
	madeLang lang.Lang
}

func newText(name lang.Text, lines func(d *desk, w int) []string) *textScreen {
	return &textScreen{name: name, lines: lines}
}

func (s *textScreen) title(d *desk) string                    { return d.say(s.name) }
func (s *textScreen) scopes(*desk) []keys.Scope               { return []keys.Scope{keys.Text} }
func (s *textScreen) show(*desk) tea.Cmd                      { return nil }
func (s *textScreen) why(*desk, keys.Action) (none lang.Text) { return none }

func (s *textScreen) update(_ *desk, msg tea.Msg) tea.Cmd {
	if _, ok := msg.(repaintMsg); ok {
		s.made = nil
	}
	return nil
}

func (s *textScreen) act(_ *desk, a keys.Action) tea.Cmd {
	s.scroll(a)
	return nil
}

func (s *textScreen) view(d *desk, w, h int) string {
	if s.made == nil || s.madeFor != w || s.madeLang != d.Lang {
		s.made, s.madeFor, s.madeLang = s.lines(d, w), w, d.Lang
	}
	return s.scroller.view(d, s.made, w, h)
}
