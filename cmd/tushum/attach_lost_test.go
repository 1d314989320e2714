package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gliderlabs/ssh"
	gossh "golang.org/x/crypto/ssh"

	"tushum/internal/lang"
	"tushum/tui"
)

// heldConn is a service's end of a connection that can be held still, as a
// process is by kill -STOP: it stays open and nothing comes of it.
type heldConn struct {
	net.Conn
	late time.Duration // how long everything takes to arrive
	out  chan []byte   // a pipe holds nothing; see holdable

	held, closed chan struct{}
	hold, once   func()
}

// holdable writes to a pipe by the side. Both ends of SSH write first; and who wrote
// themselves would hold the pipe's mutex until they are read, and while somebody
// waits for a mutex, the time of a test's bubble stands still, and with it what is late.
func holdable(conn net.Conn, late time.Duration) *heldConn {
	h := &heldConn{Conn: conn, late: late, out: make(chan []byte, 64), held: make(chan struct{}), closed: make(chan struct{})}
	h.hold = sync.OnceFunc(func() { close(h.held) })
	h.once = sync.OnceFunc(func() { close(h.closed) })
	go func() {
		for {
			select {
			case p := <-h.out:
				_, _ = conn.Write(p) // the next read tells
			case <-h.closed:
				return
			}
		}
	}()
	return h
}

func (h *heldConn) Read(p []byte) (int, error) {
	n, err := h.Conn.Read(p)
	time.Sleep(h.late)
	select {
	case <-h.held:
		<-h.closed
		return 0, io.EOF
	default:
		return n, err
	}
}

func (h *heldConn) Write(p []byte) (int, error) {
	select {
	case <-h.held:
	case h.out <- bytes.Clone(p):
	}
	return len(p), nil
}

func (h *heldConn) Close() error {
	h.once()
	return h.Conn.Close()
}

// bubbled is a service that shows played consoles to one caller, without a
// socket, so that its time can be that of a test.
func bubbled(t *testing.T, late time.Duration) (*controlClient, *heldConn) {
	t.Helper()
	here, there := net.Pipe()
	conn := holdable(there, late)
	key, err := hostKey()
	if err != nil {
		t.Fatal(err)
	}
	console := playedConsole(nil)
	c := &controlServer{log: slog.New(slog.DiscardHandler), run: func(ctx context.Context, r request, s streams) int {
		o := tui.Options{Resume: r.Resume, Keep: s.keep}
		o.Screen = tui.Terminal{Input: s.stdin, Output: s.stdout, Resize: s.sizes, Width: r.Width, Height: r.Height}
		_ = console(ctx, o)
		return exitDone
	}}
	c.ctx, c.stop = context.WithCancel(t.Context())
	t.Cleanup(c.stop)
	server := &ssh.Server{Handler: c.session, HostSigners: []ssh.Signer{key}, ChannelHandlers: ssh.DefaultChannelHandlers}
	done := make(chan struct{})
	go func() { server.HandleConn(conn); close(done) }()
	t.Cleanup(func() {
		_ = conn.Close()
		<-done // what is late still arrives
	})
	//nolint:gosec // both ends are this test
	sc, channels, requests, err := gossh.NewClientConn(holdable(here, 0), "tushum", &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		t.Fatal(err)
	}
	return &controlClient{gossh.NewClient(sc, channels, requests)}, conn
}

// attachBubbled attaches to such a service; no other takes its place.
func attachBubbled(t *testing.T, client *controlClient) *attaching {
	t.Helper()
	a, _, stderr := testApp(t)
	a.Getenv = func(name string) string { return map[string]string{"TERM": "xterm", "LANG": "en_US.UTF-8"}[name] }
	p, local := newPlayedTerminal(t)
	ctx, hangUp := context.WithCancel(t.Context())
	at := &attaching{playedTerminal: p, stderr: stderr, ended: make(chan error, 1), hangUp: hangUp}
	go func() { at.ended <- a.attachTo(ctx, filepath.Join(a.Dir, "none.db"), client, local) }()
	return at
}

// staysOpen wants a key not to close the console.
func (at *attaching) staysOpen(keys string) {
	at.t.Helper()
	at.press(keys)
	synctest.Wait()
	select {
	case err := <-at.ended:
		at.t.Fatalf("%q closes the console: %v", keys, err)
	default:
	}
}

func TestAServiceThatIsHeldStillLetsTheTerminalGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, service := bubbled(t, 0)
		at := attachBubbled(t, client)
		at.until("begun")
		time.Sleep(time.Minute) // a service that answers is left in peace
		at.press("a")
		at.until("key a")
		began := time.Now()
		service.hold()
		at.press("b") // is for nobody
		at.until("the service has stopped")
		if took := time.Since(began); took < silentAsks*askEvery || took > (silentAsks+1)*askEvery {
			t.Errorf("it was noticed after %s", took)
		}
		time.Sleep(settle)
		at.press("q")
		if err := at.end(); err != nil {
			t.Error(err)
		}
		at.until(leaveScreen)
	})
}

