package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"tushum/internal/oneclick/simulator"
)

// newDealVictim is a shop that is paid by deals, and the vendor with whom they are made.
func newDealVictim(t *testing.T) (*victim, *simulator.Vendor) {
	t.Helper()
	account, err := simulator.NewShop()
	if err != nil {
		t.Fatal(err)
	}
	platform := simulator.New(account, time.Now)
	platform.Behave(func(b *simulator.Behaviour) { b.LinkInGet = true })
	server := httptest.NewServer(platform)
	t.Cleanup(server.Close)
	v := &victim{t: t, dir: t.TempDir(), told: map[string]string{}, doubt: map[string]bool{}}
	config := testConfig + fmt.Sprintf("[routing]\ngoods = \"oneclick\"\n[oneclick]\nenabled = true\nbase_url = %q\ncredentials_file = \"keys.json\"\ncalls_per_second = 50\n", server.URL)
	for name, content := range map[string][]byte{"config.toml": []byte(config), "keys.json": account.CredentialsFile()} {
		if err := os.WriteFile(filepath.Join(v.dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return v, platform
}

// owed makes an invoice for goods and returns its number.
func (v *victim) owed() string {
	v.t.Helper()
	var invoice struct{ Number string }
	if err := json.Unmarshal(v.run("invoice", "create", "--kind", "goods", "--amount", "150000", "--json"), &invoice); err != nil {
		v.t.Fatal(err)
	}
	return invoice.Number
}

// die kills the service and waits for its end.
func (v *victim) die(service *exec.Cmd) {
	v.t.Helper()
	if err := service.Process.Kill(); err != nil {
		v.t.Error(err)
	}
	_ = service.Wait() // it was killed
}

// heldBack keeps the answer to a call back. What came is told when it is there, and it goes
// on when goOn is closed; done tells that it was done.
func heldBack(t *testing.T) (fault simulator.Fault, came, done, goOn chan struct{}) {
	t.Helper()
	came, done, goOn = make(chan struct{}), make(chan struct{}), make(chan struct{})
	return func(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
		defer close(done)
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		close(came)
		<-goOn
		answer(w, r)
	}, came, done, goOn
}

// confirmed is how many transactions of an invoice stand.
func (v *victim) confirmed(number string) (count int) {
	v.t.Helper()
	for line := range bytes.Lines(v.run("transaction", "list", "--limit", "0", "--json")) {
		var tx struct{ Number, Status string }
		if err := json.Unmarshal(line, &tx); err != nil {
			v.t.Fatal(err)
		}
		if tx.Number == number && tx.Status == "CONFIRMED" {
			count++
		}
	}
	return count
}

// sound looks the ledger over, and whether the vendor was asked for more than one
// deal an invoice.
func (v *victim) sound(platform *simulator.Vendor) {
	v.t.Helper()
	v.run("verify")
	made := make(map[string]int)
	for _, d := range platform.Deals() {
		if made[d.ClientID]++; made[d.ClientID] > 1 {
			v.t.Errorf("invoice %s has %d deals", d.ClientID, made[d.ClientID])
		}
	}
}

// The service is killed while the vendor is making a deal. The next one finds it and
// makes no second; and where there is none, it does not believe that at once.
func TestKillsInTheMiddleOfADeal(t *testing.T) {
	t.Parallel()
	v, platform := newDealVictim(t)
	for _, made := range []bool{true, true, false} {
		number := v.owed()
		fault, came, done, goOn := heldBack(t)
		if !made {
			inner := fault
			fault = func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) {
				inner(w, r, func(http.ResponseWriter, *http.Request) {})
			}
		}
		platform.Fail(simulator.Payin, fault)
		service, _ := v.start()
		shown := v.command("invoice", "qr", number)
		if err := shown.Start(); err != nil {
			t.Fatal(err)
		}
		<-came
		v.die(service)
		_ = shown.Wait() // it lost its service
		v.run("verify")
		close(goOn)
		<-done
		payins := platform.Calls()[simulator.Payin]
		service, _ = v.start()
		out, err := v.command("invoice", "qr", number, "--json").Output()
		if (err == nil) != made {
			t.Errorf("made is %t, and the payer is shown %s, %v", made, out, err)
		}
		if got := platform.Calls()[simulator.Payin]; got != payins {
			t.Errorf("a deal in doubt was made %d times more", got-payins)
		}
		v.die(service)
		v.sound(platform)
	}
}

// The service is killed about when it learns that a deal is completed. The money is in
// the books once.
func TestKillsInTheMiddleOfACompletion(t *testing.T) {
	t.Parallel()
	v, platform := newDealVictim(t)
	for range 4 {
		number := v.owed()
		service, _ := v.start()
		v.run("invoice", "qr", number)
		all := platform.Deals()
		fault, came, done, goOn := heldBack(t)
		platform.Complete(all[len(all)-1].ID)
		platform.Fail(simulator.Get, fault)
		<-came
		close(goOn)
		<-done
		time.Sleep(rand.N(5 * time.Millisecond))
		v.die(service)
		v.run("verify")
		service, _ = v.start()
		for deadline := time.Now().Add(patience); v.confirmed(number) == 0; {
			if time.Now().After(deadline) {
				t.Fatalf("the money of invoice %s is not there", number)
			}
		}
		v.die(service)
		if got := v.confirmed(number); got != 1 {
			t.Errorf("the money of invoice %s is there %d times", number, got)
		}
		v.sound(platform)
	}
}
