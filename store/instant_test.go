package store_test

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata" // one test needs a zone whose clocks change

	"tushum/store"
)

func TestInstant(t *testing.T) {
	t.Parallel()
	when := time.Date(2026, 11, 21, 12, 0, 0, 123_999_999, tashkent)
	i := store.At(when)
	if i != 1795244400123 {
		t.Errorf("in Unix milliseconds it is %d", i)
	}
	if got := i.Time(); got.Location() != time.UTC || !got.Equal(when.Truncate(time.Millisecond)) {
		t.Errorf("as a time it is %s", got)
	}
	if got := i.String(); got != "2026-11-21T07:00:00.123Z" {
		t.Errorf("written %s", got)
	}
	if got := i.Add(time.Minute + 1999*time.Microsecond); got != i+60_001 {
		t.Errorf("a minute and 1.999 ms later it is %d", got)
	}
	if got := i.Add(-time.Hour); got != i-3_600_000 {
		t.Errorf("an hour before it is %d", got)
	}
	if store.At(time.Time{}) != 0 || !store.Instant(0).Time().IsZero() || store.Instant(0).String() != "" {
		t.Error("zero must mean absent everywhere")
	}
}

func TestInstantAsText(t *testing.T) {
	t.Parallel()
	for i, want := range map[store.Instant]string{0: `""`, noon: `"2026-11-21T07:00:00.000Z"`, noon + 7: `"2026-11-21T07:00:00.007Z"`} {
		b, err := json.Marshal(i)
		if err != nil || string(b) != want {
			t.Errorf("%d is written %s, %v", i, b, err)
		}
		back := store.Instant(5)
		if err := json.Unmarshal(b, &back); err != nil || back != i {
			t.Errorf("%s is read %d, %v", b, back, err)
		}
	}
	var i store.Instant
	if err := i.UnmarshalText([]byte("2026-11-21T12:00:00+05:00")); err != nil || i != noon {
		t.Errorf("another zone is read %d, %v", i, err)
	}
	if err := i.UnmarshalText([]byte("21.11.2026")); err == nil {
		t.Error("a date passes for an instant")
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want, next string }{
		{"2026-11-21", "2026-11-21", "2026-11-22"},
		{"21.11.2026", "2026-11-21", "2026-11-22"},
		{"31.12.2025", "2025-12-31", "2026-01-01"},
		{"2028-02-28", "2028-02-28", "2028-02-29"},
		{"2027-02-28", "2027-02-28", "2027-03-01"},
		{"0001-01-01", "0001-01-01", "0001-01-02"},
	} {
		d, err := store.ParseDate(c.in)
		if err != nil || d.String() != c.want || d.Next().String() != c.next || d.Next() <= d {
			t.Errorf("%s is read %s before %s, %v", c.in, d, d.Next(), err)
		}
	}
	for _, s := range []string{"", "2026-02-29", "29.02.2026", "32.01.2026", "2026-1-2", "1.2.2026", "11/21/2026", "today", "20261121", "998901234567"} {
		d, err := store.ParseDate(s)
		if store.CodeOf(err) != store.Invalid || d != 0 {
			t.Errorf("%q is read %s, %v", s, d, err)
		}
	}
	if store.Date(0).String() != "" {
		t.Error("the zero date must be empty")
	}
}

func TestBusinessDay(t *testing.T) {
	t.Parallel()
	in := func(zone *time.Location, day, hour, minute int) store.Instant {
		return store.At(time.Date(2026, 3, day, hour, minute, 0, 0, zone))
	}
	// Clocks there are put forward at 02:00 on 29.03.2026 and back in October.
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		zone   *time.Location
		starts time.Duration
		at     store.Instant
		want   store.Date
	}{
		{"midnight", tashkent, 0, in(tashkent, 2, 0, 0), 20260302},
		{"a minute before midnight", tashkent, 0, in(tashkent, 1, 23, 59), 20260301},
		{"midnight, in UTC still the day before", tashkent, 0, store.At(time.Date(2026, 3, 1, 19, 0, 0, 0, time.UTC)), 20260302},
		{"no zone is UTC", nil, 0, store.At(time.Date(2026, 3, 1, 19, 0, 0, 0, time.UTC)), 20260301},
		{"a day from 06:00, at night", tashkent, 6 * time.Hour, in(tashkent, 2, 1, 30), 20260301},
		{"a day from 06:00, before it starts", tashkent, 6 * time.Hour, in(tashkent, 2, 6, 0) - 1, 20260301},
		{"a day from 06:00, as it starts", tashkent, 6 * time.Hour, in(tashkent, 2, 6, 0), 20260302},
		{"a day from 06:00, over the month's end", tashkent, 6 * time.Hour, in(tashkent, 1, 5, 0), 20260228},
		{"a day from 05:30", tashkent, 5*time.Hour + 30*time.Minute, in(tashkent, 2, 5, 29), 20260301},
		{"clocks put forward in the night", berlin, 4 * time.Hour, in(berlin, 29, 4, 30), 20260329},
	} {
		cal := store.Calendar{Location: c.zone, DayStarts: c.starts}
		if got := cal.Day(c.at); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestCalendarShow(t *testing.T) {
	t.Parallel()
	cal := store.Calendar{Location: tashkent, DayStarts: 6 * time.Hour}
	for i, want := range map[store.Instant]string{noon: "21.11.2026 12:00:00", noon.Add(-11 * time.Hour): "21.11.2026 01:00:00", 0: ""} {
		if got := cal.Show(i); got != want {
			t.Errorf("%d is shown %q, want %q", i, got, want)
		}
	}
}
