package store

import (
	"fmt"
	"time"
)

// Instant is a moment in Unix milliseconds, as the bank counts them; zero means
// absent. Being a plain number it has no zone and compares with ==.
type Instant int64

// At turns a time into an Instant, cutting off what is below a millisecond.
func At(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.UnixMilli())
}

// Time gives the moment in UTC; the zero time when absent.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(i)).UTC()
}

// Add moves the instant; what is below a millisecond is cut off.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d.Milliseconds()) }

// rfc3339Milli is RFC 3339 with exactly three decimals, in UTC.
const rfc3339Milli = "2006-01-02T15:04:05.000Z07:00"

// String is RFC 3339 in UTC with milliseconds; empty when absent.
func (i Instant) String() string {
	if i == 0 {
		return ""
	}
	return i.Time().Format(rfc3339Milli)
}

// MarshalText makes JSON show the instant as String does.
func (i Instant) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (i *Instant) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*i = 0
		return nil
	}
	t, err := time.Parse(time.RFC3339, string(b))
	if err != nil {
		return fmt.Errorf("reading a time: %w", err)
	}
	*i = At(t)
	return nil
}

// Date is a business day as the number yyyymmdd, so that dates sort as numbers.
type Date int32

// String is the ISO form, 2026-11-21; empty for the zero date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100)
}

// ParseDate reads 2026-11-21 or 21.11.2026.
func ParseDate(s string) (Date, error) {
	for _, layout := range []string{"2006-01-02", "02.01.2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return dateOf(t), nil
		}
	}
	return 0, invalid(sayDate)
}

// Next is the day after.
func (d Date) Next() Date {
	return dateOf(time.Date(int(d/10000), time.Month(d/100%100), int(d%100)+1, 0, 0, 0, 0, time.UTC))
}

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date(y*10000 + int(m)*100 + d)
}

// Calendar tells the business day of a moment. The zero Calendar is UTC with
// days that start at midnight.
type Calendar struct {
	Location  *time.Location
	DayStarts time.Duration // after midnight; what happens before it belongs to the day before
}

// Day is the business day of a moment, by the clock on the wall: where clocks
// are put forward at night a day still starts at the hour that is set.
func (c Calendar) Day(i Instant) Date {
	t := c.in(i)
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	sinceMidnight := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	if sinceMidnight < c.DayStarts {
		day--
	}
	return dateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Show formats a moment in the shop's zone, dd.mm.yyyy hh:mm:ss.
func (c Calendar) Show(i Instant) string {
	if i == 0 {
		return ""
	}
	return c.in(i).Format("02.01.2006 15:04:05")
}

// toTheMinute formats a moment that people have chosen, dd.mm.yyyy hh:mm.
func (c Calendar) toTheMinute(i Instant) string {
	if i == 0 {
		return ""
	}
	return c.in(i).Format("02.01.2006 15:04")
}

func (c Calendar) in(i Instant) time.Time {
	if c.Location == nil {
		return i.Time()
	}
	return i.Time().In(c.Location)
}
