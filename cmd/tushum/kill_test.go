package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/money"
)

// victim is a shop whose service is killed again and again, and what it has
// told the bank: how far each transaction has come.
type victim struct {
	t      *testing.T
	dir    string
	number string // the invoice that everybody pays

	mu    sync.Mutex
	told  map[string]string // transId → state
	doubt map[string]bool   // transIds whose last call was never answered
	fresh []string          // transIds that were told of since the last start
}

var states = []string{"", bank.StateCreated, bank.StateConfirmed, bank.StateReversed}

func newVictim(t *testing.T) *victim {
	v := &victim{t: t, dir: t.TempDir(), told: map[string]string{}, doubt: map[string]bool{}}
	if err := os.WriteFile(filepath.Join(v.dir, "config.toml"), []byte(testConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	var invoice struct{ Number string }
	if err := json.Unmarshal(v.run("invoice", "create", "--kind", "counter", "--json"), &invoice); err != nil {
		t.Fatal(err)
	}
	v.number = invoice.Number
	return v
}

func (v *victim) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(v.t.Context(), "tushum", args...)
	cmd.Dir = v.dir
	cmd.Env = append(os.Environ(), "HOME="+v.dir, "TUSHUM_CONFIG="+filepath.Join(v.dir, "config.toml"), "GORACE=atexit_sleep_ms=0")
	return cmd
}

// run does a command that must succeed.
func (v *victim) run(args ...string) []byte {
	v.t.Helper()
	cmd := v.command(args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		v.t.Fatalf("tushum %q: %v: %s%s", args, err, out, stderr.String())
	}
	return out
}

var listening = regexp.MustCompile(`listening on (http://[^" ]+)`)

// start starts the service and returns the bank's side of it.
func (v *victim) start() (*exec.Cmd, *bank.Client) {
	v.t.Helper()
	cmd := v.command("serve")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		v.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		v.t.Fatal(err)
	}
	v.t.Cleanup(func() { _ = cmd.Process.Kill() })
	log, said := bufio.NewReader(stderr), ""
	for {
		line, err := log.ReadString('\n')
		if said += line; err != nil {
			v.t.Fatalf("the service does not start: %v: %s", cmd.Wait(), said)
		}
		if m := listening.FindStringSubmatch(line); m != nil {
			go func() { _, _ = io.Copy(io.Discard, log) }()
			carrier := &http.Transport{MaxIdleConnsPerHost: 16}
			v.t.Cleanup(carrier.CloseIdleConnections)
			return cmd, &bank.Client{
				BaseURL: m[1] + "/uzum", Login: bankLogin, Password: bankPassword, ServiceID: bankService,
				HTTP: &http.Client{Transport: carrier, Timeout: patience},
			}
		}
	}
}

// hear writes down what the bank was told. It answers false when the service is
// gone; the call is in doubt then.
func (v *victim) hear(id string, r bank.Reply, err error) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err != nil {
		v.doubt[id] = true
		return false
	}
	if r.HTTPStatus != http.StatusOK {
		v.t.Errorf("%s is answered with %d: %s", id, r.HTTPStatus, r.Body)
		return false
	}
	v.told[id], v.fresh = r.State(), append(v.fresh, id)
	return true
}

// pay begins, confirms and, one time in four, takes back payments until the
// service is gone.
func (v *victim) pay(c *bank.Client, newID func() string) {
	ctx := context.Background()
	for i := 0; ; i++ {
		id := newID()
		r, err := c.Create(ctx, id, v.number, 25_000*money.Som)
		if !v.hear(id, r, err) {
			return
		}
		if r, err = c.Confirm(ctx, id, payer); !v.hear(id, r, err) {
			return
		}
		if i%4 != 0 {
			continue
		}
		if r, err = c.Reverse(ctx, id); !v.hear(id, r, err) {
			return
		}
	}
}

var payer = bank.Payer{Source: "UZCARD", Phone: "998901234567", CardType: 2, Reference: "000000000001"}

// killed lets the bank pay on eight connections until the service is killed, at
// a random moment.
func (v *victim) killed(cmd *exec.Cmd, c *bank.Client, newID func() string) {
	var payers sync.WaitGroup
	for range 8 {
		payers.Go(func() { v.pay(c, newID) })
	}
	time.Sleep(rand.N(150 * time.Millisecond))
	if err := cmd.Process.Kill(); err != nil {
		v.t.Error(err)
	}
	payers.Wait()
	_ = cmd.Wait()
}

// reconcile asks for the state of what was told since the last start, and
// finishes what is in doubt as the bank does: /status, then /confirm again.
func (v *victim) reconcile(c *bank.Client) {
	v.t.Helper()
	ctx := v.t.Context()
	for _, id := range v.fresh {
		r, err := c.Status(ctx, id)
		if err != nil || slices.Index(states, r.State()) < slices.Index(states, v.told[id]) {
			v.t.Errorf("%s was told to be %s and is %s: %v", id, v.told[id], r.Body, err)
		}
	}
	v.fresh = nil
	for id := range v.doubt {
		r, err := c.Status(ctx, id)
		if err == nil && r.ErrorCode == "10014" && v.told[id] == "" {
			continue // the create was never kept
		}
		if v.hear(id, r, err) && r.State() == bank.StateCreated {
			r, err = c.Confirm(ctx, id, payer)
			v.hear(id, r, err)
		}
	}
	clear(v.doubt)
}

// books holds the list of all transactions against what was told.
func (v *victim) books() {
	v.t.Helper()
	seen := map[string]string{}
	for line := range bytes.Lines(v.run("transaction", "list", "--limit", "0", "--json")) {
		var tx struct {
			TransID string `json:"trans_id"`
			Status  string
		}
		if err := json.Unmarshal(line, &tx); err != nil {
			v.t.Fatal(err)
		}
		if seen[tx.TransID] != "" {
			v.t.Errorf("%s is there twice", tx.TransID)
		}
		seen[tx.TransID] = tx.Status
	}
	for id, told := range v.told {
		if slices.Index(states, seen[id]) < slices.Index(states, told) {
			v.t.Errorf("%s was told to be %s and is %q", id, told, seen[id])
		}
	}
}

// Whatever moment the service is killed at, everything that it has told the
// bank is there after the next start, once, and the ledger is sound.
func TestKills(t *testing.T) {
	t.Parallel()
	const kills = 50
	v := newVictim(t)
	newID := bank.SeededTransIDs(rand.Uint64(), time.Now)
	var starts []time.Duration
	for i := range kills {
		began := time.Now()
		cmd, c := v.start()
		if _, err := c.Status(t.Context(), newID()); err != nil {
			t.Fatal(err)
		}
		starts = append(starts, time.Since(began))
		v.reconcile(c)
		if i%10 == 9 {
			v.run("verify") // beside the service
		}
		v.killed(cmd, c, newID)
	}
	v.run("verify")
	last, c := v.start()
	v.reconcile(c)
	v.books()
	v.run("verify")
	_ = last.Process.Kill()
	_ = last.Wait()
	confirmed := 0
	for _, state := range v.told {
		if state != bank.StateCreated {
			confirmed++
		}
	}
	if confirmed < kills {
		t.Errorf("%d confirms in all: too few to prove anything", confirmed)
	}
	slices.Sort(starts)
	t.Logf("%d kills, %d transactions and %d confirms told; from start to the first /status %v at the median, %v at most",
		kills, len(v.told), confirmed, starts[kills/2], starts[kills-1])
}
