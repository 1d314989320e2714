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
			day, ok := parseDay(text, d.today())
			if !ok {
				return askDay(d, dayWrong, then)
			}
			return then(day)
		},
	})
}

// parseDay reads a day as people type it: 20, 20.11, 20.11.2026, yesterday. What
// is left out is that of the last such day up to today.
func parseDay(text string, today store.Date) (store.Date, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	for back, words := range dayWords {
		if text == words.UZ || text == words.RU || text == words.EN {
			return daysBefore(today, back), true
		}
	}
	if day, err := store.ParseDate(text); err == nil {
		return day, true
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("./- ", r) })
	if len(parts) == 0 || len(parts) > 3 {
		return 0, false
	}
	var typed [3]int
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || n > 9999 {
			return 0, false
		}
		typed[i] = n
	}
	return lastSuch(typed[0], typed[1], typed[2], today)
}

// lastSuch is the day that was meant; month and year are zero where they were
// left out.
func lastSuch(day, month, year int, today store.Date) (store.Date, bool) {
	nowYear, nowMonth := int(today/10_000), int(today/100%100)
	switch {
	case year != 0 && year < 100:
		year += 2000
	case year != 0:
	case month == 0 && day > int(today%100):
		year, month = nowYear, nowMonth-1
	case month == 0:
		year, month = nowYear, nowMonth
	case store.Date(month*100+day) > today%10_000:
		year = nowYear - 1
	default:
		year = nowYear
	}
	if month == 0 {
		year, month = year-1, 12
	}
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return dateOf(at), at.Day() == day && int(at.Month()) == month
}

func daysBefore(day store.Date, n int) store.Date {
	return dateOf(time.Date(int(day/10_000), time.Month(day/100%100), int(day%100)-n, 0, 0, 0, 0, time.UTC))
}

func dateOf(at time.Time) store.Date {
	year, month, day := at.Date()
	return store.Date(year*10_000 + int(month)*100 + day)
}

// dayWords are names of days, by how many days ago they were.
var dayWords = []lang.Text{
	{UZ: "bugun", RU: "сегодня", EN: "today"},
	{UZ: "kecha", RU: "вчера", EN: "yesterday"},
}

var (
	dayTitle = lang.Text{UZ: "kunni tanlash", RU: "выбрать день", EN: "choose a day"}
	dayHow   = lang.Text{UZ: "20.11, 20.11.2026 yoki kecha. Bo‘sh qolsa — hamma kunlar", RU: "20.11, 20.11.2026 или вчера. Пусто — все дни", EN: "20.11, 20.11.2026 or yesterday. Empty: every day"}
	dayAsk   = lang.Text{UZ: "kun", RU: "день", EN: "day"}
	dayYes   = lang.Text{UZ: "ko‘rsatish", RU: "показать", EN: "show it"}
	dayWrong = lang.Text{UZ: "bunday kun yo‘q: 20.11 yoki 20.11.2026 deb yozing", RU: "такого дня нет: напишите 20.11 или 20.11.2026", EN: "there is no such day: type 20.11 or 20.11.2026"}
)
