package config

import (
	"slices"

	"tushum/internal/lang"
)

var (
	sayNoOccasion = fault{
		says: lang.Text{UZ: "%s uchun signal berilmaydi", RU: "%s — не повод для сигнала", EN: "%s is not an occasion for the bell"},
		hint: lang.Text{
			UZ: "confirmed, created, failed, reversed yoki refused deb yozing; bo‘sh ro‘yxat — jimlik",
			RU: "напишите confirmed, created, failed, reversed или refused; пустой список — тишина",
			EN: "write confirmed, created, failed, reversed or refused; an empty list is silence",
		},
	}
	sayNoTheme = fault{
		says: lang.Text{UZ: "%s degan mavzu yo‘q", RU: "%s — не тема", EN: "%s is not a theme"},
		hint: lang.Text{UZ: "auto, light yoki dark deb yozing", RU: "напишите auto, light или dark", EN: "write auto, light or dark"},
	}
)

func (r *reader) console(s *section, c *Console) {
	readAll(s, "bell", &c.Bell, once(occasion))
	s.flag("ascii_apostrophe", &c.ASCIIApostrophe)
	read(s, "theme", &c.Theme, theme)
}

func occasion(text string) (Occasion, error) {
	o := Occasion(text)
	if slices.Contains([]Occasion{OnConfirmed, OnCreated, OnFailed, OnReversed, OnRefused}, o) {
		return o, nil
	}
	return "", sayNoOccasion.about(shown(text))
}

func theme(text string) (Theme, error) {
	t := Theme(text)
	if slices.Contains([]Theme{ThemeAuto, ThemeLight, ThemeDark}, t) {
		return t, nil
	}
	return "", sayNoTheme.about(shown(text))
}
