package main

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

func TestParseLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]store.Line{
		"Haircut=20000":           {Name: "Haircut", Quantity: 1, Price: 20_000 * money.Som},
		" Haircut = 20 000 ":      {Name: "Haircut", Quantity: 1, Price: 20_000 * money.Som},
		"Shampoo=2x15000":         {Name: "Shampoo", Quantity: 2, Price: 15_000 * money.Som},
		"Шампунь=3 х 15 тыс":      {Name: "Шампунь", Quantity: 3, Price: 15_000 * money.Som},
		"Shampun=2×15,50":         {Name: "Shampun", Quantity: 2, Price: 1550},
		"a=b=2*1k":                {Name: "a=b", Quantity: 2, Price: 1000 * money.Som},
		"Gift=0":                  {Name: "Gift", Quantity: 1},
		"x=1000000000000x1":       {Name: "x", Quantity: 1_000_000_000_000, Price: money.Som},
		"2x Shampoo=150k":         {Name: "2x Shampoo", Quantity: 1, Price: 150_000 * money.Som},
		"Soch olish (qisqa)=1.5m": {Name: "Soch olish (qisqa)", Quantity: 1, Price: 1_500_000 * money.Som},
	} {
		if got, err := parseLine(text); err != nil || got != want {
			t.Errorf("%q is %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "Haircut", "=20000", "  =1", "Haircut=", "Haircut=2x", "Haircut=free", "a=99999999999999999999x1", "a=-5", "a=2x-5", "a=x5"} {
		var f *fault
		if line, err := parseLine(text); !errors.As(err, &f) || f.exit != exitUsage {
			t.Errorf("%q is %+v, %v; want a refusal", text, line, err)
		}
	}
}

func FuzzParseLine(f *testing.F) {
	for _, text := range []string{"Haircut=20000", "Shampoo=2x15 000", "a=b=1", "=", "x=9x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		line, err := parseLine(text)
		if err == nil && (line.Quantity < 0 || line.Price < 0 || strings.TrimSpace(line.Name) == "" || !strings.Contains(text, line.Name)) {
			t.Errorf("%q became %+v", text, line)
		}
	})
}

func TestParseMoment(t *testing.T) {
	t.Parallel()
	tashkent := time.FixedZone("", 5*60*60)
	for text, want := range map[string]string{
		"21.11.2026 15:00":          "2026-11-21T10:00:00.000Z",
		" 21.11.2026 15:00:30 ":     "2026-11-21T10:00:30.000Z",
		"2026-11-21 15:00":          "2026-11-21T10:00:00.000Z",
		"2026-11-21T15:00":          "2026-11-21T10:00:00.000Z",
		"2026-11-21T15:00:00+03:00": "2026-11-21T12:00:00.000Z",
		"2026-11-21T15:00:00.5Z":    "2026-11-21T15:00:00.500Z",
	} {
		if got, err := parseMoment("--at", text, tashkent); err != nil || got.String() != want {
			t.Errorf("%q is %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "15:00", "tomorrow", "31.02.2026 15:00", "21.11.2026", "1970-01-01T00:00:00Z", "21.11.0205 15:00"} {
		if got, err := parseMoment("--at", text, tashkent); err == nil {
			t.Errorf("%q is %s", text, got)
		}
	}
}

func TestParseExpiry(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"90m": "2026-11-21T13:30:00.000Z", "24h": "2026-11-22T12:00:00.000Z", "3d": "2026-11-24T12:00:00.000Z", " 30d ": "2026-12-21T12:00:00.000Z",
		"never": "", "22.11.2026 15:00": "2026-11-22T15:00:00.000Z", "3660d": "2036-11-28T12:00:00.000Z",
	} {
		if got, err := parseExpiry(text, now, time.UTC); err != nil || got.String() != want {
			t.Errorf("%q is %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"3661d", "999999d", "9999999m", "3w", "-3d", "3", "d", "1.5h", "1h30m"} {
		if got, err := parseExpiry(text, now, time.UTC); err == nil {
			t.Errorf("%q is %s", text, got)
		}
	}
}

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"1000002": 0, "1000000": exitNotFound, "999999998": exitNotFound, "12": exitUsage, "1234567890": exitUsage, "100000a": exitUsage, "": exitUsage, "１０００００２": exitUsage,
	} {
		n, err := parseNumber(text)
		if got := exitOf(store.CodeOf(err)); err != nil && got != want || err == nil && (want != 0 || n.String() != text) {
			t.Errorf("%q is %s, %v with exit code %d, want %d", text, n, err, got, want)
		}
	}
}

func TestAmountOfAFlagIsRefusedInEveryLanguage(t *testing.T) {
	t.Parallel()
	_, err := flagAmount("--min", "1,500k")
	var f *fault
	if !errors.As(err, &f) {
		t.Fatalf("error %v", err)
	}
	for _, l := range lang.All {
		if s := f.says.In(l); !strings.HasPrefix(s, "--min: ") || len(s) < 20 {
			t.Errorf("%s: %q", l, s)
		}
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		have, limit, shown int
		more               bool
	}{
		{0, 50, 0, false}, {0, 0, 0, false}, {49, 50, 49, false}, {50, 50, 50, false}, {51, 50, 50, true},
		{1200, 0, 1200, false}, {1000, 0, 1000, false}, {1200, 1000, 1000, true}, {1200, 1200, 1200, false}, {3, 1, 1, true},
	} {
		next := 0
		read := func(n int) ([]int, error) {
			var page []int
			for ; n > 0 && next < c.have; n-- {
				page = append(page, next)
				next++
			}
			return page, nil
		}
		var shown []int
		more, err := pages(c.limit, read, func(page []int) error { shown = append(shown, page...); return nil })
		if err != nil || more != c.more || len(shown) != c.shown || !slices.IsSorted(shown) {
			t.Errorf("%+v: shown %d, more %v, %v", c, len(shown), more, err)
		}
	}
}

func TestPagesEndAtAnError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	none := func(int) ([]int, error) { return nil, broken }
	some := func(n int) ([]int, error) { return make([]int, n), nil }
	if _, err := pages(10, none, func([]int) error { return nil }); !errors.Is(err, broken) {
		t.Errorf("reading: %v", err)
	}
	if _, err := pages(10, some, func([]int) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("showing: %v", err)
	}
}
