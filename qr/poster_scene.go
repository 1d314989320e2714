package qr

import (
	"image"
	"image/color"
)

// A poster is laid out in units of 1/7200 inch, counted from the top left: a
// hundredth of a point of PDF, and 24 to a dot of the PNG. So every length is a
// whole number in each of the three formats, and they show the same poster.
const (
	unitsPerPoint = 100
	unitsPerDot   = 24
)

// tenths converts tenths of a millimetre to units.
func tenths(mm int) int { return (mm*7200 + 127) / 254 }

// scene is a poster ready to be written: filled shapes, the later over the
// earlier, and the code over all.
type scene struct {
	size     image.Point
	title    string
	language string
	style    Style
	shapes   []shape
	code     placedCode
}

// shape is an outline filled with one tone, holes running the other way round.
type shape struct {
	part    part
	tone    tone
	outline outline
}

// part is what a shape shows, for those who check the layout.
type part uint8

const (
	partSurface part = iota // a panel, a rule, a bracket
	partShop
	partHeading
	partNumber
	partStep
	partLink
	partNotice
)

// tone is a colour by its meaning.
type tone uint8

const (
	toneText    tone = iota
	toneQuiet        // small type on paper
	toneAccent       // surfaces and brackets
	toneTint         // a light surface under text
	toneOnPanel      // text on an accent surface
	tones
)

type palette [tones]color.RGBA

var palettes = map[Style]palette{
	Colour: {
		toneText:    {0x12, 0x26, 0x2b, 0xff},
		toneQuiet:   {0x47, 0x5b, 0x61, 0xff},
		toneAccent:  {0x0b, 0x50, 0x5b, 0xff},
		toneTint:    {0xe3, 0xf0, 0xf0, 0xff},
		toneOnPanel: {0xff, 0xff, 0xff, 0xff},
	},
	// A printer shows grey as a raster of dots, in which small type falls apart.
	BlackAndWhite: {
		toneText: {A: 0xff}, toneQuiet: {A: 0xff}, toneAccent: {A: 0xff},
		toneTint: {0xff, 0xff, 0xff, 0xff}, toneOnPanel: {0xff, 0xff, 0xff, 0xff},
	},
}

// outline is a number of closed curves.
type outline []segment

// segment goes on from where the one before it ended.
type segment struct {
	kind    segmentKind
	via, to image.Point // via is the control point of a curve
}

type segmentKind uint8

const (
	moveTo segmentKind = iota // begins a curve, closing the one before
	lineTo
	curveTo // a quadratic Bézier curve, as TrueType has
)

// bounds is a rectangle around the outline; a curve lies within its control points.
func (o outline) bounds() image.Rectangle {
	if len(o) == 0 {
		return image.Rectangle{}
	}
	b := image.Rectangle{Min: o[0].to, Max: o[0].to}
	for _, s := range o {
		b = include(b, s.to)
		if s.kind == curveTo {
			b = include(b, s.via)
		}
	}
	return b
}

func include(r image.Rectangle, p image.Point) image.Rectangle {
	r.Min = image.Pt(min(r.Min.X, p.X), min(r.Min.Y, p.Y))
	r.Max = image.Pt(max(r.Max.X, p.X), max(r.Max.Y, p.Y))
	return r
}

// rectangle is r with corners of the given radius, 0 for sharp ones.
func rectangle(r image.Rectangle, radius int) outline {
	radius = min(radius, r.Dx()/2, r.Dy()/2)
	if radius <= 0 {
		return outline{
			{kind: moveTo, to: r.Min}, {kind: lineTo, to: image.Pt(r.Max.X, r.Min.Y)},
			{kind: lineTo, to: r.Max}, {kind: lineTo, to: image.Pt(r.Min.X, r.Max.Y)},
		}
	}
	// A quarter of a circle is two curves: where they meet, and how far their
	// control points are from its ends.
	meet, via := radius*29289/100_000, radius*58579/100_000
	var o outline
	corner := func(x, y, alongX, alongY, thenX, thenY int) {
		at := func(along, then int) image.Point {
			return image.Pt(x-alongX*along+thenX*then, y-alongY*along+thenY*then)
		}
		o = append(o,
			segment{kind: lineTo, to: at(radius, 0)},
			segment{kind: curveTo, via: at(via, 0), to: at(meet, meet)},
			segment{kind: curveTo, via: at(0, via), to: at(0, radius)})
	}
	corner(r.Max.X, r.Min.Y, 1, 0, 0, 1)
	corner(r.Max.X, r.Max.Y, 0, 1, -1, 0)
	corner(r.Min.X, r.Max.Y, -1, 0, 0, -1)
	corner(r.Min.X, r.Min.Y, 0, -1, 1, 0)
	o[0].kind = moveTo
	return o
}

// ring is the edge of a rectangle, so many units thick.
func ring(r image.Rectangle, radius, thick int) outline {
	return append(rectangle(r, radius), reversed(rectangle(r.Inset(thick), radius-thick))...)
}

// reversed runs one curve the other way round.
func reversed(o outline) outline {
	back := outline{{kind: moveTo, to: o[len(o)-1].to}}
	for i := len(o) - 1; i > 0; i-- {
		back = append(back, segment{kind: o[i].kind, via: o[i].via, to: o[i-1].to})
	}
	return back
}

// placedCode is the code, black on the white of the paper.
type placedCode struct {
	code   Code
	at     image.Point // the corner of the quiet zone, on a whole dot
	module int         // a whole number of dots
}

// bounds is where the code and its quiet zone are.
func (c placedCode) bounds() image.Rectangle {
	side := c.code.outerSize() * c.module
	return image.Rectangle{Min: c.at, Max: c.at.Add(image.Pt(side, side))}
}
