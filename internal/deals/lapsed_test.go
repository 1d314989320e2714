package deals_test

import (
	"net/http"
	"testing"
	"time"

	"tushum/internal/oneclick/simulator"
	"tushum/store"
)

// lapses begins a deal, plays what the platform knows, and lets the deal's time run out
// by our clock without the platform being asked.
func (s *stage) lapses(inv store.Invoice, play func(*simulator.Deal)) store.Deal {
	s.Helper()
	s.vendor.Behave(func(b *simulator.Behaviour) { b.DealLife = 15 * time.Minute })
	d := s.begin(inv)
	s.step() // now it is known until when
	s.forward(15 * time.Minute)
	s.vendor.Change(d.ID, play)
	if d = s.deal(d.Ref); d.State != store.DealOpen || d.Payable(store.At(s.now())) {
		s.Fatalf("it is %+v", d)
	}
	return d
}

func status(word string) func(*simulator.Deal) {
	return func(d *simulator.Deal) { d.Status = word }
}

// Whoever paid in the last seconds is shown no second card: the platform is asked what
// became of the first before another is made.
func TestNoSecondCardWhileTheFirstMayBePaid(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	inv := s.issue()
	first := s.lapses(inv, status("paid"))
	away := simulator.Refusing(http.StatusBadGateway, "ERROR_INTERNAL")
	s.vendor.Fail(simulator.Get, away, away, away)
	_, err := s.keeper.Begin(t.Context(), order(inv))
	if store.CodeOf(err) != store.DealInDoubt {
		t.Fatalf("while it can't be asked it is answered %v", err)
	}
	wantWords(t, err)
	s.vendor.Heal(simulator.Get)
	if d := s.begin(inv); d.Ref != first.Ref || d.State != store.DealClaimed {
		t.Errorf("the payer is shown %+v", d)
	}
	s.vendor.Complete(first.ID)
	s.later(time.Minute)
	if got := described(s.payments(inv.Number)); got != "CONFIRMED:150000" || s.vendor.Calls()[simulator.Payin] != 1 {
		t.Errorf("the payments are %q, of %d deals", got, s.vendor.Calls()[simulator.Payin])
	}
}

// A person may insist though the platform does not answer, and is told of what it does
// answer.
func TestAPersonMayInsistOnAnotherDeal(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	inv := s.issue()
	first := s.lapses(inv, status("new"))
	away := simulator.Refusing(http.StatusBadGateway, "ERROR_INTERNAL")
	s.vendor.Fail(simulator.Get, away, away, away)
	o := order(inv)
	o.Force = true
	d, err := s.keeper.Begin(t.Context(), o)
	if err != nil || d.Ref == first.Ref {
		t.Errorf("it is %+v, %v", d, err)
	}
}

// A deal that the platform has ended too makes room, and one that it has open still is
// gone on with, for a while.
func TestADealThatOnlyOurClockHasEnded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		play  func(*simulator.Deal)
		late  time.Duration
		open  bool // still, at the platform
		same  bool
		state store.DealState // of the first, afterwards
	}{
		"it ran out":                            {status("expired"), 0, false, false, store.DealExpired},
		"it was called off":                     {status("canceled"), 0, false, false, store.DealCanceled},
		"it is open":                            {status("new"), 0, true, true, store.DealOpen},
		"it was prolonged":                      {func(d *simulator.Deal) { d.ExpiresAt = d.ExpiresAt.Add(time.Hour) }, 0, false, true, store.DealOpen},
		"it is open though it ran out long ago": {status("new"), 11 * time.Minute, true, false, store.DealCanceled},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			inv := s.issue()
			first := s.lapses(inv, c.play)
			s.forward(c.late)
			if c.open {
				for range 10 { // it tells late of what has run out
					s.vendor.Fail(simulator.Get, simulator.Edited(`"name":"expired"`, `"name":"new"`))
				}
			}
			d := s.begin(inv)
			if c.state == store.DealCanceled {
				s.vendor.Heal(simulator.Get)
			}
			if now := store.At(s.now()); (d.Ref == first.Ref) != c.same || !d.Payable(now) {
				t.Fatalf("the payer is shown %+v", d)
			}
			for range 3 { // what is told again of its end is no news
				s.later(5 * time.Second)
			}
			s.state(first.Ref, c.state)
			if d = s.deal(d.Ref); !d.Payable(store.At(s.now())) {
				t.Errorf("seconds later it is %+v", d)
			}
			s.made(first.Ref, 1)
		})
	}
}
