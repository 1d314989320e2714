package tui

import (
	"fmt"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/clean"
	"tushum/internal/lang"
	"tushum/tui/look"
)

// A defect of a screen must not cost the shop its listener, which may live in
// the same process: it is logged, told, and the console goes on at Today.

// defectMsg says that a command panicked.
type defectMsg struct{ what any }

// guarded does a command, and those it asks for in turn, so that a panic in it
// becomes a message.
func (m *model) guarded(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				m.logDefect("a command", p)
				msg = defectMsg{p}
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = m.guarded(batch[i])
			}
		}
		return msg
	}
}

// survive takes the console back to where it can't have been broken.
func (m *model) survive() tea.Cmd {
	closeAll(m.stack)
	m.stack, m.wanted, m.dialog, m.waiting, m.palette, m.help, m.finder = nil, nil, nil, nil, nil, nil, nil
	m.tab = 0
	return m.toast(toastMsg{m.say(aDefect), bad})
}

// logDefect logs without what belongs to customers: a panic's value may quote it.
func (m *model) logDefect(where string, p any) {
	m.Log.Error("the console panicked", "in", where, "panic", clean.MaskPhones(clean.Line(fmt.Sprint(p), 300).String()), "stack", string(debug.Stack()))
}

// drawn is the frame, or a sentence where it can't be drawn. The same defect is
// logged once.
func (m *model) drawn() (frame string) {
	defer func() {
		if p := recover(); p != nil {
			if text := fmt.Sprint(p); text != m.undrawn {
				m.undrawn = text
				m.logDefect("a frame", p)
			}
			frame = look.Block(look.Wrap(m.say(aDefect), m.width), m.width, m.height)
		}
	}()
	return m.draw()
}

var aDefect = lang.Text{
	UZ: "dasturda nuqson bor, tafsilotlari jurnalda; to‘lovlar qabul qilinaveradi",
	RU: "дефект программы, подробности в журнале; платежи принимаются как прежде",
	EN: "a defect of the program, its log has the details; payments go on as before",
}
