package qr

import "image"

// uzbekLetters are those of Uzbek in Cyrillic that the Go fonts lack, made of a
// letter they have and a stroke. Shops still write their names with them.
var uzbekLetters = map[rune]composed{
	'Қ': {base: 'К', stroke: tail}, 'қ': {base: 'к', stroke: tail},
	'Ҳ': {base: 'Х', stroke: tail}, 'ҳ': {base: 'х', stroke: tail},
	'Ғ': {base: 'Г', stroke: bar}, 'ғ': {base: 'г', stroke: bar},
}

// composed is a letter made of another one.
type composed struct {
	base   rune
	stroke func(letter image.Rectangle, stem int) image.Rectangle
}

// tail hangs from the right foot of a letter, as the fonts have it in Ц.
func tail(letter image.Rectangle, stem int) image.Rectangle {
	right := letter.Max.X + stem/6
	return image.Rect(right-stem*4/5, letter.Max.Y-stem/2, right, letter.Max.Y+stem*6/5)
}

// bar crosses the stem above half the height.
func bar(letter image.Rectangle, stem int) image.Rectangle {
	middle := letter.Min.Y + letter.Dy()*52/100
	return image.Rect(letter.Min.X-stem/2, middle-stem*3/8, letter.Min.X+letter.Dx()*3/4, middle+stem*3/8)
}

func (t *typesetter) compose(f face, letter composed) glyph {
	base := t.glyph(f, letter.base)
	stem := t.glyph(f, 'ı').outline.bounds().Dx()
	stroke := rectangle(letter.stroke(base.outline.bounds(), stem), 0)
	g := glyph{advance: max(base.advance, stroke.bounds().Max.X+stem/6)}
	g.outline = append(append(g.outline, base.outline...), stroke...)
	return g
}

// withoutSlash opens the zero, which the Go fonts strike through as programmers
// like it. A customer who types a number off the wall would wonder.
func withoutSlash(zero outline) outline {
	end := 1
	for end < len(zero) && zero[end].kind != moveTo {
		end++
	}
	edge, counters := zero[:end:end], zero[end:].bounds()
	outer := edge.bounds()
	// The inside has the shape of the edge, in the size of both counters.
	inner := reversed(edge)
	fit := func(p image.Point) image.Point {
		p = p.Sub(outer.Min)
		return counters.Min.Add(image.Pt(p.X*counters.Dx()/outer.Dx(), p.Y*counters.Dy()/outer.Dy()))
	}
	for i := range inner {
		inner[i].via, inner[i].to = fit(inner[i].via), fit(inner[i].to)
	}
	return append(edge, inner...)
}
