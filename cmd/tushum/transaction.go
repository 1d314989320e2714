package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/store"
)

func (a *App) transactionCommand() *cobra.Command {
	return a.group(spec{
		use: "transaction", alias: "tx",
		short: lang.Text{UZ: "to‘lovlar: ro‘yxat va tafsilot", RU: "платежи: список и подробности", EN: "transactions: what was paid, and how it went"},
	}, a.transactionListCommand(), a.transactionShowCommand(), a.transactionSettleCommand())
}

var transactionListSpec = spec{
	use: "list", ledger: true,
	short: lang.Text{UZ: "to‘lovlar ro‘yxati, yangilari oldin", RU: "список платежей, новые сначала", EN: "list transactions, newest first"},
	doing: lang.Text{UZ: "to‘lovlar ro‘yxati", RU: "список платежей", EN: "listing the transactions"},
}

// transactionFilter are the flags of transaction list as they were typed.
type transactionFilter struct {
	status, source, from, to, search, after string
	limit                                   int
	unsettled                               bool
}

func (a *App) transactionListCommand() *cobra.Command {
	var f transactionFilter
	cmd := a.command(transactionListSpec, func(ctx context.Context, _ []string) error {
		query, err := f.query()
		if err != nil {
			return err
		}
		if f.unsettled {
			return a.onLedger(ctx, func(ctx context.Context, s *shop) error { return a.listUnsettled(ctx, s, f.limit) })
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			if f.after != "" {
				last, err := s.Transaction(ctx, f.after)
				if err != nil {
					return err
				}
				query.After = last.Seq
			}
			return a.listTransactions(ctx, s, query, f.limit)
		})
	})
	flags := cmd.Flags()
	flags.StringVar(&f.status, "status", "", a.say(lang.Text{UZ: "`HOLATI`: CREATED, CONFIRMED, REVERSED, FAILED", RU: "`СОСТОЯНИЕ`: CREATED, CONFIRMED, REVERSED, FAILED", EN: "only with the `STATUS`: CREATED, CONFIRMED, REVERSED, FAILED"}))
	flags.StringVar(&f.source, "source", "", a.say(lang.Text{UZ: "to‘lov usuli `NOMI`: UZCARD, HUMO, …", RU: "`ИМЯ` способа оплаты: UZCARD, HUMO, …", EN: "only paid from the source `NAME`: UZCARD, HUMO, …"}))
	flags.StringVar(&f.from, "from", "", a.say(lang.Text{UZ: "shu `KUN`dan: 21.11.2026 yoki 2026-11-21", RU: "с этого `ДНЯ`: 21.11.2026 или 2026-11-21", EN: "from the business `DAY`: 21.11.2026 or 2026-11-21"}))
	flags.StringVar(&f.to, "to", "", a.say(lang.Text{UZ: "shu `KUN`gacha, u ham kiradi", RU: "по этот `ДЕНЬ` включительно", EN: "to the business `DAY`, it included"}))
	a.listFlags(cmd, &f.search, &f.limit)
	flags.StringVar(&f.after, "after", "", a.say(afterTransactionFlag))
	flags.BoolVar(&f.unsettled, "unsettled", false, a.say(lang.Text{
		UZ: "faqat qaror kutayotgan pullar, eskilari oldin", RU: "только деньги, которые ждут решения, старые сначала", EN: "only money that waits for a decision, oldest first",
	}))
	return cmd
}

var afterTransactionFlag = lang.Text{UZ: "shu `TO‘LOV_ID`dan keyingilari", RU: "следующие за этим `ID_ПЛАТЕЖА`", EN: "those that follow the transaction `TRANS_ID` in the list"}

