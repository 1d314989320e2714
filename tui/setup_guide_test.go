package tui

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
)

// guided plays the guide, in a bubble of its own time. Commands are done as soon
// as they are asked for.
type guided struct {
	t      *testing.T
	g      *guide
	paper  *paperSettings
	kept   []setup.Answers
	copied []string
	quit   bool
}

func guidedTour(t *testing.T, w, h int, before func(*SetupOptions), play func(*guided)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := &guided{t: t, paper: newPaperSettings(t, "")}
		o := SetupOptions{
			Config: config.Default(), Lang: lang.EN, Palette: Dark, Folder: t.TempDir(), Screen: Terminal{Width: w, Height: h, Environ: []string{}},
			Save: p.paper.Save, Systems: salonProfiles(),
		}
		if before != nil {
			before(&o)
		}
		p.g = newGuide(o, func(a setup.Answers) { p.kept = append(p.kept, maps.Clone(a)) })
		defer close(p.g.closed)
		p.run(p.g.Init())
		play(p)
		p.fits()
	})
}

func (p *guided) run(cmd tea.Cmd) {
	if cmd != nil {
		p.take(cmd())
	}
}

func (p *guided) take(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
		return
	case tea.BatchMsg:
		for _, cmd := range msg {
			p.run(cmd)
		}
		return
	case tea.QuitMsg:
		p.quit = true
		return
	}
	if reflect.TypeOf(msg).Name() == "setClipboardMsg" {
		p.copied = append(p.copied, fmt.Sprint(msg))
		return
	}
	_, cmd := p.g.Update(msg)
	p.g.View()
	p.run(cmd)
}

func (p *guided) press(names ...string) {
	p.t.Helper()
	for _, name := range names {
		p.take(keyNamed(p.t, name))
	}
}

