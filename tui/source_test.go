package tui

import (
	"testing"

	"tushum/internal/lang"
)

// Every screen calls a way of paying the same, and one it does not know as the
// bank does.
func TestSourceNames(t *testing.T) {
	t.Parallel()
	for source, want := range map[string][3]string{
		"UZUM_DEBIT_VISA": {"Uzum Visa", "Uzum Visa", "Uzum Visa"}, "INSTALLMENT": {"muddatli", "рассрочка", "instalment"},
		"CASH": {"naqd", "наличные", "cash"}, "UZCARD": {"UZCARD", "UZCARD", "UZCARD"}, "VISAUZS": {"VISAUZS", "VISAUZS", "VISAUZS"},
		"NEW\x1b[2J": {"NEW<U+001B>[2J", "NEW<U+001B>[2J", "NEW<U+001B>[2J"}, "": {"", "", ""},
	} {
		for i, l := range []lang.Lang{lang.UZ, lang.RU, lang.EN} {
			d := &desk{Options: Options{Lang: l}}
			if got := d.sourceName(source); got != want[i] {
				t.Errorf("%q is %q in %s, want %q", source, got, l, want[i])
			}
		}
	}
}
