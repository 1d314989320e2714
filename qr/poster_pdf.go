package qr

import (
	"fmt"
	"image"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// PDF writes the poster as a document of one page, in outlines. The same poster
// is the same file at any time. It returns ErrNoCode, ErrPaper, ErrStyle,
// ErrTooFine or w's error, wrapped.
func (p Poster) PDF(w io.Writer) error {
	s, err := p.scene()
	if err != nil {
		return fmt.Errorf("writing poster as PDF: %w", err)
	}
	if err := s.pdf().Output(w); err != nil {
		return fmt.Errorf("writing poster as PDF: %w", err)
	}
	return nil
}

func (s scene) pdf() *fpdf.Fpdf {
	size := fpdf.SizeType{Wd: points(s.size.X), Ht: points(s.size.Y)}
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: size})
	doc.SetCatalogSort(true)
	doc.SetCreationDate(time.Unix(0, 0).UTC())
	doc.SetModificationDate(time.Unix(0, 0).UTC())
	doc.SetTitle(s.title, true)
	doc.SetLang(s.language)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.AddPage()
	for _, shape := range s.shapes {
		c := palettes[s.style][shape.tone]
		doc.SetFillColor(int(c.R), int(c.G), int(c.B))
		pdfPath(doc, shape.outline)
		doc.DrawPath("F")
	}
	doc.SetFillColor(0, 0, 0)
	for corners := range s.code.code.outlines() {
		pdfCorners(doc, s.code, corners)
	}
	doc.DrawPath("F")
	return doc
}

// points converts exactly: two decimals are all that a length in units has.
func points(units int) float64 { return float64(units) / unitsPerPoint }

func pdfPath(doc *fpdf.Fpdf, o outline) {
	var at image.Point
	for i, s := range o {
		switch s.kind {
		case moveTo:
			if i > 0 {
				doc.ClosePath()
			}
			doc.MoveTo(points(s.to.X), points(s.to.Y))
		case lineTo:
			doc.LineTo(points(s.to.X), points(s.to.Y))
		case curveTo:
			// The same curve with the two control points that PDF wants.
			a, b := at.Add(s.via.Mul(2)).Div(3), s.to.Add(s.via.Mul(2)).Div(3)
			doc.CurveBezierCubicTo(points(a.X), points(a.Y), points(b.X), points(b.Y), points(s.to.X), points(s.to.Y))
		}
		at = s.to
	}
	doc.ClosePath()
}

func pdfCorners(doc *fpdf.Fpdf, c placedCode, corners []image.Point) {
	for i, corner := range corners {
		p := c.at.Add(corner.Mul(c.module))
		if i == 0 {
			doc.MoveTo(points(p.X), points(p.Y))
			continue
		}
		doc.LineTo(points(p.X), points(p.Y))
	}
	doc.ClosePath()
}
