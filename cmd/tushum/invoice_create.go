package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/store"
)

var invoiceCreateSpec = spec{
	use: "create", ledger: true,
	short: lang.Text{UZ: "yangi hisob va to‘lov havolasi", RU: "новый счёт и ссылка на оплату", EN: "make an invoice and its payment link"},
	long: lang.Text{
		UZ: "Yangi hisob ochadi va to‘lov havolasini beradi. Summalar odatdagidek yoziladi: 25000, \"25 000\", 150k, 1.5m. Chegirma va oldin to‘langan pul narxdan, ya’ni --amount yoki qatorlar yig‘indisidan ayriladi.\n\n" +
			"  tushum invoice create --amount \"25 000\" --customer Aziza\n  tushum invoice create --line \"Soch olish=20000\" --line \"Shampun=2x15000\" --expires 24h\n" +
			"  tushum invoice create --line \"Soch bo‘yash=300000\" --discount \"30 000\" --prepaid \"100 000\"",
		RU: "Создаёт счёт и даёт ссылку на оплату. Суммы пишутся как обычно: 25000, \"25 000\", 150k, 1.5m. Скидка и оплаченное ранее вычитаются из цены: --amount или суммы строк.\n\n" +
			"  tushum invoice create --amount \"25 000\" --customer Азиза\n  tushum invoice create --line \"Стрижка=20000\" --line \"Шампунь=2x15000\" --expires 24h\n" +
			"  tushum invoice create --line \"Окрашивание=300000\" --discount \"30 000\" --prepaid \"100 000\"",
		EN: "Makes an invoice and its payment link. Amounts are typed as people type them: 25000, \"25 000\", 150k, 1.5m. A discount and what was paid before come off the price: --amount, or the sum of the lines.\n\n" +
			"  tushum invoice create --amount \"25 000\" --customer Aziza\n  tushum invoice create --line \"Haircut=20000\" --line \"Shampoo=2x15000\" --expires 24h\n" +
			"  tushum invoice create --line \"Colouring=300000\" --discount \"30 000\" --prepaid \"100 000\"",
	},
	doing: lang.Text{UZ: "hisob yaratish", RU: "создание счёта", EN: "making the invoice"},
}

// draftFlags are the flags of invoice create as they were typed.
type draftFlags struct {
	kind, amount, least, most       string
	discount, prepaid               string
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
	flags.StringVar(&f.amount, "amount", "", a.say(lang.Text{UZ: "narx, `SUMMA`; berilmasa, qatorlar yig‘indisi", RU: "цена, `СУММА`; без неё — сумма строк", EN: "the price, an `AMOUNT`; without it the sum of the lines"}))
	flags.StringVar(&f.discount, "discount", "", a.say(lang.Text{UZ: "chegirma, `SUMMA`", RU: "скидка, `СУММА`", EN: "the `AMOUNT` taken off"}))
	flags.StringVar(&f.prepaid, "prepaid", "", a.say(lang.Text{UZ: "boshqa yo‘l bilan oldin to‘langan `SUMMA`", RU: "`СУММА`, оплаченная ранее другим способом", EN: "the `AMOUNT` that was paid before, in another way"}))
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
	if err = f.parts(&d); err != nil {
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

// parts reads the amounts.
func (f draftFlags) parts(d *store.Draft) (err error) {
	for _, part := range []struct {
		flag, text string
		to         *money.Amount
	}{
		{"--amount", f.amount, &d.Amount},
		{"--discount", f.discount, &d.Discount},
		{"--prepaid", f.prepaid, &d.Prepaid},
		{"--min", f.least, &d.MinAmount},
		{"--max", f.most, &d.MaxAmount},
	} {
		if *part.to, err = flagAmount(part.flag, part.text); err != nil {
			return err
		}
	}
	if f.amount != "" && d.Kind != store.Counter {
		d.Amount -= d.Discount + d.Prepaid // what is left of the price; too much of either is the ledger's to refuse
	}
	return nil
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
	return a.printInvoice(s, inv, nil, nil)
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
