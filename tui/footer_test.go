package tui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/tui/keys"
)

// However narrow the window is, the footer of a form says how to save and to leave.
func TestTheFooterOfAFormNamesTheKeysOfTheForm(t *testing.T) {
	t.Parallel()
	for _, l := range lang.All {
		perform(t, 80, 24, func(s *stage, o *Options) {
			o.Lang, o.Settings = l, newPaperSettings(s.t, shopFile)
		}, func(s *stage) {
			s.opensPage(setup.PageOffer)
			for _, w := range []int{120, 80, 60} {
				s.resize(w, 24)
				s.sees("Enter", "Ctrl+S", "Esc")
				s.misses("F2")
			}
			s.resize(40, 24)
			s.sees("Ctrl+S", "Esc")
		})
	}
}

func TestTheFooterOfTheDoctorAndTheSheetNamesTheirKeysFirst(t *testing.T) {
	t.Parallel()
	a, v := &around{}, &visitsShop{results: someResults}
	perform(t, 40, 24, examined(a, v), func(s *stage) {
		s.press("4", "d")
		v.finds(s, len(someResults))
		s.sees("r again  c copy  n new")
		s.press("esc", "end", "up", "up", "up", "up", "up", "enter")
		s.sees("s to a file  c copy  Esc back")
	})
}

// The help names no key of the screen in front that does something else there.
func TestTheHelpNamesOnlyKeysThatWork(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, withPaper(new(*paperSettings), shopFile), func(s *stage) {
		s.opensPage(setup.PageOffer)
		here := s.helped(keys.Setup, keys.Anywhere)
		for _, dead := range []string{"k", "j", "n", "1", "4", "L", "q", "?", ":", "Backspace"} {
			if slices.Contains(here, dead) {
				t.Errorf("%s is the field's: %q", dead, here)
			}
		}
		for _, alive := range []string{"Enter", "Tab", "Ctrl+S", "Esc", "F1", "F2", "Ctrl+Q", "↑", "←", "→", "Space"} {
			if n := len(slices.DeleteFunc(slices.Clone(here), func(key string) bool { return key != alive })); n != 1 {
				t.Errorf("%s is there %d times: %q", alive, n, here)
			}
		}
		s.press("esc")
		for _, key := range []string{"n", "q", "1", "Backspace"} {
			if !slices.Contains(s.helped(keys.Anywhere), key) {
				t.Errorf("on a screen without fields %s is not in the help", key)
			}
		}
	})
}

// helped are the keys that the help names under the titles of some scopes.
func (s *stage) helped(scopes ...keys.Scope) (named []string) {
	s.inside(func() {
		under := false
		for _, line := range newHelpTable().lines(s.m, 72) {
			text := ansi.Strip(line)
			column, does, isKey := strings.Cut(text+strings.Repeat(" ", 20), "  ")
			switch {
			case text == "":
				under = false
			case slices.ContainsFunc(scopes, func(of keys.Scope) bool { return text == s.m.say(keys.Titles[of]) }):
				under = true
			case under && isKey && strings.TrimSpace(does) != "" && !strings.HasPrefix(text, " "):
				named = append(named, strings.Fields(column)...)
			}
		}
	})
	return named
}
