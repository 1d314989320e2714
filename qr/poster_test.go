package qr_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"tushum/qr"
)

// languages are posters as shops print them.
var languages = map[string]qr.Poster{
	"uz": {
		Shop: "Go‘zal salon", Heading: "QR kod orqali to‘lov", Number: "To‘lov raqami 1000017",
		Steps:  []string{"Telefon kamerasini kodga tuting", "Ochilgan sahifada summani yozing", "To‘lang va sotuvchiga ko‘rsating"},
		Notice: "Kod do‘konning o‘z to‘lov sahifasini ochadi. Bu yagona milliy QR kod emas.",
	},
	"ru": {
		Shop: "Гўзаллик салони «Қуёш» ва ҳамкорлар, Ғиждувон шаҳри", Heading: "Оплата по QR-коду", Number: "Номер счёта 1000017",
		Steps:  []string{"Наведите камеру телефона на код", "В приложении Uzum Bank введите сумму", "Подтвердите оплату в приложении Uzum Bank"},
		Notice: "Это собственный код магазина: он открывает приложение Uzum Bank. Это не единый национальный QR-код.",
	},
	"en": {
		Shop: "Beauty", Heading: "Scan to pay", Number: "Invoice number 1000017",
		Steps:  []string{"Point your phone’s camera at the code", "Check the amount: 1\u00a0250\u00a0000 UZS", "Pay, and show it to the seller"},
		Notice: "The code opens the shop’s own payment page. It is not the national unified QR code.",
	},
}

var styles = []qr.Style{qr.Colour, qr.BlackAndWhite}

var posterFormats = map[string]func(qr.Poster, io.Writer) error{"PDF": qr.Poster.PDF, "SVG": qr.Poster.SVG, "PNG": qr.Poster.PNG}

