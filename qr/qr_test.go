package qr_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	rsc "rsc.io/qr"

	"tushum/qr"
)

const (
	payLink = "https://pay.example.uz/pay/3fWm0oXj2bqk9pQd7aVZ1A"
	appLink = "https://www.uzumbank.uz/open-service?serviceId=498612345&amount=12500000&account=90000017&redirect=https%3A%2F%2Fpay.example.uz%2Fpay%2F3fWm0oXj2bqk9pQd7aVZ1A"
)

// contents are what the package must carry, by name: what a shop encodes, and
// the edges of each packing.
var contents = map[string]string{
	"one digit":          "7",
	"short number":       "1000017",
	"long number":        "900000017",
	"pay link":           payLink,
	"app link":           appLink,
	"link of 300 bytes":  appLink + "&note=" + strings.Repeat("a1-", 100)[:300-len(appLink)-6],
	"capitals":           "HTTPS://PAY.EXAMPLE.UZ/42",
	"Cyrillic":           "Стрижка и укладка, 125 000 сум",
	"bytes of no text":   "\x00\xff\xfe\x80",
	"most bytes":         strings.Repeat("x", qr.MaxBytes),
	"most digits":        strings.Repeat("9", qr.MaxDigits),
	"most alphanumerics": strings.Repeat("A", qr.MaxAlphanumeric),
}

func encode(t testing.TB, content string) qr.Code {
	t.Helper()
	code, err := qr.Encode(content)
	if err != nil {
		t.Fatalf("Encode of %d bytes: %v", len(content), err)
	}
	return code
}

// matrix is a grid of modules by row and column, true for dark.
type matrix [][]bool

// wanted is the drawing every format must show: the code in its quiet zone.
func wanted(code qr.Code) matrix { return wantedWithin(code, qr.QuietZone) }

// wantedWithin is the code in a quiet zone of that many modules.
func wantedWithin(code qr.Code, quiet int) matrix {
	side := code.Size() + 2*quiet
	m := make(matrix, side)
	for y := range m {
		m[y] = make([]bool, side)
		for x := range m[y] {
			m[y][x] = code.Dark(x-quiet, y-quiet)
		}
	}
	return m
}

func compare(t testing.TB, format string, got, want matrix) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d rows of modules, want %d", format, len(got), len(want))
	}
	for y := range want {
		if len(got[y]) != len(want[y]) {
			t.Fatalf("%s: row %d has %d modules, want %d", format, y, len(got[y]), len(want[y]))
		}
		for x := range want[y] {
			if got[y][x] != want[y][x] {
				t.Fatalf("%s: module %d,%d is dark: %v, want %v", format, x, y, got[y][x], want[y][x])
			}
		}
	}
}

func TestEncodeTakesTheFewestModules(t *testing.T) {
	t.Parallel()
	for name, content := range contents {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lowest, err := rsc.Encode(content, rsc.L)
			if err != nil {
				t.Fatal(err)
			}
			if got := encode(t, content).Size(); got != lowest.Size {
				t.Errorf("size is %d modules, want %d as at the lowest level", got, lowest.Size)
			}
		})
	}
}

// levelOf reads the error correction level from the code's own format
// information beside the top left finder pattern (ISO/IEC 18004, 7.9).
func levelOf(code qr.Code) string {
	levels := map[[2]bool]string{{false, true}: "L", {false, false}: "M", {true, true}: "Q", {true, false}: "H"}
	// The first two format bits say the level and are masked with 1 and 0.
	return levels[[2]bool{!code.Dark(0, 8), code.Dark(1, 8)}]
}

