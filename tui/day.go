package tui

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/store"
)

// askDay asks for a day and hands it on; zero when nothing was typed. fault is
// what was wrong with what was typed before.
func askDay(d *desk, fault lang.Text, then func(store.Date) tea.Cmd) tea.Cmd {
	return d.ask(&dialog{
		title: d.say(dayTitle), body: []string{d.say(dayHow)}, warning: d.say(fault), ask: d.say(dayAsk), yes: d.say(dayYes),
		then: func(_ int, text string) tea.Cmd {
			if strings.TrimSpace(text) == "" {
				return then(0)
			}
			day, ok := parseDay(text, d.today(), lastSuch)
			if !ok {
				return askDay(d, dayWrong, then)
			}
			return then(day)
		},
	})
}

// parseDay reads a day as people type it: 20, 20.11, 20.11.26, 20.11.2026,
// 2026-11-20, kecha, завтра. complete finds the day that was meant where the
// year, or month and year, are left out: those are zero.
func parseDay(text string, today store.Date, complete func(day, month int, today store.Date) store.Date) (store.Date, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if days, ok := dayNames[text]; ok {
		return daysBefore(today, -days), true
	}
	n, ok := readNumbers(text, "./- ")
	if !ok || len(n) > 3 {
		return 0, false
	}
	n = append(n, 0, 0)[:3]
	switch {
	case n[2] == 0:
		day := complete(n[0], n[1], today)
		return day, day != 0
	case n[0] > 31:
		n[0], n[2] = n[2], n[0]
	case n[2] < 100:
		n[2] += 2000
	}
	day := dayOf(n[0], n[1], n[2])
	return day, day != 0
}

// readNumbers are the numbers of a text that begins with one, and how they are
// parted.
func readNumbers(text, marks string) (numbers []int, ok bool) {
	if text == "" || strings.ContainsRune(marks, rune(text[0])) {
		return nil, false
	}
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
		n, err := strconv.ParseUint(p, 10, 16)
		if err != nil {
			return nil, false
		}
		numbers = append(numbers, int(n))
	}
	return numbers, true
}

// lastSuch is the last such day up to today: of what was.
func lastSuch(day, month int, today store.Date) store.Date {
	year, now := int(today/10_000), int(today/100%100)
	switch {
	case month == 0 && day <= int(today%100):
		return dayOf(day, now, year)
	case month == 0 && now == 1:
		return dayOf(day, 12, year-1)
	case month == 0:
		return dayOf(day, now-1, year)
	case store.Date(month*100+day) > today%10_000:
		year--
	}
	return dayOf(day, month, year)
}

// longAgo is how many days back one without a year is taken to lie: visits are
// paid for some weeks later, but are not booked for nearly a year ahead.
const longAgo = 31

// nearDay is such a day of the next months, or of the last weeks: of what will
// be. A month it has to know.
func nearDay(day, month int, today store.Date) store.Date {
	year, since := int(today/10_000), daysBefore(today, longAgo)
	for _, y := range []int{year - 1, year} {
		if at := dayOf(day, month, y); at >= since {
			return at
		}
	}
	return dayOf(day, month, year+1)
}

// dayOf is a day of the calendar; zero where there is none.
func dayOf(day, month, year int) store.Date {
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if at.Day() != day || int(at.Month()) != month || year < 2000 || year >= 2100 {
		return 0
	}
	return dateOf(at)
}

func daysBefore(day store.Date, n int) store.Date {
	return dateOf(dayTime(day).AddDate(0, 0, -n))
}

func dateOf(at time.Time) store.Date {
	year, month, day := at.Date()
	return store.Date(year*10_000 + int(month)*100 + day)
}

// dayShort is a day with the short name of its weekday: "20.11 Fri".
func dayShort(d *desk, day store.Date) string {
	layout := "02.01"
	if day/10_000 != d.today()/10_000 {
		layout = "02.01.2006"
	}
	at := dayTime(day)
	return at.Format(layout) + " " + d.say(weekdays[at.Weekday()].short)
}

// dayLong is a day with its weekday: "Friday 20.11.2026".
func dayLong(d *desk, day store.Date) string {
	at := dayTime(day)
	return d.say(weekdays[at.Weekday()].full) + " " + at.Format("02.01.2006")
}

func dayTime(day store.Date) time.Time {
	return time.Date(int(day/10_000), time.Month(day/100%100), int(day%100), 0, 0, 0, 0, time.UTC)
}

// dayNames are days by how many they are from today.
var dayNames = map[string]int{
	"bugun": 0, "бугун": 0, "сегодня": 0, "today": 0,
	"ertaga": 1, "эртага": 1, "завтра": 1, "tomorrow": 1,
	"indinga": 2, "индинга": 2, "послезавтра": 2,
	"kecha": -1, "кеча": -1, "вчера": -1, "yesterday": -1,
}

var weekdays = [...]struct{ full, short lang.Text }{
	time.Sunday:    {lang.Text{UZ: "yakshanba", RU: "воскресенье", EN: "Sunday"}, lang.Text{UZ: "yak", RU: "вс", EN: "Sun"}},
	time.Monday:    {lang.Text{UZ: "dushanba", RU: "понедельник", EN: "Monday"}, lang.Text{UZ: "dush", RU: "пн", EN: "Mon"}},
	time.Tuesday:   {lang.Text{UZ: "seshanba", RU: "вторник", EN: "Tuesday"}, lang.Text{UZ: "sesh", RU: "вт", EN: "Tue"}},
	time.Wednesday: {lang.Text{UZ: "chorshanba", RU: "среда", EN: "Wednesday"}, lang.Text{UZ: "chor", RU: "ср", EN: "Wed"}},
	time.Thursday:  {lang.Text{UZ: "payshanba", RU: "четверг", EN: "Thursday"}, lang.Text{UZ: "pay", RU: "чт", EN: "Thu"}},
	time.Friday:    {lang.Text{UZ: "juma", RU: "пятница", EN: "Friday"}, lang.Text{UZ: "juma", RU: "пт", EN: "Fri"}},
	time.Saturday:  {lang.Text{UZ: "shanba", RU: "суббота", EN: "Saturday"}, lang.Text{UZ: "shan", RU: "сб", EN: "Sat"}},
}

var (
	dayTitle = lang.Text{UZ: "kunni tanlash", RU: "выбрать день", EN: "choose a day"}
	dayHow   = lang.Text{UZ: "20.11, 20.11.2026 yoki kecha. Bo‘sh qolsa — hamma kunlar", RU: "20.11, 20.11.2026 или вчера. Пусто — все дни", EN: "20.11, 20.11.2026 or yesterday. Empty: every day"}
	dayAsk   = lang.Text{UZ: "kun", RU: "день", EN: "day"}
	dayYes   = lang.Text{UZ: "ko‘rsatish", RU: "показать", EN: "show it"}
	dayWrong = lang.Text{UZ: "bunday kun yo‘q: 20.11 yoki 20.11.2026 deb yozing", RU: "такого дня нет: напишите 20.11 или 20.11.2026", EN: "there is no such day: type 20.11 or 20.11.2026"}
)
