package qr_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"tushum/qr"
)

// svgDrawing is what an SVG of a code may hold; anything else is refused.
type svgDrawing struct {
	XMLName   xml.Name `xml:"http://www.w3.org/2000/svg svg"`
	ViewBox   string   `xml:"viewBox,attr"`
	Rendering string   `xml:"shape-rendering,attr"`
	Paper     struct {
		Width  int    `xml:"width,attr"`
		Height int    `xml:"height,attr"`
		Fill   string `xml:"fill,attr"`
	} `xml:"rect"`
	Paths []struct {
		Fill string `xml:"fill,attr"`
		Data string `xml:"d,attr"`
	} `xml:"path"`
	OtherAttributes []xml.Attr `xml:",any,attr"`
	OtherElements   []struct {
		XMLName xml.Name
	} `xml:",any"`
}

func writeSVG(t testing.TB, code qr.Code) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := code.SVG(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// svgModules reads the modules of code's SVG as a renderer fills its path.
func svgModules(t testing.TB, code qr.Code) matrix {
	t.Helper()
	var drawing svgDrawing
	if err := xml.Unmarshal(writeSVG(t, code), &drawing); err != nil {
		t.Fatal(err)
	}
	var side int
	if _, err := fmt.Sscanf(drawing.ViewBox, "0 0 %d", &side); err != nil {
		t.Fatalf("viewBox %q: %v", drawing.ViewBox, err)
	}
	if want := fmt.Sprintf("0 0 %d %d", side, side); drawing.ViewBox != want {
		t.Fatalf("viewBox is %q, want %q", drawing.ViewBox, want)
	}
	if len(drawing.Paths) != 1 || drawing.Paths[0].Fill != "#000" {
		t.Fatalf("paths are %v, want a black one", drawing.Paths)
	}
	return fill(t, drawing.Paths[0].Data, side)
}

// pen follows a path of horizontal and vertical lines.
type pen struct {
	x, y, startX, startY int
	// turns[y][x] counts the lines at the left of module x, y: down 1, up -1.
	turns [][]int
}

func (p *pen) down(length int) {
	for ; length > 0; length-- {
		p.turns[p.y][p.x]++
		p.y++
	}
	for ; length < 0; length++ {
		p.y--
		p.turns[p.y][p.x]--
	}
}

// follow does one command of a path, such as h-7, and refuses any other kind.
func (p *pen) follow(command string) error {
	var err error
	length := 0
	if name := command[0]; name == 'h' || name == 'v' {
		if length, err = strconv.Atoi(command[1:]); err != nil {
			return err
		}
	}
	switch command[0] {
	case 'M':
		_, err = fmt.Sscanf(command, "M%d %d", &p.x, &p.y)
		p.startX, p.startY = p.x, p.y
	case 'h':
		p.x += length
	case 'v':
		p.down(length)
	case 'z':
		if command != "z" || p.x != p.startX {
			return fmt.Errorf("it closes aslant or badly at %d,%d", p.x, p.y)
		}
		p.down(p.startY - p.y)
	default:
		return fmt.Errorf("it has a command %q", command)
	}
	return err
}

// fill fills a path by the nonzero rule: a module is inside when the lines on its
// left go up and down unequally often.
func fill(t testing.TB, path string, side int) matrix {
	t.Helper()
	p := pen{turns: make([][]int, side)}
	for y := range p.turns {
		p.turns[y] = make([]int, side)
	}
	for path != "" {
		end := len(path)
		if next := strings.IndexAny(path[1:], "Mhvz"); next >= 0 {
			end = next + 1
		}
		if err := p.follow(path[:end]); err != nil {
			t.Fatalf("reading the path at %.20q: %v", path, err)
		}
		path = path[end:]
	}
	return inside(p.turns)
}

func inside(turns [][]int) matrix {
	m := make(matrix, len(turns))
	for y := range m {
		m[y] = make([]bool, len(turns[y]))
		winding := 0
		for x := range m[y] {
			winding += turns[y][x]
			m[y][x] = winding != 0
		}
	}
	return m
}

func TestSVGShowsTheCode(t *testing.T) {
	t.Parallel()
	for name, content := range contents {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code := encode(t, content)
			compare(t, "SVG", svgModules(t, code), wanted(code))
		})
	}
}

func TestSVGHoldsNothingButPaperAndInk(t *testing.T) {
	t.Parallel()
	code := encode(t, payLink)
	file := writeSVG(t, code)
	var drawing svgDrawing
	if err := xml.Unmarshal(file, &drawing); err != nil {
		t.Fatal(err)
	}
	side := code.Size() + 2*qr.QuietZone
	if p := drawing.Paper; p.Width != side || p.Height != side || p.Fill != "#fff" {
		t.Errorf("the paper is %+v, want white of %d modules", p, side)
	}
	if drawing.Rendering != "crispEdges" {
		t.Errorf("shape-rendering is %q, want crispEdges", drawing.Rendering)
	}
	// The namespace, which is a name and not an address, is the only other attribute.
	if len(drawing.OtherAttributes) != 1 || drawing.OtherAttributes[0].Name.Local != "xmlns" || len(drawing.OtherElements) != 0 {
		t.Errorf("the drawing also has attributes %v and elements %v", drawing.OtherAttributes, drawing.OtherElements)
	}
	if strings.Contains(string(file), "href") || strings.Contains(string(file), "url(") {
		t.Errorf("the drawing refers to something outside: %s", file)
	}
}

func BenchmarkSVG(b *testing.B) {
	code := encode(b, appLink)
	b.ReportAllocs()
	for b.Loop() {
		if err := code.SVG(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
