package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
	gossh "golang.org/x/crypto/ssh"

	"tushum/internal/lang"
	"tushum/tui"
)

// playedConsole is in the place of tui.Run: it writes down what happens to it.
// The key k keeps a state, d one with a draft, b breaks it, q closes it.
func playedConsole(options chan<- tui.Options) runConsole {
	return func(ctx context.Context, o tui.Options) error {
		if options != nil {
			options <- o
		}
		fmt.Fprintf(o.Screen.Output, "begun %dx%d resume=%q\n", o.Screen.Width, o.Screen.Height, o.Resume)
		keys := make(chan byte)
		go func() {
			for one := make([]byte, 1); ; {
				if _, err := o.Screen.Input.Read(one); err != nil {
					return
				}
				select {
				case keys <- one[0]:
				case <-ctx.Done():
					return
				}
			}
		}()
		for kept := 1; ; {
			select {
			case <-ctx.Done():
				fmt.Fprint(o.Screen.Output, "cleared")
				return nil
			case size := <-o.Screen.Resize:
				fmt.Fprintf(o.Screen.Output, "size %dx%d\n", size.Width, size.Height)
			case key := <-keys:
				fmt.Fprintf(o.Screen.Output, "key %c\n", key)
				switch key {
				case 'k':
					o.Keep(fmt.Appendf(nil, "state %d", kept))
					kept++
				case 'd':
					o.Keep([]byte(`{"draft":{}}`))
				case 'b':
					return errors.New("a broken console")
				case 'q':
					return nil
				}
			}
		}
	}
}

// playedTerminal is a terminal of a test.
type playedTerminal struct {
	t       *testing.T
	keys    *io.PipeWriter
	shown   watched
	resized chan struct{}
	size    atomic.Pointer[tui.Size]
	raw     atomic.Int32 // how often it was taken and not given back
	read    int          // what was looked for already, in bytes
}

func newPlayedTerminal(t *testing.T) (*playedTerminal, terminal) {
	t.Helper()
	typed, keys := io.Pipe()
	p := &playedTerminal{t: t, keys: keys, shown: watched{fresh: make(chan struct{})}, resized: make(chan struct{}, 1)}
	p.size.Store(&tui.Size{Width: 80, Height: 24})
	t.Cleanup(func() { _ = keys.Close() })
	return p, terminal{
		Reader: typed, Writer: &p.shown, Resized: p.resized,
		Size: func() (int, int, error) { s := p.size.Load(); return s.Width, s.Height, nil },
		Raw: func() (func() error, error) {
			p.raw.Add(1)
			return func() error { p.raw.Add(-1); return nil }, nil
		},
	}
}

func (p *playedTerminal) press(keys string) {
	p.t.Helper()
	if _, err := io.WriteString(p.keys, keys); err != nil {
		p.t.Fatal(err)
	}
}

func (p *playedTerminal) resize(width, height int) {
	p.size.Store(&tui.Size{Width: width, Height: height})
	p.resized <- struct{}{}
}

// until waits for a text to be drawn, after that of the call before.
func (p *playedTerminal) until(text string) {
	p.t.Helper()
	for deadline := time.After(patience); ; {
		shown, fresh := p.shown.look()
		if at := strings.Index(shown[p.read:], text); at >= 0 {
			p.read += at + len(text)
			return
		}
		select {
		case <-fresh:
		case <-deadline:
			p.t.Fatalf("%q was not drawn: %q", text, shown)
		}
	}
}

// attaching is a console that is attached to a service inside a test.
type attaching struct {
	*playedTerminal
	stderr  *bytes.Buffer
	ended   chan error
	hangUp  context.CancelFunc
	storeAt string
}

// attachTest attaches to whatever answers for a store.
func attachTest(t *testing.T, storePath string) *attaching {
	t.Helper()
	a, _, stderr := testApp(t)
	a.User = "aziza"
	a.Getenv = func(name string) string {
		return map[string]string{"TERM": "xterm", "LANG": "en_US.UTF-8", "HOME": "/secret"}[name]
	}
	p, local := newPlayedTerminal(t)
	ctx, hangUp := context.WithCancel(t.Context())
	at := &attaching{playedTerminal: p, stderr: stderr, ended: make(chan error, 1), hangUp: hangUp, storeAt: storePath}
	client := dial(t, storePath)
	go func() { at.ended <- a.attachTo(ctx, storePath, client, local) }()
	return at
}

// end waits for the attached console to end, and for its terminal to be as before.
func (at *attaching) end() error {
	at.t.Helper()
	select {
	case err := <-at.ended:
		if at.raw.Load() != 0 {
			at.t.Error("the terminal was not given back")
		}
		return err
	case <-time.After(patience):
		at.t.Fatal("the console does not end")
		return nil
	}
}

