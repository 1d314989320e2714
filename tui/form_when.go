package tui

import (
	"slices"
	"strconv"
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
		day, ok := readAppointmentDay(words[0], now)
		hour, minute, isTime := readTimeOfDay(words[1])
		return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, now.Location()), ok && isTime
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

// readNumbers are the numbers of a word that begins with one, and how they are
// parted.
func readNumbers(word, marks string) (numbers []int, ok bool) {
	if word == "" || strings.ContainsRune(marks, rune(word[0])) {
		return nil, false
	}
	for _, p := range strings.FieldsFunc(word, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
		n, err := strconv.ParseUint(p, 10, 16)
		if err != nil {
			return nil, false
		}
		numbers = append(numbers, int(n))
	}
	return numbers, true
}

// dayNames are days by how many they are from today.
var dayNames = map[string]int{
	"bugun": 0, "бугун": 0, "сегодня": 0, "today": 0,
	"ertaga": 1, "эртага": 1, "завтра": 1, "tomorrow": 1,
	"indinga": 2, "индинга": 2, "послезавтра": 2,
	"kecha": -1, "кеча": -1, "вчера": -1, "yesterday": -1,
}

// readAppointmentDay reads a day by its name, 20.11, 20.11.26, 20.11.2026 or
// 2026-11-20.
func readAppointmentDay(word string, now time.Time) (time.Time, bool) {
	if days, ok := dayNames[word]; ok {
		return now.AddDate(0, 0, days), true
	}
	n, ok := readNumbers(word, "./-")
	switch {
	case !ok || len(n) < 2 || len(n) > 3:
		return time.Time{}, false
	case len(n) == 2:
		return nearDay(n[0], n[1], now)
	case n[0] > 31:
		n[0], n[2] = n[2], n[0]
	case n[2] < 100:
		n[2] += 2000
	}
	return dayOfMonth(n[0], n[1], n[2], now)
}

// longAgo is how far back a day without a year is taken to lie: visits are paid
// for some weeks later, but are not booked for nearly a year ahead.
const longAgo = 31 * 24 * time.Hour

func nearDay(day, month int, now time.Time) (time.Time, bool) {
	at, ok := dayOfMonth(day, month, now.Year(), now)
	if !ok || now.Sub(at) > longAgo {
		return dayOfMonth(day, month, now.Year()+1, now)
	}
	if last, ok := dayOfMonth(day, month, now.Year()-1, now); ok && now.Sub(last) < longAgo {
		return last, true
	}
	return at, true
}

func dayOfMonth(day, month, year int, now time.Time) (time.Time, bool) {
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, now.Location())
	return at, at.Day() == day && int(at.Month()) == month && year >= 2000 && year < 2100
}

// understood is a time as it was understood, with the day of the week.
func (d *desk) understood(at time.Time) string {
	return d.say(shortWeekdays[at.Weekday()]) + " " + at.Format("02.01.2006 15:04")
}

var (
	whenUnread = lang.Text{UZ: "kun va soat: 20.11 15:00 yoki ertaga 10:00", RU: "день и время: 20.11 15:00 или завтра 10:00", EN: "day and time: 20.11 15:00 or tomorrow 10:00"}
	whenPast   = lang.Text{UZ: "o‘tib ketgan", RU: "уже прошло", EN: "in the past"}

	shortWeekdays = [...]lang.Text{
		time.Sunday:    {UZ: "yakshanba", RU: "вс", EN: "Sun"},
		time.Monday:    {UZ: "dushanba", RU: "пн", EN: "Mon"},
		time.Tuesday:   {UZ: "seshanba", RU: "вт", EN: "Tue"},
		time.Wednesday: {UZ: "chorshanba", RU: "ср", EN: "Wed"},
		time.Thursday:  {UZ: "payshanba", RU: "чт", EN: "Thu"},
		time.Friday:    {UZ: "juma", RU: "пт", EN: "Fri"},
		time.Saturday:  {UZ: "shanba", RU: "сб", EN: "Sat"},
	}
)
