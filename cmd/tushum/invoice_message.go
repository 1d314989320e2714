package main

import (
	"context"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/store"
)

var invoiceMessageSpec = spec{
	use: "message NUMBER", ledger: true,
	short: lang.Text{UZ: "mijozga havola bilan yuboriladigan matn", RU: "текст, который отправляют клиенту со ссылкой", EN: "print the text to send with the payment link"},
	long: lang.Text{
		UZ: "Messenjer orqali yuborish uchun matn. Tili — --lang, berilmasa, do‘konniki; matnning o‘zi sozlamalarning [message] bo‘limida.",
		RU: "Текст для мессенджера. Язык — --lang, без него язык магазина; сам текст — в разделе [message] настроек.",
		EN: "Prints what to send in a messenger, in the language of --lang or else of the shop. The text itself is set under [message] in the settings.",
	},
	doing: lang.Text{UZ: "xabar matni", RU: "текст сообщения", EN: "writing the message"},
}

func (a *App) invoiceMessageCommand() *cobra.Command {
	return a.command(invoiceMessageSpec, func(ctx context.Context, args []string) error {
		n, err := parseNumber(args[0])
		if err != nil {
			return err
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error { return a.tellMessage(ctx, s, n) })
	})
}

// messageView is what scripts see of a message.
type messageView struct {
	Number      store.Number `json:"number"`
	Lang        lang.Lang    `json:"lang"`
	Text        string       `json:"text"`
	PaymentLink string       `json:"payment_link"`
}

func (a *App) tellMessage(ctx context.Context, s *shop, n store.Number) error {
	inv, err := s.Invoice(ctx, n)
	if err != nil {
		return err
	}
	link, _ := s.paymentLinks(inv)
	if link == "" {
		return s.noLink(inv)
	}
	if err := a.warnNotOpen(inv); err != nil {
		return err
	}
	l := a.customersLang(s)
	text := s.message(inv, link, l)
	if a.flags.json {
		return a.printJSON(messageView{inv.Number, l, text, link})
	}
	return a.print(text + "\n")
}

// message is what is sent to the customer of an invoice.
func (s *shop) message(inv store.Invoice, link string, l lang.Lang) string {
	cfg := s.cfg()
	facts := inv.MessageFacts(s.Rules().Calendar, l)
	facts.Shop, facts.Link = cfg.Shop.Name, link
	return cfg.Message[l].Fill(facts)
}
