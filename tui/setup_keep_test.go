package tui

import (
	"context"
	"strings"
	"testing"

	"tushum/internal/password"
	"tushum/internal/setup"
)

// atTheSheet opens the console, has a pair made and shows its sheet.
func atTheSheet(t *testing.T, play func(*stage)) {
	t.Helper()
	perform(t, 80, 24, withPaper(new(*paperSettings), shopFile), func(s *stage) {
		s.opensPage(setup.PageBank)
		s.enter("101202")
		s.press("ctrl+s")
		s.sees("the password is shown only now")
		play(s)
	})
}

// A password that is shown once is not lost by closing the console.
func TestClosingAsksForAPasswordThatNobodyHas(t *testing.T) {
	t.Parallel()
	for _, pressed := range []string{"q", "ctrl+c", "n ctrl+c", "? esc q", "d ctrl+q"} {
		atTheSheet(t, func(s *stage) {
			s.press(strings.Fields(pressed)...)
			if s.quit {
				t.Fatalf("%s closes the console with the password", pressed)
			}
			s.sees("was not saved to a file")
			s.pass(deafFor)
			s.press("down", "enter")
			s.misses("was not saved to a file")
			s.press("ctrl+c")
			if !s.quit {
				t.Errorf("%s: the console can't be closed any more:\n%s", pressed, s.screen())
			}
		})
	}
	atTheSheet(t, func(s *stage) {
		s.press("s", "q")
		if !s.quit {
			t.Error("a sheet that was saved holds the console open")
		}
	})
}

// What was typed is asked about also where another screen is in front of it.
func TestClosingAsksForAnswersBehindAnotherScreen(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, withPaper(new(*paperSettings), shopFile), func(s *stage) {
		s.opensPage(setup.PageBank)
		s.enter("101202")
		s.press("ctrl+p")
		s.enter("check everything")
		s.press("enter", "q")
		if s.quit {
			t.Fatal("the console is closed with what was typed")
		}
		s.sees("What was typed will be lost")
		s.pass(deafFor)
		s.press("down", "enter", "q")
		if !s.quit {
			t.Errorf("it can't be closed any more:\n%s", s.screen())
		}
	})
}

// slowSettings save when the test lets them.
type slowSettings struct {
	*paperSettings
	goOn chan struct{}
}

func (s slowSettings) Save(ctx context.Context, answers setup.Answers) (setup.Saved, error) {
	<-s.goOn
	return s.paperSettings.Save(ctx, answers)
}

// What comes of saving stands where the form was, and takes no keys of a screen
// that was opened since; meanwhile no invoice is begun.
func TestTheSheetComesBelowWhatWasOpenedMeanwhile(t *testing.T) {
	t.Parallel()
	for page, answer := range map[setup.Page]string{setup.PageBank: "101202", setup.PageShop: " Lola"} {
		var slow slowSettings
		perform(t, 80, 24, func(s *stage, o *Options) {
			slow = slowSettings{newPaperSettings(s.t, shopFile), make(chan struct{})}
			o.Settings = slow
		}, func(s *stage) {
			s.opensPage(page)
			s.enter(answer)
			s.press("ctrl+s", "f2")
			s.sees("the settings are being saved")
			s.misses("new invoice")
			s.press("ctrl+p")
			s.enter("check everything")
			s.press("enter")
			slow.goOn <- struct{}{}
			s.pass(0)
			s.sees("> check")
			s.press("esc")
			if page == setup.PageShop {
				s.sees("1 Today", "no payments yet")
				return
			}
			s.sees("the password is shown only now")
		})
	}
}

// A field takes more than an answer may have, so that nothing is cut unsaid.
func TestALongAnswerIsRefusedAndNotCut(t *testing.T) {
	t.Parallel()
	var paper *paperSettings
	perform(t, 80, 30, withPaper(&paper, shopFile), func(s *stage) {
		s.opensPage(setup.PageBank)
		s.enter("101202")
		s.press("enter", "right", "enter")
		s.enter("shop")
		s.press("enter")
		s.paste(strings.Repeat("x", password.MaxLength+1))
		s.press("ctrl+s")
		s.sees("✗", "1024")
		if strings.Contains(paper.text(), "argon2id") {
			t.Fatalf("a part of the password is in the settings:\n%s", paper.text())
		}
		s.press("ctrl+u")
		long := strings.Repeat("y", password.MaxLength)
		s.paste(long)
		s.press("ctrl+s")
		s.sees("the password is shown only now")
		if c := paper.Config().Uzum.Credentials; len(c) != 1 || !c[0].Password.Verify([]byte(long)) {
			t.Errorf("the settings are:\n%s", paper.text())
		}
	})
	perform(t, 80, 30, withPaper(&paper, shopFile), func(s *stage) {
		s.opensPage(setup.PageShop)
		s.paste(strings.Repeat("x", 2*maxAnswer))
		s.press("enter")
		s.sees("▸ Name of the shop", "✗ the answer is too long")
		s.fits()
	})
}

// A form writes what was typed into it, and reverts nothing else.
func TestAFormRevertsNothingThatWasChangedMeanwhile(t *testing.T) {
	t.Parallel()
	var paper *paperSettings
	perform(t, 80, 24, withPaper(&paper, shopFile), func(s *stage) {
		s.opensPage(setup.PageShop)
		if _, err := paper.Save(t.Context(), setup.Answers{setup.ShopPhone: "+998 90 123-45-67", setup.ShopLanguage: "uz"}); err != nil {
			t.Fatal(err)
		}
		s.enter(" Lola")
		s.press("ctrl+s")
		s.sees("saved and in force")
		if shop := paper.Config().Shop; shop.Name != "Gulnora Lola" || shop.Phone == "" || shop.Language != "uz" {
			t.Errorf("the settings are:\n%s", paper.text())
		}
	})
}

// Made anew for another window, language or after an answer, one of several stays
// at the option it was at.
func TestOneOfSeveralStaysWhereItWas(t *testing.T) {
	t.Parallel()
	perform(t, 80, 24, withPaper(new(*paperSettings), shopFile), func(s *stage) {
		s.opensPage(setup.PageOffer)
		s.sees("▸ [x] the Uzum Bank app")
		s.press("down")
		s.sees("▸ [x] a card")
		s.resize(60, 24)
		s.sees("▸ [x] a card")
		s.inside(func() { s.m.nextLanguage() })
		s.sees("▸ [x] karta")
		s.press("space", "tab", "shift+tab")
		s.sees("▸ [ ] karta")
	})
}
