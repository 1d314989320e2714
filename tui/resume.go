package tui

import (
	"bytes"
	"encoding/json"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
)

// state is what a console that was cut off begins with again.
type state struct {
	Lang  lang.Lang       `json:"lang"`
	Tab   int             `json:"tab"`
	Muted bool            `json:"muted,omitempty"`
	Draft json.RawMessage `json:"draft,omitempty"` // what was typed of a new invoice
}

// remember gives Keep the state when it has changed.
func (m *model) remember() {
	if m.Keep == nil {
		return
	}
	s := state{Lang: m.Lang, Tab: m.tab, Muted: m.muted}
	for _, screen := range m.stack {
		if k, ok := screen.(keeper); ok {
			s.Draft = k.keep()
		}
	}
	text, err := json.Marshal(s)
	if err != nil || bytes.Equal(text, m.kept) {
		return
	}
	m.kept = text
	m.Keep(text)
}

// resume goes back to where a console was cut off. What can't be read is left.
func (m *model) resume() tea.Cmd {
	var s state
	if len(m.Resume) == 0 || json.Unmarshal(m.Resume, &s) != nil {
		return nil
	}
	if _, err := lang.Parse(string(s.Lang)); err == nil {
		m.Lang = s.Lang
	}
	if s.Tab > 0 && s.Tab < len(m.tabs) {
		m.tab = s.Tab
	}
	m.muted = s.Muted
	if len(s.Draft) == 0 {
		return nil
	}
	f := newForm(m.desk)
	f.restore(m.desk, s.Draft)
	return m.push(f)
}

// mailbox hands the newest of many letters to a slow reader, so that Update
// never waits for it.
type mailbox[letter any] struct {
	letters chan letter
	ended   chan struct{}
}

func newMailbox[letter any](read func(letter)) *mailbox[letter] {
	b := &mailbox[letter]{letters: make(chan letter, 1), ended: make(chan struct{})}
	go func() {
		defer close(b.ended)
		for l := range b.letters {
			read(l)
		}
	}()
	return b
}

// put leaves a letter, in the place of one that was not read yet. Only one
// goroutine puts.
func (b *mailbox[letter]) put(l letter) {
	select {
	case <-b.letters:
	default:
	}
	b.letters <- l
}

func (b *mailbox[letter]) close() {
	close(b.letters)
	<-b.ended
}
