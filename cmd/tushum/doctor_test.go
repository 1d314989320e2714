package main

import (
	"errors"
	"iter"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/store"
)

// someResults are one of each kind.
func someResults() iter.Seq[doctor.Result] {
	return slices.Values([]doctor.Result{
		{
			Check: "config.file", Title: lang.Text{UZ: "Sozlamalar fayli", RU: "Файл настроек", EN: "Settings file"}, Status: doctor.Passed,
			Says: lang.Text{UZ: "o‘qildi", RU: "прочитан", EN: "is read"}, Took: 1500 * time.Microsecond,
		},
		{
			Check: "public.url", Title: lang.Text{EN: "Public URL"}, Status: doctor.Warning,
			Says: lang.Text{EN: "there is none"}, Advice: lang.Text{EN: "set one that opens from the internet"},
		},
		{
			Check: "disk.free", Title: lang.Text{EN: "Free disk"}, Status: doctor.Failed,
			Says: lang.Text{EN: "50 MiB of 1.0 GiB"}, Advice: lang.Text{EN: "free some room"}, Took: 2 * time.Second,
		},
		{Check: "dns.public", Title: lang.Text{EN: "DNS"}, Status: doctor.Skipped, Says: lang.Text{EN: "there is no public_url"}},
	})
}

func TestExaminationAsLines(t *testing.T) {
	t.Parallel()
	a, stdout, _ := testApp(t)
	err := a.tellExamination(t.Context(), someResults())
	var code exited
	if !errors.As(err, &code) || code != exitFailed {
		t.Errorf("what has failed ends with %v", err)
	}
	const want = `passed   Settings file: is read
warning  Public URL: there is none
         → set one that opens from the internet
FAILED   Free disk: 50 MiB of 1.0 GiB
         → free some room
skipped  DNS: there is no public_url

passed: 1, warnings: 1, failed: 1, skipped: 1
`
	if stdout.String() != want {
		t.Errorf("got\n%s", stdout)
	}
}

func TestExaminationOnANarrowScreen(t *testing.T) {
	t.Parallel()
	a, stdout, _ := testApp(t)
	a.Width, a.Color, a.lang = 40, true, lang.RU
	_ = a.tellExamination(t.Context(), someResults()) // it fails, as above
	for line := range strings.Lines(stdout.String()) {
		if width := cells(strings.TrimRight(line, "\n")); width > a.Width && !strings.HasPrefix(line, "прошло:") {
			t.Errorf("%d cells: %s", width, line)
		}
	}
	if first, _, _ := strings.Cut(stdout.String(), "\n"); first != "\x1b[32mпрошло\x1b[0m     Файл настроек: прочитан" {
		t.Errorf("the first line is %q", first)
	}
}

func TestExaminationAsJSON(t *testing.T) {
	t.Parallel()
	a, stdout, _ := testApp(t)
	a.flags.json = true
	_ = a.tellExamination(t.Context(), someResults()) // it fails, as above
	const want = `{"check":"config.file","status":"passed","title":"Settings file","message":"is read","took_ms":1}
{"check":"public.url","status":"warning","title":"Public URL","message":"there is none","advice":"set one that opens from the internet","took_ms":0}
{"check":"disk.free","status":"failed","title":"Free disk","message":"50 MiB of 1.0 GiB","advice":"free some room","took_ms":2000}
{"check":"dns.public","status":"skipped","title":"DNS","message":"there is no public_url","took_ms":0}
`
	if stdout.String() != want {
		t.Errorf("got\n%s", stdout)
	}
}

func TestWarningsAloneAreNoFailure(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	if err := a.tellExamination(t.Context(), slices.Values([]doctor.Result{{Status: doctor.Warning}, {Status: doctor.Skipped}})); err != nil {
		t.Errorf("it ends with %v", err)
	}
}

