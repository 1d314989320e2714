package doctor_test

import (
	"testing"
	"time"

	"tushum/internal/doctor"
)

// The bank's clock is 10 minutes behind, and its calls are real ones in a real
// journal.
func TestTheClockIsHeldAgainstTheBanks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		bank time.Duration // by how much the bank's clock is ahead
		want want
	}{
		{0, want{doctor.Passed, "differs from the bank's by 0 s (5 calls)", ""}},
		{-10 * time.Minute, want{doctor.Failed, "clock is 10 min 0 s ahead of the bank's (5 calls)", "timedatectl set-ntp true"}},
		{2 * time.Minute, want{doctor.Warning, "clock is 2 min 0 s behind the bank's (5 calls)", "timedatectl set-ntp true"}},
	} {
		s := open(t, plan{})
		client := s.bankClient(t)
		calls := 0
		client.Now = func() time.Time {
			if calls++; calls == 2 { // one call with a time of its own moves nothing
				return time.Now().AddDate(-1, 0, 0)
			}
			return time.Now().Add(c.bank)
		}
		wake, cancel := s.store.Subscribe()
		for range 5 {
			if _, err := client.Check(t.Context(), "99999989"); err != nil {
				t.Fatal(err)
			}
		}
		s.subject.Bank = &doctor.Pair{Login: "bank", Password: bankPassword} // nor has the doctor's own call
		s.examine(t)
		stranger := *client
		stranger.Password = "guessed"
		stranger.Now = func() time.Time { return time.Unix(1, 0) } // it has no say
		if _, err := stranger.Check(t.Context(), "99999989"); err != nil {
			t.Fatal(err)
		}
		for s.journaled(t) < 7 {
			<-wake
		}
		cancel()
		s.holdAll(t, map[string]want{"clock.drift": c.want})
	}
}
