package qr

import (
	"errors"
	"fmt"
	"strings"
)

// Paper is a sheet of ISO 216, upright.
type Paper uint8

// The papers a poster is made for.
const (
	A6 Paper = iota + 1
	A5
	A4
)

// Style is what a poster is printed with.
type Style uint8

// The styles of a poster.
const (
	Colour Style = iota + 1
	// BlackAndWhite has no surfaces of ink, which saves toner.
	BlackAndWhite
)

var (
	// ErrPaper says that a poster was asked for on a paper there is none for.
	ErrPaper = errors.New("unknown paper")
	// ErrStyle says that a poster was asked for in a style there is none of.
	ErrStyle = errors.New("unknown style")
)

// Papers lists the papers from small to large.
func Papers() []Paper { return []Paper{A6, A5, A4} }

func (p Paper) String() string {
	switch p {
	case A6:
		return "a6"
	case A5:
		return "a5"
	case A4:
		return "a4"
	}
	return fmt.Sprintf("paper(%d)", uint8(p))
}

// ParsePaper reads "a6", "a5" or "a4" in any case. It returns ErrPaper, wrapped.
func ParsePaper(s string) (Paper, error) {
	for _, p := range Papers() {
		if strings.EqualFold(s, p.String()) {
			return p, nil
		}
	}
	return 0, fmt.Errorf("reading paper %.24q: %w: choose a6, a5 or a4", s, ErrPaper)
}

func (s Style) String() string {
	switch s {
	case Colour:
		return "colour"
	case BlackAndWhite:
		return "bw"
	}
	return fmt.Sprintf("style(%d)", uint8(s))
}

// ParseStyle reads "colour" or "bw" in any case. It returns ErrStyle, wrapped.
func ParseStyle(s string) (Style, error) {
	for _, style := range []Style{Colour, BlackAndWhite} {
		if strings.EqualFold(s, style.String()) {
			return style, nil
		}
	}
	return 0, fmt.Errorf("reading style %.24q: %w: choose colour or bw", s, ErrStyle)
}

// Poster is what stands by a till: texts around a code, upright on one sheet. Any
// text may be empty and then takes no room; what is too long is set smaller, broken
// into lines, and cut at last. Characters that the Go fonts lack are left out:
// they have Latin, Greek and Cyrillic letters. Texts are drawn as outlines, so no
// printer needs a font.
type Poster struct {
	Paper         Paper
	Style         Style
	Shop, Heading string
	// Steps say how to pay; those past MaxSteps are left out.
	Steps  []string
	Number string // what is typed by whoever can't scan, with the words for it
	Link   string
	Notice string
	// Language is that of the texts, "uz" for instance, for programs that read aloud.
	Language string
	Code     Code
}
