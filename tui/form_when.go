package tui

import (
	"slices"
	"strings"
	"time"

	"tushum/internal/lang"
)

// readWhen reads a day and a time of day as people write them, on the clock of
// now: "20.11 15:00", "20.11.2026 15:00", "ertaga 10", "завтра 10:00", "15:00".
func readWhen(text string, now time.Time) (time.Time, bool) {
	words := strings.Fields(strings.ToLower(lang.ASCIIApostrophe(text)))
	words = slices.DeleteFunc(words, func(w string) bool { return slices.Contains(beforeTime, w) })
	switch len(words) {
	case 1:
		return soon(words[0], now)
	case 2:
		day, ok := parseDay(words[0], dateOf(now), nearDay)
		hour, minute, isTime := readTimeOfDay(words[1])
		return time.Date(int(day/10_000), time.Month(day/100%100), int(day%100), hour, minute, 0, 0, now.Location()), ok && isTime
	}
	return time.Time{}, false
}

// beforeTime are words that may stand before a time of day.
var beforeTime = []string{"at", "в", "soat", "соат"}

// soon is the next time that the clock shows a time of day.
func soon(word string, now time.Time) (time.Time, bool) {
	hour, minute, ok := readTimeOfDay(word)
	if !ok || !strings.Contains(word, ":") {
		return time.Time{}, false
	}
	at := time.Date(now.Year(), now.Month(), now.Day(), hour, minute, 0, 0, now.Location())
	if at.Before(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at, true
}

// readTimeOfDay reads 15:00, 15.00, 15-00 and 15.
func readTimeOfDay(word string) (hour, minute int, ok bool) {
	numbers, ok := readNumbers(word, ":.-")
	switch {
	case !ok, len(numbers) > 2, numbers[0] > 23:
		return 0, 0, false
	case len(numbers) == 1:
		return numbers[0], 0, true
	}
	minutes := word[strings.LastIndexAny(word, ":.-")+1:]
	return numbers[0], numbers[1], len(minutes) == 2 && numbers[1] < 60
}

// understood is a time as it was understood, with the day of the week.
func (d *desk) understood(at time.Time) string {
	return d.say(weekdays[at.Weekday()].full) + " " + at.Format("02.01.2006 15:04")
}

var (
	whenUnread = lang.Text{UZ: "kun va soat: 20.11 15:00 yoki ertaga 10:00", RU: "день и время: 20.11 15:00 или завтра 10:00", EN: "day and time: 20.11 15:00 or tomorrow 10:00"}
	whenPast   = lang.Text{UZ: "o‘tib ketgan", RU: "уже прошло", EN: "in the past"}
)
