package tui

import (
	"context"
	"iter"
	"strings"
	"testing"

	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/store"
)

// visitsShop is a doctor who waits before each result until the test lets it go
// on, and remembers how it ended.
type visitsShop struct {
	results []doctor.Result
	goOn    chan struct{}
	began   int
	whole   int // runs that came to their end
	broken  int // runs that were broken off
}

func (v *visitsShop) examine(ctx context.Context) iter.Seq[doctor.Result] {
	return func(yield func(doctor.Result) bool) {
		v.began++
		for _, r := range v.results {
			select {
			case <-v.goOn:
			case <-ctx.Done():
				v.broken++
				return
			}
			if !yield(r) {
				v.broken++
				return
			}
		}
		v.whole++
	}
}

var someResults = []doctor.Result{
	{
		Check: "config.file", Status: doctor.Passed,
		Title: lang.Text{UZ: "sozlamalar", RU: "настройки", EN: "settings"},
		Says:  lang.Text{UZ: "/home/gulnora/.config/tushum/config.toml, 0600", RU: "/home/gulnora/.config/tushum/config.toml, 0600", EN: "/home/gulnora/.config/tushum/config.toml, 0600"},
	},
	{
		Check: "https.expiry", Status: doctor.Warning,
		Title:  lang.Text{UZ: "sertifikat muddati", RU: "срок сертификата", EN: "the certificate's term"},
		Says:   lang.Text{UZ: "9 kundan keyin tugaydi", RU: "кончится через 9 дней", EN: "it ends in 9 days"},
		Advice: lang.Text{UZ: "yangisini tls_cert o‘rniga qo‘ying: dastur uni o‘zi o‘qib oladi", RU: "положите новый на место tls_cert: программа прочитает его сама", EN: "put a new one in the place of tls_cert: it is read by itself"},
	},
	{
		Check: "webhooks.public", Status: doctor.Failed,
		Title:  lang.Text{UZ: "bank so‘rovlari, internet orqali", RU: "запросы банка через интернет", EN: "the bank's calls through the internet"},
		Says:   lang.Text{UZ: "https://pay.gulnora.uz ulanishni rad etdi", RU: "https://pay.gulnora.uz отвергает соединение", EN: "https://pay.gulnora.uz refuses the connection"},
		Advice: lang.Text{UZ: "routerda 443-portni shu kompyuterga yo‘naltiring", RU: "направьте на маршрутизаторе порт 443 на этот компьютер", EN: "have the router pass port 443 on to this machine"},
	},
	{
		Check: "webhooks.status", Status: doctor.Skipped,
		Title: lang.Text{UZ: "to‘lov holati", RU: "состояние платежа", EN: "the payment's status"},
		Says:  lang.Text{UZ: "so‘rovlar o‘tmagani uchun tekshirilmadi", RU: "не проверялось: запросы не проходят", EN: "not looked at, for the calls do not get through"},
	},
}

// examined opens the console with a doctor.
func examined(a *around, v *visitsShop) func(*stage, *Options) {
	return func(s *stage, o *Options) {
		v.goOn = make(chan struct{}) // of the test's own time
		a.results = v.examine
		surrounded(a, store.Connection{State: store.Live, LastCall: lastCall})(s, o)
	}
}

// finds lets the doctor find n more things.
func (v *visitsShop) finds(s *stage, n int) {
	for range n {
		v.goOn <- struct{}{}
	}
	s.pass(0)
}

func TestDoctorGolden(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]int{"checking": 2, "whole": len(someResults)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, func(s *stage, o *Options) {
				v := &visitsShop{results: someResults}
				examined(&around{}, v)(s, o)
				go func() {
					for range n {
						v.goOn <- struct{}{}
					}
				}()
			}, func(s *stage) { s.press("4", "d"); s.pass(0) })
		})
	}
}

func TestDoctorTellsOneByOne(t *testing.T) {
	t.Parallel()
	a, v := &around{}, &visitsShop{results: someResults}
	perform(t, 80, 24, examined(a, v), func(s *stage) {
		s.press("4", "end", "enter")
		s.sees("◐ checking…")
		s.misses("settings  ")
		v.finds(s, 1)
		s.sees("✓ settings  /home/gulnora", "◐ checking…")
		s.press("r")
		s.sees("wait for the end")
		v.finds(s, 2)
		s.sees("! the certificate's term", "it ends in 9 days", "→ put a new one in the place of tls_cert", "✗ the bank's calls")
		v.finds(s, 1)
		s.sees("1 passed, 1 warning, 1 failed, 1 skipped")
		s.misses("checking…")
		s.press("c")
		if len(s.copied) != 1 || !strings.Contains(s.copied[0], "warning: the certificate's term: it ends in 9 days\n  put a new one") ||
			!strings.HasSuffix(s.copied[0], "1 passed, 1 warning, 1 failed, 1 skipped\n") {
			t.Errorf("copied: %q", s.copied)
		}
		s.press("r")
		s.sees("◐ checking…")
		s.misses("1 passed")
		v.finds(s, len(someResults))
		s.sees("1 passed")
		if v.began != 2 || v.whole != 2 || v.broken != 0 {
			t.Errorf("%+v", v)
		}
		s.press("esc")
		s.sees("▸ check everything")
	})
}

