package qr_test

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"tushum/qr"
)

// The theme's colours, which a drawing must never show, and the forced ones.
const (
	themeInk   = -1
	themePaper = -2
	black      = 16
	white      = 231
)

// cell is a character cell as a terminal shows it: the colours of its halves.
type cell struct{ upper, lower int }

// screen is a terminal of 256 colours and endless size, for what Terminal writes.
type screen struct {
	ink, paper int
	lines      [][]cell
}

// show plays a drawing and returns its cells by line. It refuses everything but
// colours, block characters and newlines, and colours left on at the end of a line.
func show(t testing.TB, drawing string) [][]cell {
	t.Helper()
	if !strings.HasSuffix(drawing, "\n") {
		t.Fatal("the last line does not end")
	}
	s := screen{ink: themeInk, paper: themePaper}
	for line := range strings.SplitSeq(strings.TrimSuffix(drawing, "\n"), "\n") {
		s.lines = append(s.lines, nil)
		if err := s.play(line); err != nil {
			t.Fatalf("line %d: %v", len(s.lines), err)
		}
		if s.ink != themeInk || s.paper != themePaper {
			t.Fatalf("line %d leaves colours %d on %d behind", len(s.lines), s.ink, s.paper)
		}
	}
	return s.lines
}

func (s *screen) play(line string) error {
	for line != "" {
		if rest, found := strings.CutPrefix(line, "\x1b["); found {
			parameters, after, found := strings.Cut(rest, "m")
			if !found {
				return fmt.Errorf("a sequence does not end in %q", rest)
			}
			if err := s.colour(strings.Split(parameters, ";")); err != nil {
				return err
			}
			line = after
			continue
		}
		character := []rune(line)[0]
		halves := map[rune]cell{
			' ': {s.paper, s.paper}, '█': {s.ink, s.ink}, '▀': {s.ink, s.paper}, '▄': {s.paper, s.ink},
		}
		shown, found := halves[character]
		if !found {
			return fmt.Errorf("unexpected character %q", character)
		}
		last := len(s.lines) - 1
		s.lines[last] = append(s.lines[last], shown)
		line = line[len(string(character)):]
	}
	return nil
}

func (s *screen) colour(parameters []string) error {
	for len(parameters) > 0 {
		indexed := len(parameters) >= 3 && parameters[1] == "5"
		switch p := parameters[0]; {
		case p == "0":
			s.ink, s.paper = themeInk, themePaper
		case p == "30":
			s.ink = 0
		case p == "107":
			s.paper = 15
		case p == "38" && indexed:
			s.ink, _ = strconv.Atoi(parameters[2])
			parameters = parameters[2:]
		case p == "48" && indexed:
			s.paper, _ = strconv.Atoi(parameters[2])
			parameters = parameters[2:]
		default:
			return fmt.Errorf("unexpected colour %q", parameters)
		}
		parameters = parameters[1:]
	}
	return nil
}

// modulesOf reads the modules from cells, two to a cell, by the colours shown.
func modulesOf(t testing.TB, cells [][]cell) matrix {
	t.Helper()
	var m matrix
	for _, line := range cells {
		upper, lower := make([]bool, len(line)), make([]bool, len(line))
		for x, c := range line {
			for _, colour := range []int{c.upper, c.lower} {
				if colour != black && colour != white {
					t.Fatalf("line %d, column %d shows colour %d", len(m)/2, x, colour)
				}
			}
			upper[x], lower[x] = c.upper == black, c.lower == black
		}
		m = append(m, upper, lower)
	}
	return m
}

func draw(t testing.TB, code qr.Code, o qr.Options) string {
	t.Helper()
	var drawing bytes.Buffer
	if err := code.Terminal(&drawing, o); err != nil {
		t.Fatal(err)
	}
	return drawing.String()
}

// terminalModules returns what Terminal shows, without the half line that an odd
// number of modules leaves over, which must be quiet zone. An inverted drawing is
// inverted back.
func terminalModules(t testing.TB, code qr.Code, o qr.Options) matrix {
	t.Helper()
	cells := show(t, draw(t, code, o))
	cols, rows := code.TerminalSize(o)
	if len(cells) != rows || len(cells[0]) != cols {
		t.Fatalf("the drawing is %d by %d cells, TerminalSize says %d by %d", len(cells[0]), len(cells), cols, rows)
	}
	m := modulesOf(t, cells)
	for y := range m {
		for x := range m[y] {
			m[y][x] = m[y][x] != o.Invert
		}
	}
	spare, rest := m[len(m)-1], m[:len(m)-1]
	if o.QuietZone == 3 {
		spare, rest = m[0], m[1:]
	}
	for x, dark := range spare {
		if dark {
			t.Fatalf("column %d is dark at the quiet zone", x)
		}
	}
	return rest
}

func TestTerminalShowsTheCode(t *testing.T) {
	t.Parallel()
	for name, content := range contents {
		for _, o := range []qr.Options{{}, {Invert: true}} {
			t.Run(fmt.Sprintf("%s, inverted %v", name, o.Invert), func(t *testing.T) {
				t.Parallel()
				code := encode(t, content)
				compare(t, "terminal", terminalModules(t, code, o), wanted(code))
			})
		}
	}
}

func TestTerminalNarrowsTheQuietZone(t *testing.T) {
	t.Parallel()
	code := encode(t, appLink)
	whole, _ := code.TerminalSize(qr.Options{})
	for asked, quiet := range map[int]int{-1: 4, 0: 4, 1: 4, 2: 2, 3: 3, 4: 4, 5: 4} {
		for _, invert := range []bool{false, true} {
			o := qr.Options{QuietZone: asked, Invert: invert}
			compare(t, fmt.Sprintf("quiet zone %d", asked), terminalModules(t, code, o), wantedWithin(code, quiet))
			if columns, rows := code.TerminalSize(o); columns != whole-2*(4-quiet) || rows != (columns+1)/2 {
				t.Errorf("quiet zone %d takes %d by %d cells", asked, columns, rows)
			}
		}
	}
}

// Where colours are stripped, as NO_COLOR asks for, inverting still has to swap.
func TestInvertWorksWithoutColours(t *testing.T) {
	t.Parallel()
	code := encode(t, payLink)
	swap := strings.NewReplacer("█", " ", " ", "█", "▀", "▄", "▄", "▀")
	if got, want := draw(t, code, qr.Options{Invert: true}), swap.Replace(draw(t, code, qr.Options{})); got != want {
		t.Errorf("the inverted drawing is\n%s\nwant\n%s", got, want)
	}
}

// A link of 300 bytes has to fit a terminal window of common size.
func TestTerminalSize(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		cols, rows int
	}{
		{"short number", 29, 15},
		{"pay link", 37, 19},
		{"app link", 57, 29},
		{"link of 300 bytes", 69, 35},
		{"most bytes", 185, 93},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cols, rows := encode(t, contents[test.name]).TerminalSize(qr.Options{})
			if cols != test.cols || rows != test.rows {
				t.Errorf("%d by %d cells, want %d by %d", cols, rows, test.cols, test.rows)
			}
		})
	}
}

func BenchmarkEncodeAndTerminal(b *testing.B) {
	for _, name := range []string{"short number", "pay link", "link of 300 bytes", "most bytes"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var drawing bytes.Buffer
			for b.Loop() {
				code, err := qr.Encode(contents[name])
				if err != nil {
					b.Fatal(err)
				}
				drawing.Reset()
				if err := code.Terminal(&drawing, qr.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
