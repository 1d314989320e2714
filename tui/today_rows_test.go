package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

func TestTodayFitsEveryWindow(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, weekend, func(s *stage) {
		later(s)
		s.press("down", "s", "down")
		check := func(w, h int) {
			s.resize(w, h)
			if s.fits(); t.Failed() {
				t.Fatalf("at %dx%d:\n%s", w, h, s.screen())
			}
			s.sees("▸")
		}
		for w := 20; w <= 200; w += 3 {
			check(w, 24)
		}
		for h := 6; h <= 60; h++ {
			check(120, h)
			check(20+h, h)
		}
	})
}

// hostile are texts that others send, and that a row must outlive.
var hostile = []string{
	strings.Repeat("Абдурахмон ", 30), "a\x1b[31mred\x1b]0;title\a\r\n\tb\x00", "\u202egnip\u202c\u2066x\u2069\u200f", "深圳市龙岗区👩‍👩‍👧‍👦🇺🇿日本語テキスト", "é́́́́́ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "\xff\xfe bad",
}

// checkRow fails where a row of the list is not as wide as it should be, or has
// an escape that the console did not write.
func checkRow(t *testing.T, name, note, source string, amount int64, w int) {
	t.Helper()
	d := &desk{Options: Options{Ledger: still42{}, Lang: lang.UZ}, theme: newModel(Options{}).theme}
	s := newToday()
	s.begun = true
	s.list.Resize(10)
	p := payment{
		store.Transaction{Seq: 1, Number: 1000001, Amount: money.Amount(amount), Status: store.Confirmed, ConfirmedAt: 1, CreatedAt: 1, Source: source},
		store.Invoice{Customer: store.Customer{Name: name}, Note: note},
	}
	s.list.Put(p)
	for selected := range 2 {
		s.list.Move(selected)
		for i, line := range s.rows(d, planToday(w, 30)) {
			if got := ansi.StringWidth(line); got > w && i < 2 {
				t.Errorf("a row has %d cells of %d: %q", got, w, line)
			}
			if plain := ansi.Strip(line); strings.ContainsAny(plain, "\x1b\a\r\n\t\x00\u202e\u2066\u200f") {
				t.Errorf("what came from outside reaches the terminal: %q", line)
			}
		}
		if frame := s.view(d, w, 30); strings.Count(frame, "\n") != 29 {
			t.Errorf("the frame has %d lines", strings.Count(frame, "\n")+1)
		}
	}
}

// still42 is a ledger of which only rules and clock are asked.
type still42 struct{ Ledger }

func (still42) Rules() store.Rules { return stageRules() }

func (still42) Now() time.Time { return opening }

func FuzzTodayRow(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, text, text, int64(1<<63-1), uint(80))
		f.Add(text, "", "UZCARD", int64(-5), uint(20))
	}
	f.Fuzz(func(t *testing.T, name, note, source string, amount int64, w uint) {
		checkRow(t, name, note, source, amount, 20+int(w%181))
	})
}

func TestTodayHostileTexts(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		rules := stageRules()
		rules.MaxAmount = 0
		s.store.SetRules(rules)
		for i, text := range hostile {
			name := strings.ToValidUTF8(text[:min(len(text), 300)], "?")
			s.paid(store.Draft{Amount: 99_999_999_999_999, Customer: store.Customer{Name: name}, Note: name}, transID(i+1), "HU\x1b[5mMO")
		}
		s.pass(time.Second)
		for w := 20; w <= 160; w += 7 {
			s.resize(w, 24)
			s.fits()
		}
	})
}

func BenchmarkTodayFrame(b *testing.B) {
	m := newModel(Options{Ledger: still42{}, Seat: "till:aziza", Lang: lang.RU, Shop: Shop{Name: "Gulnora", Bank: true}, Screen: Terminal{Width: 120, Height: 40, Environ: []string{}}})
	today, ok := m.tabs[0].(*todayScreen)
	if !ok {
		b.Fatal("no screen of today")
	}
	today.begun = true
	m.take(tea.WindowSizeMsg{Width: 120, Height: 40})
	today.takings = newTakings(20261121, stageRules())
	for i := range uint64(1000) {
		t := store.Transaction{
			Seq: i + 1, Number: 1000001, Amount: money.Amount(i * 12_345), Status: store.Confirmed, Source: []string{"HUMO", "UZCARD"}[i%2],
			CreatedAt: store.At(opening), ConfirmedAt: store.At(opening), ConfirmedDay: 20261121, Day: 20261121, Rate: 100,
		}
		today.list.Put(payment{t, store.Invoice{Number: t.Number, Customer: store.Customer{Name: "Гульчехра Каримова"}, Note: "soch turmagi, 2 soat"}})
		today.takings.take(t)
	}
	today.takings.sums = []store.Total{{TotalKey: store.TotalKey{Day: 20261121, Source: "HUMO"}, Count: 500, Amount: 1 << 40}, {TotalKey: store.TotalKey{Day: 20261121, Source: "UZCARD"}, Count: 500, Amount: 1 << 39}}
	b.ReportAllocs()
	for b.Loop() {
		_ = m.View()
	}
}
