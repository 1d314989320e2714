package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/qr"
	"tushum/store"
)

var invoiceQRSpec = spec{
	use: "qr NUMBER", ledger: true,
	short: lang.Text{UZ: "to‘lov havolasining QR kodi", RU: "QR-код ссылки на оплату", EN: "draw the payment link as a QR code"},
	doing: lang.Text{UZ: "QR kodni chizish", RU: "рисование QR-кода", EN: "drawing the QR code"},
}

// qrFlags are the flags of invoice qr as they were typed.
type qrFlags struct {
	pictureFlags
	invert bool
	quiet  int // modules of white border, once a terminal has decided it
}

// qrPixels is how many pixels of a PNG a module takes: the usual code is then
// about 3 cm on paper at 300 dots an inch.
const qrPixels = 8

func (a *App) invoiceQRCommand() *cobra.Command {
	var f qrFlags
	cmd := a.command(invoiceQRSpec, func(ctx context.Context, args []string) error {
		n, err := parseNumber(args[0])
		if err != nil {
			return err
		}
		if err := a.settle(&f.pictureFlags, formatTerminal, "png", "svg"); err != nil {
			return err
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error { return a.drawQR(ctx, s, n, f) })
	})
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "", a.say(lang.Text{
		UZ: "ko‘rinishi, `terminal|png|svg`; berilmasa, --out oxiriga qarab", RU: "вид, `terminal|png|svg`; без него — по окончанию --out", EN: "drawn as `terminal|png|svg`; left out it follows the ending of --out",
	}))
	flags.StringVar(&f.out, "out", "", a.say(lang.Text{UZ: "shu yangi `FAYL`ga, masalan code.png; - bo‘lsa, stdout ga", RU: "в новый `ФАЙЛ`, например code.png; - означает stdout", EN: "into a new `FILE` such as code.png; - is stdout"}))
	flags.BoolVar(&f.invert, "invert", false, a.say(lang.Text{UZ: "terminalda ranglarni almashtirish", RU: "поменять цвета в терминале", EN: "swap the colours in a terminal"}))
	return cmd
}

func (a *App) drawQR(ctx context.Context, s *shop, n store.Number, f qrFlags) error {
	inv, err := s.Invoice(ctx, n)
	if err != nil {
		return err
	}
	link, _ := s.paymentLinks(inv)
	if link == "" {
		return noLink()
	}
	code, err := qr.Encode(link)
	if err != nil {
		return err
	}
	if err := a.warnNotOpen(inv); err != nil {
		return err
	}
	if f.file() {
		return a.saveQR(code, link, n, f)
	}
	if a.flags.json {
		return a.printJSON(qrView{Number: n, PaymentLink: link, Format: f.format})
	}
	if f.format != formatTerminal {
		return writeQR(a.Stdout, code, f)
	}
	return a.showQR(inv, code, link, f)
}

// qrView is what scripts see of a drawn code.
type qrView struct {
	Number      store.Number `json:"number"`
	PaymentLink string       `json:"payment_link"`
	Format      string       `json:"format"`
	File        string       `json:"file,omitzero"`
}

// noLink refuses what is made of a payment link for an invoice that has none.
func noLink() error {
	return &fault{code: "no_link", exit: exitRefused, says: lang.Text{
		UZ: "bu hisobning to‘lov havolasi yo‘q", RU: "у этого счёта нет ссылки на оплату", EN: "this invoice has no payment link",
	}, hint: lang.Text{
		UZ: "[uzum] service_id va [routing] sozlamalarini tekshiring", RU: "проверьте [uzum] service_id и [routing] в настройках", EN: "check [uzum] service_id and [routing] in the settings",
	}}
}

// warnNotOpen tells that a code is drawn which nobody can pay.
func (a *App) warnNotOpen(inv store.Invoice) error {
	if inv.Status == store.Open {
		return nil
	}
	_, err := fmt.Fprintf(a.Stderr, "tushum: "+a.say(lang.Text{
		UZ: "diqqat: %s raqamli hisob ochiq emas (%s), bank uning to‘lovini qabul qilmaydi",
		RU: "внимание: счёт %s не открыт (%s), банк не примет по нему оплату",
		EN: "take care: invoice %s is not open (%s), the bank will not take a payment for it",
	})+"\n", inv.Number, store.StatusWord(inv.Status.String(), a.lang))
	return err
}

func writeQR(w io.Writer, code qr.Code, f qrFlags) error {
	switch f.format {
	case "png":
		return code.PNG(w, qrPixels)
	case "svg":
		return code.SVG(w)
	}
	return code.Terminal(w, qr.Options{Invert: f.invert, QuietZone: f.quiet})
}

func (a *App) saveQR(code qr.Code, link string, n store.Number, f qrFlags) error {
	path, err := a.save(f.out, func(w io.Writer) error { return writeQR(w, code, f) })
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.printJSON(qrView{Number: n, PaymentLink: link, Format: f.format, File: path})
	}
	return a.print(foreign(path) + "\n")
}