func (p *guided) enter(text string) {
	for _, r := range text {
		p.take(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// toPage presses Enter through the pages before one.
func (p *guided) toPage(page setup.Page) {
	p.t.Helper()
	for range 60 {
		if asking, ok := p.g.asking(); ok && asking.page == page {
			return
		}
		p.press("enter")
	}
	p.t.Fatalf("page %s is not reached:\n%s", page, p.screen())
}

func (p *guided) toSummary() {
	p.t.Helper()
	for range 60 {
		if p.g.at == len(p.g.pages) {
			return
		}
		p.press("enter")
	}
	p.t.Fatalf("the summary is not reached:\n%s", p.screen())
}

func (p *guided) painted() string { return p.g.View().Content }

func (p *guided) screen() string {
	lines := strings.Split(strings.ReplaceAll(ansi.Strip(p.painted()), "\u00a0", " "), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

func (p *guided) sees(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.screen(), text) {
			p.t.Fatalf("the screen does not show %q:\n%s", text, p.screen())
		}
	}
}

func (p *guided) misses(text string) {
	p.t.Helper()
	if strings.Contains(p.screen(), text) {
		p.t.Fatalf("the screen shows %q:\n%s", text, p.screen())
	}
}

// fits fails the test where a frame is not as large as the window.
func (p *guided) fits() {
	p.t.Helper()
	lines := strings.Split(p.painted(), "\n")
	if len(lines) != p.g.height {
		p.t.Errorf("%d lines in a window of %d", len(lines), p.g.height)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != p.g.width {
			p.t.Errorf("line %d has %d cells in a window of %d: %q", i+1, w, p.g.width, ansi.Strip(line))
		}
	}
}

// connect answers what the bank needs, and goes to the summary.
func (p *guided) connect() {
	p.t.Helper()
	p.toPage(setup.PageBank)
	p.enter("101202")
	p.toPage(setup.PageListener)
	p.enter("https://pay.gulnora.uz")
	p.toSummary()
}

// guideScenes are the states of the guide that are held against pictures.
var guideScenes = map[string]func(*guided){
	"welcome": func(*guided) {},
	"typed": func(p *guided) {
		p.toPage(setup.PageBank)
		p.press("enter", "right", "enter")
		p.enter("shop")
		p.press("enter")
		p.enter("secret")
	},
	"wrong": func(p *guided) { p.toPage(setup.PageBank); p.enter("abc"); p.press("enter") },
	"listener": func(p *guided) {
		p.toPage(setup.PageListener)
		p.enter("https://pay.gulnora.uz")
		p.press("enter", "enter", "left")
	},
	"acme": func(p *guided) {
		p.toPage(setup.PageListener)
		p.enter("pay.gulnora.uz")
		p.press("enter", "enter", "left", "left", "enter", "enter", "enter")
	},
	"summary": func(p *guided) { p.connect() },
	"missing": func(p *guided) { p.toSummary() },
	"refused": func(p *guided) {
		p.paper.fails = errors.New("the disk is on fire")
		p.connect()
		p.press("enter")
	},
	"sheet": func(p *guided) { p.connect(); p.press("enter"); p.blot() },
	"leave": func(p *guided) { p.connect(); p.press("enter"); p.blot(); p.press("enter") },
}

// blot puts a password and a login that are always the same into the sheet.
func (p *guided) blot() {
	p.t.Helper()
	if p.g.sheet == nil || len(p.g.sheet.sheet.Password) != 24 {
		p.t.Fatalf("there is no sheet with a password:\n%s", p.screen())
	}
	p.g.sheet.sheet.Login, p.g.sheet.sheet.Password = "uzum-abcdef", "aB3dE5gH7jK9mN2pQ4rS6tU8"
}

func TestGuideScenes(t *testing.T) {
	t.Parallel()
	for name, play := range guideScenes {
		t.Run(name+"/text", func(t *testing.T) {
			t.Parallel()
			var all strings.Builder
			for _, size := range []Size{{120, 40}, {80, 24}, {60, 24}, {40, 24}} {
				for _, l := range lang.All {
					if size.Width == 60 && l != lang.RU || size.Width == 120 && l != lang.EN {
						continue
					}
					guidedTour(t, size.Width, size.Height, func(o *SetupOptions) { o.Lang = l }, func(p *guided) {
						play(p)
						fmt.Fprintf(&all, "== %dx%d %s\n%s\n", size.Width, size.Height, l, p.screen())
					})
				}
			}
			golden.RequireEqual(t, []byte(all.String()))
		})
		t.Run(name+"/painted", func(t *testing.T) {
			t.Parallel()
			var all strings.Builder
			for look, change := range paintings {
				guidedTour(t, 80, 24, change, func(p *guided) {
					play(p)
					fmt.Fprintf(&all, "== %s\n%s\n", []string{"dark", "light", "NO_COLOR", "ASCII"}[look], p.painted())
				})
			}
			golden.RequireEqual(t, []byte(all.String()))
		})
	}
}

var paintings = []func(*SetupOptions){
	func(*SetupOptions) {},
	func(o *SetupOptions) { o.Palette = Light },
	func(o *SetupOptions) { o.Screen.Environ = []string{"NO_COLOR=1"} },
	func(o *SetupOptions) { o.ASCII, o.PlainApostrophe = true, true },
}

func TestTheGuideSpeaksTheLanguageThatIsChosenAndSoDoesTheShop(t *testing.T) {
	t.Parallel()
	guidedTour(t, 80, 24, nil, func(p *guided) {
		p.press("left")
		p.sees("настройка", "Язык", "Семь страниц", "дальше")
		p.press("enter")
		p.sees("1 из 7 · магазин", "русский")
		p.connect()
		p.press("enter")
		if l := p.paper.Config().Shop.Language; l != lang.RU {
			t.Errorf("the shop's language is %s", l)
		}
	})
	guidedTour(t, 80, 24, func(o *SetupOptions) { o.Config.Path, o.Config.Shop.Language = "/etc/tushum.toml", lang.UZ }, func(p *guided) {
		p.press("left", "enter")
		if l := p.g.answers[setup.ShopLanguage]; l != "uz" {
			t.Errorf("whoever sets it up changed the shop's language to %s", l)
		}
	})
}

func TestTheGuideGoesBackWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	guidedTour(t, 80, 24, nil, func(p *guided) {
		p.press("enter")
		p.enter("Gulnora")
		p.toPage(setup.PageBank)
		p.enter("abc") // wrong, and yet no reason to be held here
		p.press("shift+tab")
		p.sees("1 of 7 · the shop", "▸ Language", "Gulnora")
		p.press("enter")
		p.sees("2 of 7", "abc")
		p.press("esc", "esc")
		p.sees("Seven pages")
		p.press("esc", "shift+tab")
		p.sees("Seven pages")
		p.toPage(setup.PageBank)
		p.press("ctrl+u")
		p.enter("5")
		p.toSummary()
		p.sees("Gulnora", "look it over")
		p.press("shift+tab")
		p.sees("7 of 7 · tariffs")
	})
}

func TestEveryPageIsKeptWithoutWhatIsInTheSettingsAnyway(t *testing.T) {
	t.Parallel()
	guidedTour(t, 80, 24, nil, func(p *guided) {
		p.press("enter")
		p.enter("Gulnora")
		p.connect()
		if len(p.kept) != len(p.g.pages) {
			t.Errorf("%d pages were kept of %d", len(p.kept), len(p.g.pages))
		}
		last := p.kept[len(p.kept)-1]
		if last[setup.ShopName] != "Gulnora" || last[setup.UzumServiceID] != "101202" || last[setup.PublicURL] != "https://pay.gulnora.uz" {
			t.Errorf("kept: %v", last)
		}
		for _, id := range []setup.ID{setup.UzumMinAmount, setup.RouteID("visit"), setup.ListenAddress} {
			if answer, kept := last[id]; kept {
				t.Errorf("%s is kept, as %q", id, answer)
			}
		}
	})
}

func TestARefusedAnswerIsGoneToFromTheSummary(t *testing.T) {
	t.Parallel()
	guidedTour(t, 80, 24, nil, func(p *guided) {
		p.connect()
		p.paper.fails = config.Errors{{Key: "listener.address", Msg: lang.Text{EN: "no such address"}}}
		p.press("enter")
		p.sees("4 of 7", "▸ Address to listen on", "✗ no such address", "https://pay.gulnora.uz")
		p.paper.fails = nil
		p.toSummary()
		p.press("enter")
		p.sees("What to do next", "tushum doctor")
	})
}

func TestTheGuideEndsWithTheSheetTaken(t *testing.T) {
	t.Parallel()
	guidedTour(t, 80, 30, nil, func(p *guided) {
		p.connect()
		p.press("enter")
		sheet := p.g.sheet.sheet
		if !p.g.done() || !p.paper.Config().Uzum.Credentials[0].Password.Verify([]byte(sheet.Password)) {
			t.Fatal("the pair is not in the settings")
		}
		p.press("enter")
		p.sees("was not saved to a file")
		p.press("enter")
		p.misses("was not saved")
		p.press("s")
		p.sees("✓ saved:", "tushum-uzum-bank.txt")
		p.press("ctrl+c")
		if !p.quit {
			t.Error("the guide does not end")
		}
	})
}

func TestWhatIsMissingIsToldBeforeAndAfter(t *testing.T) {
	t.Parallel()
	guidedTour(t, 80, 24, nil, func(p *guided) {
		p.toSummary()
		p.sees("missing before the bank can call: Service id (serviceId), Public URL")
		p.press("enter")
		p.press("end")
		p.sees("missing before the bank can call: Service id (serviceId), Public URL", "saved only together", "1. fill these in: tushum setup")
		p.press("enter")
		if !p.quit {
			t.Error("the guide does not end")
		}
	})
}

// A file is named from where the guide runs, looked into at its field, and written
// down so that it is found from the settings.
func TestTheGuideFindsAFileWhereItRuns(t *testing.T) {
	t.Parallel()
	var folder string
	guidedTour(t, 80, 24, func(o *SetupOptions) { folder = o.Folder }, func(p *guided) {
		p.toPage(setup.PageOneClick)
		p.press("right", "enter", "right", "enter")
		p.enter("secure.sandbox.paymentsgate.io")
		p.press("enter")
		p.enter("oneclick.json")
		p.press("enter")
		p.sees("5 of 7", "▸ Credentials file", "✗ there is no file")
		shop, err := someShop()
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, "oneclick.json"), shop.CredentialsFile(), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		p.press("enter")
		p.sees("▸ Where it is paid", "↓")
		p.toPage(setup.PageTariffs)
		p.sees("OneClick")
		p.toSummary()
		p.press("enter")
		p.sees("What to do next")
		if got := p.paper.Config().OneClick.CredentialsFile; got != filepath.Join(folder, "oneclick.json") {
			t.Errorf("the settings name %s", got)
		}
	})
}

// What was wrong with a route is judged anew where the system was switched on since.
func TestARouteIsJudgedAnewWhereItsSystemWasSwitchedOn(t *testing.T) {
	t.Parallel()
	guidedTour(t, 80, 24, nil, func(p *guided) {
		p.toPage(setup.PageRouting)
		p.press("right", "enter")
		p.sees("✗ OneClick is switched off — switch it on first, on the", "page OneClick, or choose another one here")
		p.press("esc", "right")
		p.g.goTo(p.g.at + 1)
		p.sees("6 of 7")
		p.misses("✗")
	})
}

// An answer that saving refuses is gone to, and one that no page asks for is named.
func TestARefusalAtSavingNamesItsQuestion(t *testing.T) {
	t.Parallel()
	guidedTour(t, 80, 24, nil, func(p *guided) {
		p.connect()
		p.paper.fails = &setup.Wrong{ID: setup.TLSKey, Err: &config.Error{Msg: lang.Text{EN: "there is no file"}}}
		p.press("enter")
		p.sees("✗ Key file: there is no file")
	})
}
