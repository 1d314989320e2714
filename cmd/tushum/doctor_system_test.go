//go:build system

package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"tushum/webhook/pebbletest"
)

// From nothing to all green: the doctor starts a shop, which gets its certificate
// from a real ACME service.
func TestDoctorPassesWithACertificateFromPebble(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	number, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	pebble := pebbletest.Start(t, number, number)
	a, stdout, _ := testApp(t)
	if err := os.Chmod(a.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	https := fmt.Sprintf("address = \"127.0.0.1:%s\"\npublic_url = \"https://localhost:%s\"\n[listener.acme]\ndomains = [\"localhost\"]\nemail = \"owner@shop.test\"\ndirectory = %q\nca_root = %q\n",
		port, port, pebble.Directory, pebble.CARoot)
	text := strings.Replace(testConfig, "address = \"127.0.0.1:0\"\n", https, 1)
	if err := os.WriteFile(filepath.Join(a.Dir, "config.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code := a.Run(t.Context(), []string{"doctor", "--config", "config.toml"})
	if code != exitDone || !strings.Contains(stdout.String(), "warnings: 1, failed: 0, skipped: 2\n") { // the URL is of this machine, the bank has not called, and OneClick is off
		t.Errorf("exit code %d\n%s", code, stdout)
	}
	if !strings.Contains(stdout.String(), "passed   HTTPS certificate: for localhost, until") {
		t.Errorf("the certificate is not named\n%s", stdout)
	}
}
