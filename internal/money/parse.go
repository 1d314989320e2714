package money

import (
	"errors"
	"math"
	"math/bits"
	"strings"
	"unicode"

	"tushum/internal/lang"
)

// Parse reads what people type for a sum in so‘m:
//
//	150000   150 000   150k   150 ming   150 тыс   1.5m   1,5 mln so‘m
//
// Digits may be grouped by any kind of space, by points or by commas; the
// decimal mark is a point or a comma. What may be read in two ways is refused:
// "1.500" and, with a word for thousands, "1.500k". "1.500.000", "1,500.00"
// and "1.500 mln" (a million and a half) have one reading. A sum finer than a
// tiyin is refused too.
//
// The error is a *ParseError that wraps ErrSyntax or, for a sum that is
// negative or too large, ErrRange. Zero is read: whether it makes sense is
// for the caller to say.
func Parse(s string) (Amount, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, syntax(sayEmpty)
	}
	if rest, negative := cutMinus(s); negative {
		// A phone number or a dash is told to be no sum before it is told
		// to be below zero.
		if _, err := Parse(rest); errors.Is(err, ErrSyntax) {
			return 0, err
		}
		return 0, outOfRange(sayNegative)
	}
	typed, words := splitWords(s)
	if typed == "" {
		return 0, syntax(sayNotNumber)
	}
	power, err := readWords(words)
	if err != nil {
		return 0, err
	}
	n, err := readNumber(typed)
	if err != nil {
		return 0, err
	}
	return n.scale(power)
}

func cutMinus(s string) (string, bool) {
	rest := strings.TrimLeft(s, "-"+minus+enDash)
	return strings.TrimSpace(rest), rest != s
}

// splitWords parts the number, with the spaces inside it, from the words.
func splitWords(s string) (number, words string) {
	end := strings.IndexFunc(s, func(r rune) bool {
		return !isDigit(r) && r != '.' && r != ',' && !unicode.Is(unicode.Zs, r)
	})
	if end < 0 {
		end = len(s)
	}
	return strings.TrimSpace(s[:end]), s[end:]
}

// isDigit is for the digits 0 to 9 only: a sum in other digits is shown in a
// way the shop can't check.
func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// powers has the words for thousands, millions and milliards by the power of
// ten they stand for. "л" and "ь" are the keys k and m of a Russian layout.
var powers = map[string]int{
	"k": 3, "к": 3, "л": 3, "ming": 3, "минг": 3, "тыс": 3, "тысяч": 3, "тысяча": 3, "тысячи": 3,
	"m": 6, "м": 6, "ь": 6, "mln": 6, "million": 6, "млн": 6, "миллион": 6, "миллиона": 6, "миллионов": 6,
	"mlrd": 9, "milliard": 9, "млрд": 9, "миллиард": 9, "миллиарда": 9, "миллиардов": 9,
}

var currencyWords = map[string]bool{
	"so'm": true, "som": true, "sum": true, "uzs": true, "сум": true, "сўм": true, "сом": true,
}

// readWords gives the power of ten that the words after a number stand for.
func readWords(s string) (power int, err error) {
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.Is(unicode.Zs, r) })
	for i, w := range words {
		words[i] = strings.TrimSuffix(strings.ToLower(lang.ASCIIApostrophe(w)), ".")
	}
	if len(words) > 0 {
		if p, ok := powers[words[0]]; ok {
			power, words = p, words[1:]
		}
	}
	if len(words) > 0 && currencyWords[words[0]] {
		words = words[1:]
	}
	if len(words) > 0 {
		return 0, syntax(sayWord)
	}
	return power, nil
}

// scale gives whole.fraction × 10^power so‘m in tiyin.
func (n number) scale(power int) (Amount, error) {
	if n.ambiguous() && power <= 3 {
		return 0, syntax(n.sayTwoWays(power))
	}
	if power == 0 && len(n.fraction) > 2 {
		return 0, syntax(sayTooFine)
	}
	fraction := strings.TrimRight(n.fraction, "0")
	zeros := power + 2 - len(fraction)
	if zeros < 0 {
		return 0, syntax(sayTooFine)
	}
	return tiyin(n.whole + fraction + strings.Repeat("0", zeros))
}

// tiyin reads plain digits as a count of tiyin.
func tiyin(digits string) (Amount, error) {
	var sum uint64
	for _, d := range digits {
		hi, lo := bits.Mul64(sum, 10)
		unit := uint64(d - '0')
		if hi != 0 || lo > math.MaxInt64-unit {
			return 0, outOfRange(sayTooLarge)
		}
		sum = lo + unit
	}
	return Amount(sum), nil
}
