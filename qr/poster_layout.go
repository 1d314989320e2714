package qr

import (
	"errors"
	"fmt"
	"image"
	"strconv"
	"strings"
	"unicode"
)

// ErrTooFine says that the code would be printed with modules too small for a
// cheap phone, or for a printer low on toner.
var ErrTooFine = errors.New("the code has too many modules for the paper")

// leastModule is the smallest module that is printed: 5 dots, 0.42 mm.
const leastModule = 5 * unitsPerDot

// wantedCode is how much of the paper's width the code should have, in percent.
const wantedCode = 60

// MaxSteps is how many steps a poster shows. Nobody reads more by a till.
const MaxSteps = 4

// measures are the lengths of a paper in tenths of a millimetre; the texts' are those of an
// em. Larger papers are read from further away, and their small type is not: so
// they are not one layout blown up.
type measures struct {
	width, height         int
	margin, gap           int
	shop, heading, number int
	step, link, notice    int
	stroke                int // of a bracket
}

var measuresOf = map[Paper]measures{
	A6: {width: 1050, height: 1480, margin: 65, gap: 34, shop: 44, heading: 76, number: 44, step: 32, link: 30, notice: 25, stroke: 8},
	A5: {width: 1480, height: 2100, margin: 90, gap: 48, shop: 60, heading: 110, number: 60, step: 43, link: 38, notice: 32, stroke: 11},
	A4: {width: 2100, height: 2970, margin: 130, gap: 68, shop: 86, heading: 158, number: 84, step: 60, link: 50, notice: 43, stroke: 15},
}

// leastType is the smallest em that is printed: 5 points.
const leastType = 5 * unitsPerPoint

// layout places the parts of a poster, from both ends towards the code, which
// gets the room that is left.
type layout struct {
	*typesetter
	poster  Poster
	m       measures        // in units, for the size of type that is tried
	content image.Rectangle // the paper without its margins
	top     int             // of the room that is left
	bottom  int
	scene   scene
}

// scene places everything. It tries smaller type until the code has enough room,
// since the code is what the poster is for.
func (p Poster) scene() (scene, error) {
	m, ok := measuresOf[p.Paper]
	if !ok {
		return scene{}, fmt.Errorf("%w: %v: choose a6, a5 or a4", ErrPaper, p.Paper)
	}
	if _, ok := palettes[p.Style]; !ok {
		return scene{}, fmt.Errorf("%w: %v: choose colour or bw", ErrStyle, p.Style)
	}
	if p.Code.modules == nil {
		return scene{}, ErrNoCode
	}
	t, err := newTypesetter()
	if err != nil {
		return scene{}, err
	}
	p = t.clean(p)
	var l layout
	for _, percent := range []int{100, 92, 84, 76, 68} {
		l = t.layout(p, m.scaled(percent))
		if l.scene.code.module >= leastModule && 100*l.scene.code.bounds().Dx() >= wantedCode*l.scene.size.X {
			return l.scene, nil
		}
	}
	if l.scene.code.module < leastModule {
		return scene{}, fmt.Errorf("%w: it has %d on a side: choose a larger paper or a shorter link", ErrTooFine, p.Code.Size())
	}
	return l.scene, nil
}

// clean keeps of the texts what can be printed.
func (t *typesetter) clean(p Poster) Poster {
	for _, text := range []*string{&p.Shop, &p.Heading, &p.Number, &p.Link, &p.Notice} {
		*text = t.printable(*text)
	}
	var steps []string
	for _, step := range p.Steps[:min(len(p.Steps), MaxSteps)] {
		if step = t.printable(step); step != "" {
			steps = append(steps, step)
		}
	}
	p.Steps = steps
	if strings.IndexFunc(p.Language, notInTag) >= 0 {
		p.Language = ""
	}
	return p
}

// notInTag tells the characters that no name of a language has (BCP 47).
func notInTag(r rune) bool {
	return r != '-' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
}

// scaled converts to units, with type and gaps of so many percent.
func (m measures) scaled(percent int) measures {
	for _, length := range []*int{&m.width, &m.height, &m.margin, &m.stroke} {
		*length = tenths(*length)
	}
	m.gap = tenths(m.gap) * percent / 100
	for _, em := range []*int{&m.shop, &m.heading, &m.number, &m.step, &m.link, &m.notice} {
		*em = max(tenths(*em)*percent/100, leastType)
	}
	return m
}