// hostile are texts that nobody prints, and everybody types.
var hostile = map[string]string{
	"one word of 5,000":    strings.Repeat("Ж", 5000),
	"words of 5,000":       strings.Repeat("Ўқув маркази ", 400),
	"wide word after some": "Savdo " + strings.Repeat("W", 80) + " markazi",
	"emoji":                "💅 Nails 👩🏽‍🎨 & more 🇺🇿",
	"bidi":                 "\u202eshop\u2066 abc\u200f\u061c",
	"line breaks":          "one\ntwo\r\n\tthree\u2028four\v\x00five",
	"markup":               `</title></svg><script>alert("1")</script><!--&amp;]]>`,
	"PDF":                  `\) Tj ET endstream endobj (\`,
	"no UTF-8":             "\xff\xfeabc\xc3",
	"marks":                "Z" + strings.Repeat("\u0301\u0489", 200) + "a",
	"other letters":        "中文 العربية हिन्दी",
	"spaces":               "  \u2003 \u00a0 ",
	"megabytes":            strings.Repeat("so‘m ", 1<<20),
}

func poster(t testing.TB, paper qr.Paper, style qr.Style, language, link string) qr.Poster {
	t.Helper()
	p := languages[language]
	p.Paper, p.Style, p.Language, p.Link, p.Code = paper, style, language, link, encode(t, link)
	return p
}

// everyPoster runs a test for every paper, style and language.
func everyPoster(t *testing.T, link string, run func(*testing.T, qr.Poster)) {
	t.Helper()
	for _, paper := range qr.Papers() {
		for _, style := range styles {
			for language := range languages {
				t.Run(fmt.Sprint(paper, " ", style, " ", language), func(t *testing.T) {
					t.Parallel()
					run(t, poster(t, paper, style, language, link))
				})
			}
		}
	}
}

func write(t testing.TB, p qr.Poster, format string) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := posterFormats[format](p, &file); err != nil {
		t.Fatalf("writing %s: %v", format, err)
	}
	return file.Bytes()
}

// checkLayout fails where parts overlap, leave the margins, or come into the code's
// quiet zone, and where a module is too small or no whole number of dots.
func checkLayout(t testing.TB, p qr.Poster) qr.Placed {
	t.Helper()
	placed, err := qr.Lay(p)
	if err != nil {
		t.Fatal(err)
	}
	room := placed.Paper.Inset(placed.Margin)
	for _, box := range append(slices.Concat(placed.Texts, placed.Surfaces), placed.Code) {
		if !box.In(room) {
			t.Errorf("a part at %v leaves the margins %v", box, room)
		}
	}
	for i, text := range placed.Texts {
		for _, other := range placed.Texts[i+1:] {
			if text.Overlaps(other) {
				t.Errorf("texts at %v and %v overlap", text, other)
			}
		}
		for _, surface := range placed.Surfaces {
			if text.Overlaps(surface) && !text.In(surface) {
				t.Errorf("the text at %v crosses the edge of %v", text, surface)
			}
		}
	}
	for _, box := range slices.Concat(placed.Texts, placed.Surfaces) {
		if box.Overlaps(placed.Code) {
			t.Errorf("a part at %v comes into the code and its quiet zone at %v", box, placed.Code)
		}
	}
	if placed.Module < 5*qr.Dot || placed.Module%qr.Dot != 0 || placed.Code.Min.X%qr.Dot != 0 || placed.Code.Min.Y%qr.Dot != 0 {
		t.Errorf("modules of %d units at %v, want whole dots of %d, at least 5", placed.Module, placed.Code.Min, qr.Dot)
	}
	return placed
}

func TestPosterHasRoomForEverything(t *testing.T) {
	t.Parallel()
	for name, link := range map[string]string{"pay": payLink, "app": appLink, "long": contents["link of 300 bytes"]} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			everyPoster(t, link, func(t *testing.T, p qr.Poster) {
				placed := checkLayout(t, p)
				if 2*placed.Code.Dx() < placed.Paper.Dx() {
					t.Errorf("the code is %d wide on a paper of %d: it is what the poster is for", placed.Code.Dx(), placed.Paper.Dx())
				}
				for part, least := range map[string]int{"shop": 1, "heading": 1, "number": 1, "step": 6, "link": 1, "notice": 1} {
					if placed.Lines[part] < least {
						t.Errorf("%d lines of %s, want %d", placed.Lines[part], part, least)
					}
				}
			})
		})
	}
}

func TestPosterKeepsItsLayoutWhateverIsTyped(t *testing.T) {
	t.Parallel()
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, paper := range qr.Papers() {
				for _, style := range styles {
					p := poster(t, paper, style, "uz", appLink)
					p.Shop = text
					checkLayout(t, p)
					p.Heading, p.Number, p.Notice, p.Link = text, text, text, text
					p.Steps = []string{text, text, text, text, text, text}
					checkLayout(t, p)
				}
			}
		})
	}
}

func TestPosterOfFewTextsHasRoomForTheRest(t *testing.T) {
	t.Parallel()
	for _, style := range styles {
		for part, p := range map[string]qr.Poster{
			"": {}, "shop": {Shop: "Go‘zal"}, "heading": {Heading: "Scan"}, "number": {Number: "1000017"},
			"step": {Steps: []string{"", "Pay", "🙂"}}, "link": {Link: payLink}, "notice": {Notice: "Not the unified QR."},
		} {
			p.Paper, p.Style, p.Code = qr.A6, style, encode(t, payLink)
			placed := checkLayout(t, p)
			if part == "" && len(placed.Texts) != 0 || part != "" && placed.Lines[part] == 0 {
				t.Errorf("%v of %q alone has the lines %v", style, part, placed.Lines)
			}
		}
	}
}

func TestPosterLeavesOutStepsNobodyReads(t *testing.T) {
	t.Parallel()
	p := poster(t, qr.A5, qr.Colour, "en", payLink)
	p.Steps = strings.Split(strings.Repeat("Step,", qr.MaxSteps+3), ",")
	// A step of one line is its number and its text.
	if lines := checkLayout(t, p).Lines["step"]; lines != 2*qr.MaxSteps {
		t.Errorf("steps take %d lines, want %d", lines, 2*qr.MaxSteps)
	}
}

func TestPosterDoesNotShrinkOnLargerPaper(t *testing.T) {
	t.Parallel()
	var last image.Rectangle
	for _, paper := range qr.Papers() {
		code := checkLayout(t, poster(t, paper, qr.Colour, "ru", appLink)).Code
		if code.Dx() <= last.Dx() {
			t.Errorf("on %v the code is %d wide, on the paper before %d", paper, code.Dx(), last.Dx())
		}
		last = code
	}
}

func TestPosterPrintsWhatTheFontsHave(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Go‘zal salon № 1 — «Orzu»":   "Go‘zal salon № 1 — «Orzu»",
		"Goʻzal, soʼm, o`z, o´z":      "Go‘zal, so’m, o‘z, o‘z",
		"Ўқув ҚҒҲ ёғҳ":                "Ўқув ҚҒҲ ёғҳ",
		"и\u0306 е\u0308":             "й ё",
		"1\u00a0250\u202f000 so‘m":    "1\u00a0250\u00a0000 so‘m",
		" a \n b\t\u2028c ":           "a b c",
		"💅 Nails 👩🏽‍🎨":                "Nails",
		"a\u202eb\u200dc\u00add\x1be": "abcde",
		"中文 العربية":                  "",
		"\xff\xfea\ufffd":             "a",
		"Z\u0489\u0301":               "Z",
	} {
		if got := qr.Printable(in); got != want {
			t.Errorf("%q is printed as %q, want %q", in, got, want)
		}
	}
}

