//go:build system

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tushum/webhook/browsertest"
)

// publicShop is a shop whose pay pages are open to browsers on this machine.
func publicShop(t *testing.T) *freshShop {
	t.Helper()
	f := newFreshShop(t, buildProgram(t))
	address := onLoopback(freePorts(t, 1)[0])
	settings := strings.Replace(testConfig, `address = "127.0.0.1:0"`, `address = "`+address+`"`+"\n"+`public_url = "http://`+address+`"`, 1)
	if err := os.MkdirAll(filepath.Dir(f.settings()), 0o700); err != nil {
		t.Fatal(err)
	}
	f.write(filepath.Join(".config", "tushum", "config.toml"), settings)
	f.write("password", bankPassword+"\n")
	f.serve()
	return f
}

// listed is an invoice as scripts see it, as far as its customer is concerned.
type listed struct {
	Number      string
	PaymentLink string `json:"payment_link"`
	AppLink     string `json:"app_link"`
}

// invoices are those of the ledger.
func (f *freshShop) invoices() (all []listed) {
	f.t.Helper()
	for line := range strings.Lines(f.run("invoice", "list", "--json")) {
		var one listed
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			f.t.Fatalf("%v: %s", err, line)
		}
		all = append(all, one)
	}
	return all
}

// A cashier makes a link in the console, its customer opens it and pays, and
// both see it at once.
func TestSystemALinkIsPaidBeforeEverybodysEyes(t *testing.T) {
	t.Parallel()
	f := publicShop(t)
	console := newTmux(t, f.home, 100, "TUSHUM_CONFIG="+f.settings())
	console.run("clear; " + f.program)
	console.until("Sartaroshxona")
	console.press("n")
	console.typed("95000")
	console.press("Enter")
	console.until("waiting for payment")

	made := f.invoices()
	if len(made) != 1 {
		t.Fatalf("the ledger has %d invoices", len(made))
	}
	customer := browsertest.New(t)
	customer.Speak("en")
	customer.Go(made[0].PaymentLink)
	customer.UntilShown("To pay")
	if got := customer.Attribute(`a[href*="/open-service?"]`, "href"); got != made[0].AppLink {
		t.Errorf("the button opens %s, not %s", got, made[0].AppLink)
	}
	f.run("simulate", "pay", made[0].Number, "--password-file", "password")
	customer.UntilShown("Payment completed successfully")
	console.until("✓ "+made[0].Number, "UZCARD")
	if loads := customer.Requests("Document"); len(loads) != 1 {
		t.Errorf("the page was loaded again: %q", loads)
	}
	f.run("verify")
}
