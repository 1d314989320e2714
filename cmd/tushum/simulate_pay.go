package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"tushum/internal/bank"
	"tushum/internal/lang"
	"tushum/internal/money"
)

// payFlags are what the simulated customer does.
type payFlags struct {
	amount   string
	payer    bank.Payer
	declines int
	reverse  bool
}

func (a *App) simulatePayCommand(f *bankFlags) *cobra.Command {
	var p payFlags
	cmd := a.command(spec{
		use:   "pay NUMBER",
		short: lang.Text{UZ: "bitta hisobni to‘lash", RU: "оплатить один счёт", EN: "pay one invoice"},
		doing: lang.Text{UZ: "hisobni to‘lash", RU: "оплата счёта", EN: "paying the invoice"},
	}, func(ctx context.Context, args []string) error { return a.simulatePay(ctx, *f, p, args[0]) })
	flags := cmd.Flags()
	flags.StringVar(&p.amount, "amount", "", a.say(lang.Text{
		UZ: "`SUMMA`; berilmasa, check javobidagisi", RU: "`СУММА`; без неё берётся из ответа check", EN: "the `AMOUNT`; left out it is what check answers",
	}))
	flags.StringVar(&p.payer.Source, "source", "UZCARD", a.say(lang.Text{UZ: "to‘lov usuli: `UZCARD`, HUMO, …", RU: "способ: `UZCARD`, HUMO, …", EN: "paid with `UZCARD`, HUMO, …"}))
	flags.StringVar(&p.payer.Tariff, "tariff", "", a.say(lang.Text{UZ: "muddatli to‘lov `TARIF`i", RU: "`ТАРИФ` рассрочки", EN: "the `TARIFF` of an instalment"}))
	flags.StringVar(&p.payer.Phone, "phone", "", a.say(lang.Text{UZ: "mijoz `TELEFON`i", RU: "`ТЕЛЕФОН` клиента", EN: "the customer's `PHONE`"}))
	flags.IntVar(&p.declines, "declines", 0, a.say(lang.Text{UZ: "avval rad etilgan kartalar `SONI`", RU: "`СКОЛЬКО` карт банк сначала отклонит", EN: "`HOW` many cards are declined first"}))
	flags.BoolVar(&p.reverse, "reverse", false, a.say(lang.Text{UZ: "to‘lovdan keyin qaytarish", RU: "вернуть после оплаты", EN: "take the payment back afterwards"}))
	return cmd
}

func (a *App) simulatePay(ctx context.Context, f bankFlags, p payFlags, number string) error {
	client, _, err := a.bankClient(f)
	if err != nil {
		return err
	}
	req := bank.PayRequest{Number: number, Payer: p.payer}
	if p.amount != "" {
		if req.Amount, err = money.Parse(p.amount); err != nil {
			return err
		}
	}
	receipt, err := p.pay(ctx, client, req)
	if slices.ContainsFunc(receipt.Steps, func(s bank.Step) bool { return s.HTTPStatus != 0 }) {
		if showErr := a.showReceipt(receipt); showErr != nil {
			return showErr
		}
	}
	return f.trouble(err)
}

// pay plays the cards that are declined, the one that pays, and the way back.
// The receipt has the steps of all.
func (p payFlags) pay(ctx context.Context, client *bank.Client, req bank.PayRequest) (bank.Receipt, error) {
	var (
		steps    []bank.Step
		declined []string
	)
	for range p.declines {
		receipt, err := client.Decline(ctx, req)
		if steps = append(steps, receipt.Steps...); err != nil {
			receipt.Steps, receipt.Declined = steps, declined
			return receipt, err
		}
		declined = append(declined, receipt.TransID)
	}
	receipt, err := client.Pay(ctx, req)
	receipt.Steps, receipt.Declined = append(steps, receipt.Steps...), declined
	if err == nil && p.reverse {
		var back bank.Receipt
		back, err = client.Refund(ctx, receipt.TransID)
		receipt.State, receipt.Steps = back.State, append(receipt.Steps, back.Steps...)
	}
	return receipt, err
}

var noAnswer = lang.Text{UZ: "javob yo‘q", RU: "нет ответа", EN: "no answer"}

func (a *App) showReceipt(r bank.Receipt) error {
	if a.flags.json {
		return json.NewEncoder(a.Stdout).Encode(r)
	}
	t := &table{right: map[int]bool{4: true}}
	for _, s := range r.Steps {
		status, answer := strconv.Itoa(s.HTTPStatus), s.State
		if s.HTTPStatus == 0 {
			status, answer = "-", a.say(noAnswer)
		}
		if s.ErrorCode != "" {
			answer = s.ErrorCode + " " + bank.Meaning(s.ErrorCode, a.lang)
		}
		t.add(s.Webhook, s.TransID, status, oneLine(answer), s.Took.Round(10*time.Microsecond).String())
	}
	_, err := fmt.Fprint(a.Stdout, t.String())
	if err == nil && r.State != "" {
		_, err = fmt.Fprintln(a.Stdout, r.State, r.Amount.Format(a.lang))
	}
	return err
}
