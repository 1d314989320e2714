//go:build system

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// tillFolder is a shop's folder with its settings.
func tillFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "config.toml"), []byte(testConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// startConsole runs the program in a terminal, so that its end is told.
func startConsole(t *testing.T, dir string) *tmux {
	t.Helper()
	m := newTmux(t, dir, 80)
	m.run(`clear; sh -c 'echo $$ > pid; exec tushum'; echo "ended: $?"`)
	m.until("Sartaroshxona")
	return m
}

// close presses q, and says yes if the console asks.
func (m *tmux) close() {
	m.t.Helper()
	m.press("q")
	m.until("ended: 0")
}

func TestSystemConsolesOfOneShop(t *testing.T) {
	t.Parallel()
	dir := tillFolder(t)
	first := startConsole(t, dir)
	second := startConsole(t, dir)
	second.close()
	second.wantRestored()
	first.resize(60, 20)
	first.until("Sartaroshxona")
	first.close()
	first.wantRestored()
}

func TestSystemSignalRestoresTheTerminal(t *testing.T) {
	t.Parallel()
	dir := tillFolder(t)
	first := startConsole(t, dir)
	first.signal(syscall.SIGTERM)
	first.until("ended: 130")
	first.wantRestored()
}

func (m *tmux) signal(s syscall.Signal) {
	m.t.Helper()
	text, err := os.ReadFile(filepath.Join(m.dir, "pid"))
	if err != nil {
		m.t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err == nil {
		err = syscall.Kill(pid, s)
	}
	if err != nil {
		m.t.Fatal(err)
	}
}

func TestSystemConsoleOutlivesItsService(t *testing.T) {
	t.Parallel()
	dir := tillFolder(t)
	service := newTmux(t, dir, 80)
	service.run("tushum serve")
	service.until("listening on")
	console := startConsole(t, dir)
	service.press("C-c")
	console.until("Sartaroshxona", "the service has stopped")
	service.run("tushum serve")
	console.gone("the service has stopped")
	console.until("Sartaroshxona")
	service.press("C-c")
	console.until("Sartaroshxona", "the service has stopped")
	console.press("C-c") // q so soon after the loss may be meant for the console
	console.until("ended: 0")
	console.wantRestored()
}

// A service that is held still lets the terminals of its consoles go.
func TestSystemServiceHeldStill(t *testing.T) {
	t.Parallel()
	dir := tillFolder(t)
	service := newTmux(t, dir, 100)
	service.run(`sh -c 'echo $$ > held; exec tushum serve'`)
	service.until("listening on")
	console := startConsole(t, dir)
	text, err := os.ReadFile(filepath.Join(dir, "held"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err = errors.Join(err, syscall.Kill(pid, syscall.SIGSTOP)); err != nil {
		t.Fatal(err)
	}
	console.until("Sartaroshxona", "the service has stopped")
	if err := syscall.Kill(pid, syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	console.gone("the service has stopped")
	console.until("Sartaroshxona") // the frame is there again
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	console.until("Sartaroshxona", "the service has stopped")
	console.press("C-c")
	console.until("ended: 0")
	console.wantRestored()
	if err := syscall.Kill(pid, syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
}

func TestSystemFirstRun(t *testing.T) {
	t.Parallel()
	m := newTmux(t, t.TempDir(), 80, "TUSHUM_CONFIG=", "LANG=ru_RU.UTF-8")
	m.run(`tushum; echo "ended: $?"`)
	m.until("Настроек ещё нет:", "1, 2, 3 или 4:")
	m.run("4")
	m.until("ended: 0")
	m.run(`clear; tushum; echo "ended: $?"`)
	m.until("1, 2, 3 или 4:")
	m.run("1")
	m.until("Gulnora")
	m.close()
	m.wantRestored()
	m.run(`clear; TERM=dumb tushum; echo "ended: $?"`)
	m.until("tushum serve", "ended: 2")
}
