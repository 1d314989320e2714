package config

import (
	"fmt"
	"time"

	"tushum/internal/money"
)

// Tariff is the fee of one payment source over a span of days. Of several that
// hold on a day, the one that began last counts.
type Tariff struct {
	Source string    // the bank's paymentSource, such as UZCARD
	From   time.Time // first day, as midnight UTC of its date; zero: from the beginning
	To     time.Time // last day, it included, as midnight UTC; zero: open
	Rate   money.BasisPoints
}

// The launch rates held from the beginning of 2025 to its end.
const (
	launchFrom = "2025-01-01"
	launchTo   = "2025-12-31"
	listFrom   = "2026-01-01"
)

// DefaultTariffs returns the published rates of Uzum Bank, which count when
// the file has no [[tariff]]. A source that is not among them has no published
// rate.
func DefaultTariffs() []Tariff {
	var tariffs []Tariff
	for _, source := range []struct {
		name         string
		launch, list money.BasisPoints
	}{
		{"UZUM_DEBIT_VISA", 0, 100},
		{"UZCARD", 40, 100},
		{"HUMO", 40, 100},
		{"INSTALLMENT", 300, 500},
	} {
		tariffs = append(tariffs,
			Tariff{Source: source.name, From: date(launchFrom), To: date(launchTo), Rate: source.launch},
			Tariff{Source: source.name, From: date(listFrom), Rate: source.list})
	}
	return tariffs
}

// date is for the dates above; a bad one is the zero date, which a test sees.
func date(text string) time.Time {
	day, _ := time.Parse(time.DateOnly, text)
	return day
}

// tariffs reads every [[tariff]]. Of several that hold on a day the one that
// began last counts, so two of one source that begin on the same day would make
// the fee a matter of their order, and are refused.
func (r *reader) tariffs(root *section) []Tariff {
	items := root.list("tariff")
	if len(items) == 0 {
		return DefaultTariffs()
	}
	tariffs := make([]Tariff, 0, len(items))
	for _, s := range items {
		t := readTariff(s)
		for i, other := range tariffs {
			if t.Source != "" && t.Source == other.Source && t.From.Equal(other.From) {
				s.refuse("from", fmt.Sprintf("the tariff of %s on line %d begins on the same day", t.Source, items[i].node.line),
					"of two tariffs the one that began last counts, so give each its own day")
				break
			}
		}
		tariffs = append(tariffs, t)
	}
	return tariffs
}

func readTariff(s *section) Tariff {
	var t Tariff
	if !s.has("source") {
		s.refuse("source", "missing", `name the payment source, such as source = "UZCARD"`)
	}
	read(s, "source", &t.Source, paymentSource)
	s.date("from", &t.From)
	s.date("to", &t.To)
	if !t.From.IsZero() && !t.To.IsZero() && t.To.Before(t.From) {
		s.refuse("to", "ends before it begins", "a tariff holds from the day of from to the day of to, both included")
	}
	if !s.has("basis_points") {
		s.refuse("basis_points", "missing", "the fee in hundredths of a percent: 100 is 1 %")
	}
	var rate int64
	s.integer("basis_points", &rate, 0, int64(money.Whole))
	t.Rate = money.BasisPoints(rate)
	return t
}
