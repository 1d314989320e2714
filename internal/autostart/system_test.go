//go:build system

package autostart_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"tushum/internal/autostart"
)

// systemd's own reader has nothing to say about the unit.
func TestSystemdUnderstandsTheUnit(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	program := filepath.Join(dir, "tushum 100%")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	text, err := manager(t, "linux").Describe(autostart.Service{
		Program: program, Config: filepath.Join(dir, "config.toml"), Writable: []string{dir},
	})
	if err != nil {
		t.Fatal(err)
	}
	unit := filepath.Join(dir, "tushum.service")
	if err := os.WriteFile(unit, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	verify := exec.CommandContext(t.Context(), "systemd-analyze", "verify", "--user", "--man=no", unit)
	verify.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+dir)
	said, err := verify.CombinedOutput()
	if err != nil || len(said) > 0 {
		t.Errorf("%v: %s", err, said)
	}
}
