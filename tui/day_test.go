package tui

import (
	"testing"

	"tushum/store"
)

func TestParseDay(t *testing.T) {
	t.Parallel()
	const today store.Date = 20260310
	for text, want := range map[string]store.Date{
		"bugun": today, "Вчера": 20260309, " yesterday ": 20260309, "5": 20260305, "10": today, "11": 20260211, "5.3": 20260305,
		"05.03.": 20260305, "11.3": 20250311, "20.11": 20251120, "20.11.24": 20241120, "20.11.2026": 20261120, "2026-01-02": 20260102,
		"20/11": 20251120, "29.2.2024": 20240229, "ertaga": 20260311, "Кеча": 20260309, "эртага": 20260311,
	} {
		if got, ok := parseDay(text, today, lastSuch); !ok || got != want {
			t.Errorf("%q is %v (%t), not %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "0", "32", "31.02", "29.2.2025", "1.13", "1.1.1.1", "20.11.99999", "\x00"} {
		if got, ok := parseDay(text, today, lastSuch); ok {
			t.Errorf("%q is %v", text, got)
		}
	}
	if got, ok := parseDay("20", 20260105, lastSuch); !ok || got != 20251220 {
		t.Errorf("the 20th, asked in January, is %v", got)
	}
}
