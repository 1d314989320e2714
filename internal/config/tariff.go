package config

import (
	"time"

	"tushum/internal/lang"
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

var (
	saySameDay = fault{
		says: lang.Text{
			UZ: "%[2]d-qatordagi %[1]s tarifi ham shu kuni boshlanadi",
			RU: "тариф %s на строке %d начинается в тот же день",
			EN: "the tariff of %s on line %d begins on the same day",
		},
		hint: lang.Text{
			UZ: "ikki tarifdan keyinroq boshlangani hisobga olinadi: har biriga o‘z kunini bering",
			RU: "из двух тарифов действует начавшийся позже: задайте каждому свой день",
			EN: "of two tariffs the one that began last counts, so give each its own day",
		},
	}
	sayNoSource = fault{
		says: lang.Text{UZ: "berilmagan", RU: "не задан", EN: "missing"},
		hint: lang.Text{
			UZ: `to‘lov manbasini yozing, masalan source = "UZCARD"`,
			RU: `назовите источник платежа, например source = "UZCARD"`,
			EN: `name the payment source, such as source = "UZCARD"`,
		},
	}
	sayNoRate = fault{
		says: lang.Text{UZ: "berilmagan", RU: "не заданы", EN: "missing"},
		hint: lang.Text{
			UZ: "komissiya foizning yuzdan bir ulushlarida: 100 — bu 1 %",
			RU: "комиссия в сотых долях процента: 100 — это 1 %",
			EN: "the fee in hundredths of a percent: 100 is 1 %",
		},
	}
	sayEndsEarly = fault{
		says: lang.Text{UZ: "boshlanishidan oldin tugaydi", RU: "кончается раньше, чем начинается", EN: "ends before it begins"},
		hint: lang.Text{
			UZ: "tarif from kunidan to kunigacha amal qiladi, ikkala kun ham kiradi",
			RU: "тариф действует со дня from по день to, включая оба",
			EN: "a tariff holds from the day of from to the day of to, both included",
		},
	}
)

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
				s.refuse("from", saySameDay.about(t.Source, items[i].node.line))
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
		s.refuse("source", sayNoSource)
	}
	read(s, "source", &t.Source, paymentSource)
	s.date("from", &t.From)
	s.date("to", &t.To)
	if !t.From.IsZero() && !t.To.IsZero() && t.To.Before(t.From) {
		s.refuse("to", sayEndsEarly)
	}
	if !s.has("basis_points") {
		s.refuse("basis_points", sayNoRate)
	}
	var rate int64
	s.integer("basis_points", &rate, 0, int64(money.Whole))
	t.Rate = money.BasisPoints(rate)
	return t
}
