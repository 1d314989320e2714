// Package qr makes QR codes and draws them for a terminal, as PNG and as SVG, and
// on posters that are printed.
//
// It owns everything between a text, usually a payment link, and the picture a
// phone reads: size and error correction, quiet zone, colours. Every drawing
// is black on white with the quiet zone of four modules that ISO/IEC 18004
// asks for, unless a small screen has no room for it, and all drawings of one Code show the same modules.
//
// It is the only package that imports libraries for QR, PDF and fonts, and it
// imports nothing else of this module.
package qr

import (
	"errors"
	"fmt"

	"rsc.io/qr"
	"rsc.io/qr/coding"
)

// QuietZone is the width in modules of the white border on each side of every
// drawing, as ISO/IEC 18004 requires. Options can narrow it on a small screen.
const QuietZone = 4

// The most a QR code holds (version 40, level L) by kind of content. Content
// of digits only, or of digits, capital letters, space and $%*+-./: only, is
// packed more tightly than other content.
const (
	MaxDigits       = 7089
	MaxAlphanumeric = 4296
	MaxBytes        = 2953
)

var (
	// ErrEmpty says that there is nothing to encode.
	ErrEmpty = errors.New("content is empty")
	// ErrTooLong says that no QR code, however large, holds the content.
	ErrTooLong = errors.New("content is too long")
	// ErrNoCode says that a zero Code was drawn.
	ErrNoCode = errors.New("there is no code: make one with Encode")
)

// Code is an encoded QR code. The zero Code has no modules and every attempt to
// draw it fails with ErrNoCode. A Code never changes and may be used by many
// goroutines at once.
type Code struct {
	content string
	level   qr.Level
	modules *qr.Code
}

// Encode makes the QR code for content, bytes taken as they are.
//
// The code has the fewest modules in which content fits at the lowest error
// correction level, L: fewer modules are larger modules, and on a till's screen
// their size decides whether a cheap phone reads the code. Within that size it
// then takes the highest level content still fits at. This fills space that
// would be padding, costs not one module, and lets a phone read through glare,
// a cracked screen or a stain on paper.
//
// It returns an error matching ErrEmpty or ErrTooLong; the error never quotes
// content.
func Encode(content string) (Code, error) {
	if content == "" {
		return Code{}, fmt.Errorf("encoding QR code: %w: give it a link or a number", ErrEmpty)
	}
	version, err := smallestVersion(content)
	if err != nil {
		return Code{}, err
	}
	level := highestLevel(content, version)
	modules, err := qr.Encode(content, level)
	if err != nil {
		return Code{}, fmt.Errorf("encoding QR code of %d bytes: %w", len(content), err)
	}
	return Code{content: content, level: level, modules: modules}, nil
}

// Size returns the number of modules on a side without the quiet zone: 21 to
// 177, or 0 for the zero Code.
func (c Code) Size() int {
	if c.modules == nil {
		return 0
	}
	return c.modules.Size
}

// Dark reports whether the module in column x, row y is dark, counted from 0 at
// the top left without the quiet zone. Everything outside the code is light.
func (c Code) Dark(x, y int) bool {
	return c.modules != nil && c.modules.Black(x, y)
}

// outerSize returns the number of modules on a side with the quiet zone.
func (c Code) outerSize() int {
	return c.Size() + 2*QuietZone
}

func smallestVersion(content string) (coding.Version, error) {
	// Beyond MaxDigits nothing fits; do not read through megabytes to find out.
	if len(content) <= MaxDigits {
		mode := packing(content)
		for v := coding.Version(coding.MinVersion); v <= coding.MaxVersion; v++ {
			if fits(mode, v, coding.L) {
				return v, nil
			}
		}
	}
	return 0, fmt.Errorf("encoding QR code: %w: it has %d bytes, and a QR code holds at most %d (%d if all are digits): shorten it",
		ErrTooLong, len(content), MaxBytes, MaxDigits)
}

func highestLevel(content string, v coding.Version) qr.Level {
	mode := packing(content)
	for _, l := range []coding.Level{coding.H, coding.Q, coding.M} {
		if fits(mode, v, l) {
			return qr.Level(l)
		}
	}
	return qr.L
}

func fits(mode coding.Encoding, v coding.Version, l coding.Level) bool {
	return mode.Bits(v) <= v.DataBytes(l)*8
}

// packing returns the tightest packing that can carry content: the choice
// qr.Encode makes too and does not export.
func packing(content string) coding.Encoding {
	if coding.Num(content).Check() == nil {
		return coding.Num(content)
	}
	if coding.Alpha(content).Check() == nil {
		return coding.Alpha(content)
	}
	return coding.String(content)
}
