package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/internal/poster"
	"tushum/qr"
	"tushum/store"
)

func (a *App) qrCommand() *cobra.Command {
	return a.group(spec{
		use:   "qr",
		short: lang.Text{UZ: "kassaning QR kodi: chop etish uchun plakat", RU: "QR-код кассы: плакат для печати", EN: "the till's QR code: a poster to print"},
	}, a.qrPosterCommand())
}

var qrPosterSpec = spec{
	use: "poster [NUMBER]", ledger: true,
	short: lang.Text{UZ: "QR kodli plakat, chop etish uchun", RU: "плакат с QR-кодом для печати", EN: "draw a poster with a QR code, to print"},
	long: lang.Text{
		UZ: "Kassa yoniga qo‘yiladigan plakat. RAQAM berilmasa, kassaning doimiy hisobi (counter) olinadi: u hali bo‘lmasa, ochiladi. Kod to‘lov sahifasiga, public_url berilmagan bo‘lsa, to‘g‘ridan-to‘g‘ri bank ilovasiga olib boradi.\n\n" +
			"  tushum qr poster --out kassa.pdf\n  tushum qr poster --size a4 --style bw --lang ru --out kassa.pdf",
		RU: "Плакат, который ставят у кассы. Без НОМЕРА берётся постоянный счёт кассы (counter): если его ещё нет, он создаётся. Код ведёт на страницу оплаты, а без public_url — прямо в приложение банка.\n\n" +
			"  tushum qr poster --out kassa.pdf\n  tushum qr poster --size a4 --style bw --lang uz --out kassa.pdf",
		EN: "Draws what stands by the till. Without a NUMBER it is of the till's standing invoice (kind counter), which is made if there is none yet. The code leads to the pay page or, without a public_url, straight to the bank's app.\n\n" +
			"  tushum qr poster --out till.pdf\n  tushum qr poster --size a4 --style bw --lang ru --out till.pdf",
	},
	doing: lang.Text{UZ: "plakatni chizish", RU: "рисование плаката", EN: "drawing the poster"},
}

// posterFlags are the flags of qr poster as they were typed.
type posterFlags struct {
	pictureFlags
	size, style string
}

func (a *App) qrPosterCommand() *cobra.Command {
	var f posterFlags
	cmd := a.command(qrPosterSpec, func(ctx context.Context, args []string) (err error) {
		var n store.Number // zero: the till's
		if len(args) > 0 {
			if n, err = parseNumber(args[0]); err != nil {
				return err
			}
		}
		sheet, err := f.sheet()
		if err != nil {
			return err
		}
		if err := a.settle(&f.pictureFlags, "pdf", "svg", "png"); err != nil {
			return err
		}
		return a.onLedger(ctx, func(ctx context.Context, s *shop) error { return a.drawPoster(ctx, s, n, sheet, f.pictureFlags) })
	})
	flags := cmd.Flags()
	flags.StringVar(&f.size, "size", qr.A5.String(), a.say(lang.Text{UZ: "qog‘oz, `a6|a5|a4`", RU: "бумага, `a6|a5|a4`", EN: "the paper, `a6|a5|a4`"}))
	flags.StringVar(&f.style, "style", qr.Colour.String(), a.say(lang.Text{UZ: "rangli yoki oq-qora, `colour|bw`", RU: "цветной или чёрно-белый, `colour|bw`", EN: "in colour or in black and white, `colour|bw`"}))
	flags.StringVar(&f.format, "format", "", a.say(lang.Text{
		UZ: "ko‘rinishi, `pdf|svg|png`; berilmasa, --out oxiriga qarab", RU: "вид, `pdf|svg|png`; без него — по окончанию --out", EN: "drawn as `pdf|svg|png`; left out it follows the ending of --out",
	}))
	flags.StringVar(&f.out, "out", "", a.say(lang.Text{UZ: "shu yangi `FAYL`ga, masalan kassa.pdf; - bo‘lsa, stdout ga", RU: "в новый `ФАЙЛ`, например kassa.pdf; - означает stdout", EN: "into a new `FILE` such as till.pdf; - is stdout"}))
	return cmd
}

// sheet reads what a poster is printed on and with.
func (f posterFlags) sheet() (p qr.Poster, err error) {
	if p.Paper, err = qr.ParsePaper(f.size); err != nil {
		return p, usage(lang.Text{UZ: "--size: a6, a5 yoki a4 bering", RU: "--size: укажите a6, a5 или a4", EN: "--size: give a6, a5 or a4"})
	}
	if p.Style, err = qr.ParseStyle(f.style); err != nil {
		return p, usage(lang.Text{UZ: "--style: colour yoki bw bering", RU: "--style: укажите colour или bw", EN: "--style: give colour or bw"})
	}
	return p, nil
}

