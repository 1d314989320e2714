package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

func TestStateOfTheShopIsTakenOver(t *testing.T) {
	t.Parallel()
	a := &around{}
	perform(t, 120, 30, connected(a), func(s *stage) {
		s.sees("Gulnora ", "live")
		a.change(s, func(now *State) { now.Shop.Name = "Lola\x1b[2J do‘koni" })
		s.sees("Lola", "do‘koni")
		a.change(s, func(now *State) { now.PlainApostrophe = true })
		s.sees("do'koni")
		s.paid(store.Draft{Amount: 25_000 * money.Som}, transID(1), "UZCARD")
		s.pass(2 * lookEvery)
		a.change(s, func(now *State) { now.Bell = nil })
		s.paid(store.Draft{Amount: 35_000 * money.Som}, transID(2), "UZCARD")
		s.pass(2 * lookEvery)
		if s.rung != 1 {
			t.Errorf("the bell was rung %d times", s.rung)
		}
		a.change(s, func(now *State) { now.Letter = store.LetterHead{Name: "OOO Lola"} })
		s.inside(func() {
			if s.m.Letter.Name != "OOO Lola" {
				t.Errorf("letters come from %+v", s.m.Letter)
			}
		})
	})
}

func TestStateOfTheBankIsInTheStatusBar(t *testing.T) {
	t.Parallel()
	a := &around{}
	perform(t, 120, 30, connected(a), func(s *stage) {
		for _, c := range []struct {
			connection store.Connection
			says       string
		}{
			{store.Connection{State: store.NotConnected}, "payments not connected"},
			{store.Connection{State: store.Paused, Test: true}, "payments are paused"},
			{store.Connection{State: store.Connected, Test: true}, "TEST MODE"},
			{store.Connection{State: store.Live}, "· live ·"},
		} {
			a.change(s, func(now *State) {
				now.Connections = map[store.System]store.Connection{store.Uzum: c.connection}
			})
			if bar, _, _ := strings.Cut(s.screen(), "\n"); !strings.Contains(bar, c.says) {
				t.Errorf("%s: %q", c.connection.State, bar)
			}
		}
	})
}

// Of payment systems that differ the status bar names those that are not what the
// others are.
func TestStateOfPaymentSystemsThatDiffer(t *testing.T) {
	t.Parallel()
	a := &around{}
	perform(t, 120, 30, dealing(a, store.Connection{State: store.Connected}), func(s *stage) {
		for _, c := range []struct {
			bank, deals store.Connection
			says        string
		}{
			{store.Connection{State: store.Live}, store.Connection{State: store.Connected}, "· live ·"},
			{store.Connection{State: store.Live}, store.Connection{State: store.Connected, Test: true}, "· TEST: OneClick ·"},
			{store.Connection{State: store.Live, Test: true}, store.Connection{State: store.Failing}, "· TEST: Uzum Bank ·"},
			{store.Connection{State: store.Live, Test: true}, store.Connection{State: store.Connected, Test: true}, "· TEST MODE ·"},
			{store.Connection{State: store.Paused}, store.Connection{State: store.Connected, Test: true}, "· TEST MODE ·"},
			{store.Connection{State: store.Live}, store.Connection{State: store.Paused, Test: true}, "· paused: OneClick ·"},
			{store.Connection{State: store.Paused}, store.Connection{State: store.Paused}, "· payments are paused ·"},
			{store.Connection{State: store.NotConnected}, store.Connection{State: store.Connected}, "· live ·"},
			{store.Connection{State: store.NotConnected}, store.Connection{State: store.NotConnected}, "· payments not connected ·"},
		} {
			a.change(s, func(now *State) {
				now.Connections = map[store.System]store.Connection{store.Uzum: c.bank, oneClick: c.deals}
			})
			if bar, _, _ := strings.Cut(s.screen(), "\n"); !strings.Contains(bar, c.says) {
				t.Errorf("%+v and %+v: %q", c.bank, c.deals, bar)
			}
		}
	})
}

// The console is woken by another version only.
func TestStateIsToldWhenItChanges(t *testing.T) {
	t.Parallel()
	told, versions := 0, []uint64{7, 7, 7, 8, 8, 0}
	w := watcher{tell: func(tea.Msg) { told++ }, Options: Options{Live: func() State {
		v := versions[0]
		versions = versions[1:]
		return State{Version: v}
	}}}
	for len(versions) > 0 {
		w.lookAround()
	}
	if told != 3 {
		t.Errorf("%d states were told", told)
	}
}

