package store

import (
	"slices"

	"tushum/internal/money"
)

// AssumedRate is used for sources that no tariff names: the bank publishes no
// rate for them, so the shop is told to check its contract.
const AssumedRate money.BasisPoints = 100

// Tariff is the fee of one payment source between two business days.
type Tariff struct {
	Source string
	From   Date // first day; zero: always
	To     Date // last day; zero: open
	Rate   money.BasisPoints
}

// Tariffs is the list of all that hold or held.
type Tariffs []Tariff

// On finds the rate of a source on a business day. Of several that hold, the
// one that began last counts. assumed is true where none does.
func (ts Tariffs) On(source string, day Date) (rate money.BasisPoints, assumed bool) {
	best := -1
	for i, t := range ts {
		if t.Source != source || day < t.From || (t.To != 0 && day > t.To) {
			continue
		}
		if best < 0 || t.From >= ts[best].From {
			best = i
		}
	}
	if best < 0 {
		return AssumedRate, true
	}
	return ts[best].Rate, false
}

// ManualSources are the ways of paying that staff record by hand; they cost nothing.
func ManualSources() []string { return []string{"CASH", "TERMINAL", "OTHER"} }

func isManualSource(s string) bool { return slices.Contains(ManualSources(), s) }
