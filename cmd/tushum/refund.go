package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/store"
)

func (a *App) refundCommand() *cobra.Command {
	return a.group(spec{
		use:   "refund",
		short: lang.Text{UZ: "pulni qaytarish so‘rovlari", RU: "запросы на возврат денег", EN: "refunds: ask the bank to give money back"},
		long: lang.Text{
			UZ: "Bank pulini do‘kon o‘zi qaytara olmaydi: so‘rov yoziladi, xatni bankka xodim yuboradi. Bank pulni qaytargach, so‘rov o‘zi yopiladi.",
			RU: "Сам магазин вернуть деньги не может: он записывает запрос, а письмо банку отправляет сотрудник. Когда банк вернёт деньги, запрос закроется сам.",
			EN: "The shop can't give the bank's money back itself: it writes the request down, and staff send the bank the letter. When the bank gives the money back, the request is done by itself.",
		},
	}, a.refundRequestCommand(), a.refundLetterCommand(), a.refundWithdrawCommand(), a.refundRefusedCommand(), a.refundListCommand())
}

var (
	refundRequestSpec = spec{
		use: "request TRANS_ID", ledger: true,
		short: lang.Text{UZ: "qaytarishni so‘rash va bankka xatni chiqarish", RU: "запросить возврат и напечатать письмо банку", EN: "request a refund and print the letter to the bank"},
		doing: lang.Text{UZ: "qaytarishni so‘rash", RU: "запрос на возврат", EN: "requesting the refund"},
	}
	refundLetterSpec = spec{
		use: "letter TRANS_ID", ledger: true,
		short: lang.Text{UZ: "bankka xatni yana chiqarish", RU: "напечатать письмо банку ещё раз", EN: "print the letter to the bank again"},
		doing: lang.Text{UZ: "bankka xat", RU: "письмо банку", EN: "writing the letter"},
	}
	refundWithdrawSpec = spec{
		use: "withdraw TRANS_ID", ledger: true,
		short: lang.Text{UZ: "qaytarish so‘rovini qaytarib olish", RU: "отозвать запрос на возврат", EN: "take a refund request back"},
		doing: lang.Text{UZ: "so‘rovni qaytarib olish", RU: "отзыв запроса на возврат", EN: "withdrawing the refund request"},
	}
	refundRefusedSpec = spec{
		use: "refused TRANS_ID", ledger: true,
		short: lang.Text{UZ: "bank rad etganini yozib qo‘yish", RU: "записать, что банк отказал", EN: "write down that the bank said no"},
		doing: lang.Text{UZ: "bankning rad javobini yozish", RU: "запись отказа банка", EN: "writing down the bank's refusal"},
	}
)

func (a *App) refundRequestCommand() *cobra.Command {
	var (
		reason, language string
		system           store.System
	)
	cmd := a.command(refundRequestSpec, func(ctx context.Context, args []string) error {
		l, err := letterLanguage(language)
		if err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return missing(`--reason "…"`)
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			t, err := s.RequestRefund(ctx, store.RefundOrder{System: system, TransID: args[0], By: a.by(), Reason: reason})
			if err != nil {
				return err
			}
			if a.flags.json {
				return a.printJSON(viewTransaction(t, nil))
			}
			return a.print(s.refundLetter(t, l))
		})
	})
	cmd.Flags().StringVar(&reason, "reason", "", a.say(lang.Text{UZ: "qaytarish `SABAB`i, xatga ham yoziladi", RU: "`ПРИЧИНА` возврата, войдёт и в письмо", EN: "the `REASON`, which the letter gives, too"}))
	require(cmd, "reason")
	a.systemFlag(cmd, &system)
	a.letterFlag(cmd, &language)
	return cmd
}

