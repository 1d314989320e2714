package main

import (
	"crypto/x509"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/config"
	"tushum/store"
)

// httpsShop writes the settings of a shop that speaks HTTPS at a public URL, on a
// port that was free a moment ago.
func httpsShop(t *testing.T) (a *App, out func() string) {
	t.Helper()
	a, stdout, _ := testApp(t)
	if err := os.Chmod(a.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	certFile, keyFile := selfSigned(t, x509.NewCertPool())
	for _, file := range []string{certFile, keyFile} {
		if err := os.Chmod(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	https := fmt.Sprintf("address = %q\npublic_url = \"https://%s\"\ntls_cert = %q\ntls_key = %q\n[listener.acme]\nca_root = %q\n", address, address, certFile, keyFile, certFile)
	text := strings.Replace(testConfig, "address = \"127.0.0.1:0\"\n", https, 1)
	if err := os.WriteFile(filepath.Join(a.Dir, "config.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(a.Dir, "password"), []byte(bankPassword+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return a, stdout.String
}

func TestDoctorOverHTTPSFindsNothing(t *testing.T) {
	t.Parallel()
	a, out := httpsShop(t)
	code := a.Run(t.Context(), []string{"doctor", "--config", "config.toml", "--password-file", "password"})
	// The certificate of these tests ends within the hour, its URL is of this machine
	// only, the bank has not called, and the second payment system is off.
	if code != exitDone || !strings.Contains(out(), "warnings: 2, failed: 0, skipped: 2\n") {
		t.Errorf("exit code %d\n%s", code, out())
	}
	for _, want := range []string{
		"warning  HTTPS certificate: the certificate ends on", "passed   HTTPS chain: trusted", "passed   DNS: 127.0.0.1", "passed   Webhooks on this machine: https://127.0.0.1:",
		"passed   Webhooks through the public URL: https://127.0.0.1:", "passed   Bank's password: the password of bank",
	} {
		if !strings.Contains(out(), want) {
			t.Errorf("%s is not said\n%s", want, out())
		}
	}
	cfg, err := a.settings()
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.openShop(t.Context(), filepath.Join(a.Dir, "data", "tushum.db"), cfg)
	if err != nil {
		t.Fatal(err)
	}
	calls, callsErr := s.Calls(t.Context(), store.CallQuery{})
	events, eventsErr := s.LastEvent(t.Context())
	if len(calls) != 0 || events != 0 || callsErr != nil || eventsErr != nil {
		t.Errorf("the doctor has left %d events and %v; %v, %v", events, calls, callsErr, eventsErr)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// A key of another certificate keeps the service from starting; all that can be
// looked at is looked at.
func TestDoctorFindsAKeyThatIsAnothers(t *testing.T) {
	t.Parallel()
	a, out := httpsShop(t)
	_, other := selfSigned(t, x509.NewCertPool())
	cfg, err := config.Load(filepath.Join(a.Dir, "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(other, cfg.Listener.TLSKey); err != nil {
		t.Fatal(err)
	}
	code := a.Run(t.Context(), []string{"doctor", "--config", "config.toml"})
	if code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	for _, want := range []string{"FAILED   Service: ", "FAILED   HTTPS certificate: ", "passed   Port: ", "passed   Store: ", "skipped  Webhooks on this machine: the service does not run"} {
		if !strings.Contains(out(), want) {
			t.Errorf("%s is not said\n%s", want, out())
		}
	}
}
