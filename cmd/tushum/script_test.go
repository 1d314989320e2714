package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tushum/internal/bank"
	"tushum/internal/money"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tushum": main})
}

// The scripts of testdata/ledger run twice: each command by itself, and the
// same commands beside a running service. They must not tell the difference.
func TestCommandsAlone(t *testing.T) {
	t.Parallel()
	testscript.Run(t, scriptParams("testdata/ledger", false))
}

func TestCommandsBesideService(t *testing.T) {
	t.Parallel()
	testscript.Run(t, scriptParams("testdata/ledger", true))
}

func TestProgram(t *testing.T) {
	t.Parallel()
	testscript.Run(t, scriptParams("testdata/program", false))
}

const (
	bankLogin    = "bank"
	bankPassword = "a password of the bank"
	bankService  = 101202

	// bankHash is of bankPassword, by bcrypt at a cost that every call of a test can pay.
	bankHash = "$2a$04$zUlPMB0DTIFNxsZQTO5s8OGyAYc3Xk4fua3UdykTqZHIUPhxTSrn."
)

const testConfig = `[shop]
name = "Sartaroshxona"
language = "en"
[store]
path = "data/tushum.db"
[listener]
address = "127.0.0.1:0"
[uzum]
service_id = 101202
[[uzum.credentials]]
login = "bank"
password_hash = '` + bankHash + `'
`

// patience is how long a script waits for what must come.
const patience = 30 * time.Second

func scriptParams(dir string, service bool) testscript.Params {
	return testscript.Params{
		Dir: dir,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("TUSHUM_CONFIG", filepath.Join(env.WorkDir, "config.toml"))
			env.Setenv("SERVICE", strconv.FormatBool(service))
			env.Setenv("svc", "")
			for i := 1; i <= 4; i++ { // transIds as the bank makes them
				env.Setenv(fmt.Sprintf("TX%d", i), fmt.Sprintf("f1b6e3c%d-c6a5-11f0-8de9-0242ac120002", i))
			}
			if err := ownConfig(filepath.Join(env.WorkDir, "config.toml")); err != nil {
				return err
			}
			return closeConfigs(env.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"service": scriptService, "start": scriptStart, "until": scriptUntil, "finish": scriptFinish,
			"code": scriptCode, "mask": scriptMask, "bank": scriptBank, "number": scriptNumber, "mode": scriptMode, "cut": scriptCut, "newer": scriptNewer, "flip": scriptFlip,
			"http": scriptHTTP, "perm": scriptPerm, "port": scriptPort, "occupy": scriptOccupy, "config": scriptConfig,
		},
	}
}

// ownConfig writes the usual settings for a script that brings none.
func ownConfig(path string) error {
	if _, err := os.Stat(path); err != nil {
		return os.WriteFile(path, []byte(testConfig), 0o600)
	}
	return nil
}

// closeConfigs closes the settings of a script to others.
func closeConfigs(dir string) error {
	all, err := filepath.Glob(filepath.Join(dir, "*.toml"))
	for _, path := range all {
		err = errors.Join(err, os.Chmod(path, 0o600))
	}
	return err
}

// background is a program that a script has started.
type background struct {
	cmd  *exec.Cmd
	out  watched
	done chan struct{}
}

// watched is output that somebody may wait for.
type watched struct {
	mu    sync.Mutex
	text  bytes.Buffer
	fresh chan struct{}
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text.Write(p)
	close(w.fresh)
	w.fresh = make(chan struct{})
	return len(p), nil
}

func (w *watched) look() (text string, fresh <-chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String(), w.fresh
}

type backgroundKey string

// scriptService starts a service where the script is to run beside one.
func scriptService(ts *testscript.TestScript, _ bool, _ []string) {
	if ts.Getenv("SERVICE") == "true" {
		scriptStart(ts, false, []string{"svc", `listening on (http[^" ]+)`, "tushum", "serve"})
	}
}

// scriptStart is "start NAME PATTERN program args": it runs a program in the
// background and waits until its output matches. What the pattern's first group
// matches becomes the variable NAME.
func scriptStart(ts *testscript.TestScript, _ bool, args []string) {
	name, pattern := args[0], args[1]
	b := &background{done: make(chan struct{}), out: watched{fresh: make(chan struct{})}}
	path, err := exec.LookPath(args[2])
	ts.Check(err)
	b.cmd = exec.Command(path, args[3:]...)
	b.cmd.Args[0] = args[2]
	b.cmd.Dir = ts.MkAbs(".")
	b.cmd.Env = scriptEnv(ts)
	b.cmd.Stdout, b.cmd.Stderr = &b.out, &b.out
	ts.Check(b.cmd.Start())
	go func() {
		defer close(b.done)
		_ = b.cmd.Wait() // finish looks at the state
	}()
	ts.Defer(func() {
		_ = b.cmd.Process.Kill() // it may have ended
		<-b.done
	})
	ts.Setenv("PID_"+name, strconv.Itoa(b.cmd.Process.Pid))
	programs.Store(programKey(ts, name), b)
	await(ts, name, pattern)
}

