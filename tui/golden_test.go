package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"tushum/internal/lang"
)

// goldens plays the same thing in every language at every width, and in every
// palette at one, and holds the last frames against those in testdata. Every
// frame must fit its window. Run the tests with -update to write them anew, and
// look at what has changed.
func goldens(t *testing.T, before func(*stage, *Options), play func(*stage)) {
	t.Helper()
	t.Run("text", func(t *testing.T) {
		t.Parallel()
		var all strings.Builder
		for _, size := range []Size{{120, 40}, {80, 24}, {60, 24}, {40, 24}} {
			for _, l := range lang.All {
				if size.Width == 60 && l != lang.RU { // the longest words
					continue
				}
				frame := still(t, size, func(s *stage, o *Options) {
					o.Lang = l
					if before != nil {
						before(s, o)
					}
				}, play, (*stage).screen)
				fmt.Fprintf(&all, "== %dx%d %s\n%s\n", size.Width, size.Height, l, frame)
			}
		}
		golden.RequireEqual(t, []byte(all.String()))
	})
	t.Run("painted", func(t *testing.T) {
		t.Parallel()
		var all strings.Builder
		for _, look := range []struct {
			name   string
			change func(*Options)
		}{
			{"dark", func(*Options) {}},
			{"light", func(o *Options) { o.Palette = Light }},
			{"NO_COLOR", func(o *Options) { o.Screen.Environ = []string{"NO_COLOR=1"} }},
			{"ASCII", func(o *Options) { o.ASCII, o.PlainApostrophe = true, true }},
		} {
			frame := still(t, Size{80, 24}, func(s *stage, o *Options) {
				look.change(o)
				if before != nil {
					before(s, o)
				}
			}, play, (*stage).painted)
			fmt.Fprintf(&all, "== %s\n%s\n", look.name, frame)
		}
		golden.RequireEqual(t, []byte(all.String()))
	})
}

// still is the last frame of a play.
func still(t *testing.T, size Size, before func(*stage, *Options), play func(*stage), see func(*stage) string) (frame string) {
	t.Helper()
	perform(t, size.Width, size.Height, before, func(s *stage) {
		play(s)
		s.fits()
		frame = see(s)
	})
	return frame
}
