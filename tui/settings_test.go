package tui

import (
	"context"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"tushum/internal/config"
	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/setup"
	oneclicksystem "tushum/internal/system/oneclick"
	"tushum/store"
)

// salonFile is a shop that is connected, with kinds of payment that go to
// different payment systems.
const salonFile = `[shop]
name = "Gulnora saloni"
phone = "+998 90 123-45-67"

[listener]
address = "127.0.0.1:8080"
public_url = "https://pay.gulnora.uz"

[uzum]
enabled = true
service_id = 101202

[[uzum.credentials]]
login = "uzum-bank"
password_hash = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"

[routing]
goods = "manual"
`

// around is what is around a console of a test: its settings, and a state that
// the test changes.
type around struct {
	*paperSettings
	mu      sync.Mutex
	now     State
	results func(context.Context) iter.Seq[doctor.Result]
	called  string // the shop's name where it is not that of the file
	made    store.Systems
	madeOf  string // the settings
}

func (a *around) state() State {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.now
}

// change puts another state around the console, which it has seen when this returns.
func (a *around) change(s *stage, change func(*State)) {
	a.mu.Lock()
	change(&a.now)
	a.now.Version++
	a.mu.Unlock()
	s.pass(2 * lookEvery)
}

func (a *around) Config() config.Config {
	cfg := a.paperSettings.Config()
	if a.called != "" {
		cfg.Shop.Name = a.called
	}
	return cfg
}

func (a *around) Examine(ctx context.Context) iter.Seq[doctor.Result] { return a.results(ctx) }

// surrounded opens the console in a shop that is live, with its settings.
func surrounded(a *around, connection store.Connection, warnings ...store.Warning) func(*stage, *Options) {
	return func(s *stage, o *Options) {
		connection.System = store.Uzum
		a.paperSettings = newPaperSettings(s.t, salonFile)
		a.now = State{
			Version: 1, Shop: o.Shop, Bell: o.Bell, PlainApostrophe: o.PlainApostrophe, Warnings: warnings,
			Connections: map[store.System]store.Connection{
				store.Uzum: connection, oneClick: {System: oneClick, State: store.NotConnected}, store.Manual: {System: store.Manual, State: store.Connected},
			},
		}
		o.Settings, o.Live, o.Systems = a, a.state, func() store.Systems { return salonSystems }
	}
}

// salonSystems is a table of the payment systems, as the program has one. How they
// are connected is told by the state of the console.
var salonSystems = store.Systems{
	listed(uzumProfile(store.Connected), lang.Text{}, lang.Text{UZ: "bank kalitlari kiritilmagan", RU: "ключи банка не введены", EN: "the bank's keys are missing"}),
	listed(oneClickProfile(store.NotConnected), lang.Text{
		UZ: "Pul do‘konga emas, platforma ijrochisining kartasiga tushadi; do‘konning platformadagi hisobi USDTda yuritiladi.",
		RU: "Деньги получает не магазин, а исполнитель платформы на свою карту; счёт магазина на платформе ведётся в USDT.",
		EN: "The shop is not the payee: the money goes to a card of the platform's performer, and the shop's balance at the platform is in USDT.",
	}, lang.Text{UZ: "kabinetdan olingan fayl ko‘rsatilmagan", RU: "не указан файл из кабинета", EN: "the file from the cabinet is missing"}),
	listed(manualProfile(), lang.Text{}, lang.Text{}),
}

// listedSystem is a payment system that nobody calls.
type listedSystem struct{ profile store.Profile }

func listed(p store.Profile, warning, missing lang.Text) listedSystem {
	p.Warning, p.Missing = warning, missing
	return listedSystem{p}
}

func (l listedSystem) Profile() store.Profile                           { return l.profile }
func (listedSystem) AppLink(store.Invoice, money.Amount, string) string { return "" }

// dealsFile is what the salon's settings say besides when goods go to a payment
// system that makes deals.
const dealsFile = `
membership = "oneclick"

[oneclick]
enabled = true
base_url = "https://secure.sandbox.paymentsgate.io"
credentials_file = "oneclick.json"
flow = "h2h"
test_mode = true
min_amount = 10000
max_amount = 5000000
`

// dealing opens the console in a shop with two payment systems, one of them for
// memberships.
func dealing(a *around, deals store.Connection) func(*stage, *Options) {
	return func(s *stage, o *Options) {
		connected(a)(s, o)
		a.paperSettings = newPaperSettings(s.t, salonFile+dealsFile)
		a.keepCredentials()
		a.now.Connections[oneClick] = deals
		o.Systems = a.systems
		o.Ledger = ruled{o.Ledger, dealingRules()}
	}
}

