package config

import (
	"testing"
	"time"
)

func TestParseWatch(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]Watch{
		"":                              {9 * time.Hour, 21 * time.Hour, 12 * time.Hour},
		"opening_hours = '00:00-24:00'": {0, 24 * time.Hour, 12 * time.Hour},
		"opening_hours = '23:59-24:00'": {24*time.Hour - time.Minute, 24 * time.Hour, 12 * time.Hour},
		"opening_hours = '10:05-10:06'": {10*time.Hour + 5*time.Minute, 10*time.Hour + 6*time.Minute, 12 * time.Hour},
		"bank_silent_after = '0'":       {9 * time.Hour, 21 * time.Hour, 0},
		"bank_silent_after = '0s'":      {9 * time.Hour, 21 * time.Hour, 0},
		"bank_silent_after = '1h30m'":   {9 * time.Hour, 21 * time.Hour, 90 * time.Minute},
		"bank_silent_after = '720h'":    {9 * time.Hour, 21 * time.Hour, 720 * time.Hour},
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
		{at("silent_after = '1h'"), "watch.silent_after", "unknown key"},
	})
}
