package qr_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"testing"

	"tushum/qr"
)

func writePNG(t testing.TB, code qr.Code, modulePixels int) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := code.PNG(&file, modulePixels); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// pngModules reads the modules from a PNG and fails unless every pixel of a module
// has the module's colour, pure black or pure white.
func pngModules(t testing.TB, file []byte, modulePixels int) matrix {
	t.Helper()
	decoded, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	picture, ok := decoded.(*image.Paletted)
	if !ok {
		t.Fatalf("the picture is a %T, want a paletted one", decoded)
	}
	bounds := picture.Bounds()
	if bounds.Dx() != bounds.Dy() || bounds.Dx()%modulePixels != 0 {
		t.Fatalf("the picture is %v, want a square of %d pixels a module", bounds, modulePixels)
	}
	m := make(matrix, bounds.Dy()/modulePixels)
	for y := range m {
		m[y] = make([]bool, len(m))
		for x := range m[y] {
			m[y][x] = moduleIsDark(t, picture, image.Pt(x, y), modulePixels)
		}
	}
	return m
}

func moduleIsDark(t testing.TB, picture *image.Paletted, module image.Point, modulePixels int) bool {
	t.Helper()
	corner := module.Mul(modulePixels)
	first := picture.ColorIndexAt(corner.X, corner.Y)
	for i := range modulePixels * modulePixels {
		if picture.ColorIndexAt(corner.X+i%modulePixels, corner.Y+i/modulePixels) != first {
			t.Fatalf("module %v is not of one colour", module)
		}
	}
	switch color.GrayModel.Convert(picture.Palette[first]) {
	case color.Gray{Y: 0}:
		return true
	case color.Gray{Y: 0xff}:
		return false
	}
	t.Fatalf("module %v is %v, neither black nor white", module, picture.Palette[first])
	return false
}

func TestPNGShowsTheCode(t *testing.T) {
	t.Parallel()
	for name, content := range contents {
		for _, modulePixels := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s at %d", name, modulePixels), func(t *testing.T) {
				t.Parallel()
				code := encode(t, content)
				file := writePNG(t, code, modulePixels)
				compare(t, "PNG", pngModules(t, file, modulePixels), wanted(code))
			})
		}
	}
}

// The header of a PNG says bits a sample at byte 24 and the colour type, 3 for
// paletted, at byte 25.
func TestPNGHasOneBitAPixel(t *testing.T) {
	t.Parallel()
	file := writePNG(t, encode(t, appLink), 8)
	if bits, colourType := file[24], file[25]; bits != 1 || colourType != 3 {
		t.Errorf("%d bits a pixel of colour type %d, want 1 of type 3", bits, colourType)
	}
	if len(file) > 4<<10 {
		t.Errorf("a code for a page takes %d bytes, want at most 4 KiB", len(file))
	}
}

func TestPNGDrawsTheLargestModules(t *testing.T) {
	t.Parallel()
	code := encode(t, "90000017")
	file := writePNG(t, code, qr.MaxModulePixels)
	compare(t, "PNG", pngModules(t, file, qr.MaxModulePixels), wanted(code))
}

func TestPNGRefusesImpossibleModules(t *testing.T) {
	t.Parallel()
	code := encode(t, payLink)
	for _, modulePixels := range []int{-1, 0, qr.MaxModulePixels + 1, 1 << 40} {
		if err := code.PNG(io.Discard, modulePixels); !errors.Is(err, qr.ErrModulePixels) {
			t.Errorf("modules of %d pixels: %v, want %v", modulePixels, err, qr.ErrModulePixels)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	code := encode(b, appLink)
	b.ReportAllocs()
	for b.Loop() {
		if err := code.PNG(io.Discard, 8); err != nil {
			b.Fatal(err)
		}
	}
}
