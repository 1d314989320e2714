package look

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЎҚҒҲ"

func TestFont(t *testing.T) {
	t.Parallel()
	for _, r := range capitals + "0123456789 \u00A0\u202F,.-–−+:‘’'%/!?somсум" {
		if _, ok := drawing(r); !ok {
			t.Errorf("there is no %q", r)
		}
	}
	drawn := map[string]rune{}
	for r, d := range font {
		rows := strings.Split(d, "/")
		if len(rows) != letterRows {
			t.Errorf("%q has %d rows", r, len(rows))
		}
		for _, row := range rows {
			if len(row) != len(rows[0]) || row == "" || strings.Trim(row, "#.") != "" {
				t.Errorf("%q has the row %q", r, row)
			}
		}
		if other, ok := drawn[d]; ok {
			t.Errorf("%q and %q look the same", r, other)
		}
		drawn[d] = r
		if blank := !strings.Contains(d, "#"); blank != (r == ' ' || r == '\u00A0') {
			t.Errorf("%q: blank is %t", r, blank)
		}
	}
}

func TestBig(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text    string
		width, height int
		ascii         bool
		want          string
	}{
		{"large", "1,", 12, 5, false, "  ██        \n████        \n  ██        \n  ██      ██\n██████  ██  "},
		{"tall", "12", 13, 5, false, " █  ███\n██    █\n █  ███\n █  █  \n███ ███"},
		{"small", "12", 7, 4, false, "▄█  ▀▀█\n █  █▀▀\n▀▀▀ ▀▀▀"},
		{"line", "12", 6, 9, false, "12"},
		{"line for want of height", "12", 80, 2, false, "12"},
		{"nothing", "12", 1, 9, false, ""},
		{"no height", "12", 9, 0, false, ""},
		{"no letter", "漢", 80, 9, false, "漢"},
		{"empty", "", 80, 9, false, ""},
		{"ascii", "12", 7, 5, true, " #  ###\n##    #\n #  ###\n #  #  \n### ###"},
		{"ascii is not small", "12", 7, 4, true, "12"},
		{"a word in capitals", "mir", 15, 3, false, strings.Join(Big("MIR", 15, 3), "\n")},
		{"a word in small letters", "сом", 20, 3, false, " ▄▄▄  ▄▄  ▄   ▄\n█    █  █ █▀▄▀█\n ▀▀▀  ▀▀  ▀   ▀"},
	} {
		big := Big
		if c.ascii {
			big = BigASCII
		}
		if got := strings.Join(big(c.text, c.width, c.height), "\n"); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestBigProperties(t *testing.T) {
	t.Parallel()
	letters := rapid.SampledFrom([]rune(capitals + "0123456789 \u00A0,-‘somсумшщ漢"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(letters, 0, 12, -1).Draw(t, "text")
		w, h := rapid.IntRange(-1, 120).Draw(t, "w"), rapid.IntRange(-1, 7).Draw(t, "h")
		for _, lines := range [][]string{Big(text, w, h), BigASCII(text, w, h)} {
			if len(lines) > max(h, 0) {
				t.Fatalf("%d lines in %d", len(lines), h)
			}
			for _, l := range lines {
				if Width(l) > w || Width(l) != Width(lines[0]) {
					t.Fatalf("%q has %d cells in %d", l, Width(l), w)
				}
			}
			if lines == nil && text != "" && h > 0 && Width(text) <= w {
				t.Fatal("it would have fitted as it is")
			}
		}
	})
}
