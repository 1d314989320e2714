//go:build unix

package main

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"tushum/tui"
)

func TestALogThatIsNoFileIsRefused(t *testing.T) {
	t.Parallel()
	for name, put := range map[string]func(path string) error{
		"pipe": func(path string) error { return syscall.Mkfifo(path, 0o600) }, "folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"link": func(path string) error {
			return errors.Join(os.WriteFile(path+".other", []byte("mine"), 0o600), os.Symlink(path+".other", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, _, stderr := atTerminal(t, closedAtOnce(make(chan tui.Options, 1)))
			config := withSettings(t, a)
			path := filepath.Join(a.Dir, "data", "tushum.db.log")
			if err := errors.Join(os.Mkdir(filepath.Dir(path), 0o700), put(path)); err != nil {
				t.Fatal(err)
			}
			if code := a.Run(t.Context(), []string{"--config", config, "--lang=ru"}); code != exitDone || stderr.String() != "tushum: журнал не пишется: "+path+": это не обычный файл\n" {
				t.Errorf("exit code %d, %s", code, stderr)
			}
			if text, err := os.ReadFile(path + ".other"); err == nil && string(text) != "mine" {
				t.Errorf("what the link leads to is now %q", text)
			}
		})
	}
}
