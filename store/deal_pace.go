package store

import "time"

// The pace of asking what became of a deal. How often it can really be asked is
// up to the system's patience: who is due first comes first.
var (
	askedPace = []pace{{time.Minute, 5 * time.Second}, {time.Hour, time.Minute}, {day, 10 * time.Minute}}
	openPace  = []pace{{2 * time.Minute, 3 * time.Second}, {10 * time.Minute, 10 * time.Second}, {day, 30 * time.Second}, {7 * day, 10 * time.Minute}, {30 * day, time.Hour}, {forever, 6 * time.Hour}}
	lastPace  = []pace{{10 * time.Minute, 15 * time.Second}, {time.Hour, 5 * time.Minute}, {day, time.Hour}, {forever, 6 * time.Hour}} // no money came in time: a payer may say that it did, and wait for it
	endedPace = []pace{{time.Hour, 5 * time.Minute}, {day, time.Hour}, {forever, 6 * time.Hour}}
)

// pace is how often to ask until an age is reached.
type pace struct{ until, every time.Duration }

const (
	day     = 24 * time.Hour
	forever = 1<<63 - 1
)

// dealWatch is how long an ended deal is watched unless its system says otherwise.
const dealWatch = 7 * day

// LongestRest is more than ever lies between two looks at a deal. One that is due
// later than that was put off under a clock that has been set back since.
const LongestRest = day

// NextLook is when the system is to be asked about a deal next; ok is false when
// there is nothing more to learn. A completed deal may still be disputed, and one
// that was canceled or ran out may be paid after all, so they are watched for a
// while. One that stays open and never runs out is asked about ever more rarely and
// without an end: it can be paid, and only the system can say otherwise. An attempt
// that the system never came to know of is left alone after a day: nobody was shown
// where to pay it.
func (r Rules) NextLook(d Deal, now Instant) (next Instant, ok bool) {
	state := d.StateAt(now)
	since, paces := d.AskedAt, openPace
	switch {
	case state == DealVoid:
		return 0, false
	case state == DealAsked:
		paces = askedPace
	case d.State == DealCanceled || d.State == DealExpired:
		since, paces = d.EndedAt, lastPace
	case d.State.ended():
		since, paces = d.EndedAt, endedPace
	case state == DealExpired:
		since, paces = d.ExpiresAt, lastPace
	}
	age := max(0, time.Duration(now-since)*time.Millisecond) // less than that only where the clock was set back
	if state.ended() && age >= r.watches(d.System) {
		return 0, false
	}
	for _, p := range paces {
		if age < p.until {
			return now.Add(p.every), true
		}
	}
	return 0, false
}

func (r Rules) watches(system System) time.Duration {
	if watch := r.Systems[system].Watch; watch > 0 {
		return watch
	}
	return dealWatch
}
