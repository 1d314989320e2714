package main

import (
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"tushum/internal/config"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/webhook/webhooktest"
)

// A shop on the network, on a real disk: wrong passwords come, then the right
// one; then a backup is restored, which knows of neither.
func TestTheWatchmanFollowsCallsOverHTTP(t *testing.T) {
	t.Parallel()
	clock := new(webhooktest.Clock)
	dir := t.TempDir()
	st, err := bolt.Open(filepath.Join(dir, "tushum.db"), bolt.Options{Rules: webhooktest.Rules(), Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	backup := filepath.Join(dir, "empty.backup")
	if err := st.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	shop := webhooktest.Start(t, webhooktest.Options{Bank: st, Now: clock.Now})
	cfg := connectedShop()
	w := newWatchman(watchmanOptions{Books: st, Settings: func() config.Config { return cfg }, Now: clock.Now})
	wake, cancel := st.Subscribe()
	defer cancel()
	until := func(want store.ConnectionState) {
		t.Helper()
		patient := time.After(patience)
		for {
			w.follow(t.Context())
			if got := w.Connections()[store.Uzum].State; got == want {
				return
			}
			select {
			case <-wake:
			case <-patient:
				t.Fatalf("the bank is %s, want %s", w.Connections()[store.Uzum].State, want)
			}
		}
	}
	check := func(password string) {
		t.Helper()
		r := shop.Request(t, http.MethodPost, webhooktest.Path+"/check", checkBody(webhooktest.ServiceID, clock.Now()))
		r.SetBasicAuth(webhooktest.Login, password)
		shop.Do(t, r)
	}
	for range 3 {
		check("wrong")
	}
	until(store.Failing)
	if warnings := w.Warnings(); len(warnings) != 1 || warnings[0].Code != store.CallsRefused {
		t.Errorf("warned of %+v", warnings)
	}
	check(webhooktest.Secret)
	until(store.FirstCall)
	if warnings := w.Warnings(); len(warnings) > 0 {
		t.Errorf("warned of %+v", warnings)
	}
	if _, err := st.Restore(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	until(store.Connected)
}