func (a *App) refundLetterCommand() *cobra.Command {
	var (
		language string
		system   store.System
	)
	cmd := a.command(refundLetterSpec, func(ctx context.Context, args []string) error {
		l, err := letterLanguage(language)
		if err != nil {
			return err
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			t, err := s.transaction(ctx, system, args[0])
			if err != nil {
				return err
			}
			if t.Refund.AskedAt == 0 {
				return s.noRequest(t)
			}
			letter := s.refundLetter(t, l)
			if a.flags.json {
				return a.printJSON(letterView{t.TransID, l, letter})
			}
			return a.print(letter)
		})
	})
	a.systemFlag(cmd, &system)
	a.letterFlag(cmd, &language)
	return cmd
}

// letterView is the letter to the bank as scripts see it.
type letterView struct {
	TransID string    `json:"trans_id"`
	Lang    lang.Lang `json:"lang"`
	Letter  string    `json:"letter"`
}

// noRequest is why there is no letter: nobody has asked for one, or nobody can. Then the
// ledger says what can be done instead.
func (s *shop) noRequest(t store.Transaction) error {
	if rules := s.Rules(); !rules.Systems[t.System].Can.Letter {
		if _, err := rules.RequestRefund(t, store.RefundOrder{TransID: t.TransID}, store.At(s.Now())); err != nil {
			return err
		}
	}
	name := oneLine(t.TransID)
	return &fault{code: string(store.NotAllowed), exit: exitRefused, says: lang.Text{
		UZ: name + " to‘lovini qaytarish so‘ralmagan", RU: "возврат платежа " + name + " не запрашивали", EN: "the refund of transaction " + name + " was never requested",
	}, hint: lang.Text{
		UZ: "avval so‘rang: tushum refund request " + name, RU: "сначала запросите его: tushum refund request " + name, EN: "request it first: tushum refund request " + name,
	}}
}

// letterFlag is for the bank's language, which need not be the reader's.
func (a *App) letterFlag(cmd *cobra.Command, language *string) {
	cmd.Flags().StringVar(language, "letter-lang", string(lang.RU), a.say(lang.Text{UZ: "xat tili: `uz|ru|en`", RU: "язык письма: `uz|ru|en`", EN: "the letter's language: `uz|ru|en`"}))
}

func letterLanguage(text string) (lang.Lang, error) {
	l, err := lang.Parse(text)
	if err != nil {
		return "", usage(lang.Text{UZ: "--letter-lang: uz, ru yoki en bering", RU: "--letter-lang: укажите uz, ru или en", EN: "--letter-lang: give uz, ru or en"})
	}
	return l, nil
}

func (s *shop) refundLetter(t store.Transaction, l lang.Lang) string {
	return store.RefundLetter(t, s.letterHead(), s.Rules().Calendar, l)
}

func (s *shop) letterHead() store.LetterHead {
	shop := s.cfg().Shop
	return store.LetterHead{Name: shop.Name, Address: shop.Address, Phone: shop.Phone, TIN: shop.TIN}
}

func (a *App) refundWithdrawCommand() *cobra.Command {
	return a.closeRefund(refundWithdrawSpec, store.Withdrawn)
}

func (a *App) refundRefusedCommand() *cobra.Command {
	return a.closeRefund(refundRefusedSpec, store.Refused)
}

// closeRefund is a command that ends a request and then shows the transaction.
func (a *App) closeRefund(sp spec, outcome store.RefundState) *cobra.Command {
	var (
		reason string
		system store.System
	)
	cmd := a.command(sp, func(ctx context.Context, args []string) error {
		if strings.TrimSpace(reason) == "" {
			return missing(`--reason "…"`)
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error {
			t, err := s.CloseRefund(ctx, store.RefundEnd{System: system, TransID: args[0], By: a.by(), Outcome: outcome, Reason: reason})
			if err != nil {
				return err
			}
			return a.printTransaction(s, t, nil)
		})
	})
	cmd.Flags().StringVar(&reason, "reason", "", a.say(reasonFlag))
	a.systemFlag(cmd, &system)
	require(cmd, "reason")
	return cmd
}
