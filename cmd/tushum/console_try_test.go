package main

import (
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/internal/oneclick/simulator"
	"tushum/internal/setup"
	"tushum/store"
)

// A console tests the connection to a payment system by answers that are saved
// nowhere.
func TestAConsoleTriesAPaymentSystem(t *testing.T) {
	t.Parallel()
	account, err := simulator.NewShop()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(simulator.New(account, time.Now))
	t.Cleanup(server.Close)
	keys := filepath.Join(t.TempDir(), "oneclick.json")
	if err := os.WriteFile(keys, account.CredentialsFile(), 0o600); err != nil {
		t.Fatal(err)
	}
	l := newLiveShop(t, testConfig)
	before, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	settings, typed := consoleSettings{l.service}, setup.Answers{setup.OneClickURL: server.URL, setup.OneClickCredentials: keys}
	if err := settings.Try(t.Context(), "oneclick", typed); err != nil {
		t.Errorf("with the vendor there: %v", err)
	}
	server.Close()
	var says interface{ HintIn(l lang.Lang) string }
	if err := settings.Try(t.Context(), "oneclick", typed); !errors.As(err, &says) || says.HintIn(lang.RU) == "" {
		t.Errorf("with the vendor gone: %v", err)
	}
	typed[setup.OneClickCredentials] = keys + ".gone"
	var wrong *setup.Wrong
	if err := settings.Try(t.Context(), "oneclick", typed); !errors.As(err, &wrong) || wrong.ID != setup.OneClickCredentials {
		t.Errorf("without the file: %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	typed[setup.OneClickCredentials] = keys
	if err := settings.Try(stopped, "oneclick", typed); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if after, err := os.ReadFile(l.path); err != nil || string(after) != string(before) {
		t.Errorf("the settings have become\n%s, %v", after, err)
	}
	if state := l.shop.systems().Of("oneclick").Profile().State; state != store.NotConnected {
		t.Errorf("the system is %s", state)
	}
}
