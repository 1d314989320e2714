package qr

import (
	"fmt"
	"image"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is one of the Go fonts, which have Latin and Cyrillic letters. It may be used by
// many goroutines at once.
type face struct {
	font *sfnt.Font
	em   int // units of the font in an em
}

var (
	regular = sync.OnceValues(func() (face, error) { return parse(goregular.TTF) })
	bold    = sync.OnceValues(func() (face, error) { return parse(gobold.TTF) })
)

func parse(file []byte) (face, error) {
	f, err := sfnt.Parse(file)
	if err != nil {
		return face{}, fmt.Errorf("reading the font of posters: %w", err)
	}
	return face{font: f, em: int(f.UnitsPerEm())}, nil
}

// glyph is a character as a face draws it, in units of the font from the base line,
// down being positive.
type glyph struct {
	outline outline
	advance int
}

// typesetter knows the characters that a poster has used so far. It is for one
// goroutine.
type typesetter struct {
	regular, bold face
	buffer        sfnt.Buffer
	glyphs        map[glyphKey]glyph
}

const softHyphen = '\u00ad'

type glyphKey struct {
	font *sfnt.Font
	char rune
}

func newTypesetter() (*typesetter, error) {
	r, err := regular()
	if err != nil {
		return nil, err
	}
	b, err := bold()
	if err != nil {
		return nil, err
	}
	return &typesetter{regular: r, bold: b, glyphs: make(map[glyphKey]glyph)}, nil
}

// glyph gives a character of the face; it is empty for one that the face lacks.
func (t *typesetter) glyph(f face, char rune) glyph {
	key := glyphKey{f.font, char}
	g, known := t.glyphs[key]
	if !known {
		g = t.load(f, char)
		t.glyphs[key] = g
	}
	return g
}

// load draws a character. The fonts are part of the program, and what they
// can't draw they don't have.
func (t *typesetter) load(f face, char rune) glyph {
	if letter, ok := uzbekLetters[char]; ok {
		return t.compose(f, letter)
	}
	switch char {
	case '-':
		// The hyphen of the Go fonts is as wide as a dash; the soft one is not.
		return t.loadOwn(f, softHyphen)
	case '0':
		g := t.loadOwn(f, char)
		g.outline = withoutSlash(g.outline)
		return g
	}
	return t.loadOwn(f, char)
}

// loadOwn draws a character that the face has.
func (t *typesetter) loadOwn(f face, char rune) glyph {
	index, err := f.font.GlyphIndex(&t.buffer, char)
	if err != nil || index == 0 {
		return glyph{}
	}
	// At a size of one pixel a unit nothing is rounded.
	size := fixed.I(f.em)
	advance, err := f.font.GlyphAdvance(&t.buffer, index, size, font.HintingNone)
	if err != nil {
		return glyph{}
	}
	segments, err := f.font.LoadGlyph(&t.buffer, index, size, nil)
	if err != nil {
		return glyph{}
	}
	g := glyph{advance: advance.Round()}
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			g.outline = append(g.outline, segment{kind: moveTo, to: whole(s.Args[0])})
		case sfnt.SegmentOpLineTo:
			g.outline = append(g.outline, segment{kind: lineTo, to: whole(s.Args[0])})
		case sfnt.SegmentOpQuadTo:
			g.outline = append(g.outline, segment{kind: curveTo, via: whole(s.Args[0]), to: whole(s.Args[1])})
		}
	}
	return g
}

func whole(p fixed.Point26_6) image.Point { return image.Pt(p.X.Round(), p.Y.Round()) }

// has reports whether the poster can show a character, in both faces alike.
func (t *typesetter) has(char rune) bool {
	return t.glyph(t.regular, char).advance > 0 && t.glyph(t.bold, char).advance > 0
}

// advance is the width of text in units of the font.
func (t *typesetter) advance(f face, text string) int {
	width := 0
	for _, char := range text {
		width += t.glyph(f, char).advance
	}
	return width
}

// draw gives the outline of text on a base line that begins at start, with an em of
// size units.
func (t *typesetter) draw(f face, size int, text string, start image.Point) outline {
	var o outline
	x := 0
	for _, char := range text {
		g := t.glyph(f, char)
		place := func(p image.Point) image.Point {
			return start.Add(image.Pt(scaled(p.X+x, size, f.em), scaled(p.Y, size, f.em)))
		}
		for _, s := range g.outline {
			o = append(o, segment{kind: s.kind, via: place(s.via), to: place(s.to)})
		}
		x += g.advance
	}
	return o
}

// scaled converts units of the font to those of a poster, rounding down.
func scaled(n, size, em int) int {
	n *= size
	if n < 0 {
		return -((-n + em - 1) / em)
	}
	return n / em
}
