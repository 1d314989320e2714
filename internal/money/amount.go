// Package money owns amounts of money: reading what people type, showing it
// in their language, and arithmetic that is exact or an error. An amount is a
// whole number of tiyin; no floating point is used anywhere. The package
// imports internal/lang and the standard library only.
package money

import (
	"fmt"
	"math"
	"math/bits"
)

// Amount is money in tiyin. One so‘m is 100 tiyin.
type Amount int64

// Som is one so‘m.
const Som Amount = 100

// Max is the largest amount there is: 92 233 720 368 547 758,07 so‘m.
const Max Amount = math.MaxInt64

// Add sums amounts exactly, whatever their order. The error wraps ErrRange
// and comes only when the sum itself does not fit.
func Add(amounts ...Amount) (Amount, error) {
	// The sum is kept in 128 bits, or an overflow on the way that a later
	// negative amount takes back would be reported.
	var hi, lo uint64
	for _, a := range amounts {
		var carry uint64
		lo, carry = bits.Add64(lo, uint64(a), 0)
		hi += uint64(a>>63) + carry
	}
	if hi != uint64(int64(lo)>>63) {
		return 0, fmt.Errorf("adding %d amounts: %w", len(amounts), ErrRange)
	}
	return Amount(lo), nil
}

// Mul multiplies the amount by n, such as a price by a count. The error wraps
// ErrRange and comes when the product does not fit.
func (a Amount) Mul(n int64) (Amount, error) {
	hi, lo := bits.Mul64(magnitude(int64(a)), magnitude(n))
	product, ok := signed(lo, (a < 0) != (n < 0))
	if hi != 0 || !ok {
		return 0, fmt.Errorf("multiplying an amount by %d: %w", n, ErrRange)
	}
	return product, nil
}

// magnitude is n without its sign; that of the least int64 has no int64.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// signed puts the sign back on a magnitude and tells whether it fits.
func signed(m uint64, negative bool) (Amount, bool) {
	if negative {
		return Amount(-m), m <= 1<<63
	}
	return Amount(m), m <= math.MaxInt64
}
