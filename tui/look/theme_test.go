package look

import (
	"image/color"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestSignsTakeOneCell(t *testing.T) {
	t.Parallel()
	for _, s := range []Signs{signs, asciiSigns} {
		v := reflect.ValueOf(s)
		for i := range v.NumField() {
			name, sign := v.Type().Field(i).Name, v.Field(i).String()
			if ansi.StringWidth(sign) != 1 || ansi.StringWidthWc(sign) != 1 || Width(sign) != 1 {
				t.Errorf("%s is %q, which does not take one cell", name, sign)
			}
			if s == asciiSigns && !isPlain(sign) {
				t.Errorf("%s is %q, which is not ASCII", name, sign)
			}
		}
	}
}

// States that differ have signs that differ, as colours may not be seen.
func TestSignsOfStatesDiffer(t *testing.T) {
	t.Parallel()
	for _, s := range []Signs{signs, asciiSigns} {
		seen := map[string]bool{}
		for _, sign := range []string{s.Paid, s.Paying, s.Failed, s.Reversed, s.Cancelled, s.Expired, s.Open} {
			if seen[sign] {
				t.Errorf("%q stands for two states", sign)
			}
			seen[sign] = true
		}
	}
}

func TestThemeOfOptions(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{}, {Light: true}, {NoColor: true}, {ASCII: true}, {Light: true, NoColor: true, ASCII: true}} {
		theme := NewTheme(o)
		if theme.Dark == o.Light || theme.Plain != o.NoColor || theme.ASCII != o.ASCII {
			t.Errorf("%+v gives %+v", o, theme)
		}
		if isPlain(theme.Signs.Paid) != o.ASCII {
			t.Errorf("%+v: paid is %q", o, theme.Signs.Paid)
		}
		v := reflect.ValueOf(theme)
		for i := range v.NumField() {
			style, ok := v.Field(i).Interface().(Style)
			if !ok {
				continue
			}
			coloured := strings.Contains(style.sgr, "38;2") || strings.Contains(style.sgr, "48;2")
			if o.NoColor && coloured {
				t.Errorf("%s has a colour: %q", v.Type().Field(i).Name, style.sgr)
			}
		}
		// What is typed into or chosen is seen without colours too.
		for name, style := range map[string]Style{"Selected": theme.Selected, "Input": theme.Input, "Title": theme.Title} {
			if !hasAttribute(style) {
				t.Errorf("%+v: %s is %q, nothing without its colours", o, name, style.sgr)
			}
		}
	}
	if NewTheme(Options{NoColor: true}).Selected.sgr != "7" {
		t.Error("without colours the selection is not reversed")
	}
}

// hasAttribute tells whether something is left of a style without colours.
func hasAttribute(s Style) bool {
	parts := strings.Split(s.sgr, ";")
	for len(parts) > 0 && (parts[0] == "38" || parts[0] == "48") {
		parts = parts[5:]
	}
	return len(parts) > 0 && parts[0] != ""
}

func TestContrast(t *testing.T) {
	t.Parallel()
	const legible, visible = 4.5, 3.0
	for name, c := range map[string]struct {
		palette
		grounds []uint32
	}{
		"dark":  {darkPalette, []uint32{0x1E1E1E, 0x000000, 0x282C34, darkPalette.selection}},
		"light": {lightPalette, []uint32{0xFFFFFF, 0xFAFAFA, lightPalette.selection}},
	} {
		for _, ground := range c.grounds {
			for _, ink := range []uint32{c.grey, c.green, c.amber, c.red, c.violet} {
				if got := contrast(ink, ground); got < legible {
					t.Errorf("%s: %06x on %06x has a contrast of %.2f", name, ink, ground, got)
				}
			}
		}
		if got := contrast(c.text, c.selection); got < legible {
			t.Errorf("%s: the selected row has a contrast of %.2f", name, got)
		}
		if got := contrast(c.rule, c.grounds[0]); got < visible {
			t.Errorf("%s: lines have a contrast of %.2f", name, got)
		}
	}
}

// In 16 colours the selection must not fall on the colour of the background.
func TestSelectionInSixteenColours(t *testing.T) {
	t.Parallel()
	const black, white, brightWhite = 0, 7, 15
	rgb := func(c uint32) color.Color {
		return color.RGBA{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c), A: 0xFF}
	}
	if got := ansi.Convert16(rgb(darkPalette.selection)); got == black {
		t.Errorf("dark: the selection is color %d", got)
	}
	if got := ansi.Convert16(rgb(lightPalette.selection)); got == white || got == brightWhite {
		t.Errorf("light: the selection is color %d", got)
	}
}

// contrast is that of WCAG 2.
func contrast(a, b uint32) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(rgb uint32) float64 {
	channel := func(shift uint) float64 {
		v := float64(rgb>>shift&0xFF) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}
