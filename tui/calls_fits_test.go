package tui

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
	"tushum/tui/look"
)

// unreadable is a ledger whose calls and transactions can't be read.
type unreadable struct{ Ledger }

var errDamaged = &store.Error{Code: store.Damaged, Err: errors.New("a checksum is wrong")}

func (unreadable) FindCalls(context.Context, store.CallQuery) iter.Seq2[store.Call, error] {
	return func(yield func(store.Call, error) bool) { yield(store.Call{}, errDamaged) }
}

func (unreadable) Transaction(context.Context, string) (store.Transaction, error) {
	return store.Transaction{}, errDamaged
}

// holding is a ledger that does not answer before it is let.
type holding struct {
	Ledger
	let chan struct{}
}

func (h holding) FindCalls(ctx context.Context, _ store.CallQuery) iter.Seq2[store.Call, error] {
	return func(func(store.Call, error) bool) {
		select {
		case <-h.let:
		case <-ctx.Done():
		}
	}
}

// callWindows are sizes from the least one to a very large one.
var callWindows = []Size{{20, 6}, {21, 7}, {38, 10}, {40, 24}, {60, 15}, {80, 24}, {100, 30}, {110, 20}, {120, 40}, {200, 60}}

func TestCallsFitEveryWindow(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, nil, func(s *stage) {
		aMorning(s)
		s.called(hostileCall("\x1b[31mred\x07\u202e\xff\xfe" + strings.Repeat("界", 400)))
		s.press("3")
		for _, keys := range [][]string{{}, {"down"}, {"enter"}, {"end"}, {"a"}, {"esc"}, {"esc"}, {"down", "down", "down", "enter"}} {
			s.press(keys...)
			for _, size := range callWindows {
				s.resize(size.Width, size.Height)
				s.fits()
			}
		}
	})
}

func hostileCall(text string) store.Call {
	return store.Call{
		Webhook: text, Address: text, TransID: text, Code: "10002", Reason: text,
		Request: []byte(text), Response: []byte(`{"a":"` + text + `","b":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`), Cut: true,
	}
}

func FuzzCallFromOutside(f *testing.F) {
	f.Add("plain", []byte(`{"amount":1,"a":{"b":[1,2]}}`), 40)
	f.Add("\x1b]52;c;aGk=\x07", []byte("\x1b[2J\u202e\r\nx\x00"), 80)
	f.Add(strings.Repeat("\xff", 3000), []byte(strings.Repeat("[", 3000)), 60)
	f.Add("👩‍👩‍👧🏽", []byte(`"`+strings.Repeat("ў界", 3000)+`"`), 23)
	f.Fuzz(func(t *testing.T, text string, body []byte, w int) {
		w = 10 + int(uint(w)%150)
		d := &desk{Options: Options{Ledger: clockOnly{}, Lang: lang.UZ}, theme: look.NewTheme(look.Options{})}
		c := store.Call{Webhook: text, Address: text, TransID: text, Code: text, Reason: text, Request: body, Response: []byte(text), At: 1}
		row := callRow{Call: c, amount: amountOf(c), status: text}
		lines := append(d.callDetails(row, w), d.rawCalls([]store.Call{c}, w)...)
		for _, line := range lines {
			if got := look.Width(line); got > w {
				t.Fatalf("a line of %d cells in %d: %q", got, w, line)
			}
			if plain := ansi.Strip(line); !utf8.ValidString(plain) || strings.ContainsFunc(plain, isUnsafe) {
				t.Fatalf("%q reaches the terminal", plain)
			}
		}
		s := newCall(d, c)
		s.row = row
		for _, line := range strings.Split(s.view(d, w, 20), "\n") {
			if got := look.Width(line); got != w {
				t.Fatalf("a line of %d cells in %d: %q", got, w, line)
			}
		}
	})
}

func isUnsafe(r rune) bool {
	return r < ' ' || r == 0x7f || 0x80 <= r && r <= 0x9f || 0x202a <= r && r <= 0x202e
}

// clockOnly is a ledger that tells rules and time.
type clockOnly struct{ Ledger }

func (clockOnly) Now() time.Time     { return opening }
func (clockOnly) Rules() store.Rules { return stageRules() }

func TestBodyLines(t *testing.T) {
	t.Parallel()
	d := &desk{Options: Options{Lang: lang.EN}, theme: look.NewTheme(look.Options{NoColor: true})}
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"JSON":      {`{"a":1,"b":{"c":[1,"x"]}}`, []string{`{`, `  "a": 1,`, `  "b": {`, `    "c": [`, `      1,`, `      "x"`, `    ]`, `  }`, `}`}},
		"cut":       {`{"a":1,"b":{"c`, []string{`{"a":1,"b":{"c`}},
		"no JSON":   {"<html>\n<b>", []string{"<html>", "<b>"}},
		"too deep":  {strings.Repeat("[", 17) + strings.Repeat("]", 17), []string{strings.Repeat("[", 17) + strings.Repeat("]", 17)}},
		"nothing":   {"", []string{"empty"}},
		"a control": {"a\x1b[2Jb", []string{ansi.Strip(look.Foreign("a\x1b[2Jb"))}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, line := range d.bodyLines([]byte(c.body), 60) {
				got = append(got, ansi.Strip(line))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
	if lines := d.bodyLines([]byte(strings.Repeat("x", 1<<20)), 80); len(lines) > 500 {
		t.Errorf("a body of a megabyte has %d lines", len(lines))
	}
}

func TestAmountOfACall(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]money.Amount{
		`{"amount":9000000}`:                 9_000_000,
		`{"params":{"amount":1},"amount":2}`: 2,
		`{"amount":3,"b":"cut of`:            3,
		`{"amount":"4"}`:                     0,
		`{"amount":1.5}`:                     0,
		`{"amount":99999999999999999999}`:    0,
		`{"a":`:                              0,
		`[{"amount":1}]`:                     0,
		`junk`:                               0,
		``:                                   0,
		`{"amount":-9223372036854775808}`:    -9223372036854775808,
		`{"a":[{"amount":5}],"amount":6,"x":bad}`: 6,
	} {
		if got := amountOf(store.Call{Request: []byte(body)}); got != want {
			t.Errorf("%s: got %d, want %d", body, got, want)
		}
	}
}
