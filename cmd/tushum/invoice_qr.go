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
	short: lang.Text{UZ: "to‘lov uchun QR kod", RU: "QR-код для оплаты", EN: "draw the QR code to pay by"},
	long: lang.Text{
		UZ: "To‘lov havolasini QR kod qilib chizadi. To‘lov tizimi har bir to‘lov uchun bitim ochsa, bitim ochiladi (ochig‘i bo‘lsa, o‘shanisi) va kodda uning sahifasi bo‘ladi yoki pul o‘tkaziladigan karta ko‘rsatiladi: bunday kod qisqa muddatli. Do‘kon sahifasining kodi eskirmaydi: --page.",
		RU: "Рисует ссылку на оплату QR-кодом. Если платёжная система создаёт на каждую оплату сделку, она создаётся (или берётся открытая), и код ведёт на её страницу, либо показана карта для перевода: такой код живёт недолго. Код страницы магазина не устаревает: --page.",
		EN: "Draws the payment link as a QR code. Where the payment system makes a deal of each payment, one is made, or the open one taken, and the code leads to its page, or the card to pay to is shown: such a code does not live long. That of the shop's own page does: --page.",
	},
	doing: lang.Text{UZ: "QR kodni chizish", RU: "рисование QR-кода", EN: "drawing the QR code"},
}

// qrFlags are the flags of invoice qr as they were typed.
type qrFlags struct {
	pictureFlags
	page   bool
	force  bool // another deal, although the payer of the last had said that they paid
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
	flags.BoolVar(&f.page, "page", false, a.say(lang.Text{UZ: "do‘konning to‘lov sahifasi kodi", RU: "код страницы оплаты магазина", EN: "the code of the shop's own pay page"}))
	flags.BoolVar(&f.force, "force", false, a.say(lang.Text{
		UZ: "mijoz to‘ladim degan bitim pulsiz tugagan bo‘lsa ham, yangisini ochish", RU: "создать новую сделку, даже если клиент говорил, что оплатил прошлую", EN: "make another deal although the payer had said that they paid the last one",
	}))
	flags.BoolVar(&f.invert, "invert", false, a.say(lang.Text{UZ: "terminalda ranglarni almashtirish", RU: "поменять цвета в терминале", EN: "swap the colours in a terminal"}))
	return cmd
}

func (a *App) drawQR(ctx context.Context, s *shop, n store.Number, f qrFlags) error {
	inv, err := s.Invoice(ctx, n)
	if err != nil {
		return err
	}
	link, _ := s.paymentLinks(inv)
	switch {
	case f.page:
		link = s.page(inv)
	case s.systems().Dealer(inv.System) != nil:
		return a.drawDeal(ctx, s, inv, f)
	}
	switch {
	case link == "" && f.page:
		return noPage()
	case link == "":
		return s.noLink(inv)
	}
	if err := a.warnNotOpen(inv); err != nil {
		return err
	}
	return a.draw(drawing{content: link, words: a.qrCaption(inv), below: link, view: qrView{Number: n, PaymentLink: link}}, f)
}

// drawing is what a code holds, and what is said about it.
type drawing struct {
	content string
	words   []string // stand below the code in a terminal, where there is room
	vital   bool     // who pays needs the words, so that they stand there in any case
	below   string   // the link: the last of the words, for a terminal with room for it
	view    qrView
}

// draw draws a code where and how the flags ask for it.
func (a *App) draw(d drawing, f qrFlags) error {
	code, err := qr.Encode(d.content)
	if err != nil {
		return err
	}
	d.view.Format = f.format
	switch {
	case f.file():
		return a.saveQR(code, d.view, f)
	case a.flags.json:
		return a.printJSON(d.view)
	case f.format != formatTerminal:
		return writeQR(a.Stdout, code, f)
	}
	return a.showQR(d, code, f)
}

// qrView is what scripts see of a drawn code: it holds pay_to.qr, else the deal's
// url, else the payment link.
type qrView struct {
	Number      store.Number `json:"number"`
	PaymentLink string       `json:"payment_link,omitzero"`
	Deal        *dealView    `json:"deal,omitempty"`
	PayTo       *payToView   `json:"pay_to,omitempty"`
	Format      string       `json:"format"`
	File        string       `json:"file,omitzero"`
}