func TestAConsoleThatDoesNotOpenIsLeft(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		leave func(*attaching)
		want  func(error) bool
		after time.Duration // at the most
	}{
		"in time":  {func(*attaching) {}, func(err error) bool { f := (*fault)(nil); return errors.As(err, &f) && f.code == codeServiceGone }, (silentAsks + 1) * askEvery},
		"ctrl+c":   {func(at *attaching) { at.press("a"); at.press("\x03") }, func(err error) bool { return err == nil }, 0},
		"a signal": {func(at *attaching) { at.hangUp() }, func(err error) bool { return errors.Is(err, interrupted{}) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, service := bubbled(t, 0)
				service.hold()
				began := time.Now()
				at := attachBubbled(t, client)
				synctest.Wait()
				c.leave(at)
				if err := at.end(); !c.want(err) {
					t.Errorf("it ends by %v", err)
				}
				if took := time.Since(began); took > c.after {
					t.Errorf("it took %s", took)
				}
				if shown, _ := at.shown.look(); shown != "" {
					t.Errorf("something was drawn: %q", shown)
				}
			})
		})
	}
}

// What is typed while the console opens is for the console.
func TestKeysTypedAheadAreNotLost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := bubbled(t, 10*time.Millisecond)
		at := attachBubbled(t, client)
		at.press("a")
		at.press("b")
		at.until("begun")
		at.until("key a\r\nkey b")
		at.press("q")
		if err := at.end(); err != nil {
			t.Error(err)
		}
	})
}

func TestAConsoleThatWaitsForItsServiceIsClosed(t *testing.T) {
	t.Parallel()
	for name, closeIt := range map[string]func(*attaching){
		"q": func(at *attaching) { time.Sleep(settle); at.press("q") }, "й": func(at *attaching) { time.Sleep(settle); at.press("й") },
		"ctrl+c": func(at *attaching) { at.press("\x03") }, "ctrl+q": func(at *attaching) { at.press("x\x11") },
		"a long key": func(at *attaching) { at.press("\x1b[113;5u") }, "a hang-up": func(at *attaching) { _ = at.keys.Close() }, "a signal": func(at *attaching) { at.hangUp() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client, service := bubbled(t, 0)
				at := attachBubbled(t, client)
				at.until("begun")
				_ = service.Close()
				at.until("every second; q closes ")
				closeIt(at)
				if err := at.end(); errors.Is(err, interrupted{}) != (name == "a signal") || err != nil && name != "a signal" {
					t.Error(err)
				}
				at.until(leaveScreen)
			})
		})
	}
}

// Whoever types on while the service is lost does not close the console by it.
func TestALetterInsideAWordClosesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, service := bubbled(t, 0)
		at := attachBubbled(t, client)
		at.until("begun")
		_ = service.Close()
		at.until("q closes")
		time.Sleep(settle - time.Nanosecond)
		at.staysOpen("q")
		time.Sleep(time.Nanosecond)
		at.staysOpen("qora")
		at.staysOpen("x\x1b[?62;cq")
		at.press("q")
		if err := at.end(); err != nil {
			t.Error(err)
		}
	})
}

func TestALetterClosesNoDraft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, service := bubbled(t, 0)
		at := attachBubbled(t, client)
		at.press("d")
		at.until("key d")
		synctest.Wait()
		_ = service.Close()
		at.until("every second; Ctrl+C closes ")
		time.Sleep(time.Second)
		at.staysOpen("q")
		at.staysOpen("й")
		at.press("\x03")
		if err := at.end(); err != nil {
			t.Error(err)
		}
	})
}

// The console itself keeps its draft where the terminal's side looks for it.
func TestADraftOfTheConsoleIsSeen(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tushum.db")
	s := consoleService(t, path, nil)
	at := attachTest(t, path)
	at.until("Sartaroshxona")
	at.press("n")
	at.press("437")
	at.until("437")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	at.until("Ctrl+C closes")
	at.press("\x03")
	if err := at.end(); err != nil {
		t.Error(err)
	}
}

// The kept screen stays until the new console draws.
func TestTheKeptScreenStaysUntilTheNewConsoleDraws(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tushum.db")
	s := consoleService(t, path, playedConsole(nil))
	at := attachTest(t, path)
	at.until("begun")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	at.until("has stopped")
	there, draw := make(chan struct{}), make(chan struct{})
	consoleService(t, path, func(ctx context.Context, o tui.Options) error {
		close(there)
		<-draw
		return playedConsole(nil)(ctx, o)
	})
	<-there
	if shown, _ := at.shown.look(); strings.Contains(shown, clearScreen) {
		t.Errorf("the screen was cleared too early: %q", shown)
	}
	close(draw)
	at.until(clearScreen + "begun")
	at.press("q")
	if err := at.end(); err != nil {
		t.Error(err)
	}
}

func TestTheLostLineFitsEveryScreen(t *testing.T) {
	t.Parallel()
	for _, l := range []lang.Lang{lang.UZ, lang.RU, lang.EN} {
		for _, state := range []string{"", `{"draft":{}}`} {
			for width := range 90 {
				a, _, _ := testApp(t)
				a.lang = l
				a.Getenv = func(string) string { return "C.UTF-8" }
				var shown bytes.Buffer
				local := terminal{Writer: &shown, Size: func() (int, int, error) { return width, 24, nil }}
				(&attached{app: a, local: local, state: []byte(state)}).sayLost()
				_, line, _ := strings.Cut(shown.String(), "\x1b[7m")
				line, _, _ = strings.Cut(line, "\x1b[0m")
				if cells(line) > max(0, width-1) || width > 20 && len(line) == 0 {
					t.Errorf("%s: %q on %d cells", l, line, width)
				}
			}
		}
	}
}

func TestAPanicGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	p, local := newPlayedTerminal(t)
	local.Size = func() (int, int, error) { panic("a defect") }
	path := serveCommands(t, echo)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("nothing has panicked")
			}
		}()
		_ = a.attachTo(t.Context(), path, dial(t, path), local)
	}()
	if p.raw.Load() != 0 {
		t.Error("the terminal was not given back")
	}
}
