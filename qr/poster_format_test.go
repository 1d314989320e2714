package qr_test

import (
	"bytes"
	"compress/zlib"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tushum/qr"
)

// posterDrawing is what an SVG of a poster may hold; anything else is refused.
type posterDrawing struct {
	XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
	Width   string   `xml:"width,attr"`
	Height  string   `xml:"height,attr"`
	ViewBox string   `xml:"viewBox,attr"`
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	Title   string   `xml:"title"`
	Paper   struct {
		Width  int    `xml:"width,attr"`
		Height int    `xml:"height,attr"`
		Fill   string `xml:"fill,attr"`
	} `xml:"rect"`
	Paths []struct {
		Fill      string `xml:"fill,attr"`
		Transform string `xml:"transform,attr"`
		Data      string `xml:"d,attr"`
	} `xml:"path"`
	OtherElements []struct {
		XMLName xml.Name
	} `xml:",any"`
}

func readPosterSVG(t testing.TB, file []byte) posterDrawing {
	t.Helper()
	var drawing posterDrawing
	if err := xml.Unmarshal(file, &drawing); err != nil {
		t.Fatal(err)
	}
	if len(drawing.OtherElements) != 0 {
		t.Errorf("the drawing also has %v", drawing.OtherElements)
	}
	return drawing
}

func TestPosterSVGIsAsLargeAsThePaper(t *testing.T) {
	t.Parallel()
	everyPoster(t, payLink, func(t *testing.T, p qr.Poster) {
		drawing := readPosterSVG(t, write(t, p, "SVG"))
		size := map[qr.Paper][2]string{qr.A6: {"105mm", "148mm"}, qr.A5: {"148mm", "210mm"}, qr.A4: {"210mm", "297mm"}}[p.Paper]
		if drawing.Width != size[0] || drawing.Height != size[1] {
			t.Errorf("%v is %s by %s", p.Paper, drawing.Width, drawing.Height)
		}
		paper := drawing.Paper
		if want := fmt.Sprintf("0 0 %d %d", paper.Width, paper.Height); drawing.ViewBox != want || paper.Fill != "#fff" {
			t.Errorf("the view is %s on a paper %+v", drawing.ViewBox, paper)
		}
		if want := p.Shop + ": " + p.Heading; drawing.Title != want || drawing.Lang != p.Language {
			t.Errorf("it is called %q in %q, want %q in %q", drawing.Title, drawing.Lang, want, p.Language)
		}
		for _, path := range drawing.Paths[:len(drawing.Paths)-1] {
			if !slices.Contains(qr.Colours(p.Style), path.Fill) {
				t.Errorf("a path is %s, in %v", path.Fill, p.Style)
			}
		}
	})
}

func TestPosterSVGShowsTheCode(t *testing.T) {
	t.Parallel()
	everyPoster(t, appLink, func(t *testing.T, p qr.Poster) {
		drawing := readPosterSVG(t, write(t, p, "SVG"))
		code := drawing.Paths[len(drawing.Paths)-1]
		placed := checkLayout(t, p)
		want := fmt.Sprintf("translate(%d %d) scale(%d)", placed.Code.Min.X, placed.Code.Min.Y, placed.Module)
		if code.Transform != want || code.Fill != "" {
			t.Errorf("the code is placed by %q in %q, want %q in black", code.Transform, code.Fill, want)
		}
		compare(t, "SVG", fill(t, code.Data, p.Code.Size()+2*qr.QuietZone), wanted(p.Code))
	})
}

func TestPosterSVGHoldsNothingThatWasTyped(t *testing.T) {
	t.Parallel()
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := poster(t, qr.A6, qr.Colour, "uz", payLink)
			p.Shop, p.Heading, p.Number, p.Link, p.Notice, p.Language = text, text, text, text, text, text
			p.Steps = []string{text}
			file := string(write(t, p, "SVG"))
			readPosterSVG(t, []byte(file))
			if strings.Contains(file, "<script") || strings.Contains(file, "href") || strings.Contains(file, "url(") {
				t.Errorf("what was typed is in the drawing: %.400s", file)
			}
		})
	}
}

func TestPosterPNGShowsTheCodeDotByDot(t *testing.T) {
	t.Parallel()
	everyPoster(t, appLink, func(t *testing.T, p qr.Poster) {
		picture, err := png.Decode(bytes.NewReader(write(t, p, "PNG")))
		if err != nil {
			t.Fatal(err)
		}
		sizes := map[qr.Paper]image.Point{qr.A6: {1240, 1748}, qr.A5: {1748, 2480}, qr.A4: {2480, 3507}}
		if picture.Bounds().Size() != sizes[p.Paper] {
			t.Errorf("%v has %v dots", p.Paper, picture.Bounds().Size())
		}
		placed := checkLayout(t, p)
		corner, dots := placed.Code.Min.Div(qr.Dot), placed.Module/qr.Dot
		for y := range placed.Code.Dy() / qr.Dot {
			for x := range placed.Code.Dx() / qr.Dot {
				dark := p.Code.Dark(x/dots-qr.QuietZone, y/dots-qr.QuietZone)
				want := color.RGBA{0xff, 0xff, 0xff, 0xff}
				if dark {
					want = color.RGBA{A: 0xff}
				}
				if got := color.RGBAModel.Convert(picture.At(corner.X+x, corner.Y+y)); got != want {
					t.Fatalf("the dot %d,%d of the code is %v, want %v", x, y, got, want)
				}
			}
		}
	})
}