func TestAServiceIsExaminedFromInside(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	cfg := testSettings(t, testConfig)
	cfg.Path = ""
	s, err := startService(cfg, serviceOptions{Path: filepath.Join(folder, "tushum.db")})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(map[string]doctor.Status)
	for r := range s.examine(t.Context()) {
		ended[r.Check] = r.Status
		if r.Status == doctor.Failed {
			t.Errorf("%s: %s", r.Check, r.Says.EN)
		}
	}
	for check, want := range map[string]doctor.Status{
		"config.file": doctor.Skipped, "service.start": doctor.Passed, "port.listen": doctor.Passed, "public.url": doctor.Warning,
		"store.ready": doctor.Passed, "store.structure": doctor.Passed, "webhooks.local": doctor.Passed, "webhooks.public": doctor.Skipped,
	} {
		if ended[check] != want {
			t.Errorf("%s: %s, want %s", check, ended[check], want)
		}
	}
	transactions, err := s.shop.Transactions(t.Context(), store.TransactionQuery{})
	if err != nil || len(transactions) > 0 {
		t.Errorf("the ledger has %v, %v", transactions, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestARehearsalGoesByTheShopsOwnLimits(t *testing.T) {
	t.Parallel()
	cfg := testSettings(t, testConfig)
	cfg.Uzum.MinAmount, cfg.Uzum.AcceptReversals = 5_000_000, false
	s, err := startService(cfg, serviceOptions{Path: filepath.Join(t.TempDir(), "tushum.db")})
	if err != nil {
		t.Fatal(err)
	}
	for r := range s.examine(t.Context()) {
		if r.Check == "webhooks.local" && r.Status != doctor.Passed {
			t.Errorf("%s: %s", r.Status, r.Says.EN)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// A file that parses and can't be used is no good file: the old settings hold.
func TestTheDoctorSaysWhatTheServiceRefuses(t *testing.T) {
	t.Parallel()
	cfg := testSettings(t, testConfig)
	s, err := startService(cfg, serviceOptions{Path: filepath.Join(t.TempDir(), "tushum.db"), Settings: cfg.Path})
	if err != nil {
		t.Fatal(err)
	}
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = busy.Close() })
	if err := os.WriteFile(cfg.Path, []byte(strings.Replace(testConfig, "127.0.0.1:0", busy.Addr().String(), 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.reload(); err == nil {
		t.Error("a busy port is taken")
	}
	for r := range s.examine(t.Context()) {
		if r.Check == "config.file" && (r.Status != doctor.Failed || !strings.Contains(r.Says.EN, "can't listen on "+busy.Addr().String()) || r.Advice.EN == "") {
			t.Errorf("%s: %s → %s", r.Status, r.Says.EN, r.Advice.EN)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// More examinations at once than there is room for wait, and end nobody else's.
func TestExaminationsAtOnceAreBounded(t *testing.T) {
	t.Parallel()
	s, err := startService(testSettings(t, testConfig), serviceOptions{Path: filepath.Join(t.TempDir(), "tushum.db")})
	if err != nil {
		t.Fatal(err)
	}
	for {
		_, err := s.rehearse()
		if errors.Is(err, doctor.ErrRehearsing) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for r := range s.examine(t.Context()) {
		if r.Check == "webhooks.local" && (r.Status != doctor.Warning || !strings.Contains(r.Advice.EN, "wait")) {
			t.Errorf("%s: %s → %s", r.Status, r.Says.EN, r.Advice.EN)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestTheStoreOfBrokenSettingsIsFound(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for text, want := range map[string]string{
		"[store]\npath = \"data/x.db\" # ours\n[shop\n":       filepath.Join(folder, "data/x.db"),
		"[uzum]\npath = \"/uzum\"\n [store] \npath='/d/x.db'": "/d/x.db",
		"[uzum]\npath = \"/uzum\"\n":                          "",
		"[store]\npath = \"\"\n":                              "",
		"[store]\npath = data\n":                              "",
	} {
		file := filepath.Join(folder, "config.toml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := storeNamed(file); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := storeNamed(filepath.Join(folder, "none.toml")); got != "" {
		t.Errorf("without a file: %q", got)
	}
}
