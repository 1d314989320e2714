//go:build system

package qr_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tushum/qr"
)

// read returns what zbarimg reads from the PNG file, as a customer's phone would.
func read(t *testing.T, file []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "code.png")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	zbar := exec.CommandContext(t.Context(), "zbarimg", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", path)
	zbar.Stderr = &stderr
	content, err := zbar.Output()
	if err != nil {
		t.Fatalf("zbarimg (Debian package zbar-tools) reads no code: %v: %s", err, stderr.String())
	}
	return strings.TrimSuffix(string(content), "\n")
}

// render paints modules as a PNG, each width by height pixels.
func render(t *testing.T, m matrix, width, height int) []byte {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, len(m[0])*width, len(m)*height))
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			if !m[y/height][x/width] {
				picture.SetGray(x, y, color.Gray{Y: 0xff})
			}
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// readable are the contents whose reading back is exact: zbarimg guesses at the
// meaning of bytes that are no text, and reads a line at a time.
func readable() map[string]string {
	texts := maps.Clone(contents)
	delete(texts, "bytes of no text")
	return texts
}

func TestReadersReadEveryFormat(t *testing.T) {
	t.Parallel()
	formats := map[string]func(*testing.T, qr.Code) []byte{
		"PNG": func(t *testing.T, code qr.Code) []byte { return writePNG(t, code, 4) },
		"SVG": func(t *testing.T, code qr.Code) []byte { return render(t, svgModules(t, code), 4, 4) },
		// Cells are commonly a little more than twice as high as wide.
		"terminal": func(t *testing.T, code qr.Code) []byte {
			return render(t, modulesOf(t, show(t, draw(t, code, qr.Options{}))), 8, 9)
		},
		"terminal, quiet zone 3": func(t *testing.T, code qr.Code) []byte {
			return render(t, modulesOf(t, show(t, draw(t, code, qr.Options{QuietZone: 3}))), 8, 9)
		},
		"terminal, quiet zone 2": func(t *testing.T, code qr.Code) []byte {
			return render(t, modulesOf(t, show(t, draw(t, code, qr.Options{QuietZone: 2}))), 8, 9)
		},
		"inverted terminal, inverted back": func(t *testing.T, code qr.Code) []byte {
			return render(t, terminalModules(t, code, qr.Options{Invert: true}), 8, 8)
		},
	}
	for name, content := range readable() {
		for format, file := range formats {
			t.Run(name+" as "+format, func(t *testing.T) {
				t.Parallel()
				if got := read(t, file(t, encode(t, content))); got != content {
					t.Errorf("read back %.400q, want %.400q", got, content)
				}
			})
		}
	}
}

// Every length of a link takes its own path through sizes, levels and padding.
func TestReadersReadLinksOfEveryLength(t *testing.T) {
	t.Parallel()
	for length := len(payLink); length <= 340; length += 6 {
		t.Run(fmt.Sprintf("%d bytes", length), func(t *testing.T) {
			t.Parallel()
			link := payLink + "?" + strings.Repeat("q8-Zk_", 60)
			link = link[:length]
			if got := read(t, writePNG(t, encode(t, link), 4)); got != link {
				t.Errorf("read back %q, want %q", got, link)
			}
		})
	}
}

// Numbers of an invoice, as a counter's code may carry them alone.
func TestReadersReadNumbers(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"1000000", "1234567", "10000017", "99999999", "000000000", "987654321"} {
		t.Run(number, func(t *testing.T) {
			t.Parallel()
			if got := read(t, writePNG(t, encode(t, number), 3)); got != number {
				t.Errorf("read back %q, want %q", got, number)
			}
		})
	}
}

// A reflection over part of a code must not matter: at level L, in a code of the
// same size, one this large does.
func TestReadersReadThroughGlare(t *testing.T) {
	t.Parallel()
	const link = "https://pay.example.uz/p/7Qd1/Zk93mXa"
	m := wanted(encode(t, link))
	middle := len(m) / 2
	for y := middle - 3; y <= middle+3; y++ {
		for x := middle - 3; x <= middle+3; x++ {
			m[y][x] = false
		}
	}
	if got := read(t, render(t, m, 6, 6)); got != link {
		t.Errorf("read back %q, want %q", got, link)
	}
}
