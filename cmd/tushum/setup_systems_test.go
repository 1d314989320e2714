package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/setup"
	"tushum/webhook/callback"
)

// cardVendor is a vendor that is called over HTTP, with the file of a shop that it
// knows.
type cardVendor struct {
	url, keys string
	calls     *atomic.Int64
}

// newCardVendor starts one; a shop that it does not know gets stranger's keys.
func newCardVendor(t *testing.T, dir string, stranger bool) cardVendor {
	t.Helper()
	shop, err := simulator.NewShop()
	if err != nil {
		t.Fatal(err)
	}
	known := shop
	if stranger {
		if known, err = simulator.NewShop(); err != nil {
			t.Fatal(err)
		}
	}
	calls := new(atomic.Int64)
	answers := simulator.New(known, time.Now)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		answers.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	keys := filepath.Join(dir, "keys.json")
	if err := os.WriteFile(keys, shop.CredentialsFile(), 0o600); err != nil {
		t.Fatal(err)
	}
	return cardVendor{server.URL, keys, calls}
}

// runSetup runs setup with flags over the settings in a folder.
func runSetup(t *testing.T, dir string, flags ...string) (code int, stdout, stderr string) {
	t.Helper()
	a, out, said := testApp(t)
	a.Dir = dir
	code = a.Run(t.Context(), append([]string{"setup", "--lang", "en", "--config", filepath.Join(dir, "config.toml"), "--no-test-invoice"}, flags...))
	return code, out.String(), said.String()
}

// cardFlags connect the second payment system, and route everything past the bank.
func (v cardVendor) cardFlags() []string {
	flags := []string{
		"--oneclick", "on", "--oneclick-consent", "yes", "--oneclick-url", v.url, "--oneclick-credentials", "keys.json", "--public-url", "http://127.0.0.1:8080",
	}
	for _, kind := range config.Kinds() {
		system := "oneclick"
		if kind == "counter" {
			system = "manual"
		}
		flags = append(flags, "--route-"+string(kind), system)
	}
	return flags
}

