package deals_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/system/oneclick"
	"tushum/store"
)

// fails has deals begun, each of an invoice of its own, of which none comes about.
func (s *stage) fails(deals int, every time.Duration) {
	s.Helper()
	for range deals {
		if d, err := s.keeper.Begin(s.Context(), order(s.issue())); err == nil {
			s.Fatalf("it is %+v", d)
		}
		s.forward(every)
	}
}

// unmade tells what is said of deals that are not made.
func (s *stage) unmade() (says string) {
	s.Helper()
	for _, w := range s.keeper.Warnings() {
		for _, l := range lang.All {
			if strings.Contains(w.Says.In(l), "{") || w.Hint.In(l) == "" {
				s.Errorf("it says %q, %q", w.Says.In(l), w.Hint.In(l))
			}
		}
		if w.Code == store.SystemUnreachable {
			says += w.Says.EN
		}
	}
	return says
}

// Where no deal is open nobody asks, so that a platform is away shows by those that
// can't be made.
func TestAPlatformThatIsAwayWhenDealsAreMadeIsToldOf(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	away := s.cfg.OneClick.BaseURL
	s.cfg.OneClick.BaseURL = "https://127.0.0.1:1"
	s.apply()
	s.fails(2, 2*time.Minute)
	if s.unmade() != "" || s.keeper.Unreachable(oneclick.Name) {
		t.Errorf("after two it is told of %+v", s.keeper.Warnings())
	}
	s.fails(8, 2*time.Minute)
	if says := s.unmade(); !strings.Contains(says, "makes no deals") || !s.keeper.Unreachable(oneclick.Name) {
		t.Errorf("after ten it is told of %+v", s.keeper.Warnings())
	}
	s.cfg.OneClick.BaseURL = away
	s.apply()
	s.begin(s.issue())
	if s.unmade() != "" || s.keeper.Unreachable(oneclick.Name) {
		t.Errorf("after one that was made it is told of %+v", s.keeper.Warnings())
	}
}

// A platform that answers about its deals and makes none is told of all the same.
func TestAPlatformThatOnlyMakesNoDealsIsToldOf(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault simulator.Fault
		told  bool
	}{
		"forbidden":    {simulator.Refusing(http.StatusForbidden, "ERROR_IP"), true},
		"its failure":  {simulator.Refusing(http.StatusInternalServerError, "ERROR_INTERNAL"), true},
		"redirected":   {simulator.Redirecting("https://127.0.0.1:1/"), true},
		"one's amount": {simulator.Refusing(http.StatusUnprocessableEntity, "ERROR_AMOUNT"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.begin(s.issue())
			for range 4 {
				s.vendor.Fail(simulator.Payin, c.fault)
				s.fails(1, time.Minute)
				s.step()
			}
			if says := s.unmade(); (says != "") != c.told {
				t.Errorf("it is told of %+v", s.keeper.Warnings())
			}
			s.forward(time.Hour) // nobody has tried since
			if says := s.unmade(); says != "" {
				t.Errorf("an hour later it says %q", says)
			}
		})
	}
}

// What can't be made by the settings is no order's fault.
func TestKeysThatAreRefusedAreToldOf(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(c *config.OneClick) { c.CredentialsFile += ".gone" })
	s.fails(4, time.Minute)
	if s.unmade() == "" {
		t.Errorf("it is told of %+v", s.keeper.Warnings())
	}
}
