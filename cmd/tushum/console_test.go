package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
	"pgregory.net/rapid"

	"tushum/internal/lang"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/tui"
)

// atTerminal is the program at a terminal, with settings and a played console.
func atTerminal(t *testing.T, console runConsole) (a *App, stdout, stderr *bytes.Buffer) {
	t.Helper()
	a, stdout, stderr = testApp(t)
	a.Terminal, a.Keyboard, a.runConsole = true, true, console
	home := t.TempDir()
	env := map[string]string{"TERM": "xterm", "LANG": "C.UTF-8", "HOME": home, "XDG_CONFIG_HOME": filepath.Join(home, "c"), "XDG_DATA_HOME": filepath.Join(home, "d")}
	a.Getenv = func(name string) string { return env[name] }
	return a, stdout, stderr
}

// closedAtOnce is a console that somebody closes as soon as it is shown.
func closedAtOnce(shown chan<- tui.Options) runConsole {
	return func(_ context.Context, o tui.Options) error {
		shown <- o
		return nil
	}
}

func withSettings(t *testing.T, a *App) (configPath string) {
	t.Helper()
	configPath = filepath.Join(a.Dir, "config.toml")
	text := testConfig + "[console]\nbell = [\"confirmed\", \"refused\"]\nascii_apostrophe = true\ntheme = \"light\"\n"
	if err := os.WriteFile(configPath, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return configPath
}

func TestConsoleHoldsTheStoreAndLogsBesideIt(t *testing.T) {
	t.Parallel()
	shown := make(chan tui.Options, 1)
	a, _, stderr := atTerminal(t, closedAtOnce(shown))
	if code := a.Run(t.Context(), []string{"--config", withSettings(t, a), "--no-color"}); code != exitDone || stderr.Len() > 0 {
		t.Fatalf("exit code %d, %s", code, stderr)
	}
	o := <-shown
	if !o.Owner || o.Shop.Demo || o.Seat != "till:test" || o.Folder != a.Dir || o.ASCII || !o.PlainApostrophe || o.Palette != tui.Light || o.Lang != lang.EN || o.Ready == nil {
		t.Errorf("the surroundings are %+v", o)
	}
	if !o.Bell[tui.OnConfirmed] || !o.Bell[tui.OnRefused] || o.Bell[tui.OnCreated] {
		t.Errorf("the bell is rung for %v", o.Bell)
	}
	if o.Screen.Input != nil || o.Screen.Output != nil || !slices.Contains(o.Screen.Environ, "NO_COLOR=1") {
		t.Errorf("it is drawn on %+v", o.Screen)
	}
	if links := o.Links(store.Invoice{Number: 1000002, System: store.Uzum, Amount: 100_000}); links.App == "" || links.Payment == "" {
		t.Errorf("the links are %+v", links)
	}
	path := filepath.Join(a.Dir, "data", "tushum.db.log")
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), "listening on") || !strings.Contains(string(text), "the console was closed") || !strings.Contains(string(text), "msg=stopped") {
		t.Errorf("the log: %s, %v", text, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the log is %v, %v", info, err)
	}
}

func TestConsoleThatCannotBeginSaysWhy(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	a, _, stderr := atTerminal(t, nil)
	path := withSettings(t, a)
	text := strings.Replace(testConfig, "127.0.0.1:0", l.Addr().String(), 1)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := a.Run(t.Context(), []string{"--config", path}); code != exitFailed || !strings.HasPrefix(stderr.String(), "tushum: running the console: can't listen on") {
		t.Errorf("exit code %d, %s", code, stderr)
	}
	if _, err := os.Stat(filepath.Join(a.Dir, "data")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it has left something: %v", err)
	}
}

