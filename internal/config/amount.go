package config

import (
	"time"

	"tushum/internal/lang"
	"tushum/internal/money"
)

var (
	sayNoSum = fault{
		says: lang.Text{UZ: "%s so‘mdagi summa emas", RU: "%s — не сумма в сумах", EN: "%s is not a sum of so'm"},
		hint: lang.Text{UZ: `1000, "150 000" yoki "1.5m" deb yozing`, RU: `напишите 1000, "150 000" или "1.5m"`, EN: `write 1000, "150 000" or "1.5m"`},
	}
	sayMinAboveMax = fault{
		says: lang.Text{UZ: "min_amount %s max_amount %s dan katta", RU: "min_amount %s больше, чем max_amount %s", EN: "min_amount %s is above max_amount %s"},
		hint: lang.Text{
			UZ: "ikkalasi so‘mda, odatda 1000 va 100000000; max_amount = 0 — cheklovsiz",
			RU: "обе суммы в сумах, по умолчанию 1000 и 100000000; max_amount = 0 — без предела",
			EN: "both are so'm, with defaults of 1000 and 100000000; max_amount = 0 is no maximum",
		},
	}
	sayNoDate = fault{
		says: lang.Text{UZ: "%s sana emas", RU: "%s — не дата", EN: "%s is not a date"},
		hint: lang.Text{
			UZ: "yil, oy va kunni 2026-01-31 kabi yozing",
			RU: "напишите год, месяц и день как 2026-01-31",
			EN: "write the year, month and day as 2026-01-31",
		},
	}
)

// amount reads a sum of so'm, written as a whole number or as people type it.
func (s *section) amount(name string, dst *money.Amount) {
	value := s.value(name, kindText, kindInteger)
	if value == nil {
		return
	}
	sum, err := money.Parse(value.text)
	if value.kind == kindInteger {
		sum, err = money.Som.Mul(value.number)
	}
	if err == nil && sum < 0 {
		err = money.ErrRange
	}
	if err != nil {
		s.refuse(name, sayNoSum.about(shown(value.text)))
		return
	}
	*dst = sum
}

// amounts reads min_amount and max_amount, of which a zero maximum is none.
func (s *section) amounts(least, most *money.Amount) {
	s.amount("min_amount", least)
	s.amount("max_amount", most)
	if *most > 0 && *least > *most {
		name := "min_amount"
		if s.has("max_amount") {
			name = "max_amount"
		}
		s.refuse(name, sayMinAboveMax.about(least.SomString(), most.SomString()))
	}
}

// date reads YYYY-MM-DD, in quotes or without.
func (s *section) date(name string, dst *time.Time) {
	value := s.value(name, kindText, kindDate)
	if value == nil || value.text == "" {
		return
	}
	day, err := time.Parse(time.DateOnly, value.text)
	if err != nil || day.Year() < 2000 {
		s.refuse(name, sayNoDate.about(shown(value.text)))
		return
	}
	*dst = day
}