// Whoever leaves breaks the examination off, and the doctor can tidy up.
func TestDoctorIsLeftInTheMiddle(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*stage){
		"back":     func(s *stage) { s.press("esc") },
		"to a tab": func(s *stage) { s.press("1") },
		"a defect": func(s *stage) { s.inside(func() { s.m.survive() }) },
		"with typed": func(s *stage) {
			s.press("n")
			s.enter("25k")
			s.press("ctrl+q")
			s.pass(deafFor)
			s.press("esc", "esc")
			s.pass(deafFor)
			s.press("down", "enter", "esc")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, v := &around{}, &visitsShop{results: someResults}
			perform(t, 80, 24, examined(a, v), func(s *stage) {
				s.press("4", "d")
				v.finds(s, 1)
				leave(s)
				s.pass(0)
				if v.broken != 1 || v.whole != 0 || len(s.m.stack) != 0 {
					t.Errorf("%+v, %d screens", v, len(s.m.stack))
				}
				s.press("4", "d")
				s.sees("◐ checking…")
				s.misses("✓ settings")
			})
			if v.broken != 2 {
				t.Errorf("closing the console leaves it running: %+v", v)
			}
		})
	}
}

func TestDoctorComesFromThePalette(t *testing.T) {
	t.Parallel()
	a, v := &around{}, &visitsShop{results: someResults}
	perform(t, 80, 24, examined(a, v), func(s *stage) {
		s.press("2", ":")
		s.enter("проверить всё")
		s.press("enter")
		v.finds(s, 1)
		s.sees("✓ settings")
		s.press(":")
		s.enter("check every")
		s.sees("the check is open already")
		s.press("enter")
		if len(s.m.stack) != 1 || v.began != 1 {
			t.Errorf("%d screens, %+v", len(s.m.stack), v)
		}
	})
}

// Where a form below keeps the screens open, the examination goes on.
func TestDoctorGoesOnWhereItIsNotLeft(t *testing.T) {
	t.Parallel()
	a, v := &around{}, &visitsShop{results: someResults}
	perform(t, 80, 24, examined(a, v), func(s *stage) {
		s.press("n")
		s.enter("25k")
		s.press("ctrl+p")
		s.enter("check every")
		s.press("enter")
		v.finds(s, 1)
		s.press("2") // the form below asks first
		s.pass(deafFor)
		s.press("enter")
		s.sees("✓ settings", "checking…")
		v.finds(s, len(someResults)-1)
		s.sees("1 passed, 1 warning")
	})
}

// A defect of the doctor's is told as any other is.
func TestDoctorsDefectIsSurvived(t *testing.T) {
	t.Parallel()
	a := &around{}
	perform(t, 80, 24, func(s *stage, o *Options) {
		examined(a, &visitsShop{})(s, o)
		a.results = func(context.Context) iter.Seq[doctor.Result] {
			return func(func(doctor.Result) bool) { panic("a defect") }
		}
	}, func(s *stage) {
		s.press("4", "d")
		s.sees("a defect of the program", "1 Today")
	})
}

// Somebody who has scrolled up reads on while more is found.
func TestDoctorFollowsUntilSomebodyReads(t *testing.T) {
	t.Parallel()
	var many []doctor.Result
	for i := range 40 {
		many = append(many, doctor.Result{Status: doctor.Passed, Title: lang.Text{EN: "check " + string(rune('A'+i))}, Says: lang.Text{EN: "\x1b[2Jfine\u202e"}})
	}
	a, v := &around{}, &visitsShop{results: many}
	perform(t, 80, 24, examined(a, v), func(s *stage) {
		s.press("4", "d")
		v.finds(s, 30)
		s.sees("checking…", "check ^")
		s.press("home")
		v.finds(s, 5)
		s.sees("check A")
		s.misses("checking…")
		for _, size := range []Size{{20, 6}, {40, 10}, {71, 24}, {72, 24}, {200, 50}} {
			s.resize(size.Width, size.Height)
			s.fits()
			if strings.Contains(s.painted(), "\x1b[2J") || strings.Contains(s.painted(), "\u202e") {
				t.Error("what was found reaches the terminal as it came")
			}
		}
	})
}

// At the end what failed is seen, however much was found after it.
func TestDoctorEndsAtTheFirstFailure(t *testing.T) {
	t.Parallel()
	var many []doctor.Result
	for i := range 40 {
		many = append(many, doctor.Result{Status: doctor.Passed, Title: lang.Text{EN: "check " + string(rune('A'+i))}, Says: lang.Text{EN: "fine"}})
	}
	many[3].Status, many[3].Says = doctor.Failed, lang.Text{EN: "broken"}
	a, v := &around{}, &visitsShop{results: many}
	perform(t, 80, 24, examined(a, v), func(s *stage) {
		s.press("4", "d")
		v.finds(s, 39)
		s.sees("checking…")
		s.misses("broken")
		v.finds(s, 1)
		s.sees("✗ check D", "broken")
		s.press("down")
		s.misses("broken")
	})
}
