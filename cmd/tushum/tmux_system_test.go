//go:build system

package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// tmux is a terminal of a test, with a shell in it.
type tmux struct {
	t      *testing.T
	socket string
	dir    string // of the shell, and its HOME
}

// lookAgain is how often a screen is looked at for what is to come.
const lookAgain = 20 * time.Millisecond

// newTmux opens a terminal whose shell stands in dir.
func newTmux(t *testing.T, dir string, width int, env ...string) *tmux {
	t.Helper()
	sockets, err := os.MkdirTemp("", "tmux-") //nolint:usetesting // the name of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	m := &tmux{t: t, socket: filepath.Join(sockets, "s"), dir: dir}
	args := []string{"-f", "/dev/null", "new-session", "-d", "-x", strconv.Itoa(width), "-y", "24", "-c", dir}
	env = append([]string{"HOME=" + dir, "ENV=", "LANG=C.UTF-8", "LC_ALL=", "NO_COLOR=", "GORACE=atexit_sleep_ms=0", "TUSHUM_CONFIG=" + filepath.Join(dir, "config.toml")}, env...)
	for _, variable := range env {
		args = append(args, "-e", variable)
	}
	t.Cleanup(func() {
		_ = exec.CommandContext(context.Background(), "tmux", "-S", m.socket, "kill-server").Run() // its shell may have ended
		_ = os.RemoveAll(sockets)
	})
	m.tmux(append(args, "/bin/sh")...)
	m.await("a prompt", func() bool { return strings.TrimSpace(m.screen()) != "" })
	return m
}

func (m *tmux) tmux(args ...string) string {
	m.t.Helper()
	cmd := exec.CommandContext(m.t.Context(), "tmux", append([]string{"-S", m.socket}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		m.t.Fatalf("tmux %q: %v: %s", args, err, stderr.String())
	}
	return string(out)
}

// run types a command into the shell.
func (m *tmux) run(line string) { m.t.Helper(); m.typed(line); m.press("Enter") }

// typed types a text as it is.
func (m *tmux) typed(text string) { m.t.Helper(); m.tmux("send-keys", "-l", text) }

// press presses keys by the names that tmux has for them.
func (m *tmux) press(keys ...string) { m.t.Helper(); m.tmux(append([]string{"send-keys"}, keys...)...) }

func (m *tmux) resize(width, height int) {
	m.t.Helper()
	m.tmux("resize-window", "-x", strconv.Itoa(width), "-y", strconv.Itoa(height))
}

// screen is what the terminal shows.
func (m *tmux) screen() string { m.t.Helper(); return m.tmux("capture-pane", "-p") }

// await looks until something is so, and otherwise shows the screen.
func (m *tmux) await(what string, so func() bool) {
	m.t.Helper()
	for deadline := time.Now().Add(patience); !so(); {
		if time.Now().After(deadline) {
			m.t.Fatalf("the screen never shows %s:\n%s", what, m.screen())
		}
		time.Sleep(lookAgain)
	}
}

// until waits for all the texts to be on the screen at once.
func (m *tmux) until(texts ...string) {
	m.t.Helper()
	m.await(strconv.Quote(strings.Join(texts, " and ")), func() bool {
		screen := m.screen()
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// gone waits for a text to leave the screen.
func (m *tmux) gone(text string) {
	m.t.Helper()
	m.await("no "+strconv.Quote(text), func() bool { return !strings.Contains(m.screen(), text) })
}

// wantRestored wants a terminal as a shell needs it: lines are edited and
// echoed, the cursor is seen, and the screen is the one with the history.
func (m *tmux) wantRestored() {
	m.t.Helper()
	if state := m.tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"); strings.TrimSpace(state) != "0 1 0" {
		m.t.Errorf("alternate screen, cursor and mouse are %s", state)
	}
	m.run("clear; stty -a | tr ';' '\\n' | tr ' ' '\\n' | grep -cxE 'icanon|echo|isig|opost'; echo loo\"k\"ed")
	m.until("looked")
	if screen := m.screen(); !strings.HasPrefix(screen, "4\n") {
		m.t.Errorf("the terminal is not as it was:\n%s", screen)
	}
}
