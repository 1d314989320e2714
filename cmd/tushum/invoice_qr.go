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
	"strings"

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
	quiet       int // modules of white border, once a terminal has decided it
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
		if f, err = a.settleQR(f); err != nil {
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

// formatTerminal is the drawing of blocks; the other formats are the endings of
// their files.
const formatTerminal = "terminal"

// settleQR finds the format where none was given, and refuses what can't be.
func (a *App) settleQR(f qrFlags) (qrFlags, error) {
	ending := endingOf(f.out)
	switch {
	case !slices.Contains([]string{"", formatTerminal, "png", "svg"}, f.format):
		return f, usage(lang.Text{UZ: "--format: terminal, png yoki svg bering", RU: "--format: укажите terminal, png или svg", EN: "--format: give terminal, png or svg"})
	case f.format == "" && (f.out == "" || f.out == "-"):
		f.format = formatTerminal
	case f.format == "" && ending == "":
		return f, usage(lang.Text{
			UZ: "--out: fayl nomi .png yoki .svg bilan tugasin, yoki --format bering", RU: "--out: имя файла должно кончаться на .png или .svg, или задайте --format", EN: "--out: end the name of the file in .png or .svg, or give --format",
		})
	case f.format == "":
		f.format = ending
	case ending != "" && ending != f.format:
		return f, usage(lang.Text{
			UZ: "--format " + f.format + " bilan --out nomining oxiri ." + ending + " bir-biriga zid: birini o‘zgartiring",
			RU: "--format " + f.format + " не согласуется с окончанием ." + ending + " в --out: измените одно из них",
			EN: "--format " + f.format + " contradicts the ending ." + ending + " of --out: change one of them",
		})
	case f.format != formatTerminal && f.out == "" && a.Terminal:
		return f, usage(lang.Text{
			UZ: "rasm terminalga chiqmaydi: --out bilan fayl bering", RU: "картинку нельзя вывести в терминал: задайте файл в --out", EN: "a picture does not go to a terminal: name a file with --out",
		})
	}
	return f, nil
}

// endingOf is the format that the name of a file promises; empty for none.
func endingOf(name string) string {
	switch ending := strings.ToLower(filepath.Ext(name)); ending {
	case ".png", ".svg":
		return ending[1:]
	}
	return ""
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
	if err := a.warnNotOpen(inv); err != nil {
		return err
	}
	if f.out != "" && f.out != "-" {
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
	path := a.abs(f.out)
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
		return &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	}
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
