package store_test

import (
	"testing"
	"time"

	"tushum/store"
)

func TestTheBanksClock(t *testing.T) {
	t.Parallel()
	body := func(s string) store.Call {
		c := good(0)
		c.Request = []byte(s)
		return c
	}
	many := make([]store.Call, 0, 60)
	for i := range 60 {
		ahead := time.Hour
		if i >= 40 {
			ahead = -time.Minute
		}
		many = append(many, said("check", "", i, ahead))
	}
	mended := make([]store.Call, 0, 29)
	for i := range 29 {
		ahead := 5 * time.Hour
		if i >= 20 {
			ahead = time.Second
		}
		mended = append(mended, said("check", "", i, ahead))
	}
	same := func(n int) (calls []store.Call) {
		for i := range n {
			calls = append(calls, said("check", "", i, -time.Duration(i)*time.Minute-time.Hour))
		}
		return calls
	}
	const day = 24 * 60
	at := func(aheads ...time.Duration) (calls []store.Call) {
		for i, ahead := range aheads {
			calls = append(calls, said("check", "", i, ahead))
		}
		return calls
	}
	for _, c := range []struct {
		name  string
		calls []store.Call
		want  time.Duration
		known bool
	}{
		{"no call", nil, 0, false},
		{"two calls", at(time.Hour, time.Hour), 0, false},
		{"three calls", at(90*time.Second, 91*time.Second, 92*time.Second), 91 * time.Second, true},
		{"behind", at(-time.Hour, -time.Hour, -time.Hour), -time.Hour, true},
		{"one that was sent again", at(-time.Second, -40*time.Minute, -time.Second), -time.Second, true},
		{"only the newest count", many, -time.Minute, true},
		{"a clock that was mended", mended, time.Second, true},
		{"three of the five newest", append(at(5*time.Hour, 5*time.Hour, 5*time.Hour, 5*time.Hour, 5*time.Hour), said("check", "", 5, 0), said("check", "", 6, 0), said("check", "", 7, 0)), 0, true},
		{"one call sent again and again", same(30), 0, false},
		{"one call sent again among others", append(same(30), said("check", "", 31, time.Second), said("check", "", 32, time.Second)), time.Second, true},
		{"calls of another day", append(at(time.Hour, time.Hour, time.Hour), said("check", "", day+3, 0), said("check", "", day+4, 0)), 0, false},
		{"calls of the day", append(at(time.Hour, time.Hour, time.Hour), said("check", "", day, 0), said("check", "", day, time.Second)), time.Hour, true},
		{"calls before the clock was set back", []store.Call{said("check", "", 300, -5*time.Hour), said("check", "", 301, -5*time.Hour), said("check", "", 302, -5*time.Hour), said("check", "", 3, 0), said("check", "", 4, 0)}, 0, false},
		{"a refusal has a time as well", []store.Call{said("check", "10007", 0, time.Hour), said("create", "10008", 1, time.Hour), said("confirm", "10016", 2, time.Hour)}, time.Hour, true},
		{"what was not understood has none", []store.Call{strayed(0), strayed(1), unserved(2), refused(3)}, 0, false},
		{"bodies that tell none", []store.Call{body(""), body("{"), body("[]"), body(`{"timestamp":"1"}`), body(`{"timestamp":0}`), body(`{"timestamp":-5}`), body(`{"timestamp":9223372036854775807}`), body(`{}`)}, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			traffic := trafficOf(c.calls...)
			if got, known := traffic.ClockOffset(); got != c.want || known != c.known {
				t.Errorf("got %s (known: %v), want %s (%v)", got, known, c.want, c.known)
			}
		})
	}
}
