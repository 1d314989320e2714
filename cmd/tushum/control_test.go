package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tushum/internal/lang"
)

// serveCommands takes commands for a store that is nothing but a name.
func serveCommands(t *testing.T, run runCommand) (storePath string) {
	t.Helper()
	storePath = filepath.Join(t.TempDir(), "s.db")
	c, err := listenControl(storePath, run, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return storePath
}

func dial(t *testing.T, storePath string) *controlClient {
	t.Helper()
	client, err := dialControl(t.Context(), storePath)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() }) // the test may have closed it
	return client
}

// echo answers with everything that it was given, and the exit code it is told.
func echo(_ context.Context, r request, s streams) int {
	fmt.Fprintf(s.stdout, "%q %q %s %v %v %dx%d\n", r.Args, r.Dir, r.Lang, r.Terminal, r.Color, r.Width, r.Height)
	in, err := io.ReadAll(s.stdin)
	fmt.Fprintf(s.stderr, "%q %v\n", in, err)
	return len(r.Args)
}

func TestCommandCrossesTheSocketUnchanged(t *testing.T) {
	t.Parallel()
	storePath := serveCommands(t, echo)
	for _, args := range [][]string{
		nil,
		{"invoice", "create", "--note", "two  words\nand a second line"},
		{"", " ", "'", `"`, `\`, "$HOME", "`ls`", "; rm", "--", "-x"},
		{"so‘m", "стрижка", "💇", "\xff\xfe", "a\x00b"},
		{strings.Repeat("long ", 10_000)},
	} {
		r := request{Dir: []byte("/folder with\nodd \xff name"), Lang: lang.RU, Terminal: true, Color: true, Width: 80, Height: 24}
		for _, arg := range args {
			r.Args = append(r.Args, []byte(arg))
		}
		var out, errs bytes.Buffer
		code, err := dial(t, storePath).run(t.Context(), r, streams{stdin: strings.NewReader("in\n\x00"), stdout: &out, stderr: &errs})
		if err != nil || code != len(args) {
			t.Errorf("%q: exit code %d, %v", args, code, err)
		}
		if want := fmt.Sprintf("%q %q ru true true 80x24\n", args, r.Dir); args != nil && out.String() != want {
			t.Errorf("stdout %q, want %q", out.String(), want)
		}
		if want := "\"in\\n\\x00\" <nil>\n"; errs.String() != want {
			t.Errorf("stderr %q, want %q", errs.String(), want)
		}
	}
}

func TestCommandTooLongIsRefusedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	client := dial(t, serveCommands(t, echo))
	_, err := client.run(t.Context(), request{Args: [][]byte{bytes.Repeat([]byte("x"), maxRequest)}}, streams{})
	var f *fault
	if !errors.As(err, &f) || f.exit != exitUsage {
		t.Errorf("error %v", err)
	}
}

func TestCommandsRunSideBySide(t *testing.T) {
	t.Parallel()
	const callers = 16
	var together sync.WaitGroup
	together.Add(callers)
	storePath := serveCommands(t, func(_ context.Context, r request, s streams) int {
		together.Done()
		together.Wait() // each waits for all
		fmt.Fprintf(s.stdout, "%s", r.Args[0])
		return 7
	})
	var callersDone sync.WaitGroup
	for i := range callers {
		client := dial(t, storePath)
		callersDone.Go(func() {
			var out bytes.Buffer
			code, err := client.run(t.Context(), request{Args: [][]byte{fmt.Appendf(nil, "caller %d", i)}}, streams{stdout: &out})
			if want := fmt.Sprintf("caller %d", i); err != nil || code != 7 || out.String() != want {
				t.Errorf("%s: %d %q %v", want, code, out.String(), err)
			}
		})
	}
	callersDone.Wait()
}

// untilStopped is a command that begins, and ends when it is told to.
func untilStopped(begun chan<- struct{}, ended chan<- error) runCommand {
	return func(ctx context.Context, _ request, s streams) int {
		fmt.Fprintln(s.stdout, "begun")
		begun <- struct{}{}
		<-ctx.Done()
		ended <- ctx.Err()
		return exitInterrupted
	}
}

func TestInterruptEndsTheCommand(t *testing.T) {
	t.Parallel()
	begun, ended := make(chan struct{}, 1), make(chan error, 1)
	client := dial(t, serveCommands(t, untilStopped(begun, ended)))
	ctx, interrupt := context.WithCancel(t.Context())
	go func() { <-begun; interrupt() }()
	code, err := client.run(ctx, request{}, streams{})
	if err != nil || code != exitInterrupted {
		t.Errorf("exit code %d, %v", code, err)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the command ended by %v", err)
	}
}

func TestHangingUpEndsTheCommand(t *testing.T) {
	t.Parallel()
	begun, ended := make(chan struct{}, 1), make(chan error, 1)
	client := dial(t, serveCommands(t, untilStopped(begun, ended)))
	go func() { <-begun; _ = client.Close() }()
	_, err := client.run(t.Context(), request{}, streams{})
	var f *fault
	if !errors.As(err, &f) || f.code != codeServiceGone || f.exit != exitUnavailable {
		t.Errorf("the caller got %v", err)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the command ended by %v", err)
	}
}

func TestStoppingServiceEndsCommandsAndLeavesNothing(t *testing.T) {
	t.Parallel()
	storePath := filepath.Join(t.TempDir(), "s.db")
	begun, ended := make(chan struct{}, 1), make(chan error, 1)
	c, err := listenControl(storePath, untilStopped(begun, ended), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	client := dial(t, storePath)
	go func() { <-begun; _ = c.Close() }()
	code, err := client.run(t.Context(), request{}, streams{})
	if err != nil || code != exitInterrupted {
		t.Errorf("exit code %d, %v", code, err)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the command ended by %v", err)
	}
	<-c.ended
	if _, err := os.Lstat(storePath + ".sock"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket is left: %v", err)
	}
	if _, err := dialControl(t.Context(), storePath); !errors.Is(err, errNoService) {
		t.Errorf("dialling a service that is gone: %v", err)
	}
}

func TestServiceThatIsStoppedAtOnceEnds(t *testing.T) {
	t.Parallel()
	for range 20 { // the listener may not have begun
		c, err := listenControl(filepath.Join(t.TempDir(), "s.db"), echo, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestPanicInACommandLeavesTheServiceRunning(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	storePath := filepath.Join(t.TempDir(), "s.db")
	c, err := listenControl(storePath, func(_ context.Context, r request, _ streams) int {
		if len(r.Args) > 0 {
			panic("a defect")
		}
		return exitDone
	}, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	code, err := dial(t, storePath).run(t.Context(), request{Args: [][]byte{[]byte("x")}}, streams{stderr: &errs})
	if err != nil || code != exitFailed || !strings.Contains(errs.String(), "a defect of the program") {
		t.Errorf("exit code %d, %v, %q", code, err, errs.String())
	}
	if code, err := dial(t, storePath).run(t.Context(), request{}, streams{}); err != nil || code != exitDone {
		t.Errorf("the next command: exit code %d, %v", code, err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), `panic="a defect"`) {
		t.Errorf("the log does not tell: %s", log.String())
	}
}

func TestConsoleAndStrangeRequestsAreRefused(t *testing.T) {
	t.Parallel()
	storePath := serveCommands(t, func(context.Context, request, streams) int { return exitDone })
	for _, line := range []string{"", "invoice list", "{", `{"args":"x"}`, `{"args":["not base64!"]}`} {
		s, err := dial(t, storePath).ssh.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		var errs bytes.Buffer
		s.Stderr = &errs
		if err := s.Run(line); err == nil || !strings.Contains(errs.String(), "different versions") {
			t.Errorf("%q: %v, %q", line, err, errs.String())
		}
	}
}

func TestSocketIsTheOwnersAlone(t *testing.T) {
	t.Parallel()
	storePath := serveCommands(t, echo)
	info, err := os.Lstat(storePath + ".sock")
	if err != nil || info.Mode() != os.ModeSocket|0o600 {
		t.Errorf("the socket is %v, %v", info, err)
	}
}

func TestStaleSocketIsReplaced(t *testing.T) {
	t.Parallel()
	storePath := filepath.Join(t.TempDir(), "s.db")
	stale, err := net.ListenUnix("unix", &net.UnixAddr{Name: storePath + ".sock"})
	if err != nil {
		t.Fatal(err)
	}
	stale.SetUnlinkOnClose(false)
	if err := stale.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := dialControl(t.Context(), storePath); !errors.Is(err, errNoService) {
		t.Errorf("a stale socket: %v", err)
	}
	c, err := listenControl(storePath, echo, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if code, err := dial(t, storePath).run(t.Context(), request{}, streams{}); code != 0 || err != nil {
		t.Errorf("exit code %d, %v", code, err)
	}
}

func TestSilentCallerIsHungUpOn(t *testing.T) {
	t.Parallel()
	storePath := serveCommands(t, echo)
	conn, err := net.Dial("unix", storePath+".sock")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(conn); err != nil {
		t.Errorf("a caller that says nothing was not hung up on: %v", err)
	}
}

func TestControlPathsFitASocket(t *testing.T) {
	t.Parallel()
	short := controlPaths("/var/lib/tushum/tushum.db")
	if len(short) != 2 || short[0] != "/var/lib/tushum/tushum.db.sock" {
		t.Errorf("paths of a short name: %q", short)
	}
	one := controlPaths("/" + strings.Repeat("folder/", 30) + "a.db")
	other := controlPaths("/" + strings.Repeat("folder/", 30) + "b.db")
	if len(one) != 1 || len(one[0]) > maxSocketPath || slices.Equal(one, other) {
		t.Errorf("paths of long names: %q, %q", one, other)
	}
}

func TestControlLeavesNoGoroutine(t *testing.T) {
	// Not beside other tests, whose goroutines would count.
	before := goleak.IgnoreCurrent()
	storePath := filepath.Join(t.TempDir(), "s.db")
	c, err := listenControl(storePath, echo, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		client, err := dialControl(t.Context(), storePath)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.run(t.Context(), request{}, streams{}); err != nil {
			t.Error(err)
		}
		_ = client.Close()
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	goleak.VerifyNone(t, before)
}

func FuzzDecodeRequest(f *testing.F) {
	for _, r := range []request{{}, {Args: [][]byte{[]byte("invoice"), []byte("\xff")}, Dir: []byte("/"), Lang: lang.UZ, Width: 80}} {
		line, err := r.encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(line)
	}
	f.Add(`{"args":["aW52b2ljZQ=="],"dir":"Lw==","unknown":1}`)
	f.Fuzz(func(t *testing.T, line string) {
		r, err := decodeRequest(line)
		if err != nil {
			return
		}
		again, err := r.encode()
		if err != nil {
			return // longer than a request may be
		}
		if back, err := decodeRequest(again); err != nil || fmt.Sprintf("%q", back.Args) != fmt.Sprintf("%q", r.Args) {
			t.Errorf("%q became %q, %v", r.Args, back.Args, err)
		}
	})
}