func savedSettings(t *testing.T, dir string) config.Config {
	t.Helper()
	cfg, err := config.Load(filepath.Join(dir, "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func TestSetupConnectsASecondSystemAndTriesIt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	v := newCardVendor(t, dir, false)
	code, stdout, stderr := runSetup(t, dir, v.cardFlags()...)
	if code != exitDone || stdout != "" {
		t.Errorf("it ends with %d\n%s%s", code, stdout, stderr)
	}
	for _, want := range []string{
		"connection: OneClick answers and knows the shop\n", "note: the webhook URL for the cabinet of OneClick: http://127.0.0.1:8080/oneclick/callback\n",
	} {
		if !strings.Contains(stderr, want) {
			t.Errorf("there is no %q in\n%s", want, stderr)
		}
	}
	cfg := savedSettings(t, dir)
	if !cfg.OneClick.Enabled || cfg.OneClick.CredentialsFile != v.keys || cfg.Routing["goods"] != config.SystemOneClick {
		t.Errorf("the settings are %+v", cfg.OneClick)
	}
	// What is about something else asks the vendor nothing.
	before := v.calls.Load()
	if code, _, stderr = runSetup(t, dir, "--shop-name", "Lola"); code != exitDone || strings.Contains(stderr, "OneClick") || v.calls.Load() != before {
		t.Errorf("it ends with %d after %d calls\n%s", code, v.calls.Load()-before, stderr)
	}
}

func TestSetupKeepsSettingsThatDoNotConnect(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	v := newCardVendor(t, dir, true)
	code, _, stderr := runSetup(t, dir, v.cardFlags()...)
	if code != exitUsage || !strings.Contains(stderr, "tushum: the settings are written, but OneClick does not connect: ") || !strings.Contains(stderr, "\nhint: ") {
		t.Errorf("it ends with %d\n%s", code, stderr)
	}
	if !savedSettings(t, dir).OneClick.Enabled {
		t.Error("the settings were undone")
	}
	keys, err := os.ReadFile(v.keys)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range bytes.Split(keys, []byte(`"`)) {
		if len(secret) > 30 && strings.Contains(stderr, string(secret)) {
			t.Errorf("what is in the file is told:\n%s", stderr)
		}
	}
	before := v.calls.Load()
	if code, _, stderr = runSetup(t, dir, append(v.cardFlags(), "--oneclick-lang", "ru", "--no-test")...); code != exitDone || v.calls.Load() != before {
		t.Errorf("without a test it ends with %d after %d calls\n%s", code, v.calls.Load()-before, stderr)
	}
}

func TestSetupWantsTheOwnersWord(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	v := newCardVendor(t, dir, false)
	for l, want := range map[string]string{
		"en": "--oneclick-consent: The shop is not the payee", "ru": "--oneclick-consent: Деньги получает не магазин", "uz": "--oneclick-consent: Pul do‘konga emas",
	} {
		code, _, stderr := runSetup(t, dir, "--oneclick", "on", "--oneclick-url", v.url, "--oneclick-credentials", "keys.json", "--lang", l)
		if code != exitUsage || !strings.Contains(stderr, want) || !strings.Contains(stderr, "--oneclick-consent yes") {
			t.Errorf("in %s it ends with %d\n%s", l, code, stderr)
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, "config.toml")); !os.IsNotExist(err) || v.calls.Load() > 0 {
		t.Errorf("settings were written (%v), or the vendor was called", err)
	}
}

func TestATestOfASystemIsToldInWords(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	v := newCardVendor(t, dir, false)
	cfg := config.Default()
	err := testSystem(t.Context(), cfg, "oneclick")
	if says, hint := inAll(err); !strings.Contains(says.EN, "the file from the cabinet") || hint.EN != "connect it first: tushum setup" {
		t.Errorf("of one that is not connected is said %q, %q", says.EN, hint.EN)
	}
	cfg.OneClick.BaseURL, cfg.OneClick.CredentialsFile = v.url, v.keys
	if err := testSystem(t.Context(), cfg, "oneclick"); err != nil { // before it is switched on
		t.Error(err)
	}
	if err := testSystem(t.Context(), cfg, "uzum"); err != nil {
		t.Errorf("one that makes no deals: %v", err)
	}
	cfg.OneClick.BaseURL = "http://127.0.0.1:1" // where nobody listens
	err = testSystem(t.Context(), cfg, "oneclick")
	if says, hint := inAll(err); err == nil || says == (lang.Text{}) || says.RU == says.EN || hint.UZ == "" {
		t.Errorf("of a vendor that is not there is said %+v, %+v", says, hint)
	}
}

func TestTheVendorIsToldTheAddressThatIsServed(t *testing.T) {
	t.Parallel()
	const public = "https://pay.shop.uz"
	for _, p := range profilesIn(systemsOf(config.Default())) {
		if got := setup.CallbackURL(public, p.System); got != public+callback.Path(p.System) {
			t.Errorf("%s is told %s, and calls are answered at %s", p.System, got, callback.Path(p.System))
		}
	}
}

// A shop without the bank switches it off: nothing of it is missing then, and what
// still goes to it is named, with what to do.
func TestSetupWithoutTheBankLacksNothingOfIt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	v := newCardVendor(t, dir, false)
	flags := append(v.cardFlags(), "--uzum-enabled", "no", "--route-visit", "uzum")
	code, _, stderr := runSetup(t, dir, flags...)
	if want := "note: Uzum Bank is switched off, and these go to it: Link for a visit\nhint: no invoice can be made for them: route them elsewhere, or switch it on (--uzum-enabled yes)\n"; code != exitDone || !strings.Contains(stderr, want) {
		t.Errorf("it ends with %d\n%s", code, stderr)
	}
	if code, _, stderr = runSetup(t, dir, "--route-visit", "manual", "--lang", "ru"); code != exitDone || strings.Contains(stderr, "Uzum") {
		t.Errorf("once nothing goes to it, it ends with %d\n%s", code, stderr)
	}
	for l, want := range map[string]string{"en": "\nhint: ", "ru": "\nподсказка: ", "uz": "\nmaslahat: "} {
		if _, _, stderr = runSetup(t, dir, "--tariff-humo", "x", "--lang", l); !strings.Contains(stderr, want) {
			t.Errorf("in %s what to do is not told as %q:\n%s", l, want, stderr)
		}
	}
}
