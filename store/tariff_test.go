package store_test

import (
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
)

func TestTariffOn(t *testing.T) {
	t.Parallel()
	overlapping := store.Tariffs{
		{Source: "HUMO", From: 20260101, Rate: 100},
		{Source: "HUMO", From: 20260601, To: 20260630, Rate: 20}, // a campaign
		{Source: "HUMO", To: 20261231, Rate: 70},
		{Source: "HUMO", From: 20260101, Rate: 90}, // the same day, written later
	}
	for _, c := range []struct {
		name    string
		ts      store.Tariffs
		source  string
		day     store.Date
		want    money.BasisPoints
		assumed bool
	}{
		{"long ago", shopTariffs(), "UZCARD", 20200101, 40, false},
		{"the last day of the low rate", shopTariffs(), "UZCARD", 20251231, 40, false},
		{"the first day of the list rate", shopTariffs(), "UZCARD", 20260101, 100, false},
		{"far ahead", shopTariffs(), "UZCARD", 20991231, 100, false},
		{"a published zero is not assumed", shopTariffs(), "VISA", 20251231, 0, false},
		{"instalment", shopTariffs(), "INSTALLMENT", 20260102, 500, false},
		{"an unknown source", shopTariffs(), "CASHBACK", 20260101, 100, true},
		{"no source", shopTariffs(), "", 20260101, 100, true},
		{"another case is another source", shopTariffs(), "uzcard", 20251231, 100, true},
		{"no tariffs", nil, "UZCARD", 20260101, 100, true},
		{"a gap", store.Tariffs{{Source: "HUMO", To: 20251231, Rate: 40}}, "HUMO", 20260101, 100, true},
		{"not yet", store.Tariffs{{Source: "HUMO", From: 20260101, Rate: 40}}, "HUMO", 20251231, 100, true},
		{"overlap: the later start counts", overlapping, "HUMO", 20260615, 20, false},
		{"overlap: and ends", overlapping, "HUMO", 20260701, 90, false},
		{"overlap: before both", overlapping, "HUMO", 20251231, 70, false},
	} {
		rate, assumed := c.ts.On(c.source, c.day)
		if rate != c.want || assumed != c.assumed {
			t.Errorf("%s: %d assumed %v, want %d %v", c.name, rate, assumed, c.want, c.assumed)
		}
	}
}

// The rate is the one of the day the money came, not of the create.
func TestConfirmTakesTheRateOfItsDay(t *testing.T) {
	t.Parallel()
	newYear := noon - noon%86_400_000 // 00:00 UTC, 05:00 in Tashkent
	for newYear.Time().Year() == 2026 {
		newYear += 86_400_000
	}
	rules := shopRules()
	rules.Tariffs = store.Tariffs{{Source: "UZCARD", To: 20261231, Rate: 40}, {Source: "UZCARD", From: 20270101, Rate: 100}}
	midnight := newYear - 5*3_600_000
	for _, c := range []struct {
		name      string
		dayStarts time.Duration
		at        store.Instant
		want      money.BasisPoints
	}{
		{"before midnight", 0, midnight - 1, 40}, {"at midnight", 0, midnight, 100},
		{"the night belongs to the day before", 4 * time.Hour, midnight, 40}, {"the new day starts", 4 * time.Hour, midnight + 4*3_600_000, 100},
	} {
		rules.Calendar.DayStarts = c.dayStarts
		tx := created()
		tx.CreatedAt = c.at - 60_000
		ch, err := rules.Confirm(visit(), tx, nil, confirmation(), c.at)
		wantCode(t, err, "")
		paid := ch.Transactions[0].After
		if paid.Rate != c.want || paid.RateAssumed {
			t.Errorf("%s (%s): rate %d, want %d", c.name, paid.ConfirmedDay, paid.Rate, c.want)
		}
		if fee := paid.Fee(); fee != 130_000_00*money.Amount(c.want)/10_000 || paid.Net() != 130_000_00-fee {
			t.Errorf("%s: fee %d, net %d", c.name, fee, paid.Net())
		}
	}
}
