//go:build system

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tushum/internal/config"
	"tushum/store"
)

// guide is a page of ours, with the lines of its commands made whole.
func guide(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\\\n", " ")
}

// told finds the commands of a page, in its blocks and between backticks.
var (
	toldBlock  = regexp.MustCompile(`(?m)^ *(?:\./)?(tushum [^#\n]+)`)
	toldInText = regexp.MustCompile("`(tushum [^`#]+)`")
)

func toldCommands(page string) []string {
	var all []string
	for i, part := range strings.Split(page, "```") {
		pattern := toldInText
		if i%2 == 1 {
			pattern = toldBlock
		}
		for _, m := range pattern.FindAllStringSubmatch(part, -1) {
			all = append(all, strings.NewReplacer("…", "1").Replace(m[1]))
		}
	}
	return all
}

// Every command that the guide tells to type is one, with the flags it has
// there: help is asked of it, which a flag that there is not does not get.
func TestSystemTheGuidesCommandsAreThere(t *testing.T) {
	t.Parallel()
	commands := append(toldCommands(guide(t, "docs/going-live.md")), toldCommands(strings.Split(guide(t, "README.md"), "## Commands")[0])...)
	if len(commands) < 40 {
		t.Fatalf("only %d commands were found: %q", len(commands), commands)
	}
	for _, line := range commands {
		a, stdout, stderr := testApp(t)
		args := strings.Fields(oneWord.ReplaceAllString(line, "1"))
		if code := a.Run(t.Context(), append(args[1:], "-h")); code != exitDone || !strings.Contains(stdout.String(), "Usage:") {
			t.Errorf("%s: %d\n%s%s", line, code, stdout, stderr)
		}
	}
}

// oneWord is what a shell makes one word of.
var oneWord = regexp.MustCompile(`"[^"]*"|\$\([^)]*\)`)

// What the doctor looks at and what is watched stands in the guide.
func TestSystemTheGuideExplainsEveryCheckAndWarning(t *testing.T) {
	t.Parallel()
	page := guide(t, "docs/going-live.md")
	f := newFreshShop(t, "tushum")
	if err := os.MkdirAll(filepath.Dir(f.settings()), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.settings(), []byte(testConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, one := range f.examined(exitDone) {
		if !strings.Contains(page, "\n| "+one.Title+" | ") {
			t.Errorf("the guide does not explain the check %q", one.Title)
		}
	}
	for _, code := range []store.WarningCode{
		store.BankSilent, store.CallsRefused, store.WrongServiceID, store.CallsFailing,
		store.CertificateEnding, store.CertificateFailing, store.CertificateWrong,
		store.DiskShort, store.SettingsRefused, store.SettingsWaiting, store.ClockAside,
	} {
		if !strings.Contains(page, "\n| `"+string(code)+"` | ") {
			t.Errorf("the guide does not explain the warning %s", code)
		}
	}
}

// What the examples ask of the settings, the settings take.
func TestSystemTheExamplesAskForGoodSettings(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Caddyfile", "nginx.conf", "cloudflared.yml", "frpc.toml"} {
		listener := strings.Join(settingsOf(t, name), "\n")
		cfg, err := config.Parse([]byte("[listener]\n"+strings.Replace(listener, "domains =", "[listener.acme]\ndomains =", 1)), "config.toml")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if l := cfg.Listener; l.PublicURL != "https://pay.shop.uz" || (len(l.TrustedProxies) == 0) != (len(l.ACME.Domains) == 1) {
			t.Errorf("%s asks for %+v", name, l)
		}
	}
}
