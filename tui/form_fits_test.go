package tui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tushum/internal/lang"
	"tushum/internal/poster"
	"tushum/store"
)

func TestFormAndCodeFitEveryWindow(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		typeAll(s)
		code := newCode(s.m.desk, s.issue(shampoo()))
		for w := 20; w <= 200; w += 9 {
			for h := 6; h <= 60; h += 6 {
				s.resize(w, h)
				s.fits()
				if !strings.Contains(s.screen(), "▸") {
					t.Fatalf("%d×%d: the field that is typed into is not seen:\n%s", w, h, s.screen())
				}
			}
		}
		s.msgs <- pushMsg{code}
		for w := 20; w <= 200; w += 9 {
			for h := 6; h <= 60; h += 6 {
				s.resize(w, h)
				s.fits()
			}
		}
	})
}

func FuzzFormAndCodeShowAnything(f *testing.F) {
	for _, text := range []string{"Aziza", "\x1b[2J", "\u202eabc", "é́́́́́́", "👩‍👩‍👧‍👦", "界界界", "‘’", strings.Repeat("w", 300), "\xff\xfe", "9223372036854775807"} {
		f.Add(text, 80, 24)
		f.Add(text, 23, 9)
	}
	f.Fuzz(func(t *testing.T, text string, w, h int) {
		w, h = 20+abs(w)%180, 3+abs(h)%57
		d := newModel(Options{Ledger: fixedRules{}, Lang: lang.EN, Links: func(store.Invoice) poster.Links { return poster.Links{Payment: "https://pay.uz/" + text} }}).desk
		inv := store.Invoice{
			Number: 1000002, Kind: store.Visit, Status: store.Open, Amount: 9_223_372_036_854_775_807, Customer: store.Customer{Name: text},
			Note: text, Specialist: text, Lines: []store.Line{{Name: text, Quantity: 3, Price: 100}}, Reason: text,
		}
		form := cloneForm(d, inv)
		form.moveTo(spot{input: inCustomer})
		screens := []screen{form, newCode(d, inv)}
		inv.Status = store.Cancelled
		for _, s := range append(screens, newCode(d, inv)) {
			checkBlock(t, s.view(d, w, h), w, h)
		}
		for line := range strings.Lines(newCode(d, inv).slip(d)) {
			for _, r := range line {
				if r < ' ' && r != '\n' || r == 0x202e || r == 0x7f {
					t.Fatalf("the slip holds %q", line)
				}
			}
		}
	})
}

func abs(n int) int { return max(n, -(n + 1)) }

// checkBlock fails the test where a screen is not as large as it must be or
// holds something that moves the cursor.
func checkBlock(t *testing.T, view string, w, h int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Fatalf("%d lines, want %d", len(lines), h)
	}
	for _, line := range lines {
		if got := ansi.StringWidth(line); got != w {
			t.Fatalf("%d cells, want %d: %q", got, w, line)
		}
		rest := line
		for {
			i := strings.IndexByte(rest, '\x1b')
			if i < 0 {
				break
			}
			end := strings.IndexByte(rest[i:], 'm')
			if end < 0 || strings.Trim(rest[i+1:i+end], "[0123456789;") != "" {
				t.Fatalf("a sequence that is no colour: %q", line)
			}
			rest = rest[i+end:]
		}
		if strings.ContainsAny(line, "\r\a\b\u202e\u200f\u2066") {
			t.Fatalf("a control: %q", line)
		}
	}
}

// fixedRules is a ledger of rules alone.
type fixedRules struct{ Ledger }

func (fixedRules) Rules() store.Rules { return stageRules() }

func (fixedRules) Now() time.Time { return opening }
