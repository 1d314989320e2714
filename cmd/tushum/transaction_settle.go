package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/store"
)

var transactionSettleSpec = spec{
	use: "settle TRANS_ID", ledger: true,
	short: lang.Text{UZ: "hisobni to‘lamagan pul bo‘yicha qaror", RU: "решить, что делать с незачтённым платежом", EN: "decide about money that no invoice waited for"},
	long: lang.Text{
		UZ: "To‘lov tizimi so‘ralgan summadan boshqasini, ikkinchi marta yoki bekor qilingan hisob uchun pul o‘tkazsa, pul daftarga yoziladi, lekin hisobni to‘lamaydi. Bu buyruq xodim qarorini yozadi: --apply — hisob shu pul bilan to‘langan bo‘ladi; --close — pul boshqacha hal qilindi: qaytarildi yoki boshqa maqsadga olib qolindi.",
		RU: "Когда платёжная система проводит не ту сумму, платит второй раз или по отменённому счёту, деньги попадают в книгу, но счёт не оплачивают. Команда записывает решение сотрудника: --apply — счёт этим оплачен; --close — с деньгами решено иначе: вернули или оставили на другую цель.",
		EN: "Where a payment system brings another amount than was asked for, pays twice, or pays a cancelled invoice, the money is in the books and pays no invoice. This writes down what staff decide: --apply, it pays the invoice after all; --close, it was dealt with otherwise: given back, or kept for another purpose.",
	},
	doing: lang.Text{UZ: "pul bo‘yicha qarorni yozish", RU: "запись решения о деньгах", EN: "settling the transaction"},
}

func (a *App) transactionSettleCommand() *cobra.Command {
	var (
		o        store.SettleOrder
		shutting bool
	)
	cmd := a.command(transactionSettleSpec, func(ctx context.Context, args []string) error {
		switch {
		case strings.TrimSpace(o.Note) == "":
			return missing(`--reason "…"`)
		case o.Apply == shutting:
			return usage(lang.Text{
				UZ: "--apply yoki --close: bittasini bering", RU: "--apply или --close: укажите одно", EN: "--apply or --close: give one of them",
			})
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			o.TransID, o.By = args[0], a.by()
			t, err := s.Settle(ctx, o)
			if err != nil {
				return refusedSettlement(err, o)
			}
			return a.printTransaction(s, t, nil)
		})
	})
	flags := cmd.Flags()
	flags.StringVar(&o.Note, "reason", "", a.say(reasonFlag))
	flags.BoolVar(&o.Apply, "apply", false, a.say(lang.Text{UZ: "shu hisob to‘landi deb olinsin", RU: "зачесть: счёт этим оплачен", EN: "it pays the invoice after all"}))
	flags.BoolVar(&shutting, "close", false, a.say(lang.Text{UZ: "pul boshqacha hal qilindi: qaytarildi yoki boshqa maqsadga olib qolindi", RU: "решено иначе: деньги вернули или оставили на другую цель", EN: "it was dealt with otherwise: given back, or kept for another purpose"}))
	a.systemFlag(cmd, &o.System)
	flags.BoolVar(&o.Force, "force", false, a.say(lang.Text{UZ: "hisobni hozir kimdir to‘layotgan bo‘lsa ham", RU: "даже если счёт сейчас оплачивают", EN: "although somebody is paying the invoice now"}))
	require(cmd, "reason")
	return cmd
}

// refusedSettlement says of money that can't pay an invoice which is paid what can be
// done with it.
func refusedSettlement(err error, o store.SettleOrder) error {
	var ledger *store.Error
	if !errors.As(err, &ledger) || ledger.Code != store.AlreadyPaid || !o.Apply {
		return err
	}
	const instead = `tushum transaction settle {trans} --close --reason "…"`
	hint := lang.Text{
		UZ: "pulni qaytaring yoki boshqa maqsadga olib qoling va buni yozing: " + instead,
		RU: "верните деньги или оставьте на другую цель и запишите это: " + instead,
		EN: "give the money back, or keep it for another purpose, and write that down: " + instead,
	}
	return &fault{code: string(ledger.Code), exit: exitOf(ledger.Code), says: lang.Each(ledger.Message), hint: hint.Fill("{trans}", oneLine(o.TransID))}
}

// listUnsettled lists the money that waits for a decision, oldest first.
func (a *App) listUnsettled(ctx context.Context, s *shop, limit int) error {
	wanted := limit
	if limit > 0 {
		wanted++ // to know whether there is more
	}
	ts, err := s.Unsettled(ctx, wanted)
	if err != nil {
		return err
	}
	more := limit > 0 && len(ts) > limit
	if more {
		ts = ts[:limit]
	}
	t := a.transactionTable()
	for _, tx := range ts {
		if !a.flags.json {
			a.addTransaction(t, s, tx)
		} else if err := a.printJSON(viewTransaction(tx, nil)); err != nil {
			return err
		}
	}
	if err := a.printPage(t, len(ts)); err != nil {
		return err
	}
	if more && !a.flags.json {
		return a.print(a.say(moreUnsettled) + "\n")
	}
	return a.endList(len(ts), false, "")
}

var moreUnsettled = lang.Text{UZ: "davomi bor: --limit 0", RU: "есть ещё: --limit 0", EN: "there is more: --limit 0"}
