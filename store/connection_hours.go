package store

import "time"

// Hours are when a shop is open, by the clock on its wall.
type Hours struct {
	Opens, Closes time.Duration // from midnight; Closes is above Opens, 24 h at most
	Closed        [7]bool       // by time.Weekday: days on which it does not open
	Location      *time.Location
}

// Between is how much of the time from one moment to another is opening time;
// zero when to is not after from.
func (h Hours) Between(from, to Instant) time.Duration {
	if to <= from {
		return 0
	}
	in := Calendar{Location: h.Location}
	year, month, day := in.in(from).Date()
	var sum time.Duration
	for {
		opens, closes := h.at(year, month, day, h.Opens), h.at(year, month, day, h.Closes)
		if opens >= to {
			return sum
		}
		if open := min(closes, to) - max(opens, from); open > 0 && !h.Closed[weekday(year, month, day)] {
			sum += time.Duration(open) * time.Millisecond
		}
		day++
	}
}

func weekday(year int, month time.Month, day int) time.Weekday {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Weekday()
}

// at is a time of a day on the wall. A day that is none of the month is one of
// the next.
func (h Hours) at(year int, month time.Month, day int, sinceMidnight time.Duration) Instant {
	location := h.Location
	if location == nil {
		location = time.UTC
	}
	return At(time.Date(year, month, day, 0, 0, int(sinceMidnight/time.Second), 0, location))
}
