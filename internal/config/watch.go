package config

import (
	"strings"
	"time"

	"tushum/internal/lang"
)

var (
	hintHours = lang.Text{
		UZ: "09:00-21:00 kabi yozing; 00:00-24:00 — kecha-kunduz",
		RU: "напишите как 09:00-21:00; 00:00-24:00 — круглосуточно",
		EN: "write it as 09:00-21:00; 00:00-24:00 is always",
	}
	sayNoHours = fault{
		says: lang.Text{UZ: "%s ish vaqti emas", RU: "%s — не часы работы", EN: "%s is not opening hours"},
		hint: hintHours,
	}
	sayClosesEarly = fault{
		says: lang.Text{UZ: "%s: yopilish vaqti ochilishdan keyin emas", RU: "%s: закрытие не позже открытия", EN: "%s does not close after it opens"},
		hint: hintHours,
	}
	saySilenceOutside = fault{
		says: lang.Text{UZ: "%s 0 dan 720h gacha oraliqda emas", RU: "%s вне пределов от 0 до 720h", EN: "%s is outside 0 to 720h"},
		hint: lang.Text{
			UZ: "12h kabi yozing: faqat ish vaqti hisoblanadi; 0 — hech qachon",
			RU: "напишите как 12h: считаются только часы работы; 0 — никогда",
			EN: "write it as 12h: only opening hours count; 0 is never",
		},
	}
)

func (r *reader) watch(s *section, c *Watch) {
	hours := [2]time.Duration{c.Opens, c.Closes}
	read(s, "opening_hours", &hours, openingHours)
	c.Opens, c.Closes = hours[0], hours[1]
	read(s, "bank_silent_after", &c.SilentAfter, silence)
}

// openingHours are two times of one day, of which the second may be 24:00.
func openingHours(text string) ([2]time.Duration, error) {
	const midnight = "24:00"
	from, to, found := strings.Cut(text, "-")
	opens, err := clockTime(from)
	if !found || err != nil {
		return [2]time.Duration{}, sayNoHours.about(shown(text))
	}
	closes := 24 * time.Hour
	if to != midnight {
		if closes, err = clockTime(to); err != nil {
			return [2]time.Duration{}, sayNoHours.about(shown(text))
		}
	}
	if closes <= opens {
		return [2]time.Duration{}, sayClosesEarly.about(shown(text))
	}
	return [2]time.Duration{opens, closes}, nil
}

// silence is for how long the bank may not call before somebody is told.
func silence(text string) (time.Duration, error) {
	const most = 720 * time.Hour
	after, err := time.ParseDuration(text)
	if err != nil {
		return 0, sayNoDuration.about(shown(text))
	}
	if after < 0 || after > most {
		return 0, saySilenceOutside.about(shown(text))
	}
	return after, nil
}
