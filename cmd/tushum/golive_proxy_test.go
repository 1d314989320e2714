//go:build system

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/money"
)

// frontal is a proxy before a shop, with a file of docs/examples.
type frontal struct {
	*freshShop
	base   string // what the bank calls, without the path
	roots  string // PEM file of what signed the proxy's certificate
	number string // an invoice that can be paid again and again
	by     *http.Client
}

// example reads a file of docs/examples with this test's names and ports in the
// place of its own. Each of them has to stand in it.
func example(t *testing.T, name string, swaps ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "examples", name))
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for pair := range slices.Chunk(swaps, 2) {
		if !strings.Contains(text, pair[0]) {
			t.Fatalf("docs/examples/%s has no %q", name, pair[0])
		}
		text = strings.ReplaceAll(text, pair[0], pair[1])
	}
	return text
}

// settingsOf are the lines under [listener] that an example asks for.
func settingsOf(t *testing.T, name string) []string {
	t.Helper()
	var lines []string
	for line := range strings.Lines(example(t, name)) {
		if setting, is := strings.CutPrefix(strings.TrimSpace(line), "#   "); is && strings.Contains(setting, " = ") {
			lines = append(lines, setting)
		}
	}
	return lines
}

// openBehind serves a shop as an example asks for, and starts the proxy.
func openBehind(t *testing.T, name string, start func(t *testing.T, dir, upstream, public, certFile, keyFile string)) *frontal {
	t.Helper()
	f := &frontal{freshShop: newFreshShop(t, "tushum")}
	roots, certFile, keyFile := authority(t)
	f.roots = roots
	f.trust(roots)
	ports := freePorts(t, 2)
	f.base = publicBase(ports[1])
	listener := strings.Join(settingsOf(t, name), "\n")
	for _, wanted := range []string{`"127.0.0.1:8080"`, `"https://pay.shop.uz"`, `trusted_proxies = ["127.0.0.1"]`} {
		if !strings.Contains(listener, wanted) {
			t.Fatalf("docs/examples/%s does not ask for %s", name, wanted)
		}
	}
	listener = strings.NewReplacer("127.0.0.1:8080", onLoopback(ports[0]), "https://pay.shop.uz", f.base).Replace(listener)
	if err := os.MkdirAll(filepath.Dir(f.settings()), 0o700); err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(testConfig, `address = "127.0.0.1:0"`, listener, 1)
	if err := os.WriteFile(f.settings(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f.serve()
	start(t, t.TempDir(), onLoopback(ports[0]), f.base, certFile, keyFile)
	f.number, f.by = f.invoice("--kind", "counter"), caller(t, bankAddress, roots)
	return f
}

// startProxy runs a proxy until the test ends.
func startProxy(t *testing.T, address string, env []string, program string, args ...string) {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		path = filepath.Join("/usr/sbin", program) // where a user's PATH may not lead
	}
	ctx, end := context.WithTimeout(context.Background(), 4*patience)
	cmd := exec.CommandContext(ctx, path, args...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Env = &said, &said, append(os.Environ(), env...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err) // it is to be installed: see .ci/run
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait() // it is killed at the end
	}()
	t.Cleanup(func() {
		end()
		<-ended
		if t.Failed() {
			t.Logf("%s said:\n%s", program, said.String())
		}
	})
	for {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			_ = conn.Close()
			return
		}
		select {
		case <-ended:
			t.Fatalf("%s does not run:\n%s", program, said.String())
		case <-time.After(lookAgain):
		}
	}
}

