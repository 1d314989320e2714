package money

import (
	"strconv"
	"strings"

	"tushum/internal/lang"
)

const (
	noBreakSpace = "\u00A0"
	minus        = "\u2212"
	enDash       = "\u2013"
	decimalMark  = ","
)

var currency = lang.Text{UZ: "so‘m", RU: "сум", EN: "UZS"}

// Format shows the amount for people: "1 250 000 so‘m", "−12,05 сум". The
// spaces are U+00A0, so a sum is never broken over two lines; the minus is
// U+2212; tiyin are shown only when they are not zero.
func (a Amount) Format(l lang.Lang) string {
	return a.Number() + noBreakSpace + currency.In(l)
}

// Number shows the amount as Format does, without the currency.
func (a Amount) Number() string {
	m := magnitude(int64(a))
	digits := strconv.FormatUint(m/uint64(Som), 10)
	var b strings.Builder
	if a < 0 {
		b.WriteString(minus)
	}
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(noBreakSpace)
		}
		b.WriteRune(d)
	}
	if tiyin := m % uint64(Som); tiyin != 0 {
		b.WriteString(decimalMark + twoDigits(tiyin))
	}
	return b.String()
}

// SomString is the amount in so‘m for machines: plain ASCII without grouping,
// "130000", and with a point and two digits when there are tiyin,
// "130000.50".
func (a Amount) SomString() string {
	m := magnitude(int64(a))
	text := strconv.FormatUint(m/uint64(Som), 10)
	if tiyin := m % uint64(Som); tiyin != 0 {
		text += "." + twoDigits(tiyin)
	}
	if a < 0 {
		text = "-" + text
	}
	return text
}

// twoDigits writes n, which is below 100, with its leading zero.
func twoDigits(n uint64) string {
	return string([]byte{'0' + byte(n/10), '0' + byte(n%10)})
}
