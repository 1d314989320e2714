package store_test

import (
	"slices"
	"testing"

	"tushum/store"
)

func TestACardIsReadFourByFour(t *testing.T) {
	t.Parallel()
	for card, want := range map[string][]string{
		"8600123456789012":             {"8600", "1234", "5678", "9012"},
		"8600 1234\u00a05678 9012":     {"8600", "1234", "5678", "9012"},
		"8600-1234–5678\u200b9012":     {"8600", "1234", "5678", "9012"},
		"860012345678901":              {"8600", "1234", "5678", "901"},
		"8600123456789012345":          {"8600", "1234", "5678", "9012", "345"},
		"8600":                         {"8600"},
		"UZ66 1234":                    {"UZ66 1234"},
		"8600\x1b[2J12345678":          {"8600\x1b[2J12345678"},
		"٨٦٠٠١٢٣٤":                     {"٨٦٠٠١٢٣٤"},
		"see the letter of your bank,": {"see the letter of your bank,"},
		"":                             {""},
	} {
		if got := (store.PayTo{Card: card}).CardGroups(); !slices.Equal(got, want) {
			t.Errorf("%q is parted %q, want %q", card, got, want)
		}
	}
}
