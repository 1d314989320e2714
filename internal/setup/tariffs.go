package setup

import (
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
)

const tariffKey = "tariff"

var (
	sayNoBegin  = lang.Text{UZ: "yangi komissiya qaysi kundan ekani aytilmagan", RU: "не сказано, с какого дня новая комиссия", EN: "nobody says from which day the new fee holds"}
	hintNoBegin = lang.Text{UZ: "tariff-from da kunni bering", RU: "укажите день в tariff-from", EN: "give the day as tariff-from"}
	sayPast     = lang.Text{
		UZ: "%s — amaldagi tarif boshlanishidan oldingi kun, o‘tgan kunlar o‘zgarmaydi",
		RU: "%s раньше, чем начался действующий тариф, а прошлое не меняется",
		EN: "%s is before the tariff in force began, and the past is not changed",
	}
	hintPast = lang.Text{UZ: "%s yoki undan keyingi kunni bering", RU: "укажите %s или более поздний день", EN: "give %s or a later day"}
)

// writeTariffs begins a tariff for each fee that has changed. What was in force
// stays written, so that the days before keep their fees. A tariff that begins
// on the same day is no history yet, and is corrected.
func writeTariffs(f *config.File, was, now Answers) error {
	var changed []string
	for _, source := range sources() {
		if id := TariffID(source); now[id] != was[id] && now[id] != "" {
			changed = append(changed, source)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	from, err := time.Parse(time.DateOnly, now[TariffFrom])
	if err != nil {
		return refused(TariffFrom, sayNoBegin, hintNoBegin)
	}
	tables, err := tariffTables(f)
	if err != nil {
		return err
	}
	for _, source := range changed {
		if tables, err = beginTariff(tables, source, from, now[TariffID(source)]); err != nil {
			return err
		}
	}
	return f.SetTables(tariffKey, tables)
}

// tariffTables are those of the file. One that has none of its own goes by the
// published ones, which would no longer count beside a first: so they are
// written down with it.
func tariffTables(f *config.File) ([]config.Table, error) {
	tables, err := f.Tables(tariffKey)
	if err != nil || len(tables) > 0 {
		return tables, err
	}
	for _, t := range config.DefaultTariffs() {
		table := config.Table{{Key: "source", Value: config.Text(t.Source)}, {Key: "from", Value: day(t.From)}}
		if !t.To.IsZero() {
			table = append(table, config.Pair{Key: "to", Value: day(t.To)})
		}
		tables = append(tables, append(table, config.Pair{Key: "basis_points", Value: config.Whole(int64(t.Rate))}))
	}
	return tables, nil
}

func day(t time.Time) config.Value { return config.Text(t.Format(time.DateOnly)) }

// dayOf is a day of the file, which stands there in quotes or without.
func dayOf(t config.Table, key string) string {
	if text := textOf(t, key); text != "" {
		return text
	}
	value, _ := t.Get(key)
	return value.String()
}

func beginTariff(tables []config.Table, source string, from time.Time, answer string) ([]config.Table, error) {
	rate, _ := readRate(answer) // it has passed its check
	made := config.Table{
		{Key: "source", Value: config.Text(source)}, {Key: "from", Value: day(from)}, {Key: "basis_points", Value: config.Whole(int64(rate))},
	}
	same := -1
	for i, t := range tables {
		began, err := time.Parse(time.DateOnly, dayOf(t, "from"))
		if textOf(t, "source") != source || err != nil { // of another source, or from the beginning
			continue
		}
		if began.After(from) {
			return nil, refused(TariffFrom, about(sayPast, from.Format(time.DateOnly)), about(hintPast, began.Format(time.DateOnly)))
		}
		if began.Equal(from) {
			same = i
		}
	}
	if same < 0 {
		return append(tables, made), nil
	}
	tables[same] = made
	return tables, nil
}
