//go:build unix

package config

import (
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestLoadRefusesASecretOpenToOthers(t *testing.T) {
	t.Parallel()
	oneClick := "[oneclick]\ncredentials_file = 'x.json'"
	for _, c := range []struct {
		text    string
		mode    fs.FileMode
		refused bool
	}{
		{connected, 0o600, false},
		{connected, 0o400, false},
		{connected, 0o700, false},
		{connected, 0o640, true},
		{connected, 0o604, true},
		{connected, 0o620, true},
		{connected, 0o644, true},
		{oneClick, 0o644, true},
		{"[uzum]\nenabled = false\n[[uzum.credentials]]\npassword_hash = '" + aHash + "'", 0o644, true},
		{"[shop]\nname = 'A'", 0o644, false},
		{"[[uzum.credentials]]\npassword_hash = ''", 0o644, false},
	} {
		path := write(t, c.text, c.mode)
		_, err := Load(path)
		if !c.refused {
			if err != nil {
				t.Errorf("mode %o of %q: %v", c.mode, c.text, err)
			}
			continue
		}
		problems := asErrors(t, err)
		if len(problems) != 1 || !strings.Contains(problems[0].Msg.EN, "others can read") || problems[0].Hint.EN != "run: chmod 600 "+path {
			t.Errorf("mode %o of %q gives %v", c.mode, c.text, err)
		}
	}
}

// The mode is told together with what else is wrong, so that one look is enough.
func TestLoadTellsTheModeFirst(t *testing.T) {
	t.Parallel()
	_, err := Load(write(t, connected+"[shop]\ncolour = 1", 0o644))
	problems := asErrors(t, err)
	if len(problems) != 2 || problems[0].Line != 0 || problems[1].Key != "shop.colour" {
		t.Errorf("gives %v", err)
	}
}

func TestLoadDoesNotWaitForAPipe(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Load(path)
	if problems := asErrors(t, err); len(problems) != 1 || problems[0].Msg.EN != "is not a file" {
		t.Errorf("a pipe gives %v", err)
	}
}
