package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, text string, mode fs.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoad(t *testing.T) {
	t.Parallel()
	path := write(t, connected+"[store]\npath = 'shop.db'", 0o600)
	cfg, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Path != path || cfg.Uzum.ServiceID != 1 || cfg.Store.Path != filepath.Join(filepath.Dir(path), "shop.db") {
		t.Errorf("reads as %+v", cfg)
	}
}

func TestLoadFollowsASymlink(t *testing.T) {
	t.Parallel()
	path := write(t, connected, 0o600)
	link := filepath.Join(t.TempDir(), "link.toml")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(link); err != nil {
		t.Errorf("through a symlink: %v", err)
	}
}

func TestLoadWithoutAFile(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "config.toml")
	for _, path := range []string{missing, ""} {
		_, err := Load(path)
		problems := asErrors(t, err)
		if !errors.Is(err, fs.ErrNotExist) || len(problems) != 1 || problems[0].Hint.EN == "" || problems[0].Path != path {
			t.Errorf("Load(%q) = %v", path, err)
		}
	}
}

func TestLoadRefusesWhatIsNoSettingsFile(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		t.TempDir(): "is not a file",
		write(t, "#"+strings.Repeat("x", maxFile), 0o600): "larger than 256 KiB",
	} {
		_, err := Load(path)
		if problems := asErrors(t, err); len(problems) != 1 || problems[0].Msg.EN != want && !strings.Contains(problems[0].Msg.EN, want) {
			t.Errorf("Load(%s) = %v, want %q", path, err, want)
		}
	}
	exactly := write(t, "#"+strings.Repeat("x", maxFile-1), 0o600)
	if _, err := Load(exactly); err != nil {
		t.Errorf("a file of 256 KiB: %v", err)
	}
}
