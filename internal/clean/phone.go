package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The make-up of an Uzbek number: 998, two of the operator, seven of the line.
const (
	country     = "998"
	phoneDigits = 12
)

// MaskPhone hides a phone number but for the operator and the last two
// digits: "998901234567", however it is formatted, is "+998 90 ***-**-67".
// In anything else every digit but the last two becomes an asterisk, and
// every digit when there are two or fewer. The rest of the text stays as it
// is, so what comes from outside still has to be cleaned.
func MaskPhone(s string) string {
	foreign := strings.IndexFunc(strings.TrimSpace(s), func(r rune) bool {
		_, digit := digitOf(r)
		return !digit && !isPlus(r) && !inGap(r)
	}) >= 0
	if digits := digitsOf(s); !foreign && isPhone(digits) {
		return masked(digits)
	}
	return maskDigits(s)
}

// isPhone tells an Uzbek number, with 00 before it as dialled from abroad or
// without.
func isPhone(digits string) bool {
	digits = strings.TrimPrefix(digits, "00")
	return len(digits) == phoneDigits && strings.HasPrefix(digits, country)
}

// masked writes the digits of an Uzbek number as it may be shown.
func masked(digits string) string {
	own := digits[len(digits)-phoneDigits:]
	return "+" + country + " " + own[3:5] + " ***-**-" + own[10:]
}

// maskDigits hides every digit but the last two.
func maskDigits(s string) string {
	keep := 2
	left := len(digitsOf(s))
	if left <= keep {
		keep = 0
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		_, digit := digitOf(r)
		if digit && left > keep {
			b.WriteByte('*')
		} else {
			b.WriteString(s[i : i+size])
		}
		if digit {
			left--
		}
		i += size
	}
	return b.String()
}

// digitsOf gives the digits of s, of any script, as ASCII.
func digitsOf(s string) string {
	var b strings.Builder
	for _, r := range s {
		if d, ok := digitOf(r); ok {
			b.WriteByte(d)
		}
	}
	return b.String()
}

// digitOf gives a decimal digit of any script as ASCII: a number typed in
// full-width or Arabic digits is as private as any other.
func digitOf(r rune) (byte, bool) {
	if '0' <= r && r <= '9' {
		return byte(r), true
	}
	if r < unicode.MaxLatin1 {
		return 0, false
	}
	for _, t := range unicode.Nd.R16 {
		if lo, hi := rune(t.Lo), rune(t.Hi); lo <= r && r <= hi {
			return byte('0' + (r-lo)%10), true
		}
	}
	for _, t := range unicode.Nd.R32 {
		if lo, hi := rune(t.Lo), rune(t.Hi); lo <= r && r <= hi {
			return byte('0' + (r-lo)%10), true
		}
	}
	return 0, false
}

func isPlus(r rune) bool { return r == '+' || r == '＋' }

// inGap tells what people, and those who want to slip a number through, put
// between the digits of one number. A line break parts two numbers.
func inGap(r rune) bool {
	return unicode.Is(unicode.Zs, r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) ||
		r == '\u2212' || r == '\t' || strings.ContainsRune("().·/_", r)
}
