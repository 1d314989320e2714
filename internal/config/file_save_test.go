package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func opened(t *testing.T, path string) *File {
	t.Helper()
	f, err := OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func textOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// wantFiles checks that a folder holds these files with these texts, closed to
// others, and nothing else.
func wantFiles(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		text, expected := want[entry.Name()]
		if !expected {
			t.Errorf("%s lies in the folder", entry.Name())
			continue
		}
		if entry.IsDir() {
			continue
		}
		if got := textOf(t, filepath.Join(folder, entry.Name())); got != text {
			t.Errorf("%s holds\n%s\nwant\n%s", entry.Name(), got, text)
		}
		if info, err := entry.Info(); err != nil || openToOthers(info.Mode()) {
			t.Errorf("%s is open to others: %v, %v", entry.Name(), info.Mode(), err)
		}
	}
	if len(entries) != len(want) {
		t.Errorf("%d files are there, want %d", len(entries), len(want))
	}
}

func TestSaveKeepsThePreviousText(t *testing.T) {
	t.Parallel()
	path := write(t, "[shop]\nname = 'a' # x\n", 0o644)
	f := opened(t, path)
	text := func(name string) string { return "[shop]\nname = \"" + name + "\" # x\n" }
	previous := "[shop]\nname = 'a' # x\n"
	for _, name := range []string{"b", "c"} {
		if err := f.Set("shop.name", Text(name)); err != nil {
			t.Fatal(err)
		}
		if err := f.Save(); err != nil {
			t.Fatal(err)
		}
		wantFiles(t, filepath.Dir(path), map[string]string{"config.toml": text(name), "config.toml.old": previous})
		previous = text(name)
	}
	cfg, err := Load(path)
	if err != nil || cfg.Shop.Name != "c" {
		t.Errorf("reads as %+v, %v", cfg.Shop, err)
	}
}

// What is saved as it was leaves the previous text alone.
func TestSaveOfNothingChanged(t *testing.T) {
	t.Parallel()
	path := write(t, connected, 0o644)
	if err := os.WriteFile(path+".old", []byte("older"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := opened(t, path).Save(); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, filepath.Dir(path), map[string]string{"config.toml": connected, "config.toml.old": "older"})
}

func TestSaveANewFile(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	path := filepath.Join(root, "a", "b", "config.toml")
	f := NewFile(path, []byte(example(t)))
	if err := f.Set("shop.name", Text("Gul")); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, filepath.Dir(path), map[string]string{"config.toml": string(f.Text())})
	if info, err := os.Stat(filepath.Join(root, "a")); err != nil || openToOthers(info.Mode()) {
		t.Errorf("the folder is open to others: %v, %v", info.Mode(), err)
	}
	if cfg, err := f.Config(); err != nil || cfg.Shop.Name != "Gul" || f.Path() != path {
		t.Errorf("reads as %+v, %v", cfg.Shop, err)
	}
}

func TestSaveRefusesAFileThatChanged(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(path string) error{
		"by somebody":   func(path string) error { return os.WriteFile(path, []byte("[shop]\nname = 'mine'\n"), 0o600) },
		"to nothing":    func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"and went away": os.Remove,
	} {
		path := write(t, connected, 0o600)
		f := opened(t, path)
		if err := f.Set("uzum.service_id", Whole(2)); err != nil {
			t.Fatal(err)
		}
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		before, _ := os.ReadFile(path)
		err := f.Save()
		problems := asErrors(t, err)
		if !errors.Is(err, ErrChanged) || len(problems) != 1 || problems[0].Path != path || problems[0].Msg != sayChanged.says || !problems[0].Saving {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := os.ReadFile(path); string(after) != string(before) {
			t.Errorf("%s: the file became\n%s", name, after)
		}
		if _, err := os.Lstat(path + ".old"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a copy was made: %v", name, err)
		}
	}
	path := write(t, "", 0o600)
	if err := NewFile(path, []byte(connected)).Save(); !errors.Is(err, ErrChanged) {
		t.Errorf("a new file in the place of another: %v", err)
	}
}

func TestSaveRefusesWhatIsNotValid(t *testing.T) {
	t.Parallel()
	path := write(t, connected, 0o600)
	f := opened(t, path)
	if err := f.Set("listener.address", Text(":80")); err != nil {
		t.Fatal(err)
	}
	problems := asErrors(t, f.Save())
	if len(problems) != 1 || problems[0].Key != "listener.address" || problems[0].Line == 0 {
		t.Errorf("gives %v", problems)
	}
	wantFiles(t, filepath.Dir(path), map[string]string{"config.toml": connected})
	// Two steps may lead through settings that are not valid.
	if err := f.Set("listener.plain_http", Flag(true)); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Errorf("with the second step: %v", err)
	}
	wantFiles(t, filepath.Dir(path), map[string]string{"config.toml": string(f.Text()), "config.toml.old": connected})
	large := NewFile(filepath.Join(t.TempDir(), "config.toml"), []byte("#"+strings.Repeat("x", maxFile)))
	if problems := asErrors(t, large.Save()); len(problems) != 1 || problems[0].Msg.EN != "is larger than 256 KiB" {
		t.Errorf("a large text gives %v", problems)
	}
	if err := NewFile("", nil).Save(); !errors.Is(err, fs.ErrNotExist) || len(asErrors(t, err)) != 1 {
		t.Errorf("without a path: %v", err)
	}
}

