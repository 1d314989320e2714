package money

import (
	"math"
	"math/bits"
	"strconv"
	"strings"

	"tushum/internal/lang"
)

// BasisPoints is a rate in hundredths of a percent: 40 is 0,4 %.
type BasisPoints int64

// Whole is the rate of 100 %, the highest a tariff may have.
const Whole BasisPoints = 10_000

// Fee is the part r of the amount, rounded half up to a tiyin; for a negative
// amount it is the same number with a minus, so a counter-entry takes back
// exactly what the entry charged. It is exact for every amount with r between
// 0 and Whole. Outside of that it stays defined, and a fee too large for an
// Amount is the largest one of its sign.
func (a Amount) Fee(r BasisPoints) Amount {
	negative := (a < 0) != (r < 0)
	hi, lo := bits.Mul64(magnitude(int64(a)), magnitude(int64(r)))
	if hi >= uint64(Whole) {
		return saturated(negative)
	}
	fee, rest := bits.Div64(hi, lo, uint64(Whole))
	if rest >= uint64(Whole)/2 && fee < math.MaxUint64 {
		fee++
	}
	if out, ok := signed(fee, negative); ok {
		return out
	}
	return saturated(negative)
}

func saturated(negative bool) Amount {
	if negative {
		return math.MinInt64
	}
	return Max
}

// Format shows the rate as a percentage, "0,4 %", with U+00A0 before the
// sign and no zeros at the end. The decimal mark is a comma in every
// language, as in amounts: a line that shows a sum and its rate has one mark.
func (r BasisPoints) Format(lang.Lang) string {
	m := magnitude(int64(r))
	text := strconv.FormatUint(m/100, 10)
	if part := m % 100; part != 0 {
		text += decimalMark + strings.TrimRight(twoDigits(part), "0")
	}
	if r < 0 {
		text = minus + text
	}
	return text + noBreakSpace + "%"
}
