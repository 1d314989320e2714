package store

import (
	"encoding/json"
	"slices"
	"time"
)

// The calls by which the bank's clock is told.
const (
	clockCalls  = 5              // the newest
	clockLeast  = 3              // fewer tell nothing: a call that was sent again has its old time
	clockWithin = 24 * time.Hour // an older one says nothing of today
)

// clock is what the newest calls say of the bank's clock, the newest of all last.
type clock struct {
	calls [clockCalls]timedCall
	count int // how many there are
}

// timedCall is when a call came by this machine's clock, and by the bank's.
type timedCall struct {
	came Instant
	said int64 // Unix milliseconds
}

// add notes when the bank says that it called. The same time again is no clock,
// but a call that was sent again, or one that somebody wrote by hand.
func (k *clock) add(c Call) {
	var body struct {
		Timestamp int64 `json:"timestamp"`
	}
	const most = 1 << 50 // years from now
	if err := json.Unmarshal(c.Request, &body); err != nil || body.Timestamp <= 0 || body.Timestamp > most {
		return // the body was cut, or is none
	}
	if slices.ContainsFunc(k.known(), func(t timedCall) bool { return t.said == body.Timestamp }) {
		return
	}
	copy(k.calls[:], k.calls[1:])
	k.calls[clockCalls-1] = timedCall{c.At, body.Timestamp}
	k.count = min(k.count+1, clockCalls)
}

func (k *clock) known() []timedCall { return k.calls[clockCalls-k.count:] }

// newest is when the newest of the calls came; zero: there is none.
func (k *clock) newest() Instant { return k.calls[clockCalls-1].came }

// offset is the middle one of the calls of the newest's day. Those that came
// later than the newest came before this machine's clock was set back.
func (k *clock) offset() (offset time.Duration, known bool) {
	newest := k.newest()
	var offsets []time.Duration
	for _, t := range k.known() {
		if t.came <= newest && t.came >= newest.Add(-clockWithin) {
			offsets = append(offsets, time.Duration(t.said-int64(t.came))*time.Millisecond)
		}
	}
	if len(offsets) < clockLeast {
		return 0, false
	}
	slices.Sort(offsets)
	return offsets[len(offsets)/2], true
}

// aside is how far the bank's clock is ahead, as far as that still holds now: this
// machine's may have been set since.
func (k *clock) aside(now Instant) (offset time.Duration, known bool) {
	if newest := k.newest(); newest > now || newest < now.Add(-clockWithin) {
		return 0, false
	}
	return k.offset()
}
