package store

import (
	"slices"
	"strings"
	"time"
)

// What the wire says of calls that came to nothing (Merchant API 1.0.0, error
// codes).
const (
	wireAccessDenied   = "10001"
	wireNotPost        = "10003"
	wireServiceUnknown = "10006"
	wireInternal       = "99999"
)

// Why the listener turns a caller away, as the Reason of a Call tells. Of these
// only ReasonNobody, and after the first good call ReasonNoBasic and
// ReasonUnknownLogin, are not held against the bank.
const (
	ReasonNobody        = "no credentials are set up"
	ReasonNoBasic       = "no Basic credentials were sent"
	ReasonUnknownLogin  = "the login is unknown"
	ReasonWrongPassword = "the login or the password is wrong"
)

// The bounds on what is remembered of the calls.
const (
	failingCalls  = 3              // so many in a row that come to nothing are no slip
	failingWithin = 24 * time.Hour // older ones say nothing of today
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
	clock     clock    // the bank's
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

// notAfter brings down to now what is said to be later.
func (f *failures) notAfter(now Instant) {
	f.since = min(f.since, now)
	for i := range f.recent {
		f.recent[i] = min(f.recent[i], now)
	}
}

// Confirm notes that a payment was confirmed some time, which the journal may
// have forgotten.
func (t *Traffic) Confirm() { t.confirmed = true }

// Know notes that the system called with the right password at a time, of which
// the journal may have lost the line. It comes before the lines.
func (t *Traffic) Know(at Instant) { t.known = max(t.known, at) }

// NotAfter brings down to now what came later by a clock that was set back since:
// else there would be no silence until then, and no end of failing.
func (t *Traffic) NotAfter(now Instant) {
	t.known = min(t.known, now)
	for _, f := range []*failures{&t.refused, &t.strayed, &t.failed} {
		f.notAfter(now)
	}
}

// Knows tells that the system has called with the right password.
func (t *Traffic) Knows() bool { return t.known != 0 }

// Add takes a line of the wire journal; the oldest comes first. Strangers knock
// at every door of the internet, so not every refusal is the bank's.
func (t *Traffic) Add(c Call) {
	switch {
	case t.isStranger(c):
		return
	case c.Code == wireAccessDenied:
		t.refused.add(c.At)
	default:
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
	t.clock.add(c)
}

// isStranger tells of a call that says nothing of the bank.
func (t *Traffic) isStranger(c Call) bool {
	switch c.Code {
	case wireNotPost:
		return true
	case wireInternal: // the body is read once the password is known: this one was lost in a crowd
		return len(c.Request) == 0
	case wireAccessDenied:
		return t.isStrange(c.Reason)
	}
	return false
}

// isStrange tells of a refusal while nobody is let in, or of a caller without a
// password or with another login at a door that the bank has opened before. Until
// then it may be the bank behind a proxy that drops the password, or with a login
// that was mistyped.
func (t *Traffic) isStrange(reason string) bool {
	if strings.Contains(reason, ReasonNobody) {
		return true
	}
	return t.Knows() && (strings.Contains(reason, ReasonNoBasic) || strings.Contains(reason, ReasonUnknownLogin))
}

// Answered tells whether a line is of a call that was understood, by the rules
// of Add: whoever reads a journal backwards may stop after MostAnswered of them.
func Answered(c Call) bool {
	return !slices.Contains([]string{wireAccessDenied, wireNotPost, wireServiceUnknown, wireInternal}, c.Code)
}

// MostAnswered is how many of the newest answered calls are enough for what a
// Traffic tells.
const MostAnswered = 20

// ClockOffset is how far the bank's clock is ahead of this machine's, as the
// middle one of its newest calls tells; below zero it is behind. known is false
// while there are too few.
func (t *Traffic) ClockOffset() (offset time.Duration, known bool) { return t.clock.offset() }

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
