package tui

import (
	"context"
	"errors"
	"io"
	"maps"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
)

// drawer keeps answers as the program does, in a file.
type drawer struct {
	mu   sync.Mutex
	path string
	err  error
}

func (d *drawer) keep(a setup.Answers) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.err = errors.Join(d.err, setup.SaveDraft(d.path, a))
}

// seat is somebody at the terminal of a setup.
type seat struct {
	t     *testing.T
	keys  *io.PipeWriter
	tape  *screenTape
	stop  func()
	sizes chan Size
	ended chan error
}

func sitDown(t *testing.T, o SetupOptions) *seat {
	t.Helper()
	input, keys := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	s := &seat{t: t, keys: keys, tape: &screenTape{}, stop: stop, sizes: make(chan Size), ended: make(chan error, 1)}
	o.Config, o.Lang, o.Palette, o.Systems = config.Default(), lang.EN, Dark, salonProfiles()
	o.Screen = Terminal{Input: input, Output: s.tape, Environ: []string{"TERM=xterm-256color"}, Width: 80, Height: 30, Resize: s.sizes}
	go func() {
		s.ended <- RunSetup(ctx, o)
		_ = input.Close() // as the terminal does
	}()
	t.Cleanup(stop)
	s.waits("Seven pages", "last time")
	return s
}

// waits waits until one of the texts was written to the terminal.
func (s *seat) waits(texts ...string) {
	s.t.Helper()
	for deadline := time.Now().Add(60 * time.Second); ; time.Sleep(time.Millisecond) {
		for _, text := range texts {
			if s.tape.shows(text) {
				return
			}
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%q does not come", texts)
		}
	}
}

// waitsWhole waits until a text stands on the terminal that may have come letter
// by letter: in another size all of it is written again.
func (s *seat) waitsWhole(text string) {
	s.t.Helper()
	deadline := time.After(60 * time.Second)
	for wide := 81; !s.tape.shows(text); wide ^= 1 {
		select {
		case s.sizes <- Size{wide, 30}:
			time.Sleep(10 * time.Millisecond)
		case <-deadline:
			s.t.Fatalf("%q does not come", text)
		}
	}
}

// types presses keys without a pause, as a paste into the terminal would.
func (s *seat) types(text string) {
	s.t.Helper()
	if _, err := io.WriteString(s.keys, text); err != nil {
		s.t.Fatal(err)
	}
}

const (
	enterKey = "\r"
	ctrlC    = "\x03"
	ctrlU    = "\x15"
)

func TestASetupIsInterruptedAndEndsTheNextTime(t *testing.T) {
	others := goleak.IgnoreCurrent()
	folder := t.TempDir()
	paper := newPaperSettings(t, "")
	draft := &drawer{path: paper.path}

	first := sitDown(t, SetupOptions{Keep: draft.keep, Save: paper.Save, Folder: folder})
	first.types(enterKey + "Gulnora" + strings.Repeat(enterKey, 4)) // the language, the shop
	first.types("101 202" + enterKey + "\x1b[C" + enterKey + "uzum-shop" + enterKey + "hunter2" + ctrlC)
	if err := <-first.ended; !errors.Is(err, context.Canceled) {
		t.Fatalf("an interrupt is %v", err)
	}
	kept, err := setup.LoadDraft(paper.path)
	if err != nil || kept[setup.ShopName] != "Gulnora" || kept[setup.UzumServiceID] != "101202" || kept[setup.UzumLogin] != "uzum-shop" || kept[setup.PasswordHash] == "" {
		t.Fatalf("kept: %v, %v", kept, err)
	}
	if text := paper.text(); text != "" {
		t.Fatalf("something was saved:\n%s", text)
	}

	second := sitDown(t, SetupOptions{Keep: draft.keep, Save: paper.Save, Folder: folder, Answers: maps.Clone(kept)})
	second.types(strings.Repeat(enterKey, 1+4+6+4))                                                        // the language, the shop, the bank, the offer
	second.types("https://pay.gulnora.uz" + strings.Repeat(enterKey, 3) + strings.Repeat(enterKey, 1+7+5)) // no second system, routing, tariffs
	second.waits("look it over")
	second.types(enterKey)
	second.waits("What to do next")
	second.types(enterKey)
	if err := <-second.ended; err != nil {
		t.Fatalf("the setup ends with %v", err)
	}
	cfg := paper.Config()
	if cfg.Shop.Name != "Gulnora" || cfg.Uzum.ServiceID != 101202 || cfg.Listener.PublicURL != "https://pay.gulnora.uz" {
		t.Errorf("the settings are:\n%s", paper.text())
	}
	if len(cfg.Uzum.Credentials) != 1 || cfg.Uzum.Credentials[0].Login != "uzum-shop" || !cfg.Uzum.Credentials[0].Password.Verify([]byte("hunter2")) {
		t.Errorf("the password of the first time is lost:\n%s", paper.text())
	}
	if first.tape.shows("hunter2") || second.tape.shows("hunter2") {
		t.Error("the password was on the screen")
	}
	if draft.err != nil {
		t.Error(draft.err)
	}
	goleak.VerifyNone(t, others)
}

func TestASetupThatIsStoppedOrHungUpKeepsWhatWasTyped(t *testing.T) {
	others := goleak.IgnoreCurrent()
	for name, end := range map[string]func(*seat){
		"stopped": func(s *seat) { s.stop() },
		"hung up": func(s *seat) { _ = s.keys.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			draft := &drawer{path: filepath.Join(t.TempDir(), "config.toml")}
			s := sitDown(t, SetupOptions{Keep: draft.keep})
			s.types(enterKey + "Gulnora" + ctrlU + "Dilnoza")
			s.waitsWhole("Dilnoza")
			end(s)
			if err := <-s.ended; !errors.Is(err, context.Canceled) {
				t.Errorf("it ends with %v", err)
			}
			if kept, err := setup.LoadDraft(draft.path); err != nil || kept[setup.ShopName] != "Dilnoza" {
				t.Errorf("kept: %v, %v", kept, err)
			}
		})
	}
	goleak.VerifyNone(t, others)
}
