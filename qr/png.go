package qr

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
)

// MaxModulePixels is the largest module PNG draws. The largest code is then
// 11,840 pixels wide, 1 m of paper at 300 dots an inch.
const MaxModulePixels = 64

// ErrModulePixels says that PNG was asked for modules of an impossible size.
var ErrModulePixels = errors.New("module size is out of range")

// PNG writes the code as a PNG picture of 1 bit a pixel, white and black, each
// module exactly modulePixels wide and high (1 to MaxModulePixels) and nothing
// smoothed. Show it at its own size or a whole multiple of it to keep it so.
//
// It returns ErrNoCode, ErrModulePixels or w's error, wrapped.
func (c Code) PNG(w io.Writer, modulePixels int) error {
	if c.modules == nil {
		return fmt.Errorf("writing QR code as PNG: %w", ErrNoCode)
	}
	if modulePixels < 1 || modulePixels > MaxModulePixels {
		return fmt.Errorf("writing QR code as PNG: %w: %d pixels a module, choose 1 to %d",
			ErrModulePixels, modulePixels, MaxModulePixels)
	}
	if err := png.Encode(w, picture{code: c, modulePixels: modulePixels}); err != nil {
		return fmt.Errorf("writing QR code as PNG: %w", err)
	}
	return nil
}

var paperAndInk = color.Palette{color.Gray{Y: 0xff}, color.Gray{Y: 0}}

// picture is the code as an image that computes its pixels, so that a large
// picture needs no memory for them.
type picture struct {
	code         Code
	modulePixels int
}

var _ image.PalettedImage = picture{}

func (p picture) ColorModel() color.Model { return paperAndInk }

func (p picture) Bounds() image.Rectangle {
	side := p.code.outerSize() * p.modulePixels
	return image.Rect(0, 0, side, side)
}

func (p picture) At(x, y int) color.Color { return paperAndInk[p.ColorIndexAt(x, y)] }

func (p picture) ColorIndexAt(x, y int) uint8 {
	if p.code.Dark(x/p.modulePixels-QuietZone, y/p.modulePixels-QuietZone) {
		return 1
	}
	return 0
}
