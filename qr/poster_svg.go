package qr

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"strconv"
)

// SVG writes the poster as a drawing of the paper's size, in outlines, that refers
// to nothing outside. It writes once, and returns ErrNoCode, ErrPaper, ErrStyle,
// ErrTooFine or w's error, wrapped.
func (p Poster) SVG(w io.Writer) error {
	s, err := p.scene()
	if err != nil {
		return fmt.Errorf("writing poster as SVG: %w", err)
	}
	if _, err := w.Write(s.svg(measuresOf[p.Paper])); err != nil {
		return fmt.Errorf("writing poster as SVG: %w", err)
	}
	return nil
}

func (s scene) svg(m measures) []byte {
	out := fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%dmm" height="%dmm" viewBox="0 0 %d %d" role="img"`,
		m.width/10, m.height/10, s.size.X, s.size.Y)
	if s.language != "" {
		out = append(append(append(out, ` xml:lang="`...), escaped(s.language)...), '"')
	}
	out = append(append(append(out, "><title>"...), escaped(s.title)...), "</title>\n"...)
	out = fmt.Appendf(out, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", s.size.X, s.size.Y)
	for _, shape := range s.shapes {
		out = fmt.Appendf(out, `<path fill="%s" d="`, hex(palettes[s.style][shape.tone]))
		out = append(appendPath(out, shape.outline), "\"/>\n"...)
	}
	out = fmt.Appendf(out, `<path transform="translate(%d %d) scale(%d)" shape-rendering="crispEdges" d="`, s.code.at.X, s.code.at.Y, s.code.module)
	return append(s.code.code.appendOutlines(out), "\"/>\n</svg>\n"...)
}

// escaped makes text of attributes and elements, and of what XML can't hold a
// question mark in a box.
func escaped(text string) []byte {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.Bytes()
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

func appendPath(out []byte, o outline) []byte {
	for i, s := range o {
		numbers := []int{s.to.X, s.to.Y}
		switch s.kind {
		case moveTo:
			if i > 0 {
				out = append(out, 'z')
			}
			out = append(out, 'M')
		case lineTo:
			out = append(out, 'L')
		case curveTo:
			out = append(out, 'Q')
			numbers = []int{s.via.X, s.via.Y, s.to.X, s.to.Y}
		}
		for i, n := range numbers {
			if i > 0 {
				out = append(out, ' ')
			}
			out = strconv.AppendInt(out, int64(n), 10)
		}
	}
	return append(out, 'z')
}
