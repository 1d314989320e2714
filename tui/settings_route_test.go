package tui

import (
	"errors"
	"strings"
	"testing"

	"tushum/internal/config"
	"tushum/internal/setup"
	"tushum/store"
)

func TestSettingsRouteAKindElsewhere(t *testing.T) {
	t.Parallel()
	a := &around{}
	perform(t, 120, 40, connected(a), func(s *stage) {
		s.press("4", "u")
		s.sees("✓ Uzum Bank: live", "○ OneClick: not connected", "✓ by hand: marked paid by hand")
		s.pass(deafFor)
		s.press("down", "enter")
		s.sees("OneClick is not connected yet: fill in this page first")
		if f, ok := s.m.front().(*setupForm); !ok || f.page != setup.PageOneClick {
			t.Errorf("it leads to %T", s.m.front())
		}
		if strings.Contains(a.text(), "visit") {
			t.Errorf("the settings say\n%s", a.text())
		}
		s.press("esc")
		s.press("u")
		s.pass(deafFor)
		s.press("down", "down", "enter")
		s.sees("saved: link for a visit goes to by hand")
		if !strings.Contains(a.text(), `visit = "manual"`) || !strings.Contains(a.text(), `goods = "manual"`) {
			t.Errorf("the settings say\n%s", a.text())
		}
		if got := a.Config().Routing[config.Kind(store.Visit)]; got != config.SystemManual {
			t.Errorf("a visit goes to %s", got)
		}
		if first := strings.Split(s.screen(), "\n")[4]; !strings.Contains(first, "by hand") {
			t.Errorf("the card says %q", first)
		}
	})
}

// Uzum Bank is paused after a question, and goes on without one.
func TestSettingsPauseThePaymentSystem(t *testing.T) {
	t.Parallel()
	a := &around{}
	perform(t, 120, 40, connected(a), func(s *stage) {
		s.press("4", "p")
		s.sees("The bank's calls are refused", "the bank gives the money back")
		s.pass(deafFor)
		s.press("esc")
		if !a.Config().Uzum.Enabled {
			t.Fatal("the bank was paused by leaving the question")
		}
		s.press("p")
		s.pass(deafFor)
		s.press("enter")
		s.sees("Uzum Bank is paused")
		if a.Config().Uzum.Enabled {
			t.Error("the settings say that the bank may call")
		}
		a.change(s, func(now *State) {
			now.Connections = map[store.System]store.Connection{store.Uzum: {System: store.Uzum, State: store.Paused}, store.Manual: {System: store.Manual, State: store.Connected}}
		})
		s.press("p")
		s.sees("Uzum Bank takes payments again")
		if !a.Config().Uzum.Enabled {
			t.Error("the settings say that the bank may not call")
		}
		s.press("right", "p")
		s.sees("this kind is marked paid by hand")
	})
}

// A payment system that its owner has to know something of is let go on after a yes
// to that.
func TestSettingsPauseASystemThatMakesDeals(t *testing.T) {
	t.Parallel()
	a := &around{}
	perform(t, 120, 40, dealing(a, store.Connection{State: store.Connected}), func(s *stage) {
		s.press("4")
		s.toCard(store.Membership)
		s.press("p")
		s.sees("pause OneClick", "no payments are begun", "have not begun to pay")
		s.pass(deafFor)
		s.press("enter")
		s.sees("OneClick is paused")
		if cfg := a.Config(); cfg.OneClick.Enabled || !cfg.Uzum.Enabled {
			t.Errorf("the settings say\n%s", a.text())
		}
		a.change(s, func(now *State) { now.Connections[oneClick] = store.Connection{State: store.Paused} })
		s.sees("p lets it go on", "p resume")
		s.press("p")
		s.sees("before OneClick is switched on", "The shop is not the payee")
		s.pass(deafFor)
		s.press("esc")
		if a.Config().OneClick.Enabled {
			t.Fatal("it was switched on without a yes")
		}
		s.press("p")
		s.pass(deafFor)
		s.press("enter")
		s.sees("OneClick takes payments again")
		if !a.Config().OneClick.Enabled {
			t.Errorf("the settings say\n%s", a.text())
		}
		s.press("enter")
		if f, ok := s.m.front().(*setupForm); !ok || f.page != setup.PageOneClick {
			t.Errorf("Enter opens %T", s.m.front())
		}
	})
}

// What takes amounts that are asked for only can't stand at the till.
func TestSettingsRefuseTheTillToASystemThatCantTakeIt(t *testing.T) {
	t.Parallel()
	a := &around{}
	perform(t, 120, 40, dealing(a, store.Connection{State: store.Connected}), func(s *stage) {
		s.press("4")
		s.toCard(store.Counter)
		s.press("u")
		s.sees("✓ Uzum Bank: live", "✗ OneClick: takes no open amounts", "✓ by hand")
		s.pass(deafFor)
		s.press("down", "enter")
		s.sees("OneClick: takes no open amounts, choose another system")
		if strings.Contains(a.text(), "counter") {
			t.Errorf("the settings say\n%s", a.text())
		}
		s.pass(toastFor)
		s.toCard(store.Visit)
		s.press("u")
		s.sees("✓ OneClick: connected")
		s.pass(deafFor)
		s.press("down", "enter")
		s.sees("saved: link for a visit goes to OneClick")
	})
}

// What could not be saved, and what takes a restart, is told.
func TestSettingsTellWhatCameOfSaving(t *testing.T) {
	t.Parallel()
	a := &around{}
	perform(t, 120, 40, connected(a), func(s *stage) {
		a.fails = errors.New("the disk \x1b[2J is full")
		s.press("4", "u")
		s.pass(deafFor)
		s.press("down", "down", "enter")
		s.sees("is full")
		if strings.Contains(s.painted(), "\x1b[2J") {
			t.Error("the error reaches the terminal")
		}
		a.fails = nil
		s.msgs <- routedMsg{screen: s.m.settings, kind: store.Visit, system: store.Manual, saved: setup.Saved{Waiting: []string{"routing.visit"}}}
		s.sees("at the next start: routing.visit")
		s.msgs <- routedMsg{screen: s.m.settings, kind: store.Visit, system: oneClick}
		s.sees("No such invoice")
	})
}
