package main

import (
	"tushum/internal/clean"
	"tushum/internal/lang"
	"tushum/store"
)

// styles are what a text means, as a terminal shows it. Without colours they
// are empty, and nothing is said by colour alone.
type styles struct{ title, good, waiting, bad, end string }

func (a *App) styles() styles {
	if !a.Color || a.flags.noColor {
		return styles{}
	}
	return styles{title: "\x1b[1m", good: "\x1b[32m", waiting: "\x1b[33m", bad: "\x1b[31m", end: "\x1b[0m"}
}

func (s styles) titled(text string) string { return s.title + text + s.end }

// status is the word for a status in the colour of what it means for the shop.
func (a *App) status(status string) string {
	s := a.styles()
	style := s.bad
	switch status {
	case store.Paid.String(), store.Confirmed.String():
		style = s.good
	case store.Open.String(), store.Created.String():
		style = s.waiting
	}
	return style + store.StatusWord(status, a.lang) + s.end
}

// kindWord, systemWord and eventWord fall back to the plain name: a store may
// hold what a later version has written.
func (a *App) kindWord(k store.Kind) string {
	return foreign(store.KindWord(k, a.lang))
}

func (a *App) systemWord(s *shop, name store.System) string { return a.say(s.systemName(name)) }

// systemName is what people call a payment system.
func (s *shop) systemName(name store.System) lang.Text {
	system := s.systems().Of(name)
	if system == nil {
		return lang.Text{EN: foreign(string(name))}
	}
	return system.Profile().Name
}

// about puts the name of a payment system into a text that holds {system}.
func (s *shop) about(t lang.Text, name store.System) lang.Text {
	return t.FillEach("{system}", s.systemName(name))
}

func (a *App) eventWord(e store.EventType) string {
	return orName(eventWords[e], string(e)).In(a.lang)
}

func orName(t lang.Text, name string) lang.Text {
	if t == (lang.Text{}) {
		return lang.Text{EN: foreign(name)}
	}
	return t
}

// foreign makes text from outside safe to show; every such text passes here.
func foreign(s string) string { return clean.Clean(s).String() }

// foreignCut does so for a column of a table.
func foreignCut(s string) string { return clean.Line(s, 32).String() }