// systems are made once for the settings in force, as the program does.
func (a *around) systems() store.Systems {
	text := a.text()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.made == nil || text != a.madeOf {
		a.made, a.madeOf = dealingSystems(a.Config()), text
	}
	return a.made
}

// dealingSystems is salonSystems with what the settings say of the second.
func dealingSystems(cfg config.Config) store.Systems {
	all := slices.Clone(salonSystems)
	of, set := all[1].Profile(), oneclicksystem.New(cfg).Profile()
	of.Test, of.Least, of.Most, of.Host, of.Facts = set.Test, set.Least, set.Most, set.Host, set.Facts
	all[1] = listedSystem{of}
	return all
}

// dealingRules are those of such a shop.
func dealingRules() store.Rules {
	rules := stageRules()
	rules.Routing[store.Membership] = oneClick
	return rules
}

// lastCall is when the bank called last: seven minutes before the console opens.
var lastCall = store.At(opening.Add(-7 * time.Minute))

var twoWarnings = []store.Warning{
	{
		Code: store.CertificateEnding,
		Says: lang.Text{UZ: "HTTPS sertifikati 9 kundan keyin tugaydi", RU: "сертификат HTTPS кончится через 9 дней", EN: "the HTTPS certificate ends in 9 days"},
		Hint: lang.Text{UZ: "yangisini tls_cert o‘rniga qo‘ying: dastur uni o‘zi o‘qib oladi", RU: "положите новый на место tls_cert: программа прочитает его сама", EN: "put a new one in the place of tls_cert: it is read by itself"},
	},
	{
		Code: store.DiskShort,
		Says: lang.Text{UZ: "diskda 800 MB joy qoldi", RU: "на диске осталось 800 МБ", EN: "800 MB are left on the disk"},
		Hint: lang.Text{UZ: "joy bo‘shating: disk to‘lsa, to‘lovlar qabul qilinmaydi", RU: "освободите место: на полном диске платежи не принимаются", EN: "free some space: with a full disk no payment is taken"},
	},
}

// The cards of every state of the bank, in every language and width.
func TestSettingsOfEveryConnection(t *testing.T) {
	t.Parallel()
	a := &around{}
	var all strings.Builder
	perform(t, 80, 24, connected(a), func(s *stage) {
		s.press("4")
		for _, c := range []store.Connection{
			{State: store.NotConnected},
			{State: store.Paused, LastCall: lastCall},
			{State: store.Paused},
			{State: store.Connected, Test: true},
			{State: store.FirstCall, Test: true, LastCall: lastCall},
			{State: store.Live, LastCall: lastCall},
			{State: store.Failing, LastCall: lastCall.Add(-30 * time.Hour)},
		} {
			a.change(s, func(now *State) {
				now.Connections = map[store.System]store.Connection{store.Uzum: c, oneClick: {State: store.NotConnected}}
			})
			for _, size := range []Size{{120, 30}, {80, 24}, {60, 24}, {40, 24}} {
				s.resize(size.Width, size.Height)
				for range lang.All {
					s.press("L")
					s.pass(toastFor)
					s.fits()
					fmt.Fprintf(&all, "== %s %dx%d %s\n%s\n", c.State, size.Width, size.Height, s.m.Lang, s.screen())
				}
			}
		}
	})
	golden.RequireEqual(t, []byte(all.String()))
}

func TestSettingsGolden(t *testing.T) {
	t.Parallel()
	live := store.Connection{State: store.Live, LastCall: lastCall}
	for name, play := range map[string]func(*stage){
		"cards":    func(s *stage) { s.press("4") },
		"warnings": func(s *stage) { s.press("4", "home") },
		"rows":     func(s *stage) { s.press("4", "end") },
		"route":    func(s *stage) { s.press("4", "u") },
		"lesson":   func(s *stage) { s.press("4", "h") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, func(s *stage, o *Options) { surrounded(&around{}, live, twoWarnings...)(s, o) }, play)
		})
	}
}

