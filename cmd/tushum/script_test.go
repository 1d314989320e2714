package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	// Under nohup a hang-up is ignored, and programs inherit that; what is caught
	// they start with as usual.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	testscript.Main(withProgram{m}, map[string]func(){"tushum": main})
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
			env.Setenv("GORACE", "atexit_sleep_ms=0") // else every command of a test with the race detector takes a second more
			env.Values[scriptTest{}] = env.T()
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
			"service": scriptService, "start": scriptStart, "until": scriptUntil, "evoke": scriptEvoke, "finish": scriptFinish,
			"code": scriptCode, "mask": scriptMask, "bank": scriptBank, "number": scriptNumber, "mode": scriptMode, "cut": scriptCut, "newer": scriptNewer, "flip": scriptFlip,
			"http": scriptHTTP, "perm": scriptPerm, "port": scriptPort, "occupy": scriptOccupy, "config": scriptConfig, "oneclick": scriptOneClick, "transid": scriptTransID,
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

// scriptTest is where a script has its test, for what fails after its last line.
type scriptTest struct{}

// scriptService starts a service where the script is to run beside one.
func scriptService(ts *testscript.TestScript, _ bool, _ []string) {
	if ts.Getenv("SERVICE") == "true" {
		scriptStart(ts, false, []string{"svc", `listening on (http[^" ]+)`, "tushum", "serve"})
	}
}

// scriptStart is "start NAME PATTERN program args": it runs a program in the
// background and waits until its output matches. What the pattern's first group
// matches becomes the variable NAME. The script fails where the race detector, if
// there is one, finds a race in tushum.
func scriptStart(ts *testscript.TestScript, _ bool, args []string) {
	name, pattern := args[0], args[1]
	b := &background{done: make(chan struct{}), out: watched{fresh: make(chan struct{})}}
	if args[2] != "tushum" {
		ts.Fatalf("%s is another program than tushum", args[2])
	}
	b.cmd = exec.Command(watchedProgram, args[3:]...)
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
		if text, _ := b.out.look(); strings.Contains(text, "WARNING: DATA RACE") {
			ts.Value(scriptTest{}).(testscript.T).Fatal(name, "raced:\n", text)
		}
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
	for _, name := range []string{"PATH", "HOME", "TUSHUM_CONFIG", "WORK", "TMPDIR", "GOCOVERDIR", "GORACE", "LANG"} {
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
	signals := map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "KILL": syscall.SIGKILL}
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
