package qr

import "image"

// Dot is how many units of a layout make a dot of 300 an inch.
const Dot = unitsPerDot

// Placed is a poster's layout, for tests.
type Placed struct {
	Paper    image.Rectangle
	Margin   int
	Texts    []image.Rectangle // a line each
	Surfaces []image.Rectangle
	Lines    map[string]int  // of the texts that can grow
	Code     image.Rectangle // quiet zone included
	Module   int
}

// Lay places the parts of p.
func Lay(p Poster) (Placed, error) {
	s, err := p.scene()
	if err != nil {
		return Placed{}, err
	}
	placed := Placed{
		Paper: image.Rectangle{Max: s.size}, Margin: tenths(measuresOf[p.Paper].margin),
		Code: s.code.bounds(), Module: s.code.module, Lines: make(map[string]int),
	}
	names := map[part]string{partShop: "shop", partHeading: "heading", partNumber: "number", partStep: "step", partLink: "link", partNotice: "notice"}
	for _, shape := range s.shapes {
		if shape.part == partSurface {
			placed.Surfaces = append(placed.Surfaces, shape.outline.bounds())
			continue
		}
		placed.Texts = append(placed.Texts, shape.outline.bounds())
		placed.Lines[names[shape.part]]++
	}
	return placed, nil
}

// Printable is text as a poster shows it.
func Printable(text string) string {
	t, err := newTypesetter()
	if err != nil {
		panic(err)
	}
	return t.printable(text)
}

// Fit breaks text into so many lines of at most width ems.
func Fit(text string, lines, width int) []string {
	t, err := newTypesetter()
	if err != nil {
		panic(err)
	}
	s := setting{face: t.bold, size: 1000, least: 500, lines: lines, breaks: " "}
	return t.fit(t.printable(text), s, 1000*width).lines
}

// Drawn gives the box of text on a base line at 0, with an em of 1000, and the
// number of curves in it.
func Drawn(text string) (box image.Rectangle, curves int) {
	t, err := newTypesetter()
	if err != nil {
		panic(err)
	}
	o := t.draw(t.regular, 1000, text, image.Point{})
	for _, s := range o {
		if s.kind == moveTo {
			curves++
		}
	}
	return o.bounds(), curves
}

// Colours lists the tones of a style.
func Colours(style Style) []string {
	var colours []string
	for _, c := range palettes[style] {
		colours = append(colours, hex(c))
	}
	return colours
}
