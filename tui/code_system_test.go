//go:build system

package tui

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tushum/tui/look"
)

// The size of a cell in pixels, as terminals commonly have it.
const (
	cellWide = 8
	cellHigh = 17
)

// photograph paints a frame as a terminal with a black or white background
// would.
func photograph(frame string, light bool) *image.Gray {
	lines := strings.Split(frame, "\n")
	picture := image.NewGray(image.Rect(0, 0, look.Width(lines[0])*cellWide, len(lines)*cellHigh))
	for y, line := range lines {
		paper, ink := shade(light), shade(!light)
		x := 0
		for len(line) > 0 {
			if end := strings.IndexByte(line, 'm'); line[0] == '\x1b' && end > 0 {
				paper, ink = painted(line[2:end], paper, ink, light)
				line = line[end+1:]
				continue
			}
			r := []rune(line)[0]
			paintCell(picture, x, y, r, paper, ink)
			line = line[len(string(r)):]
			x++
		}
	}
	return picture
}

func shade(light bool) color.Gray {
	if light {
		return color.Gray{Y: 0xff}
	}
	return color.Gray{}
}

// painted are the colours after a sequence: of those of the 256 colours the
// code has black and white, and all others are no part of it.
func painted(sequence string, paper, ink color.Gray, light bool) (color.Gray, color.Gray) {
	switch {
	case sequence == "" || sequence == "0":
		return shade(light), shade(!light)
	case sequence == "7":
		return ink, paper
	case strings.Contains(sequence, "48;5;231"):
		paper = shade(true)
	case strings.Contains(sequence, "48;5;16"):
		paper = shade(false)
	}
	if strings.Contains(sequence, "38;5;16") {
		ink = shade(false)
	}
	return paper, ink
}

func paintCell(picture *image.Gray, column, row int, r rune, paper, ink color.Gray) {
	for y := range cellHigh {
		upper := y < cellHigh/2
		inked := r == '█' || r == '▀' && upper || r == '▄' && !upper
		for x := range cellWide {
			if inked {
				picture.SetGray(column*cellWide+x, row*cellHigh+y, ink)
			} else {
				picture.SetGray(column*cellWide+x, row*cellHigh+y, paper)
			}
		}
	}
}

// scan reads the code on a picture, as a customer's phone would.
func scan(t *testing.T, picture *image.Gray) string {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "screen.png")
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	zbar := exec.CommandContext(t.Context(), "zbarimg", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", path)
	content, err := zbar.Output()
	if err != nil {
		t.Fatalf("zbarimg (Debian package zbar-tools) reads no code: %v", err)
	}
	return strings.TrimSuffix(string(content), "\n")
}

func TestPhonesReadTheScreen(t *testing.T) {
	t.Parallel()
	type way struct {
		name   string
		light  bool // the terminal's background
		invert bool
		change func(*Options)
	}
	shots := make(map[string]shot)
	for _, size := range []Size{{80, 24}, {120, 40}, {60, 24}, {44, 24}, {40, 24}, {200, 60}, {50, 60}} {
		for _, l := range []way{
			{name: "dark"},
			{name: "light", light: true, change: func(o *Options) { o.Palette = Light }},
			{name: "inverted", invert: true},
			{name: "NO_COLOR, dark", change: func(o *Options) { o.Screen.Environ = []string{"NO_COLOR=1"} }},
			{name: "NO_COLOR, light", light: true, change: func(o *Options) { o.Palette, o.Screen.Environ = Light, []string{"NO_COLOR=1"} }},
			{name: "ASCII", change: func(o *Options) { o.ASCII = true }},
		} {
			if l.name == "ASCII" && size.Height < 60 {
				continue // without half blocks the code takes more room
			}
			if l.name == "ASCII" {
				size.Width = max(size.Width, 90)
			}
			shots[fmt.Sprintf("%dx%d %s", size.Width, size.Height, l.name)] = shoot(t, size, l.light, l.invert, l.change)
		}
	}
	// The stores are closed by now: one that is being opened while a process
	// starts may look as if that process held it.
	for name, s := range shots {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := scan(t, s.picture); got != s.link {
				t.Errorf("read %q, want %q", got, s.link)
			}
		})
	}
}

// shot is a picture of a screen with the link that is on it.
type shot struct {
	picture *image.Gray
	link    string
}

// shoot photographs the QR screen. An inverted one is turned round, as a reader
// that shows everything the wrong way round does.
func shoot(t *testing.T, size Size, light, invert bool, change func(*Options)) (s shot) {
	t.Helper()
	perform(t, size.Width, size.Height, func(_ *stage, o *Options) {
		if change != nil {
			change(o)
		}
	}, func(st *stage) {
		inv := st.issue(shampoo())
		st.code(inv)
		if invert {
			st.press("v")
		}
		s = shot{photograph(st.painted(), light), st.m.links(inv).Payment}
	})
	if invert {
		for i, p := range s.picture.Pix {
			s.picture.Pix[i] = ^p
		}
	}
	return s
}
