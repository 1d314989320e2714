package tui

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/store"
)

// vendorSays is how a payment system says what is wrong.
type vendorSays struct{ says, hint lang.Text }

func (v *vendorSays) Error() string             { return v.says.EN }
func (v *vendorSays) In(l lang.Lang) string     { return v.says.In(l) }
func (v *vendorSays) HintIn(l lang.Lang) string { return v.hint.In(l) }

var errSignIn = &vendorSays{
	lang.Text{UZ: "tizim kalitlarni tanimadi", RU: "система не приняла ключи", EN: "the vendor does not accept the keys"},
	lang.Text{UZ: "kabinetdan faylni qayta yuklab oling", RU: "скачайте файл из кабинета заново", EN: "download the file from the cabinet again"},
}

// answersDeals fills in the page of the payment system that makes deals.
func answersDeals(s *stage) {
	s.opensPage(setup.PageOneClick)
	s.press("right", "enter", "right", "enter")
	s.enter("secure.sandbox.paymentsgate.io")
	s.press("enter")
	s.inside(func() { s.m.Settings.(*paperSettings).keepCredentials() })
	s.enter("oneclick.json")
	s.press("enter")
}

// The page of a payment system that makes deals as it is filled in and tested.
func TestSetupOfDealsGolden(t *testing.T) {
	t.Parallel()
	answered := func(err error) func(context.Context, store.System, setup.Answers) error {
		return func(context.Context, store.System, setup.Answers) error { return err }
	}
	unanswered := func(ctx context.Context, _ store.System, _ setup.Answers) error { <-ctx.Done(); return ctx.Err() }
	for name, scene := range map[string]struct {
		tries func(context.Context, store.System, setup.Answers) error
		play  func(*stage)
	}{
		"consent":  {nil, func(s *stage) { s.opensPage(setup.PageOneClick); s.press("right", "enter") }},
		"unagreed": {nil, func(s *stage) { s.opensPage(setup.PageOneClick); s.press("right", "enter", "enter") }},
		"filled":   {nil, answersDeals},
		"trying":   {unanswered, func(s *stage) { answersDeals(s); s.press("ctrl+t") }},
		"went":     {answered(nil), func(s *stage) { answersDeals(s); s.press("ctrl+t") }},
		"refused":  {answered(errSignIn), func(s *stage) { answersDeals(s); s.press("ctrl+t") }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goldens(t, func(s *stage, o *Options) {
				var paper *paperSettings
				withPaper(&paper, shopFile)(s, o)
				paper.tries = scene.tries
			}, scene.play)
		})
	}
}

// A test of the connection is made by what is typed, and saves nothing.
func TestTheConnectionIsTestedByTheAnswersOnTheScreen(t *testing.T) {
	t.Parallel()
	var (
		paper  *paperSettings
		system store.System
		given  setup.Answers
		err    error
	)
	perform(t, 100, 30, func(s *stage, o *Options) {
		withPaper(&paper, shopFile)(s, o)
		paper.tries = func(_ context.Context, of store.System, answers setup.Answers) error {
			system, given = of, maps.Clone(answers)
			return err
		}
	}, func(s *stage) {
		answersDeals(s)
		s.press("ctrl+t")
		s.sees("✓ OneClick answers and knows the shop; nothing was saved")
		want := setup.Answers{
			setup.OneClickSwitch: setup.On, setup.OneClickConsent: setup.Yes, setup.OneClickURL: "https://secure.sandbox.paymentsgate.io",
			setup.OneClickCredentials: filepath.Join(filepath.Dir(paper.path), "oneclick.json"), // and not from where the service runs
		}
		if system != oneClick || !maps.Equal(given, want) {
			t.Errorf("%s was tested by %v", system, given)
		}
		if strings.Contains(paper.text(), "oneclick") {
			t.Errorf("the settings say\n%s", paper.text())
		}
		err = errSignIn
		s.press("ctrl+t")
		s.sees("✗ the vendor does not accept the keys — download the file from the cabinet again")
		s.press("right") // another answer: what was found is about others
		s.misses("does not accept")
		err = &setup.Wrong{ID: setup.OneClickCredentials, Err: &config.Error{Msg: lang.Text{EN: "the file is not JSON"}}}
		s.press("ctrl+t")
		s.sees("✗ the file is not JSON")
		if f := s.m.front().(*setupForm); f.fields[f.at()].question.ID != setup.OneClickCredentials {
			t.Errorf("the cursor is at %s", f.fields[f.at()].question.ID)
		}
	})
}

// Esc ends a test that takes long, and what comes late is not told.
func TestATestOfTheConnectionCanBeStopped(t *testing.T) {
	t.Parallel()
	var paper *paperSettings
	ended := 0
	perform(t, 100, 30, func(s *stage, o *Options) {
		withPaper(&paper, shopFile)(s, o)
		paper.tries = func(ctx context.Context, _ store.System, _ setup.Answers) error {
			<-ctx.Done()
			time.Sleep(time.Second)
			ended++
			return errors.New("too late")
		}
	}, func(s *stage) {
		answersDeals(s)
		s.press("ctrl+t")
		s.sees("testing the connection to OneClick… Esc stops it")
		s.press("ctrl+t")
		s.sees("the connection is being tested: Esc stops it")
		s.press("esc")
		s.misses("testing the connection")
		s.pass(2 * time.Second)
		s.misses("too late")
		if _, there := s.m.front().(*setupForm); !there || ended != 1 {
			t.Errorf("%T is in front, and %d tests have ended", s.m.front(), ended)
		}
		s.press("ctrl+t")
		s.press("enter") // what is not answered goes on being so
		s.sees("testing the connection")
		s.press("ctrl+s") // nobody waits for it any more
		s.pass(2 * time.Second)
		if ended != 2 {
			t.Errorf("%d tests have ended", ended)
		}
	})
}

func TestWhatCantBeTestedSaysWhy(t *testing.T) {
	t.Parallel()
	perform(t, 100, 30, withPaper(new(*paperSettings), shopFile), func(s *stage) {
		s.opensPage(setup.PageShop)
		s.misses("test it")
		s.press("ctrl+t")
		s.sees("there is no connection to test on this page")
		s.press("esc")
		s.opensPage(setup.PageOneClick)
		s.press("ctrl+t")
		s.sees("switch it on and fill it in first")
	})
}
