package oneclick

import (
	"math"
	"strconv"
	"strings"

	"tushum/internal/money"
)

// maxDigits bounds the digits of an amount and the size of its exponent. The
// largest amount has 19.
const maxDigits = 40

// parseSom reads a sum in so‘m as JSON writes numbers, such as 130000, 130000.50
// or 1.3e5. A sum finer than a tiyin is refused, never rounded; zeros after the
// second decimal are none.
func parseSom(text string) (money.Amount, bool) {
	mantissa, exponent, ok := cutExponent(strings.TrimSpace(text))
	if !ok {
		return 0, false
	}
	whole, fraction, pointed := strings.Cut(mantissa, ".")
	if whole == "" || pointed && fraction == "" || !digitsOnly(whole) || !digitsOnly(fraction) {
		return 0, false
	}
	digits := strings.TrimLeft(whole+fraction, "0")
	shift := exponent + 2 - len(fraction) // in tiyin
	for shift < 0 && strings.HasSuffix(digits, "0") {
		digits, shift = digits[:len(digits)-1], shift+1
	}
	switch {
	case digits == "":
		return 0, true
	case shift < 0 || len(digits)+shift > maxDigits:
		return 0, false
	}
	n, err := strconv.ParseUint(digits+strings.Repeat("0", shift), 10, 64)
	if err != nil || n > math.MaxInt64 {
		return 0, false
	}
	return money.Amount(n), true
}

// cutExponent parts the exponent, which is small or the number is none of ours.
func cutExponent(text string) (mantissa string, exponent int, ok bool) {
	if len(text) > 2*maxDigits {
		return "", 0, false
	}
	at := strings.IndexAny(text, "eE")
	if at < 0 {
		return text, 0, true
	}
	exponent, err := strconv.Atoi(text[at+1:])
	return text[:at], exponent, err == nil && exponent <= maxDigits && exponent >= -maxDigits
}

func digitsOnly(s string) bool { return strings.Trim(s, "0123456789") == "" }

// wholeNumber reads an integer that is not negative.
func wholeNumber(text string) (int64, bool) {
	if text == "" || !digitsOnly(text) {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}
