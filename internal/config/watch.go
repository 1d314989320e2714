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
	sayNoWeekday = fault{
		says: lang.Text{UZ: "%s hafta kuni emas", RU: "%s — не день недели", EN: "%s is not a day of the week"},
		hint: lang.Text{
			UZ: "monday, tuesday, wednesday, thursday, friday, saturday yoki sunday deb yozing",
			RU: "напишите monday, tuesday, wednesday, thursday, friday, saturday или sunday",
			EN: "write monday, tuesday, wednesday, thursday, friday, saturday or sunday",
		},
	}
	sayAlwaysClosed = fault{
		says: lang.Text{UZ: "haftaning hamma kunlari yopiq", RU: "закрыты все дни недели", EN: "closes every day of the week"},
		hint: lang.Text{
			UZ: `ochiq kunni qoldiring; jimlik haqida umuman bilmaslik uchun bank_silent_after = "0"`,
			RU: `оставьте хоть один рабочий день; чтобы о тишине не сообщали вовсе, bank_silent_after = "0"`,
			EN: `leave a day open; to never be told of silence, bank_silent_after = "0"`,
		},
	}
	saySilenceOutside = fault{
		says: lang.Text{UZ: "%s 0 dan 720h gacha oraliqda emas", RU: "%s вне пределов от 0 до 720h", EN: "%s is outside 0 to 720h"},
		hint: lang.Text{
			UZ: "24h kabi yozing: faqat ish vaqti hisoblanadi; 0 — hech qachon",
			RU: "напишите как 24h: считаются только часы работы; 0 — никогда",
			EN: "write it as 24h: only opening hours count; 0 is never",
		},
	}
)

func (r *reader) watch(s *section, c *Watch) {
	hours := [2]time.Duration{c.Opens, c.Closes}
	read(s, "opening_hours", &hours, openingHours)
	c.Opens, c.Closes = hours[0], hours[1]
	closedDays(s, c)
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

func closedDays(s *section, c *Watch) {
	const key = "closed_days"
	var days []time.Weekday
	readAll(s, key, &days, once(weekday))
	if len(days) == len(c.Closed) {
		s.refuse(key, sayAlwaysClosed)
		return
	}
	for _, day := range days {
		c.Closed[day] = true
	}
}

// weekday is a day by its English name, in small letters.
func weekday(text string) (time.Weekday, error) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if text == strings.ToLower(day.String()) {
			return day, nil
		}
	}
	return 0, sayNoWeekday.about(shown(text))
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