func TestASignalEndsTheConsoleAndTheService(t *testing.T) {
	t.Parallel()
	ctx, signal := context.WithCancel(t.Context())
	a, _, stderr := atTerminal(t, func(ctx context.Context, _ tui.Options) error {
		signal()
		<-ctx.Done()
		return nil
	})
	if code := a.Run(ctx, []string{"--config", withSettings(t, a)}); code != exitInterrupted || stderr.Len() > 0 {
		t.Errorf("exit code %d, %s", code, stderr)
	}
	if text := consoleLog(t, a); !strings.Contains(text, "the console was told to end") || strings.Contains(text, "closed") || !strings.Contains(text, "msg=stopped") {
		t.Errorf("the log: %s", text)
	}
	if _, err := os.Stat(filepath.Join(a.Dir, "data", "tushum.db.sock")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the service was not closed: %v", err)
	}
}

func consoleLog(t *testing.T, a *App) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(a.Dir, "data", "tushum.db.log"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAConsoleThatFailsSaysSoToEverybody(t *testing.T) {
	t.Parallel()
	a, _, stderr := atTerminal(t, func(context.Context, tui.Options) error { return errors.New("EIO") })
	if code := a.Run(t.Context(), []string{"--config", withSettings(t, a), "--lang=ru"}); code != exitFailed || stderr.String() != "tushum: работа кассы: не удалось показать кассу: EIO\n" {
		t.Errorf("exit code %d, %s", code, stderr)
	}
	if text := consoleLog(t, a); !strings.Contains(text, "err=EIO") || !strings.Contains(text, "has failed") || strings.Contains(text, "closed") || strings.Contains(text, "msg=stopped") {
		t.Errorf("the log: %s", text)
	}
}

// A console that does not get the store leaves the log to whoever holds it.
func TestAConsoleWithoutTheStoreLeavesTheLogAlone(t *testing.T) {
	t.Parallel()
	a, _, _ := atTerminal(t, nil)
	config := withSettings(t, a)
	text := strings.Replace(testConfig, "[listener]\n", "[listener]\nadmin_address = \"127.0.0.1:9100\"\n", 1)
	st, err := bolt.Open(filepath.Join(a.Dir, "data", "tushum.db"), bolt.Options{})
	if err = errors.Join(err, os.WriteFile(config, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
	if code := a.Run(t.Context(), []string{"--config", config}); code != exitUnavailable {
		t.Errorf("exit code %d", code)
	}
	if _, err := os.Lstat(filepath.Join(a.Dir, "data", "tushum.db.log")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there is a log: %v", err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	a.runConsole = func(context.Context, tui.Options) error { return nil }
	if code := a.Run(t.Context(), []string{"--config", config}); code != exitDone || !strings.Contains(consoleLog(t, a), "key=listener.admin_address") {
		t.Errorf("exit code %d, and the log does not name what does nothing", code)
	}
}

// A store that is taken away ends the console, and is told as serve tells it.
func TestAStoreThatEndsUnderTheConsoleIsTold(t *testing.T) {
	t.Parallel()
	var a *App
	a, _, stderr := atTerminal(t, func(ctx context.Context, o tui.Options) error {
		path := filepath.Join(a.Dir, "data", "tushum.db")
		_, err := o.Ledger.Issue(ctx, store.Draft{Kind: store.Goods, Amount: 2_500_000, By: o.Seat})
		if err = errors.Join(err, os.Remove(path)); err != nil {
			return err
		}
		if _, err := o.Ledger.Issue(ctx, store.Draft{Kind: store.Goods, Amount: 2_500_000, By: o.Seat}); err == nil {
			return errors.New("an invoice was written into a store that is gone")
		}
		<-ctx.Done()
		return nil
	})
	if code := a.Run(t.Context(), []string{"--config", withSettings(t, a)}); code != exitUnavailable || !strings.HasPrefix(stderr.String(), "tushum: running the console: ") {
		t.Errorf("exit code %d, %s", code, stderr)
	}
	if text := consoleLog(t, a); !strings.Contains(text, "the service can't go on") || !strings.Contains(text, "has failed") || strings.Contains(text, "was closed") {
		t.Errorf("the log: %s", text)
	}
}

func TestConsoleNeedsATerminal(t *testing.T) {
	t.Parallel()
	a, stdout, _ := atTerminal(t, nil)
	for _, at := range []struct{ stdin, stdout bool }{{false, true}, {true, false}} {
		stdout.Reset()
		a.Keyboard, a.Terminal = at.stdin, at.stdout
		if code := a.Run(t.Context(), []string{}); code != exitDone || !strings.Contains(stdout.String(), "tushum [COMMAND]") {
			t.Errorf("exit code %d, %s", code, stdout)
		}
	}
	for _, name := range []string{"", "dumb"} {
		a, stdout, stderr := atTerminal(t, nil)
		a.Getenv = func(string) string { return "" }
		if name != "" {
			a.Getenv = func(v string) string { return map[string]string{"TERM": name}[v] }
		}
		if code := a.Run(t.Context(), []string{}); code != exitUsage || stdout.Len() > 0 || !strings.Contains(stderr.String(), "hint: without a screen: tushum serve") {
			t.Errorf("TERM=%s: exit code %d, %s%s", name, code, stdout, stderr)
		}
	}
}

func TestFirstRunAsksHowToBegin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed string
		asked int
		want  way
	}{{"3\n", 1, beginEmpty}, {"\n 7\n3\r\n", 3, beginEmpty}, {"1\n", 1, lookAround}, {"2\n", 1, setUp}, {"4\n", 1, leave}, {"", 1, leave}, {"3", 1, beginEmpty}, {"x", 1, leave}} {
		a, stdout, _ := atTerminal(t, nil)
		a.Stdin = strings.NewReader(c.typed)
		_, chosen, err := a.begin(t.Context())
		if err != nil || chosen != c.want {
			t.Errorf("%q: %s, %v", c.typed, chosen, err)
		}
		if !strings.HasPrefix(stdout.String(), "There are no settings yet: "+a.Getenv("XDG_CONFIG_HOME")) || strings.Count(stdout.String(), "1, 2, 3 or 4: ") != c.asked {
			t.Errorf("%q: %s", c.typed, stdout)
		}
	}
}

// On a narrow screen nothing of the question is broken within a word.
func TestFirstRunFitsANarrowTerminal(t *testing.T) {
	t.Parallel()
	for _, l := range lang.All {
		a, stdout, _ := atTerminal(t, nil)
		a.Stdin, a.lang, a.Width = strings.NewReader("4\n"), l, 40
		if chosen, err := a.askWay(t.Context()); err != nil || chosen != leave {
			t.Fatal(chosen, err)
		}
		for line := range strings.Lines(stdout.String()) {
			if words := strings.Fields(line); cells(strings.TrimRight(line, "\n")) > 40 && !strings.Contains(words[len(words)-1], "/") {
				t.Errorf("%s: %q is too wide", l, line)
			}
		}
		if !strings.Contains(stdout.String(), "\n     ") {
			t.Errorf("%s: what is wrapped does not stand below its words:\n%s", l, stdout.String())
		}
	}
}

func TestFirstRunCanBeLeft(t *testing.T) {
	t.Parallel()
	a, stdout, stderr := atTerminal(t, nil)
	a.Stdin = strings.NewReader("4\n")
	if code := a.Run(t.Context(), []string{"--lang", "ru"}); code != exitDone || stderr.Len() > 0 || !strings.HasSuffix(stdout.String(), "1, 2, 3 или 4: ") {
		t.Errorf("exit code %d, %s, %s", code, stdout, stderr)
	}
}

func TestFirstRunIsAskedOnce(t *testing.T) {
	t.Parallel()
	a, stdout, _ := atTerminal(t, nil)
	path := filepath.Join(a.Getenv("XDG_DATA_HOME"), "tushum", "tushum.db")
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	a.lang = lang.RU
	cfg, chosen, err := a.begin(t.Context())
	if err != nil || chosen != beginEmpty || stdout.Len() > 0 || cfg.Shop.Language != lang.RU || cfg.Uzum.Enabled {
		t.Errorf("%s, %v, %s", chosen, err, stdout)
	}
	a, stdout, _ = atTerminal(t, nil)
	a.flags.config = "none.toml"
	if _, _, err := a.begin(t.Context()); !errors.Is(err, os.ErrNotExist) || stdout.Len() > 0 {
		t.Errorf("settings that are named and missing: %v, %s", err, stdout)
	}
}

func TestFirstRunCanBeInterrupted(t *testing.T) {
	t.Parallel()
	a, _, stderr := atTerminal(t, nil)
	typed, keyboard := io.Pipe()
	defer func() { _ = keyboard.Close() }() // lets go of the read that was left behind
	a.Stdin = typed
	ctx, interrupt := context.WithCancel(t.Context())
	time.AfterFunc(0, interrupt)
	if code := a.Run(ctx, []string{}); code != exitInterrupted || stderr.Len() > 0 {
		t.Errorf("exit code %d, %s", code, stderr)
	}
}

func TestPlainTerminals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env   map[string]string
		plain bool
	}{
		{map[string]string{"LANG": "ru_RU.UTF-8"}, false},
		{map[string]string{"LANG": "uz_UZ.utf8"}, false},
		{map[string]string{"LANG": "C"}, true},
		{map[string]string{}, true},
		{map[string]string{"LANG": "C", "LC_CTYPE": "C.UTF-8"}, false},
		{map[string]string{"LANG": "C.UTF-8", "LC_ALL": "POSIX"}, true},
		{map[string]string{"LANG": "C.UTF-8", "TERM": "linux"}, true},
	} {
		a, _, _ := testApp(t)
		a.Getenv = func(name string) string { return c.env[name] }
		if a.plainTerminal() != c.plain {
			t.Errorf("%v: plain %v", c.env, !c.plain)
		}
	}
}