func behindNginx(t *testing.T) *frontal {
	t.Helper()
	return openBehind(t, "nginx.conf", func(t *testing.T, dir, upstream, public, certFile, keyFile string) {
		t.Helper()
		_, port, _ := net.SplitHostPort(strings.TrimPrefix(public, "https://"))
		server := example(t, "nginx.conf",
			"listen 443 ssl;", "listen "+net.JoinHostPort("127.0.0.1", port)+" ssl;", "listen [::]:443 ssl;", "",
			"server_name pay.shop.uz;", "server_name "+publicName+";",
			"/etc/letsencrypt/live/pay.shop.uz/fullchain.pem", certFile, "/etc/letsencrypt/live/pay.shop.uz/privkey.pem", keyFile,
			"http://127.0.0.1:8080;", "http://"+upstream+";")
		// The rest is what a package of nginx brings, but for places in dir.
		text := "daemon off;\nmaster_process off;\npid " + dir + "/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n"
		for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
			text += kind + "_temp_path " + dir + "/" + kind + ";\n"
		}
		conf := filepath.Join(dir, "nginx.conf")
		if err := os.WriteFile(conf, []byte(text+server+"}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		startProxy(t, onLoopbackPort(port), nil, "nginx", "-p", dir, "-c", conf, "-e", "stderr")
	})
}

func behindCaddy(t *testing.T) *frontal {
	t.Helper()
	return openBehind(t, "Caddyfile", func(t *testing.T, dir, upstream, public, certFile, keyFile string) {
		t.Helper()
		_, port, _ := net.SplitHostPort(strings.TrimPrefix(public, "https://"))
		site := example(t, "Caddyfile",
			"\npay.shop.uz {", "\n"+public+" {\n\tbind 127.0.0.1",
			"# tls /etc/ssl/pay.shop.uz/fullchain.pem /etc/ssl/pay.shop.uz/privkey.pem", "tls "+certFile+" "+keyFile,
			"reverse_proxy 127.0.0.1:8080", "reverse_proxy "+upstream)
		// Port 80 and Caddy's own are not for a test.
		text := "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n" + site
		conf := filepath.Join(dir, "Caddyfile")
		if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		startProxy(t, onLoopbackPort(port), []string{"HOME=" + dir, "XDG_DATA_HOME=" + dir, "XDG_CONFIG_HOME=" + dir},
			"caddy", "run", "--config", conf, "--adapter", "caddyfile")
	})
}

func onLoopbackPort(port string) string { return net.JoinHostPort("127.0.0.1", port) }

// The address that the bank calls from, and one that only a liar would name.
const (
	bankAddress  = "127.0.0.2"
	elsewhere    = "203.0.113.7"
	proxyAddress = "127.0.0.1"
)

// through is the bank before the proxy. What it forges stands in X-Forwarded-For.
func (f *frontal) through(forged string) *bank.Client {
	f.t.Helper()
	by := caller(f.t, bankAddress, f.roots)
	if forged != "" {
		by.Transport = adding{by.Transport, "X-Forwarded-For", forged}
	}
	return goliveBank(f.base+"/uzum", bankLogin, bankPassword, by)
}

// pays pays from outside, and wants the journal to have it from an address.
func (f *frontal) pays(forged, want string) {
	f.t.Helper()
	receipt, err := f.through(forged).Pay(f.t.Context(), bank.PayRequest{Number: f.number, Amount: 25_000 * money.Som, Payer: payer})
	if err != nil {
		f.t.Fatal(err)
	}
	got := f.addresses(receipt.TransID)
	if len(got) < 2 || slices.ContainsFunc(got, func(a string) bool { return a != want }) {
		f.t.Errorf("with X-Forwarded-For %q the journal has %q, want %s", forged, got, want)
	}
}

func TestSystemTheBankCallsThroughNginx(t *testing.T) {
	t.Parallel()
	behindNginx(t).holds()
}

func TestSystemTheBankCallsThroughCaddy(t *testing.T) {
	t.Parallel()
	behindCaddy(t).holds()
}

// holds is what has to be so behind every proxy.
func (f *frontal) holds() {
	f.t.Helper()
	f.write("password", bankPassword+"\n")
	f.run("simulate", "suite", "--url", f.base+"/uzum", "--password-file", "password")
	f.wantHealthy()
	f.knows()
	f.passesPathsOn()
	f.passesBodiesOn()

	// Who does not trust the proxy sees nobody but the proxy.
	f.edit(func(text string) string {
		return strings.Replace(text, `trusted_proxies = ["127.0.0.1"]`, "trusted_proxies = []", 1)
	})
	f.until("new settings are in force", 1)
	f.pays("", proxyAddress)
	f.pays(elsewhere, proxyAddress)
	if found := f.examined(exitDone)["webhooks.public"]; found.Status != "warning" || !strings.Contains(found.Advice, `add "127.0.0.1" to [listener] trusted_proxies`) {
		f.t.Errorf("the doctor says %+v", found)
	}
}

// knows is about who called.
func (f *frontal) knows() {
	f.t.Helper()
	f.pays("", bankAddress)
	f.pays(elsewhere, bankAddress)
	f.pays(elsewhere+", 127.0.0.1", bankAddress)
	wrong := f.through("")
	wrong.Password = "wrong"
	if reply, err := wrong.Check(f.t.Context(), f.number); err != nil || reply.ErrorCode != "10001" {
		f.t.Errorf("a wrong password gives %s (%v)", reply.Body, err)
	}
}

// passesPathsOn is about paths that are spelled in another way: they are for
// Tushum to refuse, and nobody may lead the bank elsewhere.
func (f *frontal) passesPathsOn() {
	f.t.Helper()
	for path, want := range map[string]int{
		"/uzum/check": http.StatusOK, "/uzum/check/": http.StatusNotFound, "//uzum/check": http.StatusNotFound, "/uzum//check": http.StatusNotFound,
		"/uzum": http.StatusNotFound, "/uzum/": http.StatusNotFound, "/": http.StatusNotFound, "/uzum/%63heck": http.StatusNotFound, "/nothing": http.StatusNotFound,
	} {
		got := f.post(path, f.check())
		if got.status != want || got.location != "" {
			f.t.Errorf("POST %s is answered %+v", path, got)
		}
		if want == http.StatusNotFound && strings.Contains(got.body, "<html") {
			f.t.Errorf("POST %s is refused by the proxy: %s", path, got.body)
		}
	}
}

// passesBodiesOn is about the greatest body there may be, and one byte more.
func (f *frontal) passesBodiesOn() {
	f.t.Helper()
	const limit = 64 << 10
	pad := func(n int) []byte { return append(bytes.Repeat([]byte(" "), n-len(f.check())), f.check()...) }
	if got := f.post("/uzum/check", pad(limit)); got.status != http.StatusOK || !strings.Contains(got.body, `"OK"`) {
		f.t.Errorf("a body of 64 KiB is answered %+v", got)
	}
	if got := f.post("/uzum/check", pad(limit+1)); got.status != http.StatusBadRequest || !strings.Contains(got.body, "10002") {
		f.t.Errorf("a body of more than 64 KiB is answered %+v", got)
	}
}

func (f *frontal) check() []byte {
	f.t.Helper()
	text, err := json.Marshal(map[string]any{"serviceId": bankService, "timestamp": time.Now().UnixMilli(), "params": map[string]any{"account": f.number}})
	if err != nil {
		f.t.Fatal(err)
	}
	return text
}

// outcome is what came of a request.
type outcome struct {
	status         int
	location, body string
}

func (f *frontal) post(path string, body []byte) outcome {
	f.t.Helper()
	request, err := http.NewRequestWithContext(f.t.Context(), http.MethodPost, f.base+path, bytes.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	request.SetBasicAuth(bankLogin, bankPassword)
	request.Header.Set("Content-Type", "application/json")
	answer, err := f.by.Do(request)
	if err != nil {
		f.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return outcome{answer.StatusCode, answer.Header.Get("Location"), string(text)}
}
