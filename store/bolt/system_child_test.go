//go:build system

package bolt_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"tushum/internal/money"
	"tushum/store"
	"tushum/store/bolt"
)

// Who is to lose its power, its disk or its life must not be the process that
// judges what is left. So the tests start this test binary again, with a task
// in its environment, and an init function takes the task before any test runs.

const taskName = "TUSHUM_TEST_TASK"

// task is what a child process is to do.
type task struct {
	Do       string // pay, falter or check
	Path     string // the store
	NoSync   bool   // the control
	Payers   int    // pay: how many customers pay at once
	Forever  bool   // pay: until somebody ends it; else one round of a few payments
	Compacts bool   // pay: the file is compacted again and again meanwhile
	Errno    string // falter: the error that the disk will answer once
}

func init() {
	text := os.Getenv(taskName)
	if text == "" {
		return
	}
	var k task
	if err := json.Unmarshal([]byte(text), &k); err != nil {
		fmt.Fprintln(os.Stderr, "reading the task:", err)
		os.Exit(2)
	}
	switch k.Do {
	case "pay":
		os.Exit(payMain(k))
	case "falter":
		os.Exit(falterMain(k))
	case "check":
		os.Exit(checkMain(k))
	}
	fmt.Fprintln(os.Stderr, "no such task:", k.Do)
	os.Exit(2)
}

// child is the command that does the task; before comes in front of it.
func child(t *testing.T, k task, before ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(k)
	if err != nil {
		t.Fatal(err)
	}
	line := append(before, self)
	cmd := exec.CommandContext(t.Context(), line[0], line[1:]...)
	cmd.Env = append(os.Environ(), taskName+"="+string(text), "GORACE=atexit_sleep_ms=0") // a second otherwise
	return cmd
}

// command runs a program of the system; pkg is the Debian package that has it.
func command(t *testing.T, pkg, name string, args ...string) {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %q (root, and Debian's %s, are needed): %v: %s", name, args, pkg, err, bytes.TrimSpace(out))
	}
}

// durableRules are the settings of the shop whose ledger is put to the test.
func durableRules() store.Rules {
	return store.Rules{
		TransactionTTL: time.Hour, MinAmount: 1000 * money.Som, MaxAmount: 1_000_000 * money.Som, AcceptReversals: true,
		Routing: map[store.Kind]store.System{store.Visit: store.Uzum, store.Counter: store.Uzum, store.TopUp: oneClick},
		Systems: map[store.System]store.Profile{
			store.Uzum:   {Can: store.Abilities{App: true, Counter: true, Calls: true, Letter: true}},
			oneClick:     {Can: store.Abilities{Deals: true}},
			store.Manual: {Can: store.Abilities{ByHand: true}},
		},
	}
}

func durableOptions(k task) bolt.Options {
	return bolt.Options{Rules: durableRules(), NoSync: k.NoSync, Holder: "a test of durability"}
}
