package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tushum/internal/bank"
	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/money"
)

func (a *App) simulateSuiteCommand(f *bankFlags) *cobra.Command {
	var number string
	cmd := a.command(spec{
		use:   "suite",
		short: lang.Text{UZ: "bank sinovchisi tekshiradigan hamma narsani tekshirish", RU: "проверить всё, что проверит тестировщик банка", EN: "try all that the bank's tester will try"},
		long: lang.Text{
			UZ: "Hamma holatni sinaydi va jadval chiqaradi. Hisoblarni o‘zi ochadi; boshqa do‘kon uchun --number bilan bitta ochiq sinov hisobini bering.",
			RU: "Проверяет все случаи и печатает таблицу. Счета создаёт сама; для чужого магазина дайте один открытый тестовый счёт: --number.",
			EN: "Tries every case and prints a table. It makes its own invoices in the shop of the settings; for another shop give one open test invoice with --number.",
		},
		doing: lang.Text{UZ: "sinov", RU: "проверка", EN: "trying the listener"},
	}, func(ctx context.Context, _ []string) error { return a.simulateSuite(ctx, *f, number) })
	cmd.Flags().StringVar(&number, "number", "", a.say(lang.Text{UZ: "ochiq sinov hisobi `RAQAM`i", RU: "`НОМЕР` открытого тестового счёта", EN: "the `NUMBER` of an open test invoice"}))
	return cmd
}

func (a *App) simulateSuite(ctx context.Context, f bankFlags, number string) error {
	client, cfg, err := a.bankClient(f)
	if err != nil {
		return err
	}
	suite := bank.SuiteConfig{
		Client: client, Number: number, AccountKeys: cfg.Uzum.AccountParams,
		MinAmount: cfg.Uzum.MinAmount, MaxAmount: cfg.Uzum.MaxAmount,
		NoPrefill: !cfg.Uzum.PrefillAmount, NoRefunds: !cfg.Uzum.AcceptReversals,
	}
	if number == "" {
		till := a.till(cfg)
		suite.Invoices, suite.CancelInvoice = till.make, till.cancel
	}
	results := bank.Suite(ctx, suite)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := a.showResults(results); err != nil {
		return err
	}
	if passed, bad, _ := bank.Count(results); bad > 0 || passed == 0 {
		return failed(lang.Text{
			UZ: fmt.Sprintf("xato topildi: %d", bad), RU: fmt.Sprintf("найдено ошибок: %d", bad), EN: fmt.Sprintf("%d cases failed", bad),
		}, nil)
	}
	return nil
}

func (a *App) showResults(results []bank.Result) error {
	if !a.flags.json {
		return bank.WriteTable(a.Stdout, a.lang, results)
	}
	enc := json.NewEncoder(a.Stdout)
	for _, r := range results {
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// till makes and cancels invoices for the simulator as a cashier would, by
// running this program's own commands: through the service when one runs.
type till struct {
	app *App
	cfg config.Config
}

func (a *App) till(cfg config.Config) till { return till{app: a, cfg: cfg} }

// make issues an invoice; an amount of zero asks for a counter invoice.
func (t till) make(ctx context.Context, kind string, amount money.Amount) (string, error) {
	args := []string{"invoice", "create", "--note", "tushum simulate"}
	if amount == 0 {
		args = append(args, "--kind", "counter")
	} else {
		args = append(args, "--kind", kind, "--amount", amount.SomString())
	}
	out, err := t.run(ctx, args...)
	if err != nil {
		return "", err
	}
	var made struct {
		Number string `json:"number"`
	}
	if err := json.Unmarshal(out, &made); err != nil {
		return "", fmt.Errorf("making an invoice: %w", err)
	}
	return made.Number, nil
}

func (t till) cancel(ctx context.Context, number string) error {
	_, err := t.run(ctx, "invoice", "cancel", number, "--force", "--reason", "tushum simulate")
	return err
}

// run runs a command of this program and returns what it printed.
func (t till) run(ctx context.Context, args ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	sub := *t.app
	sub.Stdout, sub.Stderr, sub.Terminal = &stdout, &stderr, false
	if code := sub.Run(ctx, append([]string{"--json", "--config", t.cfg.Path}, args...)); code != exitDone {
		return nil, failed(lang.Text{
			UZ: "hisob bilan ishlash", RU: "работа со счётом", EN: "making or cancelling an invoice",
		}, fmt.Errorf("%s", strings.TrimSpace(stderr.String())))
	}
	return stdout.Bytes(), nil
}

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
	if err != nil {
		return err
	}
	if l.number == "" {
		if l.number, err = a.till(cfg).make(ctx, "counter", 0); err != nil {
			return err
		}
	}
	report, err := bank.Load(ctx, bank.LoadConfig{
		Client: client, Rate: l.rate, For: l.length, Conns: l.conns,
		Next: func() (string, money.Amount, bool) { return l.number, amount, true },
	})
	if err != nil {
		return failed(lang.Text{UZ: "yuklamani boshlash", RU: "запуск нагрузки", EN: "starting the load"}, err)
	}
	if a.flags.json {
		return json.NewEncoder(a.Stdout).Encode(report)
	}
	_, err = fmt.Fprint(a.Stdout, loadTable(report))
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