func TestEncodeRaisesTheLevelOnlyForFree(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		content string
		size    int
		level   string
	}{
		// Capacities of version 1 in bytes: L 17, M 14, Q 11, H 7.
		"fills version 1":         {strings.Repeat("x", 17), 21, "L"},
		"one over M":              {strings.Repeat("x", 15), 21, "L"},
		"fills M":                 {strings.Repeat("x", 14), 21, "M"},
		"fills Q":                 {strings.Repeat("x", 11), 21, "Q"},
		"fills H":                 {strings.Repeat("x", 7), 21, "H"},
		"first of version 2":      {strings.Repeat("x", 18), 25, "Q"},
		"digits of an invoice":    {"90000017", 21, "H"},
		"fills the largest code":  {strings.Repeat("x", qr.MaxBytes), 177, "L"},
		"half of version 40 at H": {strings.Repeat("x", 1273), 117, "L"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code := encode(t, test.content)
			if code.Size() != test.size || levelOf(code) != test.level {
				t.Errorf("%d modules at level %s, want %d at %s", code.Size(), levelOf(code), test.size, test.level)
			}
		})
	}
}

func TestEncodeRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		content string
		want    error
	}{
		"nothing":                   {"", qr.ErrEmpty},
		"one byte too many":         {strings.Repeat("x", qr.MaxBytes+1), qr.ErrTooLong},
		"one alphanumeric too many": {strings.Repeat("A", qr.MaxAlphanumeric+1), qr.ErrTooLong},
		"one digit too many":        {strings.Repeat("9", qr.MaxDigits+1), qr.ErrTooLong},
		"a megabyte":                {strings.Repeat("x", 1<<20), qr.ErrTooLong},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, err := qr.Encode(test.content)
			if !errors.Is(err, test.want) {
				t.Fatalf("error is %v, want %v", err, test.want)
			}
			if code.Size() != 0 {
				t.Errorf("a refused code has %d modules", code.Size())
			}
			if message := err.Error(); len(message) > 200 || strings.Contains(message, "xxx") {
				t.Errorf("the error quotes the content: %s", message)
			}
		})
	}
}

func TestZeroCodeIsRefusedByEveryDrawing(t *testing.T) {
	t.Parallel()
	var zero qr.Code
	if cols, rows := zero.TerminalSize(qr.Options{}); zero.Size() != 0 || zero.Dark(0, 0) || cols != 0 || rows != 0 {
		t.Errorf("the zero code has %d modules, %d columns, %d rows", zero.Size(), cols, rows)
	}
	for format, draw := range drawings {
		if err := draw(zero, io.Discard); !errors.Is(err, qr.ErrNoCode) {
			t.Errorf("%s of the zero code: %v, want %v", format, err, qr.ErrNoCode)
		}
	}
}

var drawings = map[string]func(qr.Code, io.Writer) error{
	"terminal": func(c qr.Code, w io.Writer) error { return c.Terminal(w, qr.Options{}) },
	"PNG":      func(c qr.Code, w io.Writer) error { return c.PNG(w, 8) },
	"SVG":      func(c qr.Code, w io.Writer) error { return c.SVG(w) },
}

func TestDrawingsReportTheWritersError(t *testing.T) {
	t.Parallel()
	reader, writer := io.Pipe()
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	for format, draw := range drawings {
		if err := draw(encode(t, payLink), writer); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s to a closed pipe: %v, want %v", format, err, io.ErrClosedPipe)
		}
	}
}

func FuzzEncode(f *testing.F) {
	for _, content := range contents {
		// The largest codes have tests of their own, and slow the fuzzer down.
		if len(content) <= 300 {
			f.Add(content)
		}
	}
	f.Add("")
	f.Add(strings.Repeat("x", qr.MaxBytes+1))
	f.Fuzz(func(t *testing.T, content string) {
		code, err := qr.Encode(content)
		if err != nil {
			if content != "" && len(content) <= qr.MaxBytes {
				t.Fatalf("refused %d bytes: %v", len(content), err)
			}
			return
		}
		if content == "" || len(content) > qr.MaxDigits {
			t.Fatalf("took %d bytes", len(content))
		}
		want := wanted(code)
		compare(t, "terminal", terminalModules(t, code, qr.Options{}), want)
		compare(t, "SVG", svgModules(t, code), want)
	})
}