func TestSaveFollowsASymlink(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	target := filepath.Join(folder, "real.toml")
	links := t.TempDir()
	outer, inner := filepath.Join(links, "outer.toml"), filepath.Join(links, "inner.toml")
	inside, err := filepath.Rel(links, target)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Symlink("inner.toml", outer), os.Symlink(inside, inner)); err != nil {
		t.Fatal(err)
	}
	// The link leads to nothing at first.
	if err := NewFile(outer, []byte(connected)).Save(); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, folder, map[string]string{"real.toml": connected})
	f := opened(t, outer)
	if err := errors.Join(f.Set("uzum.service_id", Whole(2)), f.Save()); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, folder, map[string]string{"real.toml": string(f.Text()), "real.toml.old": connected})
	if leads, err := os.Readlink(outer); err != nil || leads != "inner.toml" {
		t.Errorf("the link leads to %s, %v", leads, err)
	}
	round := filepath.Join(links, "round.toml")
	if err := os.Symlink("round.toml", round); err != nil {
		t.Fatal(err)
	}
	if err := NewFile(round, nil).Save(); len(asErrors(t, err)) != 1 {
		t.Errorf("a link to itself gives %v", err)
	}
}

// A relative link within a folder that is a link itself leads where the system
// says, and not where the words of the path do.
func TestSaveFollowsASymlinkInALinkedFolder(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	deep, target := filepath.Join(root, "real", "deep"), filepath.Join(root, "real", "shop.toml")
	if err := errors.Join(
		os.MkdirAll(deep, 0o700), os.Mkdir(filepath.Join(root, "a"), 0o700), os.WriteFile(target, []byte(connected), 0o600),
		os.Symlink(deep, filepath.Join(root, "a", "settings")),
		os.Symlink(filepath.Join("..", "shop.toml"), filepath.Join(deep, "config.toml")),
		os.Symlink(filepath.Join("..", "a")+"/settings/../shop.toml", filepath.Join(root, "a", "config.toml")),
	); err != nil {
		t.Fatal(err)
	}
	last := connected
	for n, path := range []string{filepath.Join("settings", "config.toml"), "config.toml"} {
		f := opened(t, filepath.Join(root, "a", path))
		if err := errors.Join(f.Set("uzum.service_id", Whole(int64(n+2))), f.Save()); err != nil {
			t.Fatal(err)
		}
		wantFiles(t, filepath.Join(root, "real"), map[string]string{"shop.toml": string(f.Text()), "shop.toml.old": last, "deep": ""})
		last = string(f.Text())
	}
}

// A link to elsewhere is not written through where it stands for the file of
// before.
func TestSaveOverALink(t *testing.T) {
	t.Parallel()
	path := write(t, connected, 0o600)
	victim := filepath.Join(t.TempDir(), "victim")
	if err := errors.Join(os.WriteFile(victim, []byte("theirs"), 0o600), os.Symlink(victim, path+".old")); err != nil {
		t.Fatal(err)
	}
	f := opened(t, path)
	if err := errors.Join(f.Set("uzum.service_id", Whole(2)), f.Save()); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, filepath.Dir(path), map[string]string{"config.toml": string(f.Text()), "config.toml.old": connected})
	if got := textOf(t, victim); got != "theirs" {
		t.Errorf("the file behind the link became %q", got)
	}
}

func TestSaveWhereNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	file := write(t, connected, 0o600)
	below := NewFile(filepath.Join(file, "config.toml"), []byte(connected))
	deeper := NewFile(filepath.Join(file, "a", "config.toml"), []byte(connected))
	blocked := opened(t, write(t, connected, 0o600))
	if err := errors.Join(blocked.Set("uzum.service_id", Whole(2)), os.MkdirAll(filepath.Join(blocked.Path()+".old", "x"), 0o700)); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]*File{"below a file": below, "deeper below a file": deeper, "a folder in the way": blocked} {
		problems := asErrors(t, f.Save())
		if len(problems) != 1 || problems[0].Path != f.Path() || !strings.HasPrefix(problems[0].Msg.EN, "can't be written: ") || problems[0].Hint.UZ == "" || !problems[0].Saving {
			t.Errorf("%s: %v", name, problems)
		}
	}
	if got := textOf(t, blocked.Path()); got != connected {
		t.Errorf("the file became\n%s", got)
	}
}

func TestOpenFileRefuses(t *testing.T) {
	t.Parallel()
	if _, err := OpenFile(filepath.Join(t.TempDir(), "config.toml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	for text, want := range map[string]string{"[shop": "not TOML", "\xff\xfea": "UTF-16", "[shop]\nname = '\xcc'": "Windows-1251"} {
		_, err := OpenFile(write(t, text, 0o600))
		if problems := asErrors(t, err); len(problems) != 1 || !strings.Contains(problems[0].Msg.EN, want) {
			t.Errorf("%q gives %v, want %q", text, err, want)
		}
	}
	if _, err := OpenFile(write(t, "[shop]\ncolour = 1\n", 0o600)); err != nil {
		t.Errorf("a file that is TOML alone: %v", err)
	}
}