func TestASessionWithATerminalIsAConsole(t *testing.T) {
	t.Parallel()
	path := serveCommands(t, func(context.Context, request, streams) int { return exitDone })
	for _, c := range []struct{ console, pty bool }{{true, false}, {false, true}} {
		s, err := dial(t, path).ssh.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		var errs bytes.Buffer
		s.Stderr = &errs
		if c.pty {
			err = s.RequestPty("xterm", 24, 80, gossh.TerminalModes{})
		}
		line, encodeErr := request{Console: c.console}.encode()
		if err := errors.Join(err, encodeErr); err != nil {
			t.Fatal(err)
		}
		if err := s.Run(line); err == nil || !strings.Contains(errs.String(), "different versions") {
			t.Errorf("%+v: %v, %q", c, err, errs.String())
		}
	}
}

func TestStatesAndWordsAreToldApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var sent bytes.Buffer
		k := &asideStream{stderr: &sent}
		var words string
		var state []byte
		for range rapid.IntRange(0, 5).Draw(t, "messages") {
			if rapid.Bool().Draw(t, "word") {
				line := rapid.StringMatching(`[a-z‘ ]{1,20}\n`).Draw(t, "line")
				words += line
				_, _ = io.WriteString(k, line)
			} else {
				state = rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "state")
				k.keep(state)
			}
		}
		var got told
		for rest := sent.Bytes(); len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			if _, err := got.Write(rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if string(got.words) != words || !bytes.Equal(got.state, state) {
			t.Fatalf("got %q and %q, want %q and %q", got.words, got.state, words, state)
		}
	})
	var sent bytes.Buffer
	if (&asideStream{stderr: &sent}).keep(make([]byte, maxState+1)); sent.Len() > 0 {
		t.Error("a state that is too long is sent")
	}
	if _, err := new(told).Write([]byte{frameMark, 0xff, 0, 0, 0}); err == nil {
		t.Error("a frame of four gigabytes is waited for")
	}
}
