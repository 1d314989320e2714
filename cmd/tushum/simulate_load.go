package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"tushum/internal/bank"
	"tushum/internal/lang"
	"tushum/internal/money"
)

// loadFlags say how hard a load is.
type loadFlags struct {
	rate   int
	length time.Duration
	conns  int
	number string
	amount string
}

func (a *App) simulateLoadCommand(f *bankFlags) *cobra.Command {
	var l loadFlags
	cmd := a.command(spec{
		use:   "load",
		short: lang.Text{UZ: "belgilangan tezlikda to‘lash", RU: "платить с заданной скоростью", EN: "pay at a rate and measure"},
		doing: lang.Text{UZ: "yuklama", RU: "нагрузка", EN: "loading the listener"},
	}, func(ctx context.Context, _ []string) error { return a.simulateLoad(ctx, *f, l) })
	flags := cmd.Flags()
	flags.IntVar(&l.rate, "rate", 20, a.say(lang.Text{UZ: "soniyasiga to‘lovlar `SONI`", RU: "платежей в `СЕКУНДУ`", EN: "payments a `SECOND`"}))
	flags.DurationVar(&l.length, "for", 10*time.Second, a.say(lang.Text{UZ: "qancha `VAQT`", RU: "как `ДОЛГО`", EN: "for how `LONG`"}))
	flags.IntVar(&l.conns, "conns", 16, a.say(lang.Text{UZ: "bir vaqtdagi to‘lovlar `SONI`", RU: "`СКОЛЬКО` платежей сразу", EN: "`HOW` many at once"}))
	flags.StringVar(&l.number, "number", "", a.say(lang.Text{UZ: "counter hisobi `RAQAM`i", RU: "`НОМЕР` счёта counter", EN: "the `NUMBER` of a counter invoice"}))
	flags.StringVar(&l.amount, "amount", "10000", a.say(lang.Text{UZ: "har to‘lov `SUMMA`si", RU: "`СУММА` одного платежа", EN: "the `AMOUNT` of each"}))
	return cmd
}

func (a *App) simulateLoad(ctx context.Context, f bankFlags, l loadFlags) error {
	client, cfg, err := a.bankClient(f)
	if err != nil {
		return err
	}
	amount, err := money.Parse(l.amount)
	if err == nil {
		err = l.check()
	}
	if err != nil {
		return err
	}
	load := bank.LoadConfig{Client: client, Rate: l.rate, For: l.length, Conns: l.conns}
	if err := load.Check(); err != nil {
		return failed(lang.Text{UZ: "yuklamani boshlash", RU: "запуск нагрузки", EN: "starting the load"}, err)
	}
	if err := f.knock(ctx, client); err != nil {
		return err
	}
	most := int64(l.length.Seconds() * float64(l.rate))
	sum, err := amount.Mul(most)
	if err != nil {
		return err
	}
	a.warnOfBooks(cfg, loadLeaves, most, sum.Format(a.lang))
	till := a.till(cfg)
	if l.number == "" {
		if l.number, err = till.make(ctx, "counter", 0); err != nil {
			return err
		}
	}
	load.Next = func() (string, money.Amount, bool) { return l.number, amount, true }
	report, err := bank.Load(ctx, load)
	if err != nil {
		return err
	}
	if err := a.showLoad(report); err != nil {
		return err
	}
	a.tellBooks(len(till.made), report.Paid, amount*money.Amount(report.Paid))
	return ctx.Err()
}

// check holds the flags against the bounds of a load.
func (l loadFlags) check() error {
	switch {
	case l.rate < 1 || l.rate > bank.MaxRate:
		return bounds("--rate", "1", strconv.Itoa(bank.MaxRate))
	case l.length < time.Millisecond || l.length > bank.MaxFor:
		return bounds("--for", "1ms", "1h")
	case l.conns < 1 || l.conns > bank.MaxConns:
		return bounds("--conns", "1", strconv.Itoa(bank.MaxConns))
	}
	return nil
}

func bounds(flag, least, most string) error {
	return usage(lang.Text{
		UZ: fmt.Sprintf("%s: %s dan %s gacha bering", flag, least, most), RU: fmt.Sprintf("%s: укажите от %s до %s", flag, least, most), EN: fmt.Sprintf("%s: give from %s to %s", flag, least, most),
	})
}

func (a *App) showLoad(r bank.LoadReport) error {
	if a.flags.json {
		return json.NewEncoder(a.Stdout).Encode(r)
	}
	_, err := fmt.Fprint(a.Stdout, loadTable(r))
	return err
}

func loadTable(r bank.LoadReport) string {
	t := &table{right: map[int]bool{1: true, 2: true, 3: true, 4: true}}
	t.add("", "p50", "p95", "p99", "max")
	for _, row := range []struct {
		name string
		l    bank.Latency
	}{{"create", r.Create}, {"confirm", r.Confirm}, {"payment", r.Payment}} {
		short := func(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }
		t.add(row.name, short(row.l.P50), short(row.l.P95), short(row.l.P99), short(row.l.Max))
	}
	s := t.String() + fmt.Sprintf("begun %d, paid %d, missed %d, %.0f/s\n", r.Begun, r.Paid, r.Missed, r.Rate)
	for _, what := range slices.Sorted(maps.Keys(r.Errors)) {
		s += fmt.Sprintf("%s: %d\n", what, r.Errors[what])
	}
	return s
}
