//go:build system

package main

import (
	"bytes"
	"errors"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"tushum/internal/setup"
)

// secretTyped is a password that must not be found anywhere.
const secretTyped = "canary:пароль 42"

// drafted waits until what was typed is kept.
func (m *tmux) drafted(texts ...string) {
	m.t.Helper()
	path := setup.DraftPath(filepath.Join(m.dir, "config.toml"))
	m.await(strings.Join(texts, " and ")+" in the draft", func() bool {
		kept, err := os.ReadFile(path)
		for _, text := range texts {
			if err != nil || !bytes.Contains(kept, []byte(text)) {
				return false
			}
		}
		return true
	})
}

// enters takes n answers as they stand.
func (m *tmux) enters(n int) {
	m.t.Helper()
	for range n {
		m.press("Enter")
	}
}

// freeAddress is one that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// A technician types half of it, the program is killed, and it goes on from
// there; what comes of it serves, and the bank pays with the password that was
// typed before.
func TestSystemSetupOutlivesAKill(t *testing.T) {
	t.Parallel()
	dir, address := t.TempDir(), freeAddress(t)
	m := newTmux(t, dir, 80)
	m.run(`sh -c 'echo $$ > pid; exec tushum setup'`)
	m.until("Seven pages of questions")
	m.press("Enter")
	m.until("1 of 7")
	m.typed("Salon Lola")
	m.enters(4)
	m.until("2 of 7")
	m.typed("101 202")
	m.press("Enter", "Right", "Enter")
	m.until("Password")
	m.typed("lola")
	m.press("Enter")
	m.typed(secretTyped)
	m.until("****")
	if strings.Contains(m.screen(), "canary") {
		t.Errorf("the password is seen:\n%s", m.screen())
	}
	m.enters(3)
	m.until("3 of 7")
	m.drafted("Salon Lola", `"uzum-login": "lola"`, "argon2id")
	m.killed()

	m.run("clear; tushum setup")
	m.until("What was typed the last time is here")
	m.press("Enter")
	m.until("1 of 7", "Salon Lola")
	m.enters(4)
	m.until("2 of 7", "101202", "lola")
	m.enters(6)
	m.until("3 of 7")
	m.enters(4)
	m.until("4 of 7")
	m.typed("http://" + address)
	m.press("Enter", "C-u")
	m.typed(address)
	m.enters(2)
	m.until("5 of 7")
	m.enters(1)
	m.until("6 of 7")
	m.enters(7)
	m.until("7 of 7")
	m.enters(5)
	m.until("look it over and save", "typed, not shown")
	m.press("Enter")
	m.until("the sheet for the bank", "http://"+address+"/uzum/check", "Test invoice")
	number := regexp.MustCompile(`Test invoice +(\d{7})`).FindStringSubmatch(m.screen())
	m.press("Enter")
	m.gone("the sheet for the bank")
	m.wantRestored()

	m.run("clear; tushum serve")
	m.until("listening on")
	wantNoSecret(t, dir, "canary")
	wantPaid(t, dir, number[1])
	m.press("C-c")
}

// killed kills the program whose id is in the file pid, and gives the shell its
// terminal back.
func (m *tmux) killed() {
	m.t.Helper()
	text, err := os.ReadFile(filepath.Join(m.dir, "pid"))
	if err != nil {
		m.t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err == nil {
		err = syscall.Kill(pid, syscall.SIGKILL)
	}
	if err != nil {
		m.t.Fatal(err)
	}
	m.until("Killed")
	m.typed("stty sane; printf '\\033[?1049l\\033[?25h'; clear; echo re\"ady\"")
	m.press("C-j")
	m.until("ready")
}

// wantNoSecret looks for a password in every file of a folder.
func wantNoSecret(t *testing.T, dir, secret string) {
	t.Helper()
	seen := 0
	files := os.DirFS(dir)
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		if bytes.Contains(text, []byte(secret)) {
			t.Errorf("%s holds the password", path)
		}
		seen++
		return err
	})
	if err != nil || seen < 2 {
		t.Errorf("%d files were looked into: %v", seen, err)
	}
}

// wantPaid has the bank pay an invoice of the service with the password.
func wantPaid(t *testing.T, dir, number string) {
	t.Helper()
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte(secretTyped+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	pay := exec.CommandContext(t.Context(), "tushum", "simulate", "pay", number, "--password-file", secret, "--config", filepath.Join(dir, "config.toml"))
	pay.Env = append(os.Environ(), "HOME="+dir)
	if out, err := pay.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("CONFIRMED")) {
		t.Errorf("paying: %v\n%s", errors.Join(err), out)
	}
}

func TestSystemSetupCanBeLeft(t *testing.T) {
	t.Parallel()
	m := newTmux(t, t.TempDir(), 80)
	m.run(`tushum setup; echo "ended: $?"`)
	m.until("Seven pages of questions")
	m.press("Enter")
	m.typed("Salon Lola")
	m.press("C-c")
	m.until("what was typed is kept", "ended: 130")
	m.wantRestored()
	m.drafted("Salon Lola")
	if _, err := os.Lstat(filepath.Join(m.dir, "config.toml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("settings were written: %v", err)
	}
}

// Who starts the program for the first time may set it up, and is then at the
// till.
func TestSystemFirstRunSetsUp(t *testing.T) {
	t.Parallel()
	m := newTmux(t, t.TempDir(), 80, "TUSHUM_CONFIG=")
	m.run("tushum")
	m.until("There are no settings yet")
	m.run("2")
	m.until("Seven pages of questions")
	m.press("Enter")
	m.typed("Salon Lola")
	m.enters(4)
	m.until("2 of 7")
	m.enters(4)
	m.until("3 of 7")
	m.enters(4)
	m.until("4 of 7")
	m.enters(3)
	m.until("5 of 7")
	m.enters(1)
	m.until("6 of 7")
	m.enters(7)
	m.until("7 of 7")
	m.enters(5)
	m.until("look it over and save")
	m.press("Enter")
	m.until("finish")
	m.press("Enter")
	m.until("Salon Lola", "n new")
}