func consoleService(t *testing.T, storePath string, console runConsole) *service {
	t.Helper()
	s, err := startService(testSettings(t, testConfig), serviceOptions{Path: storePath, Console: console})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestAttachedConsoleIsDrawnHereAndClosedAlone(t *testing.T) {
	t.Parallel()
	path, options := filepath.Join(t.TempDir(), "tushum.db"), make(chan tui.Options, 1)
	s := consoleService(t, path, playedConsole(options))
	at := attachTest(t, path)
	at.until("begun 80x24 resume=\"\"\r\n")
	o := <-options
	if o.Seat != "till:aziza" || o.Owner || o.Lang != lang.EN || o.Shop.Name != "Sartaroshxona" || !o.Shop.Bank || o.Shop.Address != s.URL() || o.ASCII {
		t.Errorf("the surroundings are %+v", o)
	}
	if env := strings.Join(o.Screen.Environ, " "); env != "TERM=xterm LANG=en_US.UTF-8 TTY_FORCE=1" {
		t.Errorf("the environment is %s", env)
	}
	at.press("a")
	at.until("key a")
	at.resize(100, 30)
	at.until("size 100x30")
	at.press("q")
	if err := at.end(); err != nil || at.stderr.Len() > 0 {
		t.Errorf("closing: %v, %s", err, at.stderr)
	}
	if code, err := dial(t, path).run(t.Context(), request{Args: [][]byte{[]byte("invoice"), []byte("list")}}, streams{}); err != nil || code != exitDone {
		t.Errorf("the service after that: exit code %d, %v", code, err)
	}
}

func TestAttachedConsoleTellsItsError(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tushum.db")
	consoleService(t, path, playedConsole(nil))
	at := attachTest(t, path)
	at.until("begun")
	at.press("b")
	if err := at.end(); !errors.Is(err, exited(exitFailed)) {
		t.Errorf("it ended by %v", err)
	}
	if at.stderr.String() != "tushum: running the console: the console can't be shown: a broken console\n" {
		t.Errorf("it says %q", at.stderr)
	}
	at.until("\x1b[?1049l")
}

func TestAttachedConsoleOutlivesTheService(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tushum.db")
	s := consoleService(t, path, playedConsole(nil))
	at := attachTest(t, path)
	at.until("begun")
	at.press("kk")
	at.until("key k")
	at.until("key k")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	at.until("\x1b7\x1b[24;1H\x1b[0m\x1b[2K\x1b[7m the service has stopped, trying again every second; q closes \x1b[0m\x1b8")
	at.press("x\x1b[?62;cq") // nothing that closes it
	at.resize(40, 10)
	at.until("\x1b[10;1H\x1b[0m\x1b[2K\x1b[7m the service has stopped; q closes ")
	consoleService(t, path, playedConsole(nil))
	at.until(clearScreen)
	at.until(`begun 40x10 resume="state 2"`)
	at.press("q")
	if err := at.end(); err != nil {
		t.Error(err)
	}
	if shown, _ := at.shown.look(); strings.Contains(shown, "cleared") {
		t.Errorf("the console of the service that stopped has cleared the screen: %q", shown)
	}
}

func TestASignalClosesAnAttachedConsole(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tushum.db")
	consoleService(t, path, playedConsole(nil))
	at := attachTest(t, path)
	at.until("begun")
	at.hangUp()
	if err := at.end(); !errors.Is(err, interrupted{}) {
		t.Error(err)
	}
	at.until("cleared") // by the console itself
}

func TestATerminalThatIsGoneClosesItsConsole(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tushum.db")
	consoleService(t, path, playedConsole(nil))
	at := attachTest(t, path)
	at.until("begun")
	if err := at.keys.Close(); err != nil {
		t.Error(err)
	}
	if err := at.end(); err != nil {
		t.Error(err)
	}
}

func TestACallerWhoHangsUpEndsTheConsole(t *testing.T) {
	t.Parallel()
	ended := make(chan error, 1)
	begun := make(chan struct{})
	path := filepath.Join(t.TempDir(), "tushum.db")
	consoleService(t, path, func(ctx context.Context, _ tui.Options) error {
		close(begun)
		<-ctx.Done()
		ended <- ctx.Err()
		return nil
	})
	client := dial(t, path)
	s, err := client.ssh.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	line, err := request{Console: true}.encode()
	if err := errors.Join(err, s.RequestPty("xterm", 24, 80, gossh.TerminalModes{}), s.Start(line)); err != nil {
		t.Fatal(err)
	}
	<-begun
	if err := client.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the console ended by %v", err)
	}
}

func TestAServiceOfAnotherVersionIsTold(t *testing.T) {
	t.Parallel()
	const says = "tushum: the service does not understand the request\n"
	path := serveCommands(t, func(_ context.Context, _ request, s streams) int {
		_, _ = io.WriteString(s.stderr, says)
		return exitFailed
	})
	at := attachTest(t, path)
	if err := at.end(); !errors.Is(err, exited(exitFailed)) || at.stderr.String() != says {
		t.Errorf("it ended by %v and says %q", err, at.stderr)
	}
	if shown, _ := at.shown.look(); shown != "" {
		t.Errorf("something was drawn: %q", shown)
	}
}

func TestATerminalThatCannotBeTakenIsAnError(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	_, local := newPlayedTerminal(t)
	local.Raw = func() (func() error, error) { return nil, errors.New("no terminal") }
	path := serveCommands(t, echo)
	wantFault(t, a.attachTo(t.Context(), path, dial(t, path), local), "не удалось занять терминал")
	_, err := a.processTerminal(t.Context()) // the test's input is a string
	wantFault(t, err, "ввод идёт не с терминала")
	wantFault(t, noConsole(lost{io.EOF}), "служба не ответила, касса не открылась")
}

// wantFault wants an error that every reader can read.
func wantFault(t *testing.T, err error, russian string) {
	t.Helper()
	var f *fault
	if !errors.As(err, &f) || f.says.RU != russian || f.says.UZ == "" || f.says.EN == "" {
		t.Errorf("the error is %v", err)
	}
}

func TestAttachedConsoleLeavesNoGoroutine(t *testing.T) {
	// Not beside other tests, whose goroutines would count.
	before := goleak.IgnoreCurrent()
	path := filepath.Join(t.TempDir(), "tushum.db")
	s := consoleService(t, path, playedConsole(nil))
	at := attachTest(t, path)
	at.until("begun")
	at.resize(70, 20)
	at.press("q")
	if err := errors.Join(at.end(), at.keys.Close(), s.Close()); err != nil {
		t.Error(err)
	}
	goleak.VerifyNone(t, before)
}