var sayNoLink = lang.Text{UZ: "bu hisobning to‘lov havolasi yo‘q", RU: "у этого счёта нет ссылки на оплату", EN: "this invoice has no payment link"}

// noLink refuses what is made of a payment link for an invoice that has none.
func (s *shop) noLink(inv store.Invoice) error {
	return &fault{code: "no_link", exit: exitRefused, says: sayNoLink, hint: s.whyNoLink(inv)}
}

// whyNoLink says why an invoice has no payment link, and what to do.
func (s *shop) whyNoLink(inv store.Invoice) lang.Text {
	system := s.systems().Of(inv.System)
	switch {
	case system == nil:
		return s.about(hintUnknownSystem, inv.System)
	case system.Profile().Can.ByHand:
		return numbered(hintByHand, inv.Number)
	case !system.Profile().Open():
		return s.about(hintConnectSystem, inv.System)
	case system.Profile().Can.Deals:
		return numbered(hintBeginDeal, inv.Number)
	}
	return s.about(hintSetLinks, inv.System)
}

var (
	hintUnknownSystem = lang.Text{
		UZ: "{system} degan to‘lov tizimi yo‘q: [routing] sozlamalarini tekshiring", RU: "платёжной системы {system} нет: проверьте [routing] в настройках", EN: "there is no payment system {system}: check [routing] in the settings",
	}
	hintByHand = lang.Text{
		UZ: "havola yo‘q: to‘lov qo‘lda yoziladi: tushum invoice mark-paid {number}", RU: "ссылки нет: оплату записывают вручную: tushum invoice mark-paid {number}", EN: "there is no link: its payment is recorded by hand: tushum invoice mark-paid {number}",
	}
	hintConnectSystem = lang.Text{
		UZ: "havola yo‘q: {system} ulanmagan yoki to‘xtatilgan (tushum setup)", RU: "ссылки нет: {system} не подключён или приостановлен (tushum setup)", EN: "there is no link: {system} is not connected, or is paused (tushum setup)",
	}
	hintBeginDeal = lang.Text{
		UZ: "doimiy havola yo‘q: tushum invoice qr {number} bitim ochadi", RU: "постоянной ссылки нет: сделку создаст tushum invoice qr {number}", EN: "there is no standing link: tushum invoice qr {number} makes a deal",
	}
	hintSetLinks = lang.Text{
		UZ: "havola yo‘q: public_url ni kiriting ([listener]) yoki {system} ilovasini yoqing (tushum setup)", RU: "ссылки нет: задайте public_url в [listener] или включите приложение {system} (tushum setup)", EN: "there is no link: set public_url under [listener], or offer the app of {system} (tushum setup)",
	}
)

// noPage refuses to draw the code of a page that the shop does not have.
func noPage() error {
	return &fault{code: "no_page", exit: exitRefused, says: lang.Text{
		UZ: "do‘konning to‘lov sahifasi yo‘q", RU: "у магазина нет страницы оплаты", EN: "the shop has no pay page",
	}, hint: lang.Text{
		UZ: "[listener] bo‘limida public_url ni kiriting yoki --page bermang", RU: "задайте public_url в [listener] или уберите --page", EN: "set public_url under [listener], or leave --page out",
	}}
}

// warnNotOpen tells that a code is drawn which nobody can pay.
func (a *App) warnNotOpen(inv store.Invoice) error {
	if inv.Status == store.Open {
		return nil
	}
	_, err := fmt.Fprintf(a.Stderr, "tushum: "+a.say(lang.Text{
		UZ: "diqqat: %s raqamli hisob ochiq emas (%s), uning to‘lovi qabul qilinmaydi",
		RU: "внимание: счёт %s не открыт (%s), оплату по нему не примут",
		EN: "take care: invoice %s is not open (%s), no payment will be taken for it",
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

func (a *App) saveQR(code qr.Code, view qrView, f qrFlags) error {
	path, err := a.save(f.out, func(w io.Writer) error { return writeQR(w, code, f) })
	if err != nil {
		return err
	}
	if a.flags.json {
		view.File = path
		return a.printJSON(view)
	}
	return a.print(foreign(path) + "\n")
}
