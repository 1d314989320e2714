package main

import (
	"strings"
	"testing"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

// A link of the usual length takes 37 modules on a side.
func TestCodeFitsTheScreenOrIsNotDrawn(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	inv, err := s.Issue(t.Context(), store.Draft{Kind: store.Visit, Amount: 25_000 * money.Som, By: "test"})
	if err != nil {
		t.Fatal(err)
	}
	link, _ := s.paymentLinks(inv)
	for _, c := range []struct {
		width, height        int
		columns, rows, words int // of the code, and below it; no columns: no code
	}{
		{0, 0, 45, 23, 2},
		{120, 40, 45, 23, 2},
		{80, 27, 45, 23, 3}, // the link takes two rows
		{80, 26, 45, 23, 1},
		{80, 25, 45, 23, 1},
		{80, 24, 43, 22, 1},
		{80, 23, 41, 21, 1},
		{80, 22, 41, 21, 0},
		{80, 21, 0, 0, 2},
		{44, 40, 43, 22, 3},
		{41, 40, 41, 21, 4},
		{40, 24, 0, 0, 3},
	} {
		a, stdout, stderr := testApp(t)
		a.shop, a.Width, a.Height, a.Terminal = s, c.width, c.height, true
		code := a.Run(t.Context(), []string{"invoice", "qr", inv.Number.String()})
		drawn, said := 0, 0
		for line := range strings.Lines(stdout.String()) {
			n := cells(strings.TrimSuffix(line, "\n"))
			if strings.HasPrefix(line, "\x1b") {
				drawn++
				if n != c.columns {
					t.Errorf("%d×%d: a row of the code takes %d cells, want %d", c.width, c.height, n, c.columns)
				}
				continue
			}
			said += a.rowsOf(strings.TrimSuffix(line, "\n"))
		}
		if drawn != c.rows || said != c.words {
			t.Errorf("%d×%d: %d rows of code and %d of words, want %d and %d", c.width, c.height, drawn, said, c.rows, c.words)
		}
		if c.height > 0 && drawn > 0 && drawn+said+promptRows > c.height {
			t.Errorf("%d×%d: %d rows scroll", c.width, c.height, drawn+said)
		}
		if missing := c.columns == 0; missing != (code == exitFailed) || missing && !strings.Contains(stdout.String(), link) {
			t.Errorf("%d×%d: exit code %d, %s", c.width, c.height, code, stderr)
		}
		if c.width == 40 && !strings.Contains(stderr.String(), "the terminal is 40×24, the code needs 41×22\nhint: enlarge it") {
			t.Errorf("too small a screen is told as %s", stderr)
		}
	}
}

func TestScreenCrossesTheSocket(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	a.Width, a.Height, a.lang = 80, 24, lang.RU
	line, err := a.request().encode()
	if err != nil {
		t.Fatal(err)
	}
	if r, err := decodeRequest(line); err != nil || r.Width != 80 || r.Height != 24 {
		t.Errorf("the request is %+v, %v", r, err)
	}
}