// A shop with two payment systems, of which one makes deals.
func TestSettingsOfDealsGolden(t *testing.T) {
	t.Parallel()
	tested := store.Connection{State: store.Connected, Test: true}
	for name, scene := range map[string]struct {
		deals store.Connection
		play  func(*stage)
	}{
		"cards":   {tested, func(s *stage) { s.press("4"); s.toCard(store.Membership) }},
		"rows":    {tested, func(s *stage) { s.press("4", "end", "up", "up", "up", "up") }},
		"paused":  {store.Connection{State: store.Paused}, func(s *stage) { s.press("4"); s.toCard(store.Membership) }},
		"failing": {store.Connection{State: store.Failing}, func(s *stage) { s.press("4"); s.toCard(store.Membership) }},
		"pause":   {tested, func(s *stage) { s.press("4"); s.toCard(store.Membership); s.press("p") }},
		"resume":  {store.Connection{State: store.Paused}, func(s *stage) { s.press("4"); s.toCard(store.Membership); s.press("p") }},
		"lesson":  {tested, func(s *stage) { s.press("4"); s.toCard(store.Membership); s.press("h") }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, func(s *stage, o *Options) { dealing(&around{}, scene.deals)(s, o) }, scene.play)
		})
	}
}

// toCard selects the card of a kind of payment.
func (s *stage) toCard(k store.Kind) {
	s.t.Helper()
	s.press("home")
	for range store.Kinds() {
		if s.m.settings.cursor.kind == k {
			return
		}
		s.press("right")
	}
	s.t.Fatalf("%s has no card", k)
}

// connected opens the console in a shop whose bank is live.
func connected(a *around) func(*stage, *Options) {
	return surrounded(a, store.Connection{State: store.Live, LastCall: lastCall})
}

func TestSettingsAreThereOnlyWhereThereAreSome(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		s.misses("Settings")
		s.press("4")
		s.sees("the settings can't be seen from here")
		s.press(":")
		s.enter("check every")
		s.press("enter")
		s.sees("the settings can't be seen from here", "1 Today")
	})
	perform(t, 80, 24, connected(&around{}), func(s *stage) {
		s.press("tab", "tab", "tab")
		s.sees("4 Settings", "kinds of payment")
		s.press("tab")
		s.sees("no payments yet")
	})
}

// Every place can be reached, whichever way the cards stand, and is seen then.
func TestSettingsKeysReachEverything(t *testing.T) {
	t.Parallel()
	for _, size := range []Size{{120, 40}, {80, 24}, {60, 12}, {40, 10}, {20, 6}} {
		perform(t, size.Width, size.Height, surrounded(&around{}, store.Connection{State: store.Live}, twoWarnings...), func(s *stage) {
			s.press("4", "home")
			all := s.m.settings.places(s.m.desk)
			seen := map[place]bool{}
			for range all {
				at := s.m.settings.cursor
				s.sees("▸")
				s.fits()
				for range s.m.settings.columns {
					seen[s.m.settings.cursor] = true
					s.press("right")
				}
				for s.m.settings.cursor != at {
					s.press("left")
				}
				s.press("down")
			}
			if len(seen) != len(all) {
				t.Errorf("%v: %d of %d places can be reached", size, len(seen), len(all))
			}
			if s.m.settings.cursor != all[len(all)-1] {
				t.Errorf("%v: ↓ ends at %+v", size, s.m.settings.cursor)
			}
			for range all {
				s.press("up")
			}
			if s.m.settings.cursor != all[0] {
				t.Errorf("%v: ↑ ends at %+v", size, s.m.settings.cursor)
			}
			for range all {
				s.press("pgdown")
				s.sees("▸")
			}
			if s.m.settings.cursor != all[len(all)-1] {
				t.Errorf("%v: PgDn ends at %+v", size, s.m.settings.cursor)
			}
			s.press("home", "pgup")
			if s.m.settings.cursor != all[0] {
				t.Errorf("%v: Home ends at %+v", size, s.m.settings.cursor)
			}
		})
	}
}

func TestSettingsLeadToTheirQuestions(t *testing.T) {
	t.Parallel()
	for pressed, page := range map[string]setup.Page{
		"": setup.PageBank, "right": setup.PageRouting, "end up up up up up up up": setup.PageBank, "end up up up up up up": setup.PageOffer,
		"end up up up up": setup.PageOneClick, "end up up up": setup.PageShop, "end up up": setup.PageListener, "end up": setup.PageTariffs,
	} {
		perform(t, 120, 40, connected(&around{}), func(s *stage) {
			s.press("4")
			s.press(strings.Fields(pressed)...)
			s.press("enter")
			if f, ok := s.m.front().(*setupForm); !ok || f.page != page {
				t.Errorf("%q opens %T, not %s", pressed, s.m.front(), page)
			}
			s.press("esc")
			s.sees("kinds of payment")
		})
	}
	perform(t, 120, 40, connected(&around{}), func(s *stage) {
		s.press("4", "end", "up", "up", "up", "up", "up", "enter")
		s.sees("https://pay.gulnora.uz/uzum")
	})
}