// posterView is what scripts see of a drawn poster.
type posterView struct {
	Number      store.Number `json:"number"`
	PaymentLink string       `json:"payment_link"` // in its code
	Lang        lang.Lang    `json:"lang"`
	Size        string       `json:"size"`
	Style       string       `json:"style"`
	Format      string       `json:"format"`
	File        string       `json:"file,omitzero"`
}

func (a *App) drawPoster(ctx context.Context, s *shop, n store.Number, sheet qr.Poster, f pictureFlags) (err error) {
	var file *newFile
	if f.file() { // no till is made for a poster that can't be written
		if file, err = a.fileFor(f.out); err != nil {
			return err
		}
		defer file.discard()
	}
	inv, isTill, err := a.postedInvoice(ctx, s, n)
	if err != nil {
		return err
	}
	p, link, err := a.posterOf(ctx, s, inv, isTill, sheet)
	if err != nil {
		return err
	}
	draw := func(w io.Writer) error { return writePoster(w, p, f.format) }
	view := posterView{inv.Number, link, lang.Lang(p.Language), p.Paper.String(), p.Style.String(), f.format, ""}
	if f.file() {
		if err = file.keep(draw); err != nil {
			return err
		}
		view.File = file.path
	}
	switch {
	case a.flags.json:
		return a.printJSON(view)
	case f.file():
		return a.print(foreign(view.File) + "\n")
	}
	return draw(a.Stdout)
}

// postedInvoice is the one that a poster is for. The till's is made where there
// is none.
func (a *App) postedInvoice(ctx context.Context, s *shop, n store.Number) (inv store.Invoice, isTill bool, err error) {
	if n != 0 {
		if inv, err = s.Invoice(ctx, n); err != nil {
			return inv, false, err
		}
		isTill, err = poster.StandsAtTill(ctx, s, inv)
		return inv, isTill, err
	}
	inv, made, err := s.OpenTill(ctx, store.Draft{Kind: store.Counter, By: a.by()})
	if err == nil && made {
		err = a.note(sayTillMade.Fill("{number}", inv.Number.String()))
	}
	return inv, true, err
}

// posterOf makes the poster of an invoice on a sheet, and returns the link in its
// code.
func (a *App) posterOf(ctx context.Context, s *shop, inv store.Invoice, isTill bool, sheet qr.Poster) (p qr.Poster, link string, err error) {
	links := s.links(inv)
	if isTill {
		links = links.AtTill()
	}
	if links.Payment == "" {
		return p, "", s.noLink(inv)
	}
	ts, deals, err := s.BillBasis(ctx, inv)
	if err != nil {
		return p, "", err
	}
	p, link, err = poster.Of(poster.Order{
		Transactions: ts, Deals: deals,
		Shop: s.cfg().Shop.Name, Invoice: inv, Links: links, Language: a.customersLang(s), Paper: sheet.Paper, Style: sheet.Style,
	}, s.Rules(), store.At(s.Now()))
	var refusal *poster.Refusal
	switch {
	case errors.As(err, &refusal):
		return p, "", &fault{code: string(refusal.Code), exit: exitOf(refusal.Code), says: refusal.Says, hint: refusal.Hint}
	case err == nil && !links.Pages():
		err = a.note(s.about(sayPosterApp, inv.System))
	}
	return p, link, err
}

// customersLang is the language of what customers read: the one that was asked
// for, or else the shop's.
func (a *App) customersLang(s *shop) lang.Lang {
	if a.flags.lang != "" {
		return a.lang
	}
	return s.cfg().Shop.Language
}

func writePoster(w io.Writer, p qr.Poster, format string) error {
	switch format {
	case "svg":
		return p.SVG(w)
	case "png":
		return p.PNG(w)
	}
	return p.PDF(w)
}

// note tells something beside the answer.
func (a *App) note(t lang.Text) error {
	_, err := fmt.Fprintf(a.Stderr, "tushum: %s\n", a.say(t))
	return err
}

var (
	sayTillMade = lang.Text{
		UZ: "kassaning doimiy hisobi ochildi: {number}", RU: "создан постоянный счёт кассы: {number}", EN: "the till's standing invoice was made: {number}",
	}
	sayPosterApp = lang.Text{
		UZ: "to‘lov sahifasi yo‘q ([listener] public_url berilmagan): kod to‘g‘ridan-to‘g‘ri {system} ilovasini ochadi",
		RU: "страницы оплаты нет (не задан [listener] public_url): код открывает прямо приложение {system}",
		EN: "there is no pay page ([listener] public_url is not set): the code opens the {system} app directly",
	}
)