func TestPosterMakesTheLettersThatTheFontsLack(t *testing.T) {
	t.Parallel()
	for with, without := range map[string]string{"Қ": "К", "қ": "к", "Ҳ": "Х", "ҳ": "х", "Ғ": "Г", "ғ": "г"} {
		box, curves := qr.Drawn(with)
		plain, plainCurves := qr.Drawn(without)
		if curves != plainCurves+1 || !plain.In(box) || plain == box {
			t.Errorf("%s is %v of %d curves, %s is %v of %d", with, box, curves, without, plain, plainCurves)
		}
	}
	// A stroke through the zero would be a third curve.
	if _, curves := qr.Drawn("0"); curves != 2 {
		t.Errorf("the zero has %d curves, want an outside and an inside", curves)
	}
	if hyphen, _ := qr.Drawn("-"); hyphen.Dx() > 300 {
		t.Errorf("the hyphen is %d thousandths of an em wide: it looks like a dash", hyphen.Dx())
	}
}

func TestPosterBreaksLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text         string
		lines, width int
		want         []string
	}{
		{"Salon", 3, 8, []string{"Salon"}},
		{"", 3, 8, []string{}},
		// One line takes smaller type before two are made, and two are alike.
		{"Beauty salon", 3, 6, []string{"Beauty salon"}},
		{"Go‘zal salon va sartaroshxona", 3, 10, []string{"Go‘zal salon va", "sartaroshxona"}},
		{"mm mm mm mm mm mm mm mm", 3, 11, []string{"mm mm mm mm", "mm mm mm mm"}},
		{"Umumta’lim", 3, 4, []string{"Umumta’lim"}}, // and smaller type before a word is cut
		{"1\u00a0250\u00a0000 so‘m", 3, 4, []string{"1\u00a0250\u00a0000", "so‘m"}},
	} {
		if got := qr.Fit(c.text, c.lines, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d lines of %d: %q, want %q", c.text, c.lines, c.width, got, c.want)
		}
	}
}

func TestPosterCutsWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"one word of 5,000", "words of 5,000", "megabytes"} {
		for lines := 1; lines <= 3; lines++ {
			got := qr.Fit(hostile[name], lines, 10)
			if len(got) != lines || !strings.HasSuffix(got[lines-1], "…") {
				t.Fatalf("%s in %d lines: %q, want it cut in the last", name, lines, got)
			}
			if length := utf8.RuneCountInString(got[lines-1]); length < 8 {
				t.Errorf("%s: of the last line %d characters are left", name, length)
			}
		}
	}
}

