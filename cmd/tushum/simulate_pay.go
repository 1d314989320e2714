package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

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
	req := bank.PayRequest{Number: number, Payer: p.payer, Declines: p.declines}
	if p.amount != "" {
		if req.Amount, err = money.Parse(p.amount); err != nil {
			return err
		}
	}
	receipt, err := client.Pay(ctx, req)
	if err == nil && p.reverse {
		var back bank.Receipt
		back, err = client.Refund(ctx, receipt.TransID)
		receipt.State, receipt.Steps = back.State, append(receipt.Steps, back.Steps...)
	}
	if showErr := a.showReceipt(receipt); showErr != nil {
		return showErr
	}
	return bankTrouble(err)
}

func (a *App) showReceipt(r bank.Receipt) error {
	if a.flags.json {
		return json.NewEncoder(a.Stdout).Encode(r)
	}
	t := &table{right: map[int]bool{4: true}}
	for _, s := range r.Steps {
		answer := s.State
		if s.ErrorCode != "" {
			answer = s.ErrorCode + " " + bank.Meaning(s.ErrorCode, a.lang)
		}
		t.add(s.Webhook, s.TransID, strconv.Itoa(s.HTTPStatus), oneLine(answer), s.Took.Round(10_000).String())
	}
	_, err := fmt.Fprint(a.Stdout, t.String())
	if err == nil && r.State != "" {
		_, err = fmt.Fprintln(a.Stdout, r.State, r.Amount.Format(a.lang))
	}
	return err
}