// A PNG's header says bits a sample at byte 24; pHYs follows it, 11811 dots to a
// metre being 300 to an inch.
func TestPosterPNGSaysItsSizeAndIsSmall(t *testing.T) {
	t.Parallel()
	bits := map[qr.Style]byte{qr.Colour: 8, qr.BlackAndWhite: 4}
	everyPoster(t, appLink, func(t *testing.T, p qr.Poster) {
		file := write(t, p, "PNG")
		if file[24] != bits[p.Style] || file[25] != 3 {
			t.Errorf("%v has %d bits a pixel of colour type %d", p.Style, file[24], file[25])
		}
		want := []byte("\x00\x00\x00\x09pHYs\x00\x00\x2e\x23\x00\x00\x2e\x23\x01\x78\xa5\x3f\x76")
		if got := file[33 : 33+len(want)]; !bytes.Equal(got, want) {
			t.Errorf("after the header there is %q, want %q", got, want)
		}
		if len(file) > 256<<10 {
			t.Errorf("it takes %d bytes, want at most 256 KiB", len(file))
		}
	})
}

var (
	pdfStream = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	pdfBox    = regexp.MustCompile(`/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]`)
)

// pdfPage gives the drawing of a document of one page.
func pdfPage(t *testing.T, file []byte) string {
	t.Helper()
	if pages := bytes.Count(file, []byte("/Type /Page\n")); pages != 1 {
		t.Fatalf("it has %d pages", pages)
	}
	page := pdfStream.FindSubmatch(file)
	if page == nil {
		t.Fatal("the page has no drawing")
	}
	unpacked, err := zlib.NewReader(bytes.NewReader(page[1]))
	if err != nil {
		t.Fatal(err)
	}
	drawing, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return string(drawing)
}

// hundredths reads a number of at most two decimals, exactly.
func hundredths(t *testing.T, number string) int {
	t.Helper()
	whole, part, _ := strings.Cut(number, ".")
	var n int
	if _, err := fmt.Sscanf(whole+(part + "00")[:2], "%d", &n); err != nil || len(part) > 2 {
		t.Fatalf("%q is no number of two decimals: %v", number, err)
	}
	return n
}

func TestPosterPDFShowsTheCode(t *testing.T) {
	t.Parallel()
	everyPoster(t, appLink, func(t *testing.T, p qr.Poster) {
		file := write(t, p, "PDF")
		placed := checkLayout(t, p)
		box := pdfBox.FindSubmatch(file)
		if box == nil || hundredths(t, string(box[1])) != placed.Paper.Dx() || hundredths(t, string(box[2])) != placed.Paper.Dy() {
			t.Fatalf("the page is %q, want %v hundredths of a point", box, placed.Paper.Max)
		}
		shapes := strings.Split(strings.TrimSpace(pdfPage(t, file)), "\nf\n")
		shape, black := strings.CutPrefix(strings.TrimSuffix(shapes[len(shapes)-1], "\nf"), "0.000 g\n")
		if !black {
			t.Fatalf("the last shape is not black: %.80q", shape)
		}
		compare(t, "PDF", fill(t, modulePath(t, shape, placed), p.Code.Size()+2*qr.QuietZone), wanted(p.Code))
	})
}

// modulePath turns lines of PDF into a path counted in modules, and fails unless all
// of them lie exactly on the edges of modules.
func modulePath(t *testing.T, shape string, placed qr.Placed) string {
	t.Helper()
	var path strings.Builder
	var at image.Point
	for line := range strings.Lines(shape) {
		fields := strings.Fields(line)
		if len(fields) == 1 && fields[0] == "h" {
			path.WriteByte('z')
			continue
		}
		if len(fields) != 3 {
			t.Fatalf("the code has a line %q", line)
		}
		p := image.Pt(hundredths(t, fields[0]), placed.Paper.Dy()-hundredths(t, fields[1])).Sub(placed.Code.Min)
		if p.X%placed.Module != 0 || p.Y%placed.Module != 0 {
			t.Fatalf("%q lies between modules of %d units", line, placed.Module)
		}
		p = p.Div(placed.Module)
		switch {
		case fields[2] == "m":
			fmt.Fprintf(&path, "M%d %d", p.X, p.Y)
		case p.Y == at.Y:
			fmt.Fprintf(&path, "h%d", p.X-at.X)
		case p.X == at.X:
			fmt.Fprintf(&path, "v%d", p.Y-at.Y)
		default:
			t.Fatalf("%q runs aslant", line)
		}
		at = p
	}
	return path.String()
}

func TestPosterPDFHoldsNothingThatWasTyped(t *testing.T) {
	t.Parallel()
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := poster(t, qr.A6, qr.BlackAndWhite, "uz", payLink)
			p.Shop, p.Heading, p.Link, p.Language = text, text, text, text
			file := write(t, p, "PDF")
			pdfPage(t, file)
			if n := bytes.Count(file, []byte("endstream")); n != 1 || bytes.Contains(file, []byte("/Lang")) {
				t.Errorf("%d streams end, and the language is as it was typed", n)
			}
		})
	}
}
