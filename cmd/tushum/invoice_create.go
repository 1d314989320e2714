package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/store"
)

var invoiceCreateSpec = spec{
	use: "create", ledger: true,
	short: lang.Text{UZ: "yangi hisob va to‘lov havolasi", RU: "новый счёт и ссылка на оплату", EN: "make an invoice and its payment link"},
	long: lang.Text{
		UZ: "Yangi hisob ochadi va to‘lov havolasini beradi. Summalar odatdagidek yoziladi: 25000, \"25 000\", 150k, 1.5m.\n\n" +
			"  tushum invoice create --amount \"25 000\" --customer Aziza\n  tushum invoice create --line \"Soch olish=20000\" --line \"Shampun=2x15000\" --expires 24h",
		RU: "Создаёт счёт и даёт ссылку на оплату. Суммы пишутся как обычно: 25000, \"25 000\", 150k, 1.5m.\n\n" +
			"  tushum invoice create --amount \"25 000\" --customer Азиза\n  tushum invoice create --line \"Стрижка=20000\" --line \"Шампунь=2x15000\" --expires 24h",
		EN: "Makes an invoice and its payment link. Amounts are typed as people type them: 25000, \"25 000\", 150k, 1.5m.\n\n" +
			"  tushum invoice create --amount \"25 000\" --customer Aziza\n  tushum invoice create --line \"Haircut=20000\" --line \"Shampoo=2x15000\" --expires 24h",
	},
	doing: lang.Text{UZ: "hisob yaratish", RU: "создание счёта", EN: "making the invoice"},
}

// draftFlags are the flags of invoice create as they were typed.
type draftFlags struct {
	kind, amount, least, most       string
	lines                           []string
	customer, phone, specialist, at string
	expires, note                   string
}

func (a *App) invoiceCreateCommand() *cobra.Command {
	var f draftFlags
	cmd := a.command(invoiceCreateSpec, func(ctx context.Context, _ []string) error {
		draft, err := f.draft()
		if err != nil {
			return err
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error { return a.createInvoice(ctx, s, draft, f) })
	})
	a.draftFlags(cmd, &f)
	return cmd
}

func (a *App) draftFlags(cmd *cobra.Command, f *draftFlags) {
	flags := cmd.Flags()
	flags.StringVar(&f.amount, "amount", "", a.say(lang.Text{UZ: "`SUMMA`; berilmasa, qatorlar yig‘indisi", RU: "`СУММА`; без неё — сумма строк", EN: "the `AMOUNT`; without it the sum of the lines"}))
	flags.StringVar(&f.kind, "kind", string(store.Visit), a.say(kindFlag))
	flags.StringArrayVar(&f.lines, "line", nil, a.say(lang.Text{UZ: "qator, `\"NOM=NARX\"` yoki \"NOM=2xNARX\"; takrorlanishi mumkin", RU: "строка, `\"НАЗВАНИЕ=ЦЕНА\"` или \"НАЗВАНИЕ=2xЦЕНА\"; можно повторять", EN: "a line, `\"NAME=PRICE\"` or \"NAME=2xPRICE\"; may be repeated"}))
	flags.StringVar(&f.customer, "customer", "", a.say(lang.Text{UZ: "mijoz `ISMI`", RU: "`ИМЯ` клиента", EN: "the customer's `NAME`"}))
	flags.StringVar(&f.phone, "phone", "", a.say(lang.Text{UZ: "mijoz `TELEFONI`", RU: "`ТЕЛЕФОН` клиента", EN: "the customer's `PHONE`"}))
	flags.StringVar(&f.specialist, "specialist", "", a.say(lang.Text{UZ: "mutaxassis `ISMI`", RU: "`ИМЯ` специалиста", EN: "the specialist's `NAME`"}))
	flags.StringVar(&f.at, "at", "", a.say(lang.Text{UZ: "tashrif `VAQTI`: \"21.11.2026 15:00\"", RU: "`ВРЕМЯ` визита: \"21.11.2026 15:00\"", EN: "the `TIME` of the visit: \"21.11.2026 15:00\""}))
	flags.StringVar(&f.expires, "expires", "", a.say(expiresFlag))
	flags.StringVar(&f.note, "note", "", a.say(lang.Text{UZ: "`IZOH`", RU: "`ПРИМЕЧАНИЕ`", EN: "a `NOTE` for the shop"}))
	flags.StringVar(&f.least, "min", "", a.say(lang.Text{UZ: "eng kam `SUMMA` (counter)", RU: "наименьшая `СУММА` (counter)", EN: "the least `AMOUNT` (counter)"}))
	flags.StringVar(&f.most, "max", "", a.say(lang.Text{UZ: "eng ko‘p `SUMMA` (counter)", RU: "наибольшая `СУММА` (counter)", EN: "the greatest `AMOUNT` (counter)"}))
}

var kindFlag = lang.Text{
	UZ: "`TURI`: visit, goods, prepayment, giftcard, membership, topup, counter",
	RU: "`ВИД`: visit, goods, prepayment, giftcard, membership, topup, counter",
	EN: "the `KIND`: visit, goods, prepayment, giftcard, membership, topup, counter",
}

var expiresFlag = lang.Text{
	UZ: "amal qilish `MUDDATI`: 24h, 3d, \"21.11.2026 15:00\"; berilmasa, muddatsiz",
	RU: "`СРОК`: 24h, 3d, \"21.11.2026 15:00\"; без него бессрочно",
	EN: "`WHEN` it ends: 24h, 3d, \"21.11.2026 15:00\"; never unless told",
}

// draft reads what does not depend on the shop.
func (f draftFlags) draft() (d store.Draft, err error) {
	if d.Kind, err = store.ParseKind(f.kind); err != nil {
		return d, err
	}
	if d.Amount, err = flagAmount("--amount", f.amount); err != nil {
		return d, err
	}
	if d.MinAmount, err = flagAmount("--min", f.least); err != nil {
		return d, err
	}
	if d.MaxAmount, err = flagAmount("--max", f.most); err != nil {
		return d, err
	}
	for _, text := range f.lines {
		line, err := parseLine(text)
		if err != nil {
			return d, err
		}
		d.Lines = append(d.Lines, line)
	}
	d.Customer.Name, d.Specialist, d.Note = f.customer, f.specialist, f.note
	d.Customer.Phone, err = store.ParsePhone(f.phone)
	return d, err
}

// createInvoice reads the rest by the shop's clock and zone, and keeps it.
func (a *App) createInvoice(ctx context.Context, s *shop, d store.Draft, f draftFlags) (err error) {
	zone := s.zone()
	if f.at != "" {
		if d.AppointmentAt, err = parseMoment("--at", f.at, zone); err != nil {
			return err
		}
	}
	if d.ExpiresAt, err = s.expiry(f.expires); err != nil {
		return err
	}
	d.By = a.by()
	inv, err := s.Issue(ctx, d)
	if err != nil {
		return err
	}
	return a.printInvoice(s, inv, nil)
}

// zone is where the shop's clock hangs.
func (s *shop) zone() *time.Location {
	if zone := s.Rules().Calendar.Location; zone != nil {
		return zone
	}
	return time.UTC
}

// expiry reads when an invoice ends; an empty text is never.
func (s *shop) expiry(text string) (store.Instant, error) {
	if text == "" {
		return 0, nil
	}
	return parseExpiry(text, s.Now(), s.zone())
}
