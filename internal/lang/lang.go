// Package lang owns the three languages people read Tushum in, Uzbek in Latin
// letters, Russian and English, and the small type that holds one sentence in
// all of them. It imports only the standard library and is imported by every
// package that shows words.
package lang

import (
	"errors"
	"fmt"
	"strings"
)

// Lang is a language by its ISO 639-1 code, always lower-case.
type Lang string

// The languages of the product.
const (
	UZ Lang = "uz"
	RU Lang = "ru"
	EN Lang = "en"
)

// All lists the languages in the order they are offered. It is an array, so
// that assigning or ranging over it works on a copy.
var All = [...]Lang{UZ, RU, EN}

// ErrUnknown is what Parse wraps when a text names none of the languages.
var ErrUnknown = errors.New("unknown language")

// Parse reads a language from a code or a locale name, in any case: "uz",
// "RU", "ru_RU.UTF-8", "uz-Latn-UZ", "en_US@euro". Anything else, the POSIX
// locales "C" and "POSIX" among it, is ErrUnknown.
func Parse(s string) (Lang, error) {
	name := strings.TrimSpace(s)
	code := name
	if i := strings.IndexAny(name, "_-.@"); i >= 0 {
		code = name[:i]
	}
	if strings.IndexFunc(name, notInLocale) < 0 {
		for _, l := range All {
			if strings.EqualFold(code, string(l)) {
				return l, nil
			}
		}
	}
	return "", fmt.Errorf("reading language %q: %w: type uz, ru or en", shortened(name), ErrUnknown)
}

// notInLocale tells the characters that no locale name has.
func notInLocale(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return false
	}
	return !strings.ContainsRune("_-.@=", r)
}

// shortened keeps an error readable when a whole page is given for a code.
func shortened(s string) string {
	const most = 24
	runes := 0
	for i := range s {
		if runes == most {
			return s[:i] + "…"
		}
		runes++
	}
	return s
}