func (t *typesetter) layout(p Poster, m measures) layout {
	size := image.Pt(m.width, m.height)
	l := layout{
		typesetter: t, poster: p, m: m,
		content: image.Rectangle{Max: size}.Inset(m.margin),
		scene:   scene{size: size, title: title(p), language: p.Language, style: p.Style},
	}
	l.top, l.bottom = l.content.Min.Y, l.content.Max.Y
	l.header()
	l.foot()
	l.body()
	return l
}

func title(p Poster) string {
	if p.Shop == "" || p.Heading == "" {
		return p.Shop + p.Heading
	}
	return p.Shop + ": " + p.Heading
}

func (l *layout) add(is part, in tone, outlines ...outline) {
	for _, o := range outlines {
		if len(o) > 0 {
			l.scene.shapes = append(l.scene.shapes, shape{part: is, tone: in, outline: o})
		}
	}
}

// large is how text is set that is read from afar: least is its smallest em.
func (l *layout) large(f face, size, lines int) setting {
	return setting{face: f, size: size, least: max(size/2, leastType), lines: lines, breaks: " "}
}

// header is the shop's name over the heading, on a panel or over a rule.
func (l *layout) header() {
	pad := l.m.gap * 5 / 4
	width := l.content.Dx() - 2*pad
	shop := l.fit(l.poster.Shop, l.large(l.bold, l.m.shop, 3), width)
	heading := l.fit(l.poster.Heading, l.large(l.bold, l.m.heading, 2), width)
	if len(shop.lines)+len(heading.lines) == 0 {
		return
	}
	between := 0
	if len(shop.lines) > 0 && len(heading.lines) > 0 {
		between = l.m.gap * 5 / 4
	}
	panel, top := l.content, l.top+pad
	if l.poster.Style == BlackAndWhite {
		top = l.top + l.m.shop/4 // no panel to keep away from, but room over Ў and Й
	}
	panel.Max.Y = top + shop.height() + between + heading.height() + pad
	in := toneOnPanel
	if l.poster.Style == BlackAndWhite {
		in = toneText
		panel.Min.Y = panel.Max.Y - l.m.stroke*3/4
		l.add(partSurface, toneAccent, rectangle(panel, 0))
	} else {
		l.add(partSurface, toneAccent, rectangle(panel, l.m.gap))
	}
	centre := middle(l.content.Min.X, l.content.Max.X)
	l.add(partShop, in, l.set(shop, top, centre)...)
	l.add(partHeading, in, l.set(heading, top+shop.height()+between, centre)...)
	l.top = panel.Max.Y
}

// foot is the notice and the link under a thin rule.
func (l *layout) foot() {
	small := setting{face: l.regular, size: l.m.notice, least: leastType, lines: 4, breaks: " "}
	notice := l.fit(l.poster.Notice, small, l.content.Dx())
	small.size, small.breaks = l.m.link, "/?&=-"
	link := l.fit(l.poster.Link, small, l.content.Dx())
	if len(notice.lines)+len(link.lines) == 0 {
		return
	}
	between, last := 0, l.m.notice
	switch {
	case len(notice.lines) == 0:
		last = l.m.link
	case len(link.lines) > 0:
		between = l.m.notice * 7 / 10
	}
	top := l.bottom - last*descent/1000 - notice.height() - between - link.height()
	centre := middle(l.content.Min.X, l.content.Max.X)
	l.add(partLink, toneQuiet, l.set(link, top, centre)...)
	l.add(partNotice, toneQuiet, l.set(notice, top+link.height()+between, centre)...)
	rule := image.Rect(l.content.Min.X, top-l.m.gap*2/3-l.m.stroke/4, l.content.Max.X, top-l.m.gap*2/3)
	l.add(partSurface, toneAccent, rectangle(rule, 0))
	l.bottom = rule.Min.Y
}

// body is the code with the number and the steps under it, evenly spaced.
func (l *layout) body() {
	number := l.numberPlate()
	steps := l.stepList()
	gaps := 2
	if number.height > 0 {
		gaps++
	}
	if steps.height > 0 {
		gaps++
	}
	reach := l.m.stroke // of the brackets, around the quiet zone
	room := l.bottom - l.top - number.height - steps.height - gaps*l.m.gap - 2*reach
	outer := l.poster.Code.outerSize()
	module := max(0, min(room, l.content.Dx()-2*reach)) / outer / unitsPerDot * unitsPerDot
	side := module * outer
	gap := l.m.gap + (room-side)/gaps

	y := l.top + gap
	at := image.Pt((l.scene.size.X-side)/2, y+reach)
	l.scene.code = placedCode{code: l.poster.Code, module: module, at: at.Div(unitsPerDot).Mul(unitsPerDot)}
	l.brackets(l.scene.code.bounds().Inset(-reach))
	y += side + 2*reach + gap
	if number.height > 0 {
		number.draw(y)
		y += number.height + gap
	}
	if steps.height > 0 {
		steps.draw(y)
	}
}

