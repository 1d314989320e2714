package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// demoIn is a long demo that keeps its temporary shop in dir.
func demoIn(t *testing.T, dir string) (cmd *exec.Cmd, stderr *bytes.Buffer) {
	t.Helper()
	stderr = new(bytes.Buffer)
	cmd = exec.CommandContext(t.Context(), "tushum", "demo", "--for", "1h", "--lang", "en")
	cmd.Env = append(os.Environ(), "TMPDIR="+dir, "GORACE=atexit_sleep_ms=0")
	cmd.Stderr = stderr
	return cmd, stderr
}

// firstLine starts a program and reads the beginning of what it says.
func firstLine(t *testing.T, cmd *exec.Cmd) io.Closer {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err == nil {
		_, err = bufio.NewReaderSize(out, 16).ReadString('\n')
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func wantEnd(t *testing.T, cmd *exec.Cmd, code int, dir string) {
	t.Helper()
	watchdog := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer watchdog.Stop()
	err := cmd.Wait()
	if exit := new(exec.ExitError); !errors.As(err, &exit) || exit.ExitCode() != code {
		t.Errorf("it ended with %v, want exit code %d", err, code)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "tushum-demo-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind are %q (%v)", left, err)
	}
}

// The reader of a demo may go, as in "tushum demo | head": the shop is cleared
// away and nothing is said.
func TestAClosedPipeEndsADemoCleanly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd, stderr := demoIn(t, dir)
	if err := firstLine(t, cmd).Close(); err != nil {
		t.Error(err)
	}
	wantEnd(t, cmd, exitClosedPipe, dir)
	if bytes.Contains(stderr.Bytes(), []byte("tushum:")) {
		t.Errorf("it says %s", stderr)
	}
}

func TestAHangupEndsADemoCleanly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd, _ := demoIn(t, dir)
	out := firstLine(t, cmd)
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Error(err)
	}
	wantEnd(t, cmd, exitInterrupted, dir)
	_ = out.Close() // cmd.Wait has closed it
}

func TestAPipeTellsTheErrorsOfItsWriter(t *testing.T) {
	t.Parallel()
	full := &pipe{Writer: failing{syscall.ENOSPC}, closed: func() { t.Error("broken off") }}
	if _, err := full.Write(nil); !errors.Is(err, syscall.ENOSPC) || full.broken.Load() {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