// Money that waits for a decision leads to where it is decided about.
func TestTheWarningAboutMoneyLeadsToIt(t *testing.T) {
	t.Parallel()
	money := store.Warning{Code: store.MoneyUnsettled, Says: lang.Text{UZ: "hal qiling", RU: "решите", EN: "to decide: 79 500 UZS, invoice 1000031"}}
	perform(t, 80, 24, surrounded(&around{}, store.Connection{State: store.Live}, money), func(s *stage) {
		s.sees("to decide: 79 500 UZS, invoice 1000031  u decide")
		s.press("2")
		s.sees("to decide: 79 500 UZS, invoice 1000031  1 Today  u decide")
	})
}

func TestWarningsTakeOneLineAtMost(t *testing.T) {
	t.Parallel()
	a := &around{}
	long := store.Warning{Says: lang.Text{EN: strings.Repeat("the bank\x1b[2J has not called ", 20)}}
	perform(t, 80, 24, surrounded(a, store.Connection{State: store.Live}, append([]store.Warning{long}, twoWarnings...)...), func(s *stage) {
		for w := leastWidth; w <= 140; w++ {
			s.resize(w, 24)
			s.fits()
			s.inside(func() {
				head := s.m.head()
				if len(head) != 3 || !strings.Contains(head[2], "+2") || !strings.Contains(ansi.Strip(head[2]), "! the") {
					t.Fatalf("%d cells: %q", w, head)
				}
			})
		}
		a.change(s, func(now *State) { now.Warnings = twoWarnings[:1] })
		s.sees("! the HTTPS certificate ends in 9 days  4 Settings")
		s.inside(func() {
			s.m.Update(readyMsg{&store.Error{Code: store.DiskFull}})
			if head := s.m.head(); len(head) != 3 || !strings.Contains(ansi.Strip(head[2]), "the disk is full") || !strings.Contains(head[2], "+1") {
				t.Errorf("the store is graver: %q", head)
			}
			s.m.Update(readyMsg{})
		})
		s.press("4")
		s.sees("needs attention", "! the HTTPS certificate ends in 9 days", "put a new one in the place of tls_cert")
		s.misses("4 Settings\n 1")
		a.change(s, func(now *State) { now.Warnings = nil })
		s.misses("needs attention")
		s.press("1")
		s.inside(func() {
			if head := s.m.head(); len(head) != 2 {
				t.Errorf("%q", head)
			}
		})
	})
}

// The chosen warning may go while somebody looks at it.
func TestWarningsMayGoUnderTheCursor(t *testing.T) {
	t.Parallel()
	a := &around{}
	perform(t, 80, 24, surrounded(a, store.Connection{State: store.Live}, twoWarnings...), func(s *stage) {
		s.press("4", "home", "down")
		if s.m.settings.cursor != (place{warning: store.DiskShort}) {
			t.Fatalf("the cursor is at %+v", s.m.settings.cursor)
		}
		a.change(s, func(now *State) { now.Warnings = twoWarnings[1:] })
		s.sees("▸! 800 MB are left on the disk")
		a.change(s, func(now *State) { now.Warnings = nil })
		s.sees("▸  link for a visit")
		s.press("right")
		s.sees("▸  link for goods")
	})
}

// A kind whose payment system takes no payments makes no invoice, and the form
// says so before Enter, in the ledger's words.
func TestFormSaysThatAPaymentSystemIsClosed(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		rules := stageRules()
		rules.Systems = map[store.System]store.Profile{store.Uzum: uzumProfile(store.Paused), oneClick: oneClickProfile(store.NotConnected), store.Manual: manualProfile()}
		rules.Routing[store.Goods] = store.Manual
		rules.Routing[store.GiftCard] = oneClick
		s.inside(func() { s.m.Ledger = ruled{s.m.Ledger, rules} })
		s.press("n")
		s.enter("25k")
		s.misses("is paused") // goods can be made, and are what is offered
		s.press("tab", "left")
		s.sees("visit", "✗ Uzum Bank is paused, no invoice can be made for it")
		s.press("enter")
		s.sees("new invoice", "Uzum Bank is paused")
		s.press("right", "right", "right")
		s.sees("gift card", "OneClick is not connected")
		s.press("f3")
		s.sees("✗ gift card: OneClick is not connected")
		s.press("enter")
		if len(s.m.stack) != 1 || s.m.front().(*formScreen).issuing {
			t.Error("the invoice is being made")
		}
	})
}

// ruled is a ledger with other rules.
type ruled struct {
	Ledger
	rules store.Rules
}

func (r ruled) Rules() store.Rules { return r.rules }
