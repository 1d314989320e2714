package tui

import (
	"bytes"
	"io"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/poster"
	"tushum/qr"
)

var (
	posterStyles = []qr.Style{qr.Colour, qr.BlackAndWhite}
	posterKinds  = []fileKind{pdfFile, svgFile, pngFile}
)

// askPoster asks what to print the code that is shown on, if there is anything to
// print.
func (c *codeScreen) askPoster(d *desk) tea.Cmd {
	if _, _, err := poster.Of(c.posterOrder(d), d.rules(), d.now()); err != nil {
		return toast(bad, d.theme.Signs.Failed+" "+d.trouble(err))
	}
	paper := &pick{label: d.say(posterPaper), chosen: slices.Index(qr.Papers(), qr.A5)}
	for _, p := range qr.Papers() {
		paper.options = append(paper.options, strings.ToUpper(p.String()))
	}
	style := &pick{label: d.say(posterStyle), options: []string{d.say(posterColour), d.say(posterBlack)}}
	language := &pick{label: d.say(posterLanguage), chosen: slices.Index(lang.All[:], d.Lang)}
	for _, l := range lang.All {
		language.options = append(language.options, d.say(languageNames[l]))
	}
	file := &pick{label: d.say(posterFile)}
	for _, k := range posterKinds {
		file.options = append(file.options, strings.ToUpper(string(k[1:])))
	}
	return d.ask(&dialog{
		title: d.say(posterTitle), body: []string{d.say(posterSays)}, picks: []*pick{paper, style, language, file}, yes: d.say(posterYes),
		then: func(int, string) tea.Cmd {
			o := c.posterOrder(d)
			o.Paper, o.Style, o.Language = qr.Papers()[paper.chosen], posterStyles[style.chosen], lang.All[language.chosen]
			return c.savePoster(d, o, posterKinds[file.chosen])
		},
	})
}

// posterOrder is a poster of the code that is shown.
func (c *codeScreen) posterOrder(d *desk) poster.Order {
	return poster.Order{Shop: d.Shop.Name, Invoice: c.inv, Links: c.links(d), App: c.app && !c.dealing(d), Language: d.Lang, Paper: qr.A5, Style: qr.Colour, Transactions: c.txs, Deals: c.attempt.deals}
}

// savePoster draws a poster, and saves it.
func (c *codeScreen) savePoster(d *desk, o poster.Order, kind fileKind) tea.Cmd {
	folder, rules, now := d.Folder, d.rules(), d.now()
	name := "tushum-poster-" + o.Invoice.Number.String() + "-" + o.Paper.String() + string(kind)
	return func() tea.Msg {
		var file bytes.Buffer
		msg := codeSavedMsg{screen: c, path: folder}
		p, _, err := poster.Of(o, rules, now)
		if err == nil {
			err = kind.print(&file, p)
		}
		if msg.err = err; err == nil {
			msg.path, msg.err = saveNew(folder, name, printMode, file.Bytes())
		}
		return msg
	}
}

func (k fileKind) print(w io.Writer, p qr.Poster) error {
	switch k {
	case pngFile:
		return p.PNG(w)
	case svgFile:
		return p.SVG(w)
	}
	return p.PDF(w)
}

var (
	posterTitle = lang.Text{UZ: "chop etish uchun plakat", RU: "плакат для печати", EN: "a poster to print"}
	posterSays  = lang.Text{
		UZ: "Ekrandagi QR kod do‘kon nomi va uch qadam bilan bitta varaqda.",
		RU: "QR-код с экрана, название магазина и три шага — на одном листе.",
		EN: "The QR code on the screen, the shop's name and three steps, on one sheet.",
	}
	posterYes      = lang.Text{UZ: "saqlash", RU: "сохранить", EN: "save it"}
	posterPaper    = lang.Text{UZ: "qog‘oz", RU: "бумага", EN: "paper"}
	posterStyle    = lang.Text{UZ: "rang", RU: "печать", EN: "printed in"}
	posterColour   = lang.Text{UZ: "rangli", RU: "цветная", EN: "colour"}
	posterBlack    = lang.Text{UZ: "oq-qora", RU: "чёрно-белая", EN: "black and white"}
	posterLanguage = lang.Text{UZ: "til", RU: "язык", EN: "language"}
	posterFile     = lang.Text{UZ: "fayl", RU: "файл", EN: "file"}
)
