package money_test

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tushum/internal/lang"
	"tushum/internal/money"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a          money.Amount
		l          lang.Lang
		want, wire string
	}{
		{125_000_000, lang.UZ, "1_250_000_so‘m", "1250000"},
		{125_000_000, lang.RU, "1_250_000_сум", "1250000"},
		{125_000_000, lang.EN, "1_250_000_UZS", "1250000"},
		{0, lang.UZ, "0_so‘m", "0"},
		{1, lang.RU, "0,01_сум", "0.01"},
		{13_000_050, lang.UZ, "130_000,50_so‘m", "130000.50"},
		{99_900, lang.EN, "999_UZS", "999"},
		{100_000, lang.EN, "1_000_UZS", "1000"},
		{-1_205, lang.UZ, "−12,05_so‘m", "-12.05"},
		{-5, lang.RU, "−0,05_сум", "-0.05"},
		{-125_000_000, lang.UZ, "−1_250_000_so‘m", "-1250000"},
		{money.Max, lang.EN, "92_233_720_368_547_758,07_UZS", "92233720368547758.07"},
		{math.MinInt64, lang.UZ, "−92_233_720_368_547_758,08_so‘m", "-92233720368547758.08"},
		{100, "fr", "1_UZS", "1"},
	} {
		want := strings.ReplaceAll(c.want, "_", "\u00a0")
		if got := c.a.Format(c.l); got != want {
			t.Errorf("Amount(%d).Format(%s) = %q, want %q", c.a, c.l, got, want)
		}
		if got, want := c.a.Number(), want[:strings.LastIndex(want, "\u00a0")]; got != want {
			t.Errorf("Amount(%d).Number() = %q, want %q", c.a, got, want)
		}
		if got := c.a.SomString(); got != c.wire {
			t.Errorf("Amount(%d).SomString() = %q, want %q", c.a, got, c.wire)
		}
	}
}

func TestAdd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   []money.Amount
		want money.Amount
		err  error
	}{
		{nil, 0, nil},
		{[]money.Amount{5 * money.Som, -2 * money.Som, 1}, 301, nil},
		{[]money.Amount{money.Max, 1}, 0, money.ErrRange},
		{[]money.Amount{math.MinInt64, -1}, 0, money.ErrRange},
		{[]money.Amount{money.Max, 1, -1}, money.Max, nil},
		{[]money.Amount{math.MinInt64, -1, 1}, math.MinInt64, nil},
		{[]money.Amount{math.MinInt64, math.MinInt64}, 0, money.ErrRange},
		{[]money.Amount{money.Max, money.Max, 2}, 0, money.ErrRange},
		{[]money.Amount{math.MinInt64, money.Max}, -1, nil},
	} {
		if got, err := money.Add(c.in...); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("Add(%v) = %d, %v; want %d, %v", c.in, got, err, c.want, c.err)
		}
	}
}

func TestMul(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a    money.Amount
		n    int64
		want money.Amount
		err  error
	}{
		{150 * money.Som, 3, 450 * money.Som, nil},
		{150, -3, -450, nil},
		{-150, -3, 450, nil},
		{math.MinInt64, 0, 0, nil},
		{math.MinInt64, 1, math.MinInt64, nil},
		{math.MinInt64, -1, 0, money.ErrRange},
		{-1, math.MinInt64, 0, money.ErrRange},
		{1 << 62, -2, math.MinInt64, nil},
		{1 << 62, 2, 0, money.ErrRange},
		{money.Max, math.MaxInt64, 0, money.ErrRange},
	} {
		if got, err := c.a.Mul(c.n); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("Amount(%d).Mul(%d) = %d, %v; want %d, %v", c.a, c.n, got, err, c.want, c.err)
		}
	}
}

func TestFee(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a    money.Amount
		r    money.BasisPoints
		want money.Amount
	}{
		{100_000 * money.Som, 40, 400 * money.Som},
		{100_000 * money.Som, 0, 0},
		{123_456, 100, 1_235},
		{125, 40, 1}, {124, 40, 0}, {-125, 40, -1}, {-124, 40, 0},
		{50, 100, 1}, {49, 100, 0},
		{money.Max, money.Whole, money.Max},
		{math.MinInt64, money.Whole, math.MinInt64},
		{math.MinInt64, 5_000, math.MinInt64 / 2},
		{100, 20_000, 200}, {100, -5_000, -50},
		{money.Max, 20_000, money.Max}, {math.MinInt64, 20_000, math.MinInt64},
		{math.MinInt64, -money.Whole, money.Max}, {math.MinInt64, math.MinInt64, money.Max},
	} {
		if got := c.a.Fee(c.r); got != c.want {
			t.Errorf("Amount(%d).Fee(%d) = %d, want %d", c.a, c.r, got, c.want)
		}
	}
}

func TestBasisPointsFormat(t *testing.T) {
	t.Parallel()
	for r, want := range map[money.BasisPoints]string{
		0: "0", 1: "0,01", 40: "0,4", 100: "1", 105: "1,05", 350: "3,5", 1_000: "10", 10_000: "100",
		-40: "−0,4", math.MinInt64: "−92233720368547758,08",
	} {
		for _, l := range lang.All {
			if got := r.Format(l); got != want+"\u00a0%" {
				t.Errorf("BasisPoints(%d).Format(%s) = %q, want %q", r, l, got, want)
			}
		}
	}
}

// TestArithmeticAgainstBig compares every operation with arithmetic that has
// no limits.
func TestArithmeticAgainstBig(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOfN(rapid.Int64(), 0, 6).Draw(t, "amounts")
		a, n := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "n")
		r := rapid.Int64Range(0, 10_000).Draw(t, "rate")

		amounts, sum := make([]money.Amount, len(in)), new(big.Int)
		for i, v := range in {
			amounts[i] = money.Amount(v)
			sum.Add(sum, big.NewInt(v))
		}
		got, err := money.Add(amounts...)
		compare(t, "Add", got, err, sum)

		got, err = money.Amount(a).Mul(n)
		compare(t, "Mul", got, err, new(big.Int).Mul(big.NewInt(a), big.NewInt(n)))

		fee := new(big.Int).Mul(big.NewInt(a), big.NewInt(r))
		half := big.NewInt(5_000)
		if fee.Sign() < 0 {
			half.Neg(half)
		}
		fee.Quo(fee.Add(fee, half), big.NewInt(10_000))
		compare(t, "Fee", money.Amount(a).Fee(money.BasisPoints(r)), nil, fee)
	})
}

func compare(t *rapid.T, what string, got money.Amount, err error, want *big.Int) {
	t.Helper()
	if !want.IsInt64() {
		if !errors.Is(err, money.ErrRange) || got != 0 {
			t.Fatalf("%s = %d, %v; want ErrRange for %s", what, got, err, want)
		}
		return
	}
	if err != nil || int64(got) != want.Int64() {
		t.Fatalf("%s = %d, %v; want %s", what, got, err, want)
	}
}