// programs are the running programs by script and name.
var programs sync.Map

func programKey(ts *testscript.TestScript, name string) backgroundKey {
	return backgroundKey(ts.Getenv("WORK") + "/" + name)
}

func program(ts *testscript.TestScript, name string) *background {
	b, ok := programs.Load(programKey(ts, name))
	if !ok {
		ts.Fatalf("no program %s was started", name)
	}
	return b.(*background)
}

func scriptEnv(ts *testscript.TestScript) []string {
	var env []string
	for _, name := range []string{"PATH", "HOME", "TUSHUM_CONFIG", "WORK", "TMPDIR", "GOCOVERDIR", "LANG"} {
		if value := ts.Getenv(name); value != "" {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// await waits until the output of a program matches.
func await(ts *testscript.TestScript, name, pattern string) {
	b, wanted := program(ts, name), regexp.MustCompile(`(?m)`+pattern)
	deadline := time.After(patience)
	for {
		text, fresh := b.out.look()
		if found := wanted.FindStringSubmatch(text); found != nil {
			ts.Setenv(name, found[len(found)-1])
			return
		}
		select {
		case <-fresh:
		case <-b.done:
			if text, _ := b.out.look(); wanted.FindStringSubmatch(text) == nil {
				ts.Fatalf("%s ended without %q:\n%s", name, pattern, text)
			}
		case <-deadline:
			ts.Fatalf("%s did not say %q:\n%s", name, pattern, text)
		}
	}
}

// scriptUntil is "until NAME PATTERN".
func scriptUntil(ts *testscript.TestScript, _ bool, args []string) { await(ts, args[0], args[1]) }

// scriptFinish is "finish NAME SIGNAL CODE FILE": it ends a program by a signal
// (- for none), wants the exit code, and keeps the output in the file.
func scriptFinish(ts *testscript.TestScript, _ bool, args []string) {
	b := program(ts, args[0])
	signals := map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM, "KILL": syscall.SIGKILL}
	if s, ok := signals[args[1]]; ok {
		ts.Check(b.cmd.Process.Signal(s))
	}
	select {
	case <-b.done:
	case <-time.After(patience):
		ts.Fatalf("%s does not end", args[0])
	}
	text, _ := b.out.look()
	if got := strconv.Itoa(b.cmd.ProcessState.ExitCode()); got != args[2] {
		ts.Fatalf("%s ended with exit code %s, want %s:\n%s", args[0], got, args[2], text)
	}
	if len(args) > 3 {
		ts.Check(os.WriteFile(ts.MkAbs(args[3]), []byte(text), 0o600))
	}
}

// scriptCode is "code N program args": it wants the exit code N.
func scriptCode(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// masks replace what differs from run to run.
var masks = []struct {
	what *regexp.Regexp
	by   string
}{
	{regexp.MustCompile(`"token":"[a-z2-7]{26}"`), `"token":"TOKEN"`},
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`), "TIME"},
	{regexp.MustCompile(`\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d`), "DD.MM.YYYY HH:MM:SS"},
	{regexp.MustCompile(`"took_ms":[0-9.]+`), `"took_ms":0`},
	{regexp.MustCompile(`[0-9.]+(µs|ms|s)\b`), "TOOK"},
	{regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`), "UUID"},
	{regexp.MustCompile(`cli:[^", ]+`), "cli:USER"},
	{regexp.MustCompile(`"bytes":\d+`), `"bytes":N`},
	{regexp.MustCompile(`(before|after)":\d+`), `$1":N`},
	{regexp.MustCompile(`before-restore-[0-9.-]+`), "before-restore-STAMP"},
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "127.0.0.1:PORT"},
}

