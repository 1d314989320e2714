package qr

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"

	"golang.org/x/image/vector"
)

// PNG writes the poster as a picture of 300 dots an inch, which it says of itself:
// A4 is 2480 by 3508. Every module of the code is the same whole number of
// pixels. In black and white it has 16 greys, and otherwise at most 256 colours. It
// writes once, and returns ErrNoCode, ErrPaper, ErrStyle, ErrTooFine or w's error,
// wrapped.
func (p Poster) PNG(w io.Writer) error {
	s, err := p.scene()
	if err != nil {
		return fmt.Errorf("writing poster as PNG: %w", err)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, s.picture()); err != nil {
		return fmt.Errorf("writing poster as PNG: %w", err)
	}
	if _, err := w.Write(withResolution(file.Bytes())); err != nil {
		return fmt.Errorf("writing poster as PNG: %w", err)
	}
	return nil
}

// withResolution puts the chunk pHYs (PNG, third edition, 11.3.4.3) after the header,
// without which programs print a picture at 72 or 96 dots an inch.
func withResolution(file []byte) []byte {
	const header = 8 + 4 + 4 + 13 + 4
	const dotsPerMetre = 11811
	chunk := binary.BigEndian.AppendUint32(nil, 9)
	chunk = append(chunk, "pHYs"...)
	chunk = binary.BigEndian.AppendUint32(chunk, dotsPerMetre)
	chunk = binary.BigEndian.AppendUint32(chunk, dotsPerMetre)
	chunk = append(chunk, 1) // the unit is the metre
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	out := make([]byte, 0, len(file)+len(chunk))
	out = append(append(out, file[:header]...), chunk...)
	return append(out, file[header:]...)
}

// canvas is a picture that gets its colours as they come up.
type canvas struct {
	*image.Paletted
	index map[color.RGBA]uint8
}

// levels is how many steps an edge has between two colours. With 16 greys, black and
// white takes half a byte a pixel.
const levels = 15

func newCanvas(s scene) canvas {
	c := canvas{
		Paletted: image.NewPaletted(image.Rect(0, 0, s.size.X/unitsPerDot, s.size.Y/unitsPerDot), nil),
		index:    make(map[color.RGBA]uint8),
	}
	white, black := color.RGBA{0xff, 0xff, 0xff, 0xff}, color.RGBA{A: 0xff}
	for density := range levels + 1 {
		c.number(mix(white, black, density))
	}
	return c
}

func (s scene) picture() *image.Paletted {
	c := newCanvas(s)
	var r vector.Rasterizer
	var mask image.Alpha
	for _, shape := range s.shapes {
		c.fill(shape.outline, palettes[s.style][shape.tone], &r, &mask)
	}
	c.paint(s.code)
	return c.Paletted
}

// fill paints the inside of an outline. The mask's memory is used again.
func (c canvas) fill(o outline, with color.RGBA, r *vector.Rasterizer, mask *image.Alpha) {
	b := o.bounds()
	area := image.Rectangle{Min: b.Min.Div(unitsPerDot), Max: b.Max.Div(unitsPerDot).Add(image.Pt(1, 1))}
	r.Reset(area.Dx(), area.Dy())
	at := func(p image.Point) (x, y float32) {
		p = p.Sub(area.Min.Mul(unitsPerDot))
		return float32(p.X) / unitsPerDot, float32(p.Y) / unitsPerDot
	}
	for i, s := range o {
		x, y := at(s.to)
		switch s.kind {
		case moveTo:
			if i > 0 {
				r.ClosePath()
			}
			r.MoveTo(x, y)
		case lineTo:
			r.LineTo(x, y)
		case curveTo:
			viaX, viaY := at(s.via)
			r.QuadTo(viaX, viaY, x, y)
		}
	}
	r.ClosePath()
	if size := area.Dx() * area.Dy(); cap(mask.Pix) < size {
		mask.Pix = make([]uint8, size)
	}
	*mask = image.Alpha{Pix: mask.Pix[:area.Dx()*area.Dy()], Stride: area.Dx(), Rect: area}
	r.DrawOp = draw.Src
	r.Draw(mask, area, image.Opaque, image.Point{})
	c.blend(mask, with)
}

// blend lays a colour over what is there, as densely as the mask says.
func (c canvas) blend(mask *image.Alpha, with color.RGBA) {
	// What a colour becomes under a density, by their numbers; -1 is not known yet.
	var mixed [256][levels + 1]int16
	for i := range mixed {
		for j := range mixed[i] {
			mixed[i][j] = -1
		}
	}
	area := mask.Rect.Intersect(c.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := mask.Pix[mask.PixOffset(area.Min.X, y):]
		pixels := c.Pix[c.PixOffset(area.Min.X, y):][:area.Dx()]
		for x, under := range pixels {
			density := (int(row[x])*levels + 127) / 255
			if density == 0 {
				continue
			}
			known := &mixed[under][density]
			if *known < 0 {
				*known = int16(c.number(mix(c.Palette[under], with, density)))
			}
			pixels[x] = uint8(*known)
		}
	}
}

func mix(under color.Color, over color.RGBA, density int) color.RGBA {
	u, _ := under.(color.RGBA)
	channel := func(u, o uint8) uint8 {
		return uint8((int(u)*(levels-density) + int(o)*density + levels/2) / levels)
	}
	return color.RGBA{channel(u.R, over.R), channel(u.G, over.G), channel(u.B, over.B), 0xff}
}

// number gives the place of a colour in the palette, or that of the one nearest to
// it when the palette is full.
func (c canvas) number(of color.RGBA) uint8 {
	if n, ok := c.index[of]; ok {
		return n
	}
	if len(c.Palette) == 256 {
		return uint8(c.Palette.Index(of))
	}
	n := uint8(len(c.Palette))
	c.Palette = append(c.Palette, of)
	c.index[of] = n
	return n
}

// paint draws the dark modules, pixel by pixel and nothing smoothed.
func (c canvas) paint(code placedCode) {
	black := c.number(color.RGBA{A: 0xff})
	dots := code.module / unitsPerDot
	corner := code.at.Div(unitsPerDot).Add(image.Pt(QuietZone*dots, QuietZone*dots))
	for y := range code.code.Size() * dots {
		row := c.Pix[c.PixOffset(corner.X, corner.Y+y):]
		for x := range code.code.Size() * dots {
			if code.code.Dark(x/dots, y/dots) {
				row[x] = black
			}
		}
	}
}
