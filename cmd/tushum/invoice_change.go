package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/store"
)

var (
	invoiceCancelSpec = spec{
		use:   "cancel NUMBER",
		short: lang.Text{UZ: "hisobni bekor qilish", RU: "отменить счёт", EN: "cancel an invoice"},
		doing: lang.Text{UZ: "hisobni bekor qilish", RU: "отмена счёта", EN: "cancelling the invoice"},
	}
	invoiceReopenSpec = spec{
		use:   "reopen NUMBER",
		short: lang.Text{UZ: "muddati o‘tgan yoki puli qaytarilgan hisobni qayta ochish", RU: "снова открыть просроченный счёт или счёт с возвратом", EN: "open an expired or refunded invoice again"},
		doing: lang.Text{UZ: "hisobni qayta ochish", RU: "повторное открытие счёта", EN: "reopening the invoice"},
	}
	invoiceExtendSpec = spec{
		use:   "extend NUMBER",
		short: lang.Text{UZ: "hisobning amal qilish muddatini o‘zgartirish", RU: "изменить срок счёта", EN: "move the end of an invoice"},
		doing: lang.Text{UZ: "hisob muddatini o‘zgartirish", RU: "изменение срока счёта", EN: "extending the invoice"},
	}
	invoiceMarkPaidSpec = spec{
		use:   "mark-paid NUMBER",
		short: lang.Text{UZ: "boshqa yo‘l bilan to‘langan hisobni belgilash", RU: "отметить счёт, оплаченный другим способом", EN: "record money that came another way"},
		doing: lang.Text{UZ: "hisobni to‘langan deb belgilash", RU: "отметка об оплате счёта", EN: "marking the invoice as paid"},
	}
	reasonFlag = lang.Text{UZ: "`SABAB`, hisob-kitob uchun", RU: "`ПРИЧИНА`, для учёта", EN: "the `REASON`, for the books"}
	forceFlag  = lang.Text{
		UZ: "hozir kimdir to‘layotgan yoki kelgan pul haqida qaror qilinmagan bo‘lsa ham", RU: "даже если счёт сейчас оплачивают или о пришедших деньгах ещё не решено", EN: "although somebody is paying it now, or money that came waits for a decision",
	}
)

func (a *App) invoiceCancelCommand() *cobra.Command {
	var o store.CancelOrder
	cmd := a.changeThen(invoiceCancelSpec, func(ctx context.Context, s *shop, n store.Number) (store.Invoice, error) {
		o.Number, o.By = n, a.by()
		return s.Cancel(ctx, o)
	}, a.showCancelled)
	cmd.Flags().StringVar(&o.Reason, "reason", "", a.say(reasonFlag))
	cmd.Flags().BoolVar(&o.Force, "force", false, a.say(forceFlag))
	return cmd
}

// showCancelled shows an invoice, and warns where its payer was shown where to pay.
func (a *App) showCancelled(ctx context.Context, s *shop, inv store.Invoice) error {
	if err := a.showInvoice(ctx, s, inv); err != nil || a.flags.json {
		return err
	}
	deals, err := s.DealsOf(ctx, inv.Number)
	if err != nil {
		return err
	}
	now := store.At(s.Now())
	for _, d := range deals {
		switch d.StateAt(now) {
		case store.DealAsked, store.DealOpen, store.DealClaimed, store.DealDisputed:
			return a.print("\n" + wrapped(a.say(sayMayYetCome.FillEach("{system}", s.systemName(d.System))), a.Width, 0) + "\n")
		}
	}
	return nil
}

var sayMayYetCome = lang.Text{
	UZ: "Mijozga {system} orqali qayerga to‘lash ko‘rsatilgan: to‘lamasin, unga ayting. Pul baribir kelsa, hisobni to‘lamaydi va qaroringizni kutadi: tushum transaction list --unsettled",
	RU: "Клиенту уже показали, куда платить через {system}: предупредите его, чтобы не платил. Если деньги всё же придут, счёт они не оплатят и будут ждать вашего решения: tushum transaction list --unsettled",
	EN: "The customer was shown where to pay through {system}: tell them not to. Money that comes all the same pays no invoice, and waits for you to decide: tushum transaction list --unsettled",
}

func (a *App) invoiceReopenCommand() *cobra.Command {
	var reason, expires string
	cmd := a.change(invoiceReopenSpec, func(ctx context.Context, s *shop, n store.Number) (store.Invoice, error) {
		until, err := s.expiry(expires)
		if err != nil {
			return store.Invoice{}, err
		}
		return s.Reopen(ctx, n, a.by(), reason, until)
	})
	cmd.Flags().StringVar(&reason, "reason", "", a.say(reasonFlag))
	cmd.Flags().StringVar(&expires, "expires", "", a.say(expiresFlag))
	return cmd
}

func (a *App) invoiceExtendCommand() *cobra.Command {
	var reason, expires string
	cmd := a.change(invoiceExtendSpec, func(ctx context.Context, s *shop, n store.Number) (store.Invoice, error) {
		if expires == "" {
			return store.Invoice{}, missing("--expires")
		}
		until, err := s.expiry(expires)
		if err != nil {
			return store.Invoice{}, err
		}
		return s.Extend(ctx, n, a.by(), reason, until)
	})
	cmd.Flags().StringVar(&reason, "reason", "", a.say(reasonFlag))
	cmd.Flags().StringVar(&expires, "expires", "", a.say(lang.Text{
		UZ: "yangi `MUDDAT`: 24h, 3d, \"21.11.2026 15:00\" yoki never", RU: "новый `СРОК`: 24h, 3d, \"21.11.2026 15:00\" или never", EN: "`WHEN` it ends: 24h, 3d, \"21.11.2026 15:00\" or never",
	}))
	require(cmd, "expires")
	return cmd
}

func (a *App) invoiceMarkPaidCommand() *cobra.Command {
	var p store.ManualPayment
	cmd := a.change(invoiceMarkPaidSpec, func(ctx context.Context, s *shop, n store.Number) (store.Invoice, error) {
		if err := missingOfPayment(p); err != nil {
			return store.Invoice{}, err
		}
		p.Number, p.By, p.Source = n, a.by(), strings.ToUpper(p.Source)
		return s.MarkPaid(ctx, p)
	})
	cmd.Flags().StringVar(&p.Source, "source", "", a.say(lang.Text{UZ: "qanday to‘landi, `NOMI`: cash, terminal, other", RU: "чем оплачен, `ИМЯ`: cash, terminal, other", EN: "how it was paid, `NAME`: cash, terminal, other"}))
	cmd.Flags().StringVar(&p.Reason, "reason", "", a.say(reasonFlag))
	cmd.Flags().BoolVar(&p.Force, "force", false, a.say(forceFlag))
	require(cmd, "source", "reason")
	return cmd
}

// missingOfPayment names everything that mark-paid still needs at once.
func missingOfPayment(p store.ManualPayment) error {
	var flags []string
	if p.Source == "" {
		flags = append(flags, "--source cash|terminal|other")
	}
	if strings.TrimSpace(p.Reason) == "" {
		flags = append(flags, "--reason \"…\"")
	}
	if len(flags) == 0 {
		return nil
	}
	list := strings.Join(flags, ", ")
	return usage(lang.Text{UZ: "yetishmayapti: " + list, RU: "не хватает: " + list, EN: "missing: " + list})
}