// brackets stand at the corners of r, as in the finder of a camera.
func (l *layout) brackets(r image.Rectangle) {
	length := r.Dx() / 7
	thick := l.m.stroke
	corner := func(at image.Point, x, y int) {
		along := image.Rectangle{Min: at, Max: at.Add(image.Pt(x*length, y*thick))}
		down := image.Rectangle{Min: at.Add(image.Pt(0, y*thick)), Max: at.Add(image.Pt(x*thick, y*length))}
		l.add(partSurface, toneAccent, rectangle(along.Canon(), 0), rectangle(down.Canon(), 0))
	}
	corner(r.Min, 1, 1)
	corner(image.Pt(r.Max.X, r.Min.Y), -1, 1)
	corner(r.Max, -1, -1)
	corner(image.Pt(r.Min.X, r.Max.Y), 1, -1)
}

// fitted is a part whose height is known before its place.
type fitted struct {
	height int
	draw   func(top int)
}

// numberPlate is the number, on a light plate or framed.
func (l *layout) numberPlate() fitted {
	pad := l.m.number * 7 / 10
	b := l.fit(l.poster.Number, l.large(l.bold, l.m.number, 2), l.content.Dx()-4*pad)
	if len(b.lines) == 0 {
		return fitted{}
	}
	height := b.height() + 2*pad
	return fitted{height: height, draw: func(top int) {
		plate := image.Rect(0, top, l.width(b)+4*pad, top+height).Add(image.Pt((l.scene.size.X-l.width(b))/2-2*pad, 0))
		if l.poster.Style == BlackAndWhite {
			l.add(partSurface, toneAccent, ring(plate, height/2, l.m.stroke/2))
		} else {
			l.add(partSurface, toneTint, rectangle(plate, height/2))
		}
		l.add(partNumber, toneText, l.set(b, top+pad, middle(plate.Min.X, plate.Max.X))...)
	}}
}

// stepList is the steps with their numbers in discs.
func (l *layout) stepList() fitted {
	disc := l.m.step * 17 / 10
	indent := disc + l.m.step*7/10
	steps := l.fitSteps(l.content.Dx() - indent)
	if len(steps) == 0 {
		return fitted{}
	}
	between := l.m.step * 6 / 10
	widest, height := 0, -between
	for _, step := range steps {
		widest = max(widest, l.width(step))
		height += max(disc, step.height()) + between
	}
	left := (l.scene.size.X - widest - indent) / 2
	return fitted{height: height, draw: func(top int) {
		for i, step := range steps {
			row := max(disc, step.height())
			l.disc(i+1, image.Rect(0, 0, disc, disc).Add(image.Pt(left, top+(row-disc)/2)))
			l.add(partStep, toneText, l.set(step, top+(row-step.height())/2, from(left+indent))...)
			top += row + between
		}
	}}
}

// fitSteps breaks all steps at one size.
func (l *layout) fitSteps(width int) []block {
	s := l.large(l.regular, l.m.step, 2)
	for _, step := range l.poster.Steps {
		s.size = min(s.size, l.fit(step, s, width).setting.size)
	}
	var steps []block
	for _, step := range l.poster.Steps {
		s.least = s.size
		steps = append(steps, l.fit(step, s, width))
	}
	return steps
}

func (l *layout) disc(number int, r image.Rectangle) {
	in := toneOnPanel
	if l.poster.Style == BlackAndWhite {
		in = toneText
		l.add(partSurface, toneAccent, ring(r, r.Dx()/2, l.m.stroke/2))
	} else {
		l.add(partSurface, toneAccent, rectangle(r, r.Dx()/2))
	}
	b := l.fit(strconv.Itoa(number), l.large(l.bold, l.m.step*95/100, 1), r.Dx())
	l.add(partStep, in, l.set(b, (r.Min.Y+r.Max.Y-b.height())/2, middle(r.Min.X, r.Max.X))...)
}
