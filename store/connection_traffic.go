package store

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// What the wire says of calls that came to nothing (Merchant API 1.0.0, error
// codes), and what the listener notes where nobody may call at all.
const (
	wireAccessDenied   = "10001"
	wireNotPost        = "10003"
	wireServiceUnknown = "10006"
	wireInternal       = "99999"
	notedNobody        = "no credentials are set up"
	notedNoBasic       = "no Basic credentials were sent"
)

// The bounds on what is remembered of the calls.
const (
	failingCalls  = 3              // so many in a row that come to nothing are no slip
	failingWithin = 24 * time.Hour // older ones say nothing of today
	clockCalls    = 20             // the newest calls by which the bank's clock is told
	clockLeast    = 3              // fewer tell nothing: a call that was sent again has its old time
)

// Traffic is what the calls of a payment system tell of its connection. The zero
// value knows of no call. It is as large after a million calls as after twenty,
// and a copy is independent.
type Traffic struct {
	confirmed bool
	known     Instant // the newest call with the right password
	refused   failures
	strayed   failures // with another service id
	failed    failures // for any reason that is not the call's own
	offsets   [clockCalls]time.Duration
	timed     int // how many offsets there are; the newest stands before timed%clockCalls
}

// failures are calls that came to nothing, since the last that came to something.
type failures struct {
	count  int
	since  Instant
	recent [failingCalls]Instant // the newest, the newest of all last
}

func (f *failures) add(at Instant) {
	if f.count == 0 {
		f.since = at
	}
	f.count++
	copy(f.recent[:], f.recent[1:])
	f.recent[failingCalls-1] = at
}

// last tells whether enough of them are recent.
func (f *failures) last(now Instant) bool {
	return f.count >= failingCalls && f.recent[0] >= now.Add(-failingWithin)
}

// Confirm notes that a payment was confirmed some time, which the journal may
// have forgotten.
func (t *Traffic) Confirm() { t.confirmed = true }

// Knows tells that the system has called with the right password.
func (t *Traffic) Knows() bool { return t.known != 0 }

// Add takes a line of the wire journal; the oldest comes first. Strangers knock
// at every door of the internet, so not every refusal is the bank's.
func (t *Traffic) Add(c Call) {
	if c.Code == wireNotPost || c.Code == wireAccessDenied && t.isStranger(c) {
		return
	}
	if c.Code == wireAccessDenied {
		t.refused.add(c.At)
	} else if c.Code != wireInternal || len(c.Request) > 0 { // the body is not read before the password is known
		t.known, t.refused = c.At, failures{}
	}
	if !Answered(c) {
		t.failed.add(c.At)
		if c.Code == wireServiceUnknown {
			t.strayed.add(c.At)
		}
		return
	}
	t.strayed, t.failed = failures{}, failures{}
	t.confirmed = t.confirmed || c.Webhook == "confirm" && c.Code == ""
	t.time(c)
}

// isStranger tells of a refusal that says nothing of the bank: nobody was let in,
// or a caller without a password knocked at a door that the bank has opened
// before. Until then it may be the bank behind a proxy that drops the password.
func (t *Traffic) isStranger(c Call) bool {
	return strings.Contains(c.Reason, notedNobody) || t.Knows() && strings.Contains(c.Reason, notedNoBasic)
}

// Answered tells whether a line is of a call that was understood, by the rules
// of Add: whoever reads a journal backwards may stop after MostAnswered of them.
func Answered(c Call) bool {
	return !slices.Contains([]string{wireAccessDenied, wireNotPost, wireServiceUnknown, wireInternal}, c.Code)
}

// MostAnswered is how many of the newest answered calls have a part in what a
// Traffic tells.
const MostAnswered = clockCalls

// time notes how far the bank's clock was from ours when it called.
func (t *Traffic) time(c Call) {
	var said struct {
		Timestamp int64 `json:"timestamp"` // Unix milliseconds
	}
	const most = 1 << 50 // years from now
	if err := json.Unmarshal(c.Request, &said); err != nil || said.Timestamp <= 0 || said.Timestamp > most {
		return // the body was cut, or is none
	}
	t.offsets[t.timed%clockCalls] = time.Duration(said.Timestamp-int64(c.At)) * time.Millisecond
	t.timed++
}

// ClockOffset is how far the bank's clock is ahead of this machine's, as the
// middle one of its newest calls tells; below zero it is behind. known is false
// while there are too few.
func (t *Traffic) ClockOffset() (offset time.Duration, known bool) {
	if t.timed < clockLeast {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(t.offsets[:min(t.timed, clockCalls)]))
	return sorted[len(sorted)/2], true
}

// ConnectionOf is a connection as its calls show it; c is what the settings tell
// of it, which is NotConnected, Paused or Connected.
func ConnectionOf(c Connection, t Traffic, now Instant) Connection {
	c.LastCall = t.known
	switch {
	case !c.Open() || c.System == Manual:
	case t.failed.last(now):
		c.State = Failing
	case t.confirmed:
		c.State = Live
	case t.Knows():
		c.State = FirstCall
	}
	return c
}
