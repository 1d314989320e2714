package config_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/internal/money"
)

// oneClickOf reads a section of the second payment system.
func oneClickOf(t *testing.T, lines string) (config.OneClick, error) {
	t.Helper()
	cfg, err := config.Parse([]byte("[oneclick]\n"+lines), "/shop/config.toml")
	return cfg.OneClick, err
}

func TestOneClickIsOffUntilItIsSwitchedOn(t *testing.T) {
	t.Parallel()
	got, err := oneClickOf(t, "")
	if err != nil || got.Enabled || got.TestMode || got.BaseURL != "" || got.CredentialsFile != "" {
		t.Errorf("nothing reads as %+v, %v", got, err)
	}
	if got.Flow != config.Widget || got.Country != "UZ" || got.CallsPerSecond != 5 || got.Watch != 7*24*time.Hour || got.CredentialsPath != "/deals/{id}/credentials" {
		t.Errorf("the defaults are %+v", got)
	}
}

func TestOneClickReadsEveryKey(t *testing.T) {
	t.Parallel()
	got, err := oneClickOf(t, `
enabled = true
base_url = "https://Api.Example.uz/"
credentials_file = "keys/oneclick.json"
country = ""
lang = "ru"
flow = "h2h"
credentials_path = "/v2/deals/{id}/requisites"
calls_per_second = 50
watch_days = 90
test_mode = true
min_amount = 5000
max_amount = "1,5 mln"
`)
	want := config.OneClick{
		Enabled: true, BaseURL: "https://api.example.uz", CredentialsFile: filepath.FromSlash("/shop/keys/oneclick.json"), Lang: "ru", Flow: config.HostToHost,
		CredentialsPath: "/v2/deals/{id}/requisites", CallsPerSecond: 50, Watch: 90 * 24 * time.Hour, TestMode: true,
		MinAmount: 5_000 * money.Som, MaxAmount: 1_500_000 * money.Som,
	}
	if err != nil || got != want {
		t.Errorf("it reads as %+v, %v; want %+v", got, err, want)
	}
}

// What the settings take, the client calls: see the test of internal/system/oneclick.
func TestOneClickTakesTheAddressesThatCanBeCalled(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"https://secure.sandbox.paymentsgate.io":  true,
		"https://secure.sandbox.paymentsgate.io/": true,
		"https://10.0.0.7:8443":                   true,
		"http://127.0.0.1:8099":                   true,
		"http://[::1]:8099":                       true,
		"http://localhost:8099":                   true,
		"http://shop.localhost:8099":              false,
		"https://shop.localhost":                  true,
		"http://10.0.0.7":                         false,
		"http://api.example.uz":                   false,
		"http://127.0.0.1.example.uz":             false,
		"https://me:secret@api.example.uz":        false,
		"https://api.example.uz?key=1":            false,
		"https://api.example.uz/#top":             false,
		"ftp://api.example.uz":                    false,
		"api.example.uz":                          false,
		"https://":                                false,
	} {
		_, err := oneClickOf(t, "base_url = '"+address+"'\n")
		if good != (err == nil) {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil {
			var all config.Errors
			if !errors.As(err, &all) || all[0].Key != "oneclick.base_url" || all[0].Line != 2 || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s is refused by %v", address, err)
			}
		}
	}
}

// Paused, it keeps the kinds that go to it, so that it can go on.
func TestAPausedOneClickKeepsItsKinds(t *testing.T) {
	t.Parallel()
	const routing = "[routing]\ngoods = 'oneclick'\n"
	cfg, err := config.Parse([]byte("[oneclick]\nenabled = false\nbase_url = 'https://api.example.uz'\ncredentials_file = 'keys.json'\n"+routing), "/shop/config.toml")
	if err != nil || cfg.OneClick.Enabled || !cfg.OneClick.FilledIn() || cfg.Routing["goods"] != config.SystemOneClick {
		t.Errorf("it reads as %+v, %v", cfg.OneClick, err)
	}
	for _, half := range []string{"base_url = 'https://api.example.uz'\n", "credentials_file = 'keys.json'\n"} {
		if _, err := config.Parse([]byte("[oneclick]\n"+half+routing), "/shop/config.toml"); err == nil || !strings.Contains(err.Error(), "routing.goods: oneclick is not enabled") {
			t.Errorf("filled in by half it gives %v", err)
		}
	}
}

func TestOneClickCanBeEditedInItsFile(t *testing.T) {
	t.Parallel()
	f := config.NewFile("/shop/config.toml", []byte("[oneclick] # the second one\nenabled = false # until the owner agrees\nbase_url = \"\" # the vendor's\n\n[routing]\n"))
	for _, set := range []struct {
		key   string
		value config.Value
	}{
		{"oneclick.base_url", config.Text("https://api.example.uz")},
		{"oneclick.credentials_file", config.Text("keys.json")},
		{"oneclick.enabled", config.Flag(true)},
		{"oneclick.calls_per_second", config.Whole(2)},
		{"routing.goods", config.Text("oneclick")},
	} {
		if err := f.Set(set.key, set.value); err != nil {
			t.Fatalf("%s: %v", set.key, err)
		}
	}
	cfg, err := f.Config()
	if err != nil || !cfg.OneClick.Enabled || cfg.OneClick.CallsPerSecond != 2 || cfg.Routing["goods"] != config.SystemOneClick {
		t.Errorf("it reads as %+v, %v", cfg.OneClick, err)
	}
	text := string(f.Text())
	for _, comment := range []string{"[oneclick] # the second one\n", "enabled = true # until the owner agrees\n", "base_url = \"https://api.example.uz\" # the vendor's\n"} {
		if !strings.Contains(text, comment) {
			t.Errorf("there is no %q in\n%s", comment, text)
		}
	}
}