// scriptMask is "mask FILE": it keeps the last standard output with everything
// that differs from run to run replaced.
func scriptMask(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile("stdout")
	text = strings.ReplaceAll(text, ts.Getenv("WORK"), "WORK")
	for _, m := range masks {
		text = m.what.ReplaceAllString(text, m.by)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// scriptNumber is "number VARIABLE": it takes the first invoice number from the
// last standard output.
func scriptNumber(ts *testscript.TestScript, _ bool, args []string) {
	found := regexp.MustCompile(`\b1\d{6}\b`).FindString(ts.ReadFile("stdout"))
	if found == "" {
		ts.Fatalf("there is no invoice number in the output")
	}
	ts.Setenv(args[0], found)
}

// scriptBank is "bank create|confirm|reverse|pay TRANS_ID NUMBER TIYIN [SOURCE]":
// the bank calls the service that the script has started as svc, or one that is
// started for this call. The answer's code, or OK, is printed.
func scriptBank(ts *testscript.TestScript, neg bool, args []string) {
	url, stop := ts.Getenv("svc"), func() {}
	if url == "" {
		scriptStart(ts, false, []string{"svc", `listening on (http[^" ]+)`, "tushum", "serve"})
		url = ts.Getenv("svc")
		stop = func() { scriptFinish(ts, false, []string{"svc", "TERM", "0"}); ts.Setenv("svc", "") }
	}
	answer, err := callBank(url, args)
	ts.Check(err)
	stop()
	if neg == (answer == "OK") {
		ts.Fatalf("the bank got %s", answer)
	}
}

func callBank(url string, args []string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := &bank.Client{BaseURL: url + "/uzum", Login: bankLogin, Password: bankPassword, ServiceID: bankService}
	payer := bank.Payer{Source: "UZCARD", Phone: "998901234567", CardType: 2, Reference: "000000000042"}
	if len(args) > 4 {
		payer.Source = args[4]
	}
	calls := map[string]func() (bank.Reply, error){
		"create": func() (bank.Reply, error) {
			tiyin, err := strconv.ParseInt(args[3], 10, 64)
			if err != nil {
				return bank.Reply{}, err
			}
			return c.Create(ctx, args[1], args[2], money.Amount(tiyin))
		},
		"confirm": func() (bank.Reply, error) { return c.Confirm(ctx, args[1], payer) },
		"reverse": func() (bank.Reply, error) { return c.Reverse(ctx, args[1]) },
	}
	todo := []string{args[0]}
	if args[0] == "pay" {
		todo = []string{"create", "confirm"}
	}
	for _, name := range todo {
		reply, err := calls[name]()
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		if reply.HTTPStatus != 200 {
			return reply.ErrorCode, nil
		}
	}
	return "OK", nil
}

// scriptMode is "mode OCTAL FILE": it sets the permissions.
func scriptMode(ts *testscript.TestScript, _ bool, args []string) {
	mode, err := strconv.ParseUint(args[0], 8, 32)
	ts.Check(err)
	ts.Check(os.Chmod(ts.MkAbs(args[1]), os.FileMode(mode)))
}

// scriptCut is "cut LENGTH FILE": it cuts a file off.
func scriptCut(ts *testscript.TestScript, _ bool, args []string) {
	length, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[1]), length))
}

// scriptNewer is "newer FILE": it makes a store one that a later version of the
// program has written. Its schema stands behind the name of it.
func scriptNewer(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ours, later := []byte("schema\x00\x00\x00\x00\x00\x00\x00\x01"), []byte("schema\x00\x00\x00\x00\x00\x00\x00\x63")
	if !bytes.Contains(b, ours) {
		ts.Fatalf("there is no schema in %s", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.ReplaceAll(b, ours, later), 0o600))
}

// scriptFlip is "flip TEXT FILE": it changes one bit of a text in a file.
func scriptFlip(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[1]))
	ts.Check(err)
	changed := append([]byte(args[0])[:1:1], args[0][1:]...)
	changed[len(changed)/2] ^= 1
	if !bytes.Contains(b, []byte(args[0])) {
		ts.Fatalf("%s does not hold %q", args[1], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), bytes.ReplaceAll(b, []byte(args[0]), changed), 0o600))
}

// scriptHTTP is "http STATUS URL [TEXT]": it wants the status, and the text in
// the answer.
func scriptHTTP(ts *testscript.TestScript, _ bool, args []string) {
	client := &http.Client{Timeout: patience}
	answer, err := client.Get(args[1])
	ts.Check(err)
	body, err := io.ReadAll(answer.Body)
	ts.Check(errors.Join(err, answer.Body.Close()))
	if strconv.Itoa(answer.StatusCode) != args[0] || len(args) > 2 && !strings.Contains(string(body), args[2]) {
		ts.Fatalf("%s answers %d %q", args[1], answer.StatusCode, body)
	}
}

// scriptPerm is "perm OCTAL FILE": it wants the permissions.
func scriptPerm(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[0] {
		ts.Fatalf("%s has the permissions %s", args[1], got)
	}
}

// scriptPort is "port VARIABLE": it finds a port that nobody listens on.
func scriptPort(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(occupied(ts, args[0]).Close())
}

// scriptOccupy is "occupy VARIABLE": it listens on a port to the script's end.
func scriptOccupy(ts *testscript.TestScript, _ bool, args []string) {
	l := occupied(ts, args[0])
	ts.Defer(func() { _ = l.Close() }) // the script is over
}

func occupied(ts *testscript.TestScript, variable string) net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	_, port, err := net.SplitHostPort(l.Addr().String())
	ts.Check(err)
	ts.Setenv(variable, port)
	return l
}

// scriptConfig is "config FILE PORT": it writes the usual settings with a port.
func scriptConfig(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.Replace(testConfig, "127.0.0.1:0", "127.0.0.1:"+args[1], 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}
