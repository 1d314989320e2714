package store

import (
	"strconv"
)

// Number is an invoice's account at the bank: seven to nine digits, the last a
// Damm check digit. Customers type it in the app, so one wrong digit or two
// swapped neighbours are always noticed. It is never reused.
type Number uint32

// The bases, that is numbers without their check digit, that are handed out in order.
const (
	FirstBase = 100_000
	LastBase  = 99_999_999
)

// damm is the quasigroup of order 10 from H. M. Damm's thesis (2004).
var damm = [10][10]byte{
	{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
	{7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
	{4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
	{1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
	{6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
	{3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
	{5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
	{8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
	{9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
	{2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}

// NumberOf adds the check digit to a base.
func NumberOf(base uint32) (Number, error) {
	if base < FirstBase || base > LastBase {
		return 0, &Error{Code: NumbersUsedUp, Detail: "no number is left with nine digits"}
	}
	return Number(base*10 + uint32(dammDigit(strconv.FormatUint(uint64(base), 10)))), nil
}

// ParseNumber reads exactly seven to nine ASCII digits with a true check digit;
// anything else is Invalid.
func ParseNumber(s string) (Number, error) {
	if len(s) < 7 || len(s) > 9 || s[0] == '0' {
		return 0, invalid(sayNumber)
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, invalid(sayNumber)
		}
	}
	if dammDigit(s) != 0 {
		return 0, invalid(sayCheckDigit)
	}
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return 0, invalid(sayNumber)
	}
	return Number(n), nil
}

// Base is the number without its check digit; it counts up by one an invoice.
func (n Number) Base() uint32 { return uint32(n) / 10 }

// String is the plain digits; empty for zero.
func (n Number) String() string {
	if n == 0 {
		return ""
	}
	return strconv.FormatUint(uint64(n), 10)
}

// MarshalText shows the number as a string in JSON, as customers see it.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (n *Number) UnmarshalText(b []byte) (err error) {
	*n = 0
	if len(b) > 0 {
		*n, err = ParseNumber(string(b))
	}
	return err
}

// dammDigit is the check digit for digits, and zero for digits that end in theirs.
func dammDigit(digits string) byte {
	var interim byte
	for i := range len(digits) {
		interim = damm[interim][digits[i]-'0']
	}
	return interim
}
