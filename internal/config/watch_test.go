package config

import (
	"testing"
	"time"
)

func TestParseWatch(t *testing.T) {
	t.Parallel()
	always := Default().Watch
	with := func(change func(*Watch)) Watch {
		w := always
		change(&w)
		return w
	}
	hours := func(opens, closes time.Duration) Watch {
		return with(func(w *Watch) { w.Opens, w.Closes = opens, closes })
	}
	silent := func(after time.Duration) Watch { return with(func(w *Watch) { w.SilentAfter = after }) }
	closed := func(days ...time.Weekday) Watch {
		return with(func(w *Watch) {
			for _, day := range days {
				w.Closed[day] = true
			}
		})
	}
	for file, want := range map[string]Watch{
		"":                              {Opens: 9 * time.Hour, Closes: 21 * time.Hour, SilentAfter: 24 * time.Hour},
		"opening_hours = '00:00-24:00'": hours(0, 24*time.Hour),
		"opening_hours = '23:59-24:00'": hours(24*time.Hour-time.Minute, 24*time.Hour),
		"opening_hours = '10:05-10:06'": hours(10*time.Hour+5*time.Minute, 10*time.Hour+6*time.Minute),
		"bank_silent_after = '0'":       silent(0),
		"bank_silent_after = '0s'":      silent(0),
		"bank_silent_after = '1h30m'":   silent(90 * time.Minute),
		"bank_silent_after = '720h'":    silent(720 * time.Hour),
		"closed_days = []":              closed(),
		"closed_days = ['sunday']":      closed(time.Sunday),
		"closed_days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']": closed(1, 2, 3, 4, 5, 6),
	} {
		cfg, err := Parse([]byte("[watch]\n"+file), "config.toml")
		if err != nil || cfg.Watch != want {
			t.Errorf("%q reads as %+v, %v; want %+v", file, cfg.Watch, err, want)
		}
	}
}

func TestRefuseWatch(t *testing.T) {
	t.Parallel()
	at := func(line string) string { return "[watch]\n" + line + " #HERE" }
	refused(t, []refusal{
		{at("opening_hours = ''"), "watch.opening_hours", "not opening hours"},
		{at("opening_hours = '9:00-21:00'"), "watch.opening_hours", "not opening hours"},
		{at("opening_hours = '09:00'"), "watch.opening_hours", "not opening hours"},
		{at("opening_hours = '09:00 - 21:00'"), "watch.opening_hours", "not opening hours"},
		{at("opening_hours = '09:00–21:00'"), "watch.opening_hours", "not opening hours"},
		{at("opening_hours = '09:00-24:01'"), "watch.opening_hours", "not opening hours"},
		{at("opening_hours = '24:00-24:00'"), "watch.opening_hours", "not opening hours"},
		{at("opening_hours = '21:00-09:00'"), "watch.opening_hours", "does not close after it opens"},
		{at("opening_hours = '09:00-09:00'"), "watch.opening_hours", "does not close after it opens"},
		{at("opening_hours = '09:00-00:00'"), "watch.opening_hours", "does not close after it opens"},
		{at("opening_hours = ['09:00']"), "watch.opening_hours", "wants text"},
		{at("bank_silent_after = ''"), "watch.bank_silent_after", "not a length of time"},
		{at("bank_silent_after = '12'"), "watch.bank_silent_after", "not a length of time"},
		{at("bank_silent_after = '-1h'"), "watch.bank_silent_after", "outside 0 to 720h"},
		{at("bank_silent_after = '720h1s'"), "watch.bank_silent_after", "outside 0 to 720h"},
		{at("bank_silent_after = 12"), "watch.bank_silent_after", "wants text"},
		{at("closed_days = 'sunday'"), "watch.closed_days", "wants a list"},
		{at("closed_days = ['sunday', 'sunday']"), "watch.closed_days", "stands there twice"},
		{at("closed_days = ['Sunday']"), "watch.closed_days", "not a day of the week"},
		{at("closed_days = ['sun']"), "watch.closed_days", "not a day of the week"},
		{at("closed_days = ['якшанба']"), "watch.closed_days", "not a day of the week"},
		{at("closed_days = [7]"), "watch.closed_days", "wants a list of text"},
		{at("closed_days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']"), "watch.closed_days", "closes every day"},
		{at("silent_after = '1h'"), "watch.silent_after", "unknown key"},
	})
}
