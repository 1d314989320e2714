package qr

import (
	"fmt"
	"io"
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

// appendOutlines appends SVG path data: the outline of every dark area, not a
// square for each module, because squares that touch show hairlines between
// them when a drawing is scaled or printed. Outlines keep the dark side on their
// right, so holes run the other way and stay light under the usual nonzero fill.
func (c Code) appendOutlines(path []byte) []byte {
	size := c.Size()
	// Every outline runs to the right somewhere, along the top of a dark module.
	traced := make([]bool, size*size)
	for y := range size {
		for x := range size {
			if c.topEdge(x, y) && !traced[y*size+x] {
				path = c.appendOutline(path, traced, x, y)
			}
		}
	}
	return path
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

// appendOutline appends the outline that begins with the top edge of module x, y
// and marks the top edges it passes. That edge must be the first of its
// outline in reading order: the line before it is then a vertical one, which the
// command z draws.
func (c Code) appendOutline(path []byte, traced []bool, x, y int) []byte {
	path = append(path, 'M')
	path = strconv.AppendInt(path, int64(x+QuietZone), 10)
	path = append(path, ' ')
	path = strconv.AppendInt(path, int64(y+QuietZone), 10)

	startX, startY, way, length := x, y, right, 0
	for {
		if way == right {
			traced[y*c.Size()+x] = true
		}
		x, y = step(x, y, way)
		length++
		next := c.turn(x, y, way)
		if x == startX && y == startY && next == right {
			return append(path, 'z')
		}
		if next != way {
			path = appendLine(path, way, length)
			way, length = next, 0
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

func appendLine(path []byte, way, length int) []byte {
	command := byte('h')
	if way == down || way == up {
		command = 'v'
	}
	if way == left || way == up {
		length = -length
	}
	return strconv.AppendInt(append(path, command), int64(length), 10)
}
