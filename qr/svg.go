package qr

import (
	"fmt"
	"image"
	"io"
	"iter"
	"strconv"
)

// SVG writes the code as a drawing without a size of its own: the viewBox counts
// modules, quiet zone included, and whoever places it says how large it is. White
// paper is part of it, so that it reads on a dark page. It is one line of
// markup without an XML declaration and refers to nothing outside, so it can be a
// file, or stand inside HTML, where the page gives it a text alternative.
//
// It writes once. It returns ErrNoCode or w's error, wrapped.
func (c Code) SVG(w io.Writer) error {
	if c.modules == nil {
		return fmt.Errorf("writing QR code as SVG: %w", ErrNoCode)
	}
	side := strconv.Itoa(c.outerSize())
	out := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + side + ` ` + side +
		`" shape-rendering="crispEdges"><rect width="` + side + `" height="` + side +
		`" fill="#fff"/><path fill="#000" d="`)
	out = c.appendOutlines(out)
	out = append(out, "\"/></svg>\n"...)
	if _, err := w.Write(out); err != nil {
		return fmt.Errorf("writing QR code as SVG: %w", err)
	}
	return nil
}

// appendOutlines appends SVG path data of the code's outlines.
func (c Code) appendOutlines(path []byte) []byte {
	for corners := range c.outlines() {
		path = append(path, 'M')
		path = strconv.AppendInt(path, int64(corners[0].X), 10)
		path = append(path, ' ')
		path = strconv.AppendInt(path, int64(corners[0].Y), 10)
		for i := 1; i < len(corners); i++ {
			path = appendLine(path, corners[i].Sub(corners[i-1]))
		}
		path = append(path, 'z')
	}
	return path
}

// outlines goes through the outlines of every dark area, not a square for each
// module, because squares that touch show hairlines between them when a drawing
// is scaled or printed. Outlines keep the dark side on their right, so holes run
// the other way and stay light under the usual nonzero fill. Corners are counted in
// modules, quiet zone included; the line back to the first is a vertical one. They
// are good until the next outline.
func (c Code) outlines() iter.Seq[[]image.Point] {
	return func(yield func([]image.Point) bool) {
		size := c.Size()
		// Every outline runs to the right somewhere, along the top of a dark module.
		traced := make([]bool, size*size)
		var corners []image.Point
		for y := range size {
			for x := range size {
				if !c.topEdge(x, y) || traced[y*size+x] {
					continue
				}
				corners = c.appendOutline(corners[:0], traced, x, y)
				if !yield(corners) {
					return
				}
			}
		}
	}
}

// topEdge reports whether module x, y is dark under a light one.
func (c Code) topEdge(x, y int) bool {
	return c.Dark(x, y) && !c.Dark(x, y-1)
}

// The ways an outline runs, each next one a turn to the right.
const (
	right = iota
	down
	left
	up
)

// appendOutline appends the corners of the outline that begins with the top edge
// of module x, y and marks the top edges it passes. That edge must be the first of its
// outline in reading order: the line before it is then a vertical one.
func (c Code) appendOutline(corners []image.Point, traced []bool, x, y int) []image.Point {
	startX, startY, way := x, y, right
	corners = append(corners, image.Pt(x+QuietZone, y+QuietZone))
	for {
		if way == right {
			traced[y*c.Size()+x] = true
		}
		x, y = step(x, y, way)
		next := c.turn(x, y, way)
		if x == startX && y == startY && next == right {
			return corners
		}
		if next != way {
			corners = append(corners, image.Pt(x+QuietZone, y+QuietZone))
			way = next
		}
	}
}

func step(x, y, way int) (int, int) {
	switch way {
	case right:
		return x + 1, y
	case down:
		return x, y + 1
	case left:
		return x - 1, y
	default:
		return x, y - 1
	}
}

// turn returns the way an outline goes on that arrives at the upper left corner
// of module x, y: around the module on its right, along it, or around the next.
func (c Code) turn(x, y, way int) int {
	// The modules ahead of the corner, on the left and on the right hand.
	ahead := [4]struct{ leftX, leftY, rightX, rightY int }{
		right: {x, y - 1, x, y},
		down:  {x, y, x - 1, y},
		left:  {x - 1, y, x - 1, y - 1},
		up:    {x - 1, y - 1, x, y - 1},
	}[way]
	if !c.Dark(ahead.rightX, ahead.rightY) {
		return (way + 1) % 4
	}
	if c.Dark(ahead.leftX, ahead.leftY) {
		return (way + 3) % 4
	}
	return way
}

// appendLine appends a horizontal or a vertical line.
func appendLine(path []byte, way image.Point) []byte {
	if way.Y != 0 {
		return strconv.AppendInt(append(path, 'v'), int64(way.Y), 10)
	}
	return strconv.AppendInt(append(path, 'h'), int64(way.X), 10)
}
