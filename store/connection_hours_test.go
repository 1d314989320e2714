package store_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tushum/store"
)

// nineToNine is what the settings have unless told.
func nineToNine() store.Watch {
	return store.Watch{Hours: store.Hours{Opens: 9 * time.Hour, Closes: 21 * time.Hour, Location: tashkent}, SilentAfter: 24 * time.Hour}
}

func TestOpeningTimeBetweenTwoMoments(t *testing.T) {
	t.Parallel()
	at := func(day, hour, minute int) store.Instant {
		return store.At(time.Date(2026, 11, day, hour, minute, 0, 0, tashkent))
	}
	sundays := nineToNine().Hours
	sundays.Closed[time.Sunday] = true
	always := store.Hours{Closes: 24 * time.Hour}
	for _, c := range []struct {
		name     string
		hours    store.Hours
		from, to store.Instant
		want     time.Duration
	}{
		{"within a day", nineToNine().Hours, at(21, 10, 0), at(21, 12, 30), 150 * time.Minute},
		{"over an evening", nineToNine().Hours, at(21, 20, 0), at(21, 23, 0), time.Hour},
		{"at night", nineToNine().Hours, at(21, 21, 0), at(22, 9, 0), 0},
		{"over a night", nineToNine().Hours, at(21, 20, 0), at(22, 10, 0), 2 * time.Hour},
		{"to the millisecond", nineToNine().Hours, at(21, 20, 59), at(21, 21, 0) - 1, time.Minute - time.Millisecond},
		{"over the end of a month", nineToNine().Hours, at(29, 0, 0), at(32, 0, 0), 36 * time.Hour},
		{"over a day off", sundays, at(21, 20, 0), at(23, 10, 0), 2 * time.Hour},
		{"within a day off", sundays, at(22, 10, 0), at(22, 20, 0), 0},
		{"a month with its Sundays", sundays, at(1, 0, 0), at(31, 0, 0), 25 * 12 * time.Hour},
		{"backwards", nineToNine().Hours, at(22, 12, 0), at(21, 12, 0), 0},
		{"no time at all", nineToNine().Hours, at(21, 12, 0), at(21, 12, 0), 0},
		{"round the clock, in UTC", always, at(21, 1, 0), at(24, 2, 0), 73 * time.Hour},
		{"years", always, store.At(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)), store.At(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)), 9497 * 24 * time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.hours.Between(c.from, c.to); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// openMinutes counts minute by minute what the clock on the wall says.
func openMinutes(h store.Hours, from, to store.Instant) (sum time.Duration) {
	for i := from; i < to; i = i.Add(time.Minute) {
		wall := i.Time().In(h.Location)
		since := time.Duration(wall.Hour())*time.Hour + time.Duration(wall.Minute())*time.Minute
		if since >= h.Opens && since < h.Closes && !h.Closed[wall.Weekday()] {
			sum += time.Minute
		}
	}
	return sum
}

// In Berlin a day of the spring has 23 hours and one of the autumn 25; no shop
// opens or closes between two and three at night, when the clocks are changed.
func TestOpeningTimeIsWhatTheClockOnTheWallCounts(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	begins := []time.Time{
		time.Date(2026, 3, 27, 0, 0, 0, 0, time.UTC), time.Date(2026, 10, 23, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 12, 30, 0, 0, 0, 0, time.UTC), time.Date(2028, 2, 27, 0, 0, 0, 0, time.UTC),
	}
	rapid.Check(t, func(rt *rapid.T) {
		const hour = 60
		opens := rapid.OneOf(rapid.Just(0), rapid.IntRange(4*hour, 23*hour)).Draw(rt, "opens")
		closes := rapid.IntRange(max(opens, 4*hour)+1, 24*hour).Draw(rt, "closes")
		h := store.Hours{
			Opens: time.Duration(opens) * time.Minute, Closes: time.Duration(closes) * time.Minute,
			Location: rapid.SampledFrom([]*time.Location{tashkent, time.UTC, berlin}).Draw(rt, "zone"),
		}
		h.Closed[rapid.IntRange(0, 6).Draw(rt, "day off")] = rapid.Bool().Draw(rt, "has a day off")
		begin := rapid.SampledFrom(begins).Draw(rt, "begin")
		from := store.At(begin).Add(time.Duration(rapid.IntRange(0, 48*hour).Draw(rt, "from")) * time.Minute)
		to := from.Add(time.Duration(rapid.IntRange(0, 96*hour).Draw(rt, "minutes")) * time.Minute)
		if got, want := h.Between(from, to), openMinutes(h, from, to); got != want {
			rt.Fatalf("got %s, want %s", got, want)
		}
	})
}
