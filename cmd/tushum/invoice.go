package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/store"
)

func (a *App) invoiceCommand() *cobra.Command {
	return a.group(spec{
		use:   "invoice",
		short: lang.Text{UZ: "hisoblar: to‘lov so‘rash va boshqarish", RU: "счета: запросить оплату и управлять ею", EN: "invoices: ask for money and follow it"},
	},
		a.invoiceCreateCommand(), a.invoiceListCommand(), a.invoiceShowCommand(), a.invoiceCancelCommand(),
		a.invoiceReopenCommand(), a.invoiceExtendCommand(), a.invoiceMarkPaidCommand(), a.invoiceQRCommand(), a.invoiceMessageCommand(),
	)
}

var invoiceShowSpec = spec{
	use: "show NUMBER", ledger: true,
	short: lang.Text{UZ: "hisobni to‘lovlari bilan ko‘rsatish", RU: "показать счёт с его платежами", EN: "show an invoice with its payments"},
	doing: lang.Text{UZ: "hisobni ko‘rsatish", RU: "показ счёта", EN: "showing the invoice"},
}

func (a *App) invoiceShowCommand() *cobra.Command {
	return a.command(invoiceShowSpec, func(ctx context.Context, args []string) error {
		n, err := parseNumber(args[0])
		if err != nil {
			return err
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			inv, err := s.Invoice(ctx, n)
			if err != nil {
				return err
			}
			return a.showInvoice(ctx, s, inv)
		})
	})
}

// showInvoice shows an invoice with the transactions and the deals about it; of a
// counter invoice, which is paid any number of times, with the newest of them.
func (a *App) showInvoice(ctx context.Context, s *shop, inv store.Invoice) error {
	query := store.TransactionQuery{Number: inv.Number}
	if inv.Reusable() {
		query.Limit = defaultLimit
	}
	ts, err := s.Transactions(ctx, query)
	if err != nil {
		return err
	}
	ds, err := s.DealsOf(ctx, inv.Number)
	if err != nil {
		return err
	}
	return a.printInvoice(s, inv, ts, ds)
}

// change is a command that changes one invoice and then shows it.
func (a *App) change(sp spec, do func(context.Context, *shop, store.Number) (store.Invoice, error)) *cobra.Command {
	return a.changeThen(sp, do, a.showInvoice)
}

// changeThen is a command that changes one invoice, and then does something with it.
func (a *App) changeThen(sp spec, do func(context.Context, *shop, store.Number) (store.Invoice, error), then func(context.Context, *shop, store.Invoice) error) *cobra.Command {
	sp.ledger = true
	return a.command(sp, func(ctx context.Context, args []string) error {
		n, err := parseNumber(args[0])
		if err != nil {
			return err
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			inv, err := do(ctx, s, n)
			if err != nil {
				return refusedChange(sp.use, err)
			}
			return then(ctx, s, inv)
		})
	})
}

var invoiceListSpec = spec{
	use: "list", ledger: true,
	short: lang.Text{UZ: "hisoblar ro‘yxati, yangilari oldin", RU: "список счетов, новые сначала", EN: "list invoices, newest first"},
	doing: lang.Text{UZ: "hisoblar ro‘yxati", RU: "список счетов", EN: "listing the invoices"},
}

// invoiceFilter are the flags of invoice list as they were typed.
type invoiceFilter struct {
	status, kind, search, after string
	limit                       int
}

func (a *App) invoiceListCommand() *cobra.Command {
	var f invoiceFilter
	cmd := a.command(invoiceListSpec, func(ctx context.Context, _ []string) error {
		query, err := f.query()
		if err != nil {
			return err
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error { return a.listInvoices(ctx, s, query, f.limit) })
	})
	flags := cmd.Flags()
	flags.StringVar(&f.status, "status", "", a.say(lang.Text{UZ: "`HOLATI`: open, paid, cancelled, expired, refunded", RU: "`СОСТОЯНИЕ`: open, paid, cancelled, expired, refunded", EN: "only with the `STATUS`: open, paid, cancelled, expired, refunded"}))
	flags.StringVar(&f.kind, "kind", "", a.say(kindFlag))
	a.listFlags(cmd, &f.search, &f.limit)
	flags.StringVar(&f.after, "after", "", a.say(lang.Text{UZ: "shu `RAQAM`dan keyingilari", RU: "следующие за этим `НОМЕРОМ`", EN: "those that follow the invoice `NUMBER` in the list"}))
	return cmd
}

// listFlags are those that every list has.
func (a *App) listFlags(cmd *cobra.Command, search *string, limit *int) {
	flags := cmd.Flags()
	flags.StringVar(search, "search", "", a.say(lang.Text{UZ: "barcha `SO‘ZLAR` uchraydiganlari", RU: "где есть все `СЛОВА`", EN: "only those with all the `WORDS`"}))
	flags.IntVar(limit, "limit", defaultLimit, a.say(limitFlag))
}

var limitFlag = lang.Text{UZ: "ko‘pi bilan `N` ta, 0 — hammasi", RU: "не больше `N`, 0 — все", EN: "at most `N`, 0 for all"}

func (f invoiceFilter) query() (q store.InvoiceQuery, err error) {
	q.Search = f.search
	if f.status != "" {
		q.Status, err = store.ParseInvoiceStatus(f.status)
	}
	if err == nil && f.kind != "" {
		q.Kind, err = store.ParseKind(f.kind)
	}
	if err == nil && f.after != "" {
		q.After, err = parseNumber(f.after)
	}
	return q, errors.Join(err, checkLimit(f.limit))
}

func (a *App) listInvoices(ctx context.Context, s *shop, q store.InvoiceQuery, limit int) error {
	t, shown := a.invoiceTable(), 0
	live, err := a.beingPaid(ctx, s)
	if err != nil {
		return err
	}
	more, err := pages(limit, func(n int) ([]store.Invoice, error) {
		q.Limit = n
		return s.Invoices(ctx, q)
	}, func(page []store.Invoice) error {
		for _, inv := range page {
			q.After = inv.Number
			shown++
			if !a.flags.json {
				a.addInvoice(t, s, inv, live)
			} else if err := a.printJSON(viewInvoice(s, inv, nil, nil)); err != nil {
				return err
			}
		}
		return a.printPage(t, shown)
	})
	if err != nil {
		return err
	}
	return a.endList(shown, more, q.After.String())
}

// beingPaid finds what people are paying now; scripts read it from the
// transactions themselves.
func (a *App) beingPaid(ctx context.Context, s *shop) (payments, error) {
	if a.flags.json {
		return nil, nil
	}
	ts, err := s.Transactions(ctx, store.TransactionQuery{Status: store.Created})
	return liveOf(ts), err
}

// printPage prints the rows that a table has gathered.
func (a *App) printPage(t *table, shown int) error {
	if a.flags.json || shown == 0 {
		return nil
	}
	return a.print(t.flush())
}

// endList tells people that a list is empty, or how it goes on.
func (a *App) endList(shown int, more bool, last string) error {
	switch {
	case a.flags.json:
		return nil
	case shown == 0:
		return a.print(a.say(noneFound) + "\n")
	case more:
		return a.print(fmt.Sprintf(a.say(moreFound)+"\n", foreign(last)))
	}
	return nil
}
