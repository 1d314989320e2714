//go:build system

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What the recipe has to be written into files that are there: a mark in a file, and
// what comes before it.
var recipeLines = []struct{ file, mark, line string }{
	{"internal/config/config.go", "\tRouting  map[Kind]System", "\tCourier Courier\n"},
	{"internal/config/choices.go", "\t\t{name: SystemManual", "\t\t{name: SystemCourier, read: func(r *reader, s *section, cfg *Config) { r.courier(s, &cfg.Courier) }, callback: true},\n"},
	{"cmd/tushum/systems.go", "\tmanual.New,\n", "\tcourier.New,\n"},
	{"cmd/tushum/systems.go", "\t\"tushum/internal/system/manual\"\n", "\t\"tushum/internal/system/courier\"\n"},
}

// The recipe of docs/architecture.md is followed to the letter: a folder, the config and
// a line of wiring are laid over the sources, the program is built of that, and a real
// settings file routes goods to the new system.
func TestSystemTheRecipeMakesAPaymentSystemOfASettingsFile(t *testing.T) {
	t.Parallel()
	program := recipeProgram(t)
	settings := filepath.Join(t.TempDir(), "config.toml")
	run := func(text string, args ...string) (out string, code int) {
		t.Helper()
		text = "[store]\npath = 'tushum.db'\n[shop]\nlanguage = 'en'\n" + text
		if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), program, append(args, "--config", settings)...)
		said, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return string(said), cmd.ProcessState.ExitCode()
	}

	const routed = "[courier]\ndoor = 'blue'\n[routing]\ngoods = 'courier'\n"
	out, code := run(routed, "invoice", "create", "--kind", "goods", "--amount", "45000", "--json")
	var inv struct{ Number, System string }
	if err := json.Unmarshal([]byte(out), &struct {
		Number *string `json:"number"`
		System *string `json:"payment_system"`
	}{&inv.Number, &inv.System}); code != exitDone || err != nil || inv.System != "courier" {
		t.Fatalf("%d, %v: %s", code, err, out)
	}
	if out, code = run(routed, "invoice", "qr", inv.Number); code != exitDone || !strings.Contains(out, "https://courier.example/blue") {
		t.Errorf("its deal is paid elsewhere: %d %s", code, out)
	}
	for text, want := range map[string]string{
		"[courier]\ndoor = 'blue'\n[routing]\ncounter = 'courier'\n": "takes no amounts that the payer types",
		"[courier]\ngate = 'blue'\n":                                 "courier.gate",
		"[uzum]\npath = '/courier/x'\n":                              "/courier",
	} {
		if out, code = run(text, "invoice", "list"); code != exitUsage || !strings.Contains(out, want) {
			t.Errorf("%q is answered %d: %s", text, code, out)
		}
	}
	if out, code = run("[routing]\ngoods = 'courier'\n", "invoice", "create", "--kind", "goods", "--amount", "45000"); code != exitRefused || !strings.Contains(out, "Courier is not connected") {
		t.Errorf("without its door it answers %d: %s", code, out)
	}
}

// recipeProgram is the program with one payment system more.
func recipeProgram(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	laid := map[string]string{ // by the file that it stands for
		filepath.Join(root, "internal", "config", "courier.go"):            filepath.Join(root, "cmd", "tushum", "testdata", "recipe", "config.go"),
		filepath.Join(root, "internal", "system", "courier", "courier.go"): filepath.Join(root, "cmd", "tushum", "testdata", "recipe", "system.go"),
	}
	changed := make(map[string]string)
	for _, l := range recipeLines {
		text, known := changed[l.file]
		if !known {
			whole, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(l.file)))
			if err != nil {
				t.Fatal(err)
			}
			text = string(whole)
		}
		if strings.Count(text, l.mark) != 1 {
			t.Fatalf("%s has %d places for %q", l.file, strings.Count(text, l.mark), l.line)
		}
		changed[l.file] = strings.Replace(text, l.mark, l.line+l.mark, 1)
	}
	for file, text := range changed {
		own := filepath.Join(dir, strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(own, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		laid[filepath.Join(root, filepath.FromSlash(file))] = own
	}
	overlay, err := json.Marshal(map[string]any{"Replace": laid})
	if err != nil {
		t.Fatal(err)
	}
	list, program := filepath.Join(dir, "overlay.json"), filepath.Join(dir, "tushum")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-overlay", list, "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, out)
	}
	return program
}
