package doctor_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/store"
)

// from has calls come through a proxy, from somewhere else.
type from struct {
	http.RoundTripper
	address string
}

// RoundTrip implements http.RoundTripper.
func (f from) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Forwarded-For", f.address)
	return f.RoundTripper.RoundTrip(r)
}

// theBank is the bank as it calls from its own address, each time with a clock
// that is ahead by one of these.
func (s *shop) theBank(t *testing.T, ahead ...time.Duration) {
	t.Helper()
	client := s.bankClient(t)
	client.HTTP.Transport = from{client.HTTP.Transport, "203.0.113.7"}
	s.call(t, client, ahead...)
}

// call makes calls, and waits until they stand in the journal.
func (s *shop) call(t *testing.T, client *bank.Client, ahead ...time.Duration) {
	t.Helper()
	wake, cancel := s.store.Subscribe()
	defer cancel()
	before := s.journaled(t)
	for i, d := range ahead {
		client.Now = func() time.Time { return time.Now().Add(d + time.Duration(i)*time.Millisecond) }
		if _, err := client.Check(t.Context(), "99999989"); err != nil {
			t.Fatal(err)
		}
	}
	for s.journaled(t) < before+len(ahead) {
		<-wake
	}
}

// The bank's clock is another, and its calls are real ones in a real journal.
func TestTheClockIsHeldAgainstTheBanks(t *testing.T) {
	t.Parallel()
	const year = 365 * 24 * time.Hour
	for name, c := range map[string]struct {
		ahead []time.Duration // the bank's clock, at each call
		want  want
	}{
		"in step, but for one call with a time of its own": {[]time.Duration{0, -year, 0, 0, 0}, want{doctor.Passed, "differs from that of Uzum Bank by 0 s", ""}},
		"far behind":                   {[]time.Duration{-10 * time.Minute, -10 * time.Minute, -10 * time.Minute}, want{doctor.Failed, "clock is ahead of that of Uzum Bank by 10 min 0 s", "timedatectl set-ntp true"}},
		"a little ahead":               {[]time.Duration{2 * time.Minute, 2 * time.Minute, 2 * time.Minute}, want{doctor.Warning, "clock is behind that of Uzum Bank by 2 min 0 s", "timedatectl set-ntp true"}},
		"years ahead":                  {[]time.Duration{56 * year, 56 * year, 56 * year}, want{doctor.Failed, "clock is behind that of Uzum Bank by 20440 days", "set-ntp"}},
		"hours ahead":                  {[]time.Duration{5*time.Hour + 90*time.Second, 5*time.Hour + 90*time.Second, 5*time.Hour + 90*time.Second}, want{doctor.Failed, "clock is behind that of Uzum Bank by 5 h 1 min", "set-ntp"}},
		"one call, by somebody's hand": {[]time.Duration{-year}, want{doctor.Skipped, "called too little", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, plan{listen: trusting})
			s.subject.Systems = table(store.Connected, store.NotConnected, works)
			s.theBank(t, c.ahead...)
			stranger := s.bankClient(t)
			stranger.Password = "guessed"
			s.call(t, stranger, -year, -year, -year) // they have no say
			s.holdAll(t, map[string]want{"clock.drift": c.want})
		})
	}
}

// What is played on this machine carries its own time, and proves nothing.
func TestTheSimulatorIsNotTheBanksClock(t *testing.T) {
	t.Parallel()
	s := open(t, plan{listen: trusting})
	s.subject.Systems = table(store.Connected, store.NotConnected, works)
	s.theBank(t, -time.Hour, -time.Hour, -time.Hour)
	s.call(t, s.bankClient(t), 0, 0, 0, 0, 0)
	s.holdAll(t, map[string]want{"clock.drift": {doctor.Failed, "clock is ahead of that of Uzum Bank by 1 h 0 min", "set-ntp"}})
}

// The clock that is the furthest from this machine's is told, whosever it is.
func TestEachSystemThatCallsHasAClock(t *testing.T) {
	t.Parallel()
	const late = "clock is ahead of that of Courier by 1 h 0 min"
	for name, c := range map[string]struct {
		bank, courier time.Duration // their clocks; the courier calls only where it is set
		want          want
	}{
		"the courier's":         {0, -time.Hour, want{doctor.Failed, late, "set-ntp"}},
		"the courier's is best": {-2 * time.Hour, -time.Hour, want{doctor.Failed, "clock is ahead of that of Uzum Bank by 2 h 0 min", "set-ntp"}},
		"the bank's alone":      {0, 0, want{doctor.Passed, "differs from that of Uzum Bank by 0 s", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, plan{listen: trusting})
			courier := entry{store.Profile{System: "courier", Name: lang.Text{EN: "Courier"}, Can: store.Abilities{Calls: true}, State: store.Connected}}
			s.subject.Systems = append(table(store.Connected, store.NotConnected, works), courier)
			s.theBank(t, c.bank, c.bank, c.bank)
			if c.courier != 0 {
				s.record(t, "courier", c.courier)
			}
			s.holdAll(t, map[string]want{"clock.drift": c.want})
		})
	}
}

// record writes three calls of a payment system into the journal, by a clock that is
// ahead by so much.
func (s *shop) record(t *testing.T, system store.System, ahead time.Duration) {
	t.Helper()
	wake, cancel := s.store.Subscribe()
	defer cancel()
	before := s.journaled(t)
	for i := range 3 {
		at := time.Now().Add(time.Duration(i) * time.Millisecond)
		body := fmt.Sprintf(`{"timestamp":%d}`, at.Add(ahead).UnixMilli())
		s.store.Record(store.Call{At: store.At(at), System: system, Webhook: "check", Address: "203.0.113.9", HTTPStatus: http.StatusOK, Request: []byte(body)})
	}
	for s.journaled(t) < before+3 {
		<-wake
	}
}
