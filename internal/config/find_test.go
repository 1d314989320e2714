package config

import (
	"path/filepath"
	"slices"
	"testing"
)

func environment(pairs ...string) func(string) string {
	values := make(map[string]string)
	for pair := range slices.Chunk(pairs, 2) {
		values[pair[0]] = pair[1]
	}
	return func(name string) string { return values[name] }
}

func TestFind(t *testing.T) {
	t.Parallel()
	xdg := t.TempDir()
	all := environment(Variable, "/v.toml", "XDG_CONFIG_HOME", xdg, "HOME", "/home/a")
	for _, c := range []struct {
		flag string
		env  func(string) string
		want string
	}{
		{"my.toml", all, "my.toml"},
		{"", all, "/v.toml"},
		{"", environment("XDG_CONFIG_HOME", xdg, "HOME", "/home/a"), filepath.Join(xdg, "tushum", "config.toml")},
		{"", environment(), ""},
	} {
		if got := Find(c.flag, c.env); got != c.want {
			t.Errorf("Find(%q) = %q, want %q", c.flag, got, c.want)
		}
	}
	if got, want := DefaultStore(environment("XDG_DATA_HOME", xdg)), filepath.Join(xdg, "tushum", "tushum.db"); got != want {
		t.Errorf("DefaultStore is %q, want %q", got, want)
	}
	if got := DefaultStore(environment()); got != "" {
		t.Errorf("without a home DefaultStore is %q", got)
	}
}

func TestFoldersOfEachSystem(t *testing.T) {
	t.Parallel()
	xdg := t.TempDir()
	for _, c := range []struct {
		system         string
		env            func(string) string
		settings, data string
	}{
		{"linux", environment("HOME", "/home/a"), "/home/a/.config", "/home/a/.local/share"},
		{"freebsd", environment("HOME", "/home/a"), "/home/a/.config", "/home/a/.local/share"},
		{"linux", environment("HOME", "/home/a", "XDG_CONFIG_HOME", "rel", "XDG_DATA_HOME", "rel"), "/home/a/.config", "/home/a/.local/share"},
		{"linux", environment("HOME", "/home/a", "XDG_CONFIG_HOME", xdg, "XDG_DATA_HOME", xdg), xdg, xdg},
		{"darwin", environment("HOME", "/Users/a"), "/Users/a/Library/Application Support", "/Users/a/Library/Application Support"},
		{"windows", environment("AppData", `C:\r`, "LocalAppData", `C:\l`), `C:\r`, `C:\l`},
		{"windows", environment(), "", ""},
		{"linux", environment(), "", ""},
	} {
		settings, data := settingsFolder(c.system, c.env), dataFolder(c.system, c.env)
		if settings != filepath.FromSlash(c.settings) || data != filepath.FromSlash(c.data) {
			t.Errorf("%s: %q and %q, want %q and %q", c.system, settings, data, c.settings, c.data)
		}
	}
}