// Each payment system that makes deals has its row, made of its profile. One that
// nobody is asked about is set up in the file.
func TestSettingsHaveARowOfAFurtherSystem(t *testing.T) {
	t.Parallel()
	courier := store.Profile{
		System: "courier", Name: lang.Text{EN: "Courier"}, Can: store.Abilities{Deals: true}, State: store.Connected,
		Least: 1000 * money.Som, Most: 50_000 * money.Som, Host: "courier.example", Facts: []lang.Text{{UZ: "eshik oldida", RU: "у двери", EN: "at the door"}},
	}
	a := &around{}
	perform(t, 120, 40, func(s *stage, o *Options) {
		connected(a)(s, o)
		o.Systems = func() store.Systems { return append(slices.Clone(salonSystems), listedSystem{courier}) }
	}, func(s *stage) {
		s.press("4", "end", "up", "up", "up", "up")
		s.sees("Courier", "connected · courier.example", "at the door · 1 000 – 50 000", "https://pay.gulnora.uz/courier/callback")
		s.press("enter")
		s.sees("this system is set up in the settings file")
		s.pass(deafFor)
		s.press("up", "enter")
		if f, ok := s.m.front().(*setupForm); !ok || f.page != setup.PageOneClick {
			t.Errorf("the row above opens %T", s.m.front())
		}
	})
}

// inApp finds an app in a text.
var inApp = regexp.MustCompile(`ilova|приложени|\bapp\b`)

// A system that is paused is let go on where the switch is.
func TestSettingsOfAPausedSystem(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, surrounded(&around{}, store.Connection{State: store.Paused, LastCall: lastCall}), func(s *stage) {
		s.press("4")
		s.sees("p lets it go on", "p resume")
		s.misses("last call", "p pause")
		s.press("enter")
		if f, ok := s.m.front().(*setupForm); !ok || f.page != setup.PageOffer {
			t.Errorf("Enter opens %T", s.m.front())
		}
	})
}

func TestSettingsOfAFailingSystemPointToTheWarnings(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, surrounded(&around{}, store.Connection{State: store.Failing, LastCall: lastCall}, twoWarnings...), func(s *stage) {
		s.press("4")
		s.sees("see the warnings", "tushum doctor is d here, or Enter on a warning")
		s.misses("last call")
	})
}

// A shop that is played says on the first key that nothing can be changed.
func TestSettingsOfAPlayedShopAreFixed(t *testing.T) {
	t.Parallel()
	perform(t, 120, 40, func(s *stage, o *Options) {
		connected(&around{})(s, o)
		o.Shop.Demo, o.Settings, o.Live = true, played{o.Settings}, nil
	}, func(s *stage) {
		s.press("4")
		s.sees("127.0.0.1:8080")
		s.misses("127.0.0.1:0")
		for _, pressed := range []string{"home enter", "end up up enter", "home u"} {
			s.press(strings.Fields(pressed)...)
			s.sees("settings of a shop that is played")
			if len(s.m.stack) != 0 || s.m.dialog != nil {
				t.Errorf("%s opens something", pressed)
			}
			s.pass(toastFor)
		}
		s.press("home", "h")
		s.sees("for example")
	})
}

// played are the settings of a demo: there is no file, and any port.
type played struct{ Settings }

func (p played) Config() config.Config {
	cfg := p.Settings.Config()
	cfg.Path, cfg.Listener.Address = "", "127.0.0.1:0"
	return cfg
}

// Secrets are never shown, and a hostile name can't break out of its row.
func TestSettingsShowNothingTheyShouldNot(t *testing.T) {
	t.Parallel()
	a := &around{}
	perform(t, 120, 40, func(s *stage, o *Options) {
		connected(a)(s, o)
		a.called = "\x1b]0;x\x07\u202egnihtyna\x1b[2J" + strings.Repeat("w", 300)
	}, func(s *stage) {
		s.press("4", "end")
		for _, size := range []Size{{120, 40}, {40, 24}, {20, 6}} {
			s.resize(size.Width, size.Height)
			s.fits()
			frame := s.painted()
			if text := ansi.Strip(frame); strings.ContainsAny(text, "\x1b\x07\u202e") || strings.Contains(frame, "\x1b[2J") || strings.Contains(frame, "$2a$") {
				t.Errorf("%v: %q", size, text)
			}
		}
	})
}
