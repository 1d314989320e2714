package store

import "time"

// endingWithin is how long before its end a certificate is told to be ending.
const endingWithin = 14 * 24 * time.Hour

// Validity is from when to when a certificate holds.
type Validity struct {
	NotBefore, NotAfter time.Time
	Automatic           bool // it is renewed without a person
}

// EndsSoon tells of a certificate that has ended, or that nobody has renewed in
// time: under 14 days are left. Those that are got by themselves may live for a
// few days only; they are renewed when a third of that is left, and late when a
// quarter is.
func (v Validity) EndsSoon(now time.Time) bool {
	within := endingWithin
	if v.Automatic {
		within = min(within, v.NotAfter.Sub(v.NotBefore)/4)
	}
	left := v.NotAfter.Sub(now)
	return left <= 0 || left < within
}
