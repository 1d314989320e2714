package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/store"
)

var refundListSpec = spec{
	use: "list", ledger: true,
	short: lang.Text{UZ: "qaytarish so‘rovlari, yangi to‘lovlar oldin", RU: "запросы на возврат, новые платежи сначала", EN: "list refund requests, newest transaction first"},
	doing: lang.Text{UZ: "qaytarish so‘rovlari ro‘yxati", RU: "список запросов на возврат", EN: "listing the refunds"},
}

// refundFilter are the flags of refund list as they were typed.
type refundFilter struct {
	state, after string
	limit        int
}

// everyRefund is the state that stands for all that were ever requested.
const everyRefund = "all"

func (a *App) refundListCommand() *cobra.Command {
	var f refundFilter
	cmd := a.command(refundListSpec, func(ctx context.Context, _ []string) error {
		query, err := f.query()
		if err != nil {
			return err
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			if f.after != "" {
				last, err := s.Transaction(ctx, f.after)
				if err != nil {
					return err
				}
				query.After = last.Seq
			}
			return a.listRefunds(ctx, s, query, f.limit)
		})
	})
	flags := cmd.Flags()
	flags.StringVar(&f.state, "state", everyRefund, a.say(lang.Text{
		UZ: "`HOLATI`: requested, done, withdrawn, refused; unasked — so‘ralmay qaytarilganlari; all — hamma so‘rovlar",
		RU: "`СОСТОЯНИЕ`: requested, done, withdrawn, refused; unasked — возвращённые без запроса; all — все запросы",
		EN: "only in the `STATE`: requested, done, withdrawn, refused; unasked for what was reversed without a request; all for every request",
	}))
	flags.IntVar(&f.limit, "limit", defaultLimit, a.say(limitFlag))
	flags.StringVar(&f.after, "after", "", a.say(afterTransactionFlag))
	return cmd
}

func (f refundFilter) query() (q store.RefundQuery, err error) {
	if f.state != everyRefund {
		if q.State, err = store.ParseRefundState(f.state); err != nil {
			err = noRefundState(f.state, store.CodeOf(err))
		}
	}
	return q, errors.Join(err, checkLimit(f.limit))
}

// noRefundState names the states as the ledger does, and the one that only this
// command knows.
func noRefundState(typed string, c store.Code) error {
	return &fault{code: string(c), exit: exitOf(c), says: lang.Text{
		UZ: quoted(typed) + " qaytarish holati emas: requested, done, withdrawn, refused, unasked yoki all bering",
		RU: quoted(typed) + " не состояние возврата: укажите requested, done, withdrawn, refused, unasked или all",
		EN: quoted(typed) + " is no refund state: give requested, done, withdrawn, refused, unasked or all",
	}}
}

func (a *App) listRefunds(ctx context.Context, s *shop, q store.RefundQuery, limit int) error {
	return a.printTransactions(a.refundTable(), limit, &q.After, func(n int) ([]store.Transaction, error) {
		q.Limit = n
		return s.Refunds(ctx, q)
	}, func(t *table, tx store.Transaction) { a.addRefund(t, s, tx) })
}

// refundTable is a list of refunds, which addRefund fills.
func (a *App) refundTable() *table {
	// The ID stays, for the other commands ask for it.
	t := &table{right: map[int]bool{2: true}, times: []int{3}, drop: []int{4, 3}}
	t.head(a, labelNumber, labelRefund, labelAmount, labelRefundAsked, labelRefundReason, labelTransID)
	return t
}

func (a *App) addRefund(t *table, s *shop, tx store.Transaction) {
	t.add(tx.Number.String(), a.refundState(store.RefundStateOf(tx)), tx.Amount.Format(a.lang),
		s.Rules().Calendar.Show(tx.Refund.AskedAt), foreignCut(tx.Refund.Reason), foreign(tx.TransID))
}
