package uzum

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// The bounds within which a JSON number can be an account.
const (
	maxAccountDigits = 20
	maxExponent      = 40
)

// account finds the invoice's account in params: the value of the first
// accepted key that has one. null and empty are no values.
func (f *findings) account(keys []string, params jsontext.Value) string {
	if absent(params) {
		f.missing = append(f.missing, "params")
		return ""
	}
	found := make([]jsontext.Value, len(keys))
	err := readObject(params, func(name []byte, value jsontext.Value) {
		if i := slices.Index(keys, string(name)); i >= 0 {
			found[i] = value
		}
	})
	if err != nil {
		f.wrong = append(f.wrong, "params")
		return ""
	}
	for _, v := range found {
		if absent(v) {
			continue
		}
		text, ok := accountText(v)
		if !ok {
			f.wrong = append(f.wrong, "the account")
			return ""
		}
		if text != "" {
			return text
		}
	}
	f.missing = append(f.missing, "the account")
	return ""
}

// accountText is an account as text: the bank sends it as a string or as a
// number. ok is false for any other type.
func accountText(v jsontext.Value) (text string, ok bool) {
	switch v.Kind() {
	case '"':
		return unquote(v)
	case '0':
		return plainInteger(string(v)), true
	}
	return "", false
}

// plainInteger writes a JSON number that is whole without exponent or
// fraction: 1.2e3 is 1200. One that is not whole, or longer than any account,
// stays as it is: no invoice has such a number.
func plainInteger(number string) string {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(number), "e")
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	shift := 0
	if exponent != "" {
		n, err := strconv.Atoi(exponent)
		if err != nil || n > maxExponent || n < -maxExponent {
			return number
		}
		shift = n
	}
	digits, ok := movePoint(whole+fraction, len(whole)+shift)
	if !ok || len(digits) > maxAccountDigits {
		return number
	}
	if negative && digits != "0" {
		return "-" + digits
	}
	return digits
}

// movePoint puts the decimal point after the given number of digits; ok is
// false when something other than zeros is left behind it.
func movePoint(digits string, point int) (whole string, ok bool) {
	if point > len(digits) {
		digits += strings.Repeat("0", point-len(digits))
	}
	point = max(point, 0)
	whole = strings.TrimLeft(digits[:point], "0")
	if whole == "" {
		whole = "0"
	}
	return whole, strings.Trim(digits[point:], "0") == ""
}
