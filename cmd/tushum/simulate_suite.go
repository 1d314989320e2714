package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"tushum/internal/bank"
	"tushum/internal/lang"
)

func (a *App) simulateSuiteCommand(f *bankFlags) *cobra.Command {
	var n suiteFlags
	cmd := a.command(spec{
		use:   "suite",
		short: lang.Text{UZ: "bank sinovchisi tekshiradigan hamma narsani tekshirish", RU: "проверить всё, что проверит тестировщик банка", EN: "try all that the bank's tester will try"},
		long: lang.Text{
			UZ: "Hamma holatni sinaydi va jadval chiqaradi. Hisoblarni o‘zi ochadi; boshqa do‘kon uchun --number bilan bitta ochiq sinov hisobini bering.",
			RU: "Проверяет все случаи и печатает таблицу. Счета создаёт сама; для чужого магазина дайте один открытый тестовый счёт: --number.",
			EN: "Tries every case and prints a table. It makes its own invoices in the shop of the settings; for another shop give one open test invoice with --number.",
		},
		doing: lang.Text{UZ: "sinov", RU: "проверка", EN: "trying the listener"},
	}, func(ctx context.Context, _ []string) error { return a.simulateSuite(ctx, *f, n) })
	flags := cmd.Flags()
	flags.StringVar(&n.cancelled, "cancelled", "", a.say(lang.Text{UZ: "bekor qilingan hisob `RAQAM`i", RU: "`НОМЕР` отменённого счёта", EN: "the `NUMBER` of a cancelled invoice"}))
	flags.StringVar(&n.expired, "expired", "", a.say(lang.Text{UZ: "muddati o‘tgan hisob `RAQAM`i", RU: "`НОМЕР` просроченного счёта", EN: "the `NUMBER` of an expired invoice"}))
	flags.StringVar(&n.open, "number", "", a.say(lang.Text{UZ: "ochiq sinov hisobi `RAQAM`i", RU: "`НОМЕР` открытого тестового счёта", EN: "the `NUMBER` of an open test invoice"}))
	return cmd
}

// suiteFlags are invoices of the shop that is tried.
type suiteFlags struct{ open, cancelled, expired string }

func (a *App) simulateSuite(ctx context.Context, f bankFlags, n suiteFlags) error {
	client, cfg, err := a.bankClient(f)
	if err == nil {
		err = f.knock(ctx, client)
	}
	if err != nil {
		return err
	}
	suite := bank.SuiteConfig{
		Client: client, Number: n.open, CancelledNumber: n.cancelled, ExpiredNumber: n.expired, AccountKeys: cfg.Uzum.AccountParams,
		MinAmount: cfg.Uzum.MinAmount, MaxAmount: cfg.Uzum.MaxAmount,
		NoPrefill: !cfg.Uzum.PrefillAmount, NoRefunds: !cfg.Uzum.AcceptReversals,
	}
	till := a.till(cfg)
	if n.open == "" {
		a.warnOfBooks(cfg, suiteLeaves)
		suite.Invoices, suite.CancelInvoice = till.make, till.cancel
	} else {
		a.warnOfBooks(cfg, suitePays)
	}
	results := bank.Suite(ctx, suite)
	till.tellLeft(context.WithoutCancel(ctx)) // also of what was broken off
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