func (f transactionFilter) query() (q store.TransactionQuery, err error) {
	q.Search = f.search
	q.Source = strings.ToUpper(strings.TrimSpace(f.source))
	if f.status != "" {
		q.Status, err = store.ParseTransactionStatus(strings.ToUpper(f.status))
	}
	if err == nil && f.from != "" {
		q.From, err = store.ParseDate(f.from)
	}
	if err == nil && f.to != "" {
		q.To, err = store.ParseDate(f.to)
	}
	if err == nil && q.From != 0 && q.To != 0 && q.From > q.To {
		err = usage(lang.Text{
			UZ: "--from kuni --to kunidan keyin: ularni almashtiring", RU: "--from позже, чем --to: поменяйте их местами", EN: "--from is after --to: swap them",
		})
	}
	if alone := (transactionFilter{limit: f.limit, unsettled: true}); err == nil && f.unsettled && f != alone {
		err = usage(lang.Text{
			UZ: "--unsettled faqat --limit bilan birga bo‘ladi", RU: "--unsettled сочетается только с --limit", EN: "--unsettled goes with --limit alone",
		})
	}
	return q, errors.Join(err, checkLimit(f.limit))
}

func (a *App) listTransactions(ctx context.Context, s *shop, q store.TransactionQuery, limit int) error {
	return a.printTransactions(a.transactionTable(), limit, &q.After, func(n int) ([]store.Transaction, error) {
		q.Limit = n
		return s.Transactions(ctx, q)
	}, func(t *table, tx store.Transaction) { a.addTransaction(t, s, tx) })
}

// printTransactions prints up to limit transactions, or all with 0. read answers at
// most n of them, those after the Seq in after; add puts one into the table.
func (a *App) printTransactions(t *table, limit int, after *uint64, read func(n int) ([]store.Transaction, error), add func(*table, store.Transaction)) error {
	shown, last := 0, ""
	more, err := pages(limit, read, func(page []store.Transaction) error {
		for _, tx := range page {
			*after, last = tx.Seq, tx.TransID
			shown++
			if !a.flags.json {
				add(t, tx)
			} else if err := a.printJSON(viewTransaction(tx, nil)); err != nil {
				return err
			}
		}
		return a.printPage(t, shown)
	})
	if err != nil {
		return err
	}
	return a.endList(shown, more, last)
}

var transactionShowSpec = spec{
	use: "show TRANS_ID", ledger: true,
	short: lang.Text{UZ: "to‘lovni to‘lov tizimi chaqiruvlari bilan ko‘rsatish", RU: "показать платёж с вызовами платёжной системы", EN: "show a transaction with the payment system's calls"},
	doing: lang.Text{UZ: "to‘lovni ko‘rsatish", RU: "показ платежа", EN: "showing the transaction"},
}

func (a *App) transactionShowCommand() *cobra.Command {
	var system store.System
	cmd := a.command(transactionShowSpec, func(ctx context.Context, args []string) error {
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			t, err := s.transaction(ctx, system, args[0])
			if err != nil {
				return err
			}
			calls, err := s.Calls(ctx, store.CallQuery{TxSeq: t.Seq})
			if err != nil {
				return err
			}
			return a.printTransaction(s, t, calls)
		})
	})
	a.systemFlag(cmd, &system)
	return cmd
}

// systemFlag is for a transaction whose name another payment system has used as well.
func (a *App) systemFlag(cmd *cobra.Command, system *store.System) {
	cmd.Flags().StringVar((*string)(system), "system", "", a.say(lang.Text{
		UZ: "qaysi `TO‘LOV TIZIMI`niki: bir nechtasida shunday to‘lov bo‘lsa", RU: "какой `СИСТЕМЫ` платёж: если такой есть в нескольких", EN: "of which payment `SYSTEM` it is, where several have one of that name",
	}))
}

// transaction finds one of a payment system, or of whichever has it.
func (s *shop) transaction(ctx context.Context, system store.System, transID string) (store.Transaction, error) {
	if system == "" {
		return s.Transaction(ctx, transID)
	}
	return s.TransactionOf(ctx, system, transID)
}