func TestPosterIsTheSameFileEveryTime(t *testing.T) {
	t.Parallel()
	for format := range posterFormats {
		p := poster(t, qr.A6, qr.Colour, "ru", appLink)
		if !bytes.Equal(write(t, p, format), write(t, p, format)) {
			t.Errorf("the second %s differs from the first", format)
		}
	}
	file := write(t, poster(t, qr.A6, qr.Colour, "ru", appLink), "PDF")
	if dates := bytes.Count(file, []byte("(D:19700101000000)")); dates != 2 || !bytes.Contains(file, []byte("/Lang (ru)")) {
		t.Errorf("%d dates of the PDF are fixed, want both, and its language said", dates)
	}
}

func TestPosterRefusesWhatCanNotBePrinted(t *testing.T) {
	t.Parallel()
	good := poster(t, qr.A6, qr.Colour, "uz", payLink)
	noCode, noPaper, noStyle, tooFine := good, good, good, good
	noCode.Code = qr.Code{}
	noPaper.Paper = qr.A4 + 1
	noStyle.Style = 0
	tooFine.Code = encode(t, contents["most bytes"])
	long := hostile["words of 5,000"]
	tooFine.Shop, tooFine.Heading, tooFine.Number, tooFine.Link, tooFine.Notice = long, long, long, long, long
	tooFine.Steps = []string{long, long, long, long}
	for format, writePoster := range posterFormats {
		for want, p := range map[error]qr.Poster{
			qr.ErrNoCode: noCode, qr.ErrPaper: noPaper, qr.ErrStyle: noStyle, qr.ErrTooFine: tooFine,
		} {
			var file bytes.Buffer
			if err := writePoster(p, &file); !errors.Is(err, want) || file.Len() != 0 {
				t.Errorf("%s: %v after %d bytes, want %v and nothing written", format, err, file.Len(), want)
			}
		}
		if err := writePoster(good, brokenWriter{}); !errors.Is(err, errBroken) {
			t.Errorf("%s into a broken writer: %v", format, err)
		}
	}
}

var errBroken = errors.New("the disk is full")

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestPosterOfTheLargestCodeNeedsALargePaper(t *testing.T) {
	t.Parallel()
	p := poster(t, qr.A4, qr.Colour, "uz", payLink)
	p.Code = encode(t, contents["most bytes"])
	checkLayout(t, p)
}

func TestPapersAndStylesAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	for _, paper := range qr.Papers() {
		for _, name := range []string{paper.String(), strings.ToUpper(paper.String())} {
			if got, err := qr.ParsePaper(name); got != paper || err != nil {
				t.Errorf("ParsePaper(%q) = %v, %v", name, got, err)
			}
		}
	}
	for _, style := range styles {
		if got, err := qr.ParseStyle(style.String()); got != style || err != nil {
			t.Errorf("ParseStyle(%q) = %v, %v", style, got, err)
		}
	}
	for _, name := range []string{"", "a3", "A 4", "letter", strings.Repeat("a4", 1000)} {
		if got, err := qr.ParsePaper(name); got != 0 || !errors.Is(err, qr.ErrPaper) || len(err.Error()) > 120 {
			t.Errorf("ParsePaper(%.9q) = %v, %v", name, got, err)
		}
		if got, err := qr.ParseStyle(name); got != 0 || !errors.Is(err, qr.ErrStyle) || len(err.Error()) > 120 {
			t.Errorf("ParseStyle(%.9q) = %v, %v", name, got, err)
		}
	}
}

func FuzzPosterShop(f *testing.F) {
	for _, text := range hostile {
		f.Add(text[:min(len(text), 5000)])
	}
	f.Fuzz(func(t *testing.T, shop string) {
		for _, style := range styles {
			p := poster(t, qr.A6, style, "uz", payLink)
			p.Shop = shop
			checkLayout(t, p)
			readPosterSVG(t, write(t, p, "SVG"))
		}
	})
}

func BenchmarkPoster(b *testing.B) {
	for format, writePoster := range posterFormats {
		for _, style := range styles {
			b.Run(fmt.Sprintf("%s/%v", format, style), func(b *testing.B) {
				p := poster(b, qr.A4, style, "ru", appLink)
				b.ReportAllocs()
				for b.Loop() {
					if err := writePoster(p, io.Discard); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
