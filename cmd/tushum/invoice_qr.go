package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

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
	format, out string
	invert      bool
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
		if err := a.checkQR(f); err != nil {
			return err
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error { return a.drawQR(ctx, s, n, f) })
	})
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "terminal", a.say(lang.Text{UZ: "ko‘rinishi: `terminal|png|svg`", RU: "вид: `terminal|png|svg`", EN: "as `terminal|png|svg`"}))
	flags.StringVar(&f.out, "out", "", a.say(lang.Text{UZ: "shu `FAYL`ga; - bo‘lsa, stdout ga", RU: "в `ФАЙЛ`; - означает stdout", EN: "into the `FILE`; - is stdout"}))
	flags.BoolVar(&f.invert, "invert", false, a.say(lang.Text{UZ: "terminalda ranglarni almashtirish", RU: "поменять цвета в терминале", EN: "swap the colours in a terminal"}))
	return cmd
}

func (a *App) checkQR(f qrFlags) error {
	if !slices.Contains([]string{"terminal", "png", "svg"}, f.format) {
		return usage(lang.Text{UZ: "--format: terminal, png yoki svg bering", RU: "--format: укажите terminal, png или svg", EN: "--format: give terminal, png or svg"})
	}
	if f.format != "terminal" && f.out == "" && a.Terminal {
		return usage(lang.Text{
			UZ: "rasm terminalga chiqmaydi: --out bilan fayl bering", RU: "картинку нельзя вывести в терминал: задайте файл в --out", EN: "a picture does not go to a terminal: name a file with --out",
		})
	}
	return nil
}

func (a *App) drawQR(ctx context.Context, s *shop, n store.Number, f qrFlags) error {
	inv, err := s.Invoice(ctx, n)
	if err != nil {
		return err
	}
	link, _ := s.paymentLinks(inv)
	if link == "" {
		return &fault{code: "no_link", exit: exitRefused, says: lang.Text{
			UZ: "bu hisobning to‘lov havolasi yo‘q", RU: "у этого счёта нет ссылки на оплату", EN: "this invoice has no payment link",
		}, hint: lang.Text{
			UZ: "[uzum] service_id va [routing] sozlamalarini tekshiring", RU: "проверьте [uzum] service_id и [routing] в настройках", EN: "check [uzum] service_id and [routing] in the settings",
		}}
	}
	code, err := qr.Encode(link)
	if err != nil {
		return err
	}
	if f.out != "" && f.out != "-" {
		return a.saveQR(code, link, n, f)
	}
	if a.flags.json {
		return a.printJSON(qrView{Number: n, PaymentLink: link, Format: f.format})
	}
	if f.format != "terminal" {
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

// showQR draws the code in the terminal with the sum below it. Where it does
// not fit the link has to do: a wrapped code can't be read.
func (a *App) showQR(inv store.Invoice, code qr.Code, link string, f qrFlags) error {
	if columns, _ := code.TerminalSize(); a.Width == 0 || columns <= a.Width {
		if err := writeQR(a.Stdout, code, f); err != nil {
			return err
		}
	} else if _, err := fmt.Fprintln(a.Stderr, a.say(lang.Text{
		UZ: "terminal QR kod uchun tor", RU: "терминал узок для QR-кода", EN: "the terminal is too narrow for the QR code",
	})); err != nil {
		return err
	}
	sum := a.sum(inv.Amount)
	if inv.Reusable() {
		sum = a.bounds(inv)
	}
	return a.print(fmt.Sprintf("%s %s  %s  %s\n%s\n", a.say(labelInvoice), inv.Number, sum, a.status(inv.Status.String()), foreign(link)))
}

func writeQR(w io.Writer, code qr.Code, f qrFlags) error {
	switch f.format {
	case "png":
		return code.PNG(w, qrPixels)
	case "svg":
		return code.SVG(w)
	}
	return code.Terminal(w, qr.Options{Invert: f.invert})
}

func (a *App) saveQR(code qr.Code, link string, n store.Number, f qrFlags) error {
	path := a.abs(f.out)
	if err := writeFile(path, func(w io.Writer) error { return writeQR(w, code, f) }); err != nil {
		return err
	}
	if a.flags.json {
		return a.printJSON(qrView{Number: n, PaymentLink: link, Format: f.format, File: path})
	}
	return a.print(foreign(path) + "\n")
}

// writeFile writes a file for its owner only, whole or not at all, and touches
// nothing that is not a plain file.
func writeFile(path string, write func(io.Writer) error) error {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return &fs.PathError{Op: "write", Path: path, Err: errNotAFile}
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".tushum-*") // 0600
	var detail *fs.PathError
	if errors.As(err, &detail) {
		detail.Path = path
	}
	if err != nil {
		return err
	}
	err = errors.Join(write(f), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

var errNotAFile = errors.New("not a plain file")
