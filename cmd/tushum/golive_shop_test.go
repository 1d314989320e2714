//go:build system

package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/doctor"
)

// freshShop is a machine on which there is nothing but the program: a HOME of
// its own, and no settings.
type freshShop struct {
	t       *testing.T
	program string
	home    string
	env     []string
	log     *background // of serve
}

func newFreshShop(t *testing.T, program string) *freshShop {
	t.Helper()
	f := &freshShop{t: t, program: program, home: filepath.Join(t.TempDir(), "home")}
	if err := os.Mkdir(f.home, 0o700); err != nil {
		t.Fatal(err)
	}
	f.env = []string{"HOME=" + f.home, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "GORACE=atexit_sleep_ms=0"}
	return f
}

// trust has the program's clients trust what a PEM file holds, and nothing else.
func (f *freshShop) trust(roots string) { f.env = append(f.env, "SSL_CERT_FILE="+roots) }

func (f *freshShop) settings() string {
	return filepath.Join(f.home, ".config", "tushum", "config.toml")
}

func (f *freshShop) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(f.t.Context(), f.program, append(args, "--lang", "en")...)
	cmd.Dir, cmd.Env = f.home, f.env
	return cmd
}

// ends runs a command that ends with a code.
func (f *freshShop) ends(code int, args ...string) (stdout string) {
	f.t.Helper()
	cmd := f.command(args...)
	var out, fault bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &fault
	err := cmd.Run()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		f.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != code {
		f.t.Fatalf("tushum %q ends with %d:\n%s%s", args, got, out.String(), fault.String())
	}
	return out.String()
}

// run does a command that must succeed.
func (f *freshShop) run(args ...string) string {
	f.t.Helper()
	return f.ends(exitDone, args...)
}

// write makes a file of the technician's, such as one with a password.
func (f *freshShop) write(name, text string) {
	f.t.Helper()
	if err := os.WriteFile(filepath.Join(f.home, name), []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

// read is a file as it is now, in the technician's folder unless it says where.
func (f *freshShop) read(name string) string {
	f.t.Helper()
	if !filepath.IsAbs(name) {
		name = filepath.Join(f.home, name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		f.t.Fatal(err)
	}
	return string(text)
}

// edit changes the settings by hand.
func (f *freshShop) edit(change func(text string) string) {
	f.t.Helper()
	if err := os.WriteFile(f.settings(), []byte(change(f.read(f.settings()))), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

// serve starts the service, which is stopped at the end and then has to say that
// all went well.
func (f *freshShop) serve() {
	f.t.Helper()
	b := &background{cmd: exec.Command(f.program, "serve"), done: make(chan struct{}), out: watched{fresh: make(chan struct{})}}
	b.cmd.Dir, b.cmd.Env, f.log = f.home, f.env, b
	b.cmd.Stdout, b.cmd.Stderr = &b.out, &b.out
	if err := b.cmd.Start(); err != nil {
		f.t.Fatal(err)
	}
	go func() {
		defer close(b.done)
		_ = b.cmd.Wait() // stop looks at the state
	}()
	f.t.Cleanup(f.stop)
	f.until(`listening on`, 1)
}

func (f *freshShop) stop() {
	_ = f.log.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	watchdog := time.AfterFunc(patience, func() { _ = f.log.cmd.Process.Kill() })
	defer watchdog.Stop()
	<-f.log.done
	if code := f.log.cmd.ProcessState.ExitCode(); code != exitDone {
		f.t.Errorf("the service ended with %d", code)
	}
	if f.t.Failed() {
		f.t.Logf("beside refused calls the service said:\n%s", refusedCall.ReplaceAllString(f.said(), ""))
	}
}

// said is the service's log.
func (f *freshShop) said() string {
	text, _ := f.log.out.look()
	return text
}

// refusedCall is a line of the log, of which a suite makes hundreds.
var refusedCall = regexp.MustCompile(`(?m)^.*msg="uzum call".*\n`)

// until waits for the service to say something, for the nth time.
func (f *freshShop) until(pattern string, nth int) {
	f.t.Helper()
	wanted, deadline := regexp.MustCompile(pattern), time.After(patience)
	for {
		text, fresh := f.log.out.look()
		if len(wanted.FindAllString(text, -1)) >= nth {
			return
		}
		select {
		case <-fresh:
		case <-f.log.done:
			f.t.Fatalf("the service ended without %q", pattern)
		case <-deadline:
			f.t.Fatalf("the service does not say %q", pattern)
		}
	}
}

// examined is what the doctor finds, by the name of the check.
func (f *freshShop) examined(code int) map[string]examinedCheck {
	f.t.Helper()
	out := f.ends(code, "doctor", "--json")
	all := make(map[string]examinedCheck)
	for line := range strings.Lines(out) {
		var one examinedCheck
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			f.t.Fatalf("%v: %s", err, line)
		}
		all[one.Check] = one
	}
	return all
}

// wantHealthy wants nothing failed and nothing to warn of, but that the shop's
// name is of this machine only. So are the callers, who tell nothing of the
// bank's clock.
func (f *freshShop) wantHealthy() {
	f.t.Helper()
	may := map[string]doctor.Status{"public.url": doctor.Warning, "clock.drift": doctor.Skipped, "oneclick.connection": doctor.Skipped}
	all := f.examined(exitDone)
	for name, one := range all {
		if one.Status != doctor.Passed && one.Status != may[name] {
			f.t.Errorf("%s: %s: %s → %s", name, one.Status, one.Message, one.Advice)
		}
	}
	if len(all) < 16 {
		f.t.Errorf("only %d checks were made", len(all))
	}
}

// invoice makes one, and returns its number.
func (f *freshShop) invoice(args ...string) string {
	f.t.Helper()
	var made struct{ Number string }
	if err := json.Unmarshal([]byte(f.run(append([]string{"invoice", "create", "--json"}, args...)...)), &made); err != nil {
		f.t.Fatal(err)
	}
	return made.Number
}

// addresses are where the calls of a transaction came from, as the journal has it.
func (f *freshShop) addresses(transID string) []string {
	f.t.Helper()
	var shown transactionView
	if err := json.Unmarshal([]byte(f.run("transaction", "show", transID, "--json")), &shown); err != nil {
		f.t.Fatal(err)
	}
	var all []string
	for _, c := range shown.Calls {
		all = append(all, c.Address)
	}
	return all
}

// caller is an HTTP client that calls from one of this machine's addresses,
// trusts the roots of a PEM file, and follows no redirect.
func caller(t *testing.T, from, roots string) *http.Client {
	t.Helper()
	text, err := os.ReadFile(roots)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		t.Fatalf("%s holds no certificate", roots)
	}
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	carrier := &http.Transport{DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, MaxIdleConnsPerHost: 8}
	t.Cleanup(carrier.CloseIdleConnections)
	return &http.Client{
		Transport: carrier, Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// authority makes a certificate for the public name, signed by a root of its own,
// as PEM files.
func authority(t *testing.T) (roots, certFile, keyFile string) {
	t.Helper()
	now, dir := time.Now(), t.TempDir()
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{Organization: []string{"Test CA"}}, NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), DNSNames: []string{publicName}, NotBefore: root.NotBefore, NotAfter: now.AddDate(0, 3, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	keys := make([]*ecdsa.PrivateKey, 2)
	for i := range keys {
		var err error
		if keys[i], err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	write := func(name, kind string, der []byte, err error) string {
		path := filepath.Join(dir, name)
		if err = errors.Join(err, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	signed, err := x509.CreateCertificate(rand.Reader, root, root, keys[0].Public(), keys[0])
	roots = write("roots.pem", "CERTIFICATE", signed, err)
	signed, err = x509.CreateCertificate(rand.Reader, leaf, root, keys[1].Public(), keys[0])
	certFile = write("fullchain.pem", "CERTIFICATE", signed, err)
	private, err := x509.MarshalPKCS8PrivateKey(keys[1])
	return roots, certFile, write("privkey.pem", "PRIVATE KEY", private, err)
}

// adding is a carrier that adds a header to each call.
type adding struct {
	http.RoundTripper

	name, value string
}

func (a adding) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set(a.name, a.value)
	return a.RoundTripper.RoundTrip(r)
}

func goliveBank(base, login, password string, by *http.Client) *bank.Client {
	return &bank.Client{BaseURL: base, Login: login, Password: password, ServiceID: bankService, HTTP: by}
}

// freePorts are ports that nobody has now.
func freePorts(t *testing.T, n int) []int {
	t.Helper()
	var ports []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

func onLoopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// publicName resolves to this machine without root and without a server of
// names: every hosts file has it.
const publicName = "localhost"

func publicBase(port int) string {
	return "https://" + net.JoinHostPort(publicName, strconv.Itoa(port))
}
