//go:build system

package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tushum/internal/bank"
	"tushum/internal/money"
	"tushum/webhook/pebbletest"
)

// buildProgram builds what is handed out.
func buildProgram(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "tushum")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, out)
	}
	return program
}

// pair is what the bank signs in with.
type pair struct{ login, password string }

// payers are bank customers who pay without a rest, whatever happens to the
// settings, and what came of their calls.
type payers struct {
	t      *testing.T
	base   string
	number string
	by     *http.Client
	pair   atomic.Pointer[pair]

	end     context.CancelFunc
	working sync.WaitGroup
	calls   [4]atomic.Int64 // with the pair in use, by payer
	before  int64           // with those before
	paid    atomic.Int64

	mu      sync.Mutex
	refused []string
}

// begin sends everybody to pay.
func (p *payers) begin(first pair) {
	ctx, end := context.WithCancel(context.Background())
	p.end = end
	p.pair.Store(&first)
	p.t.Cleanup(p.stop)
	for i := range p.calls {
		newID := bank.SeededTransIDs(rand.Uint64(), time.Now)
		p.working.Go(func() {
			for ctx.Err() == nil {
				p.pay(newID(), &p.calls[i])
			}
		})
	}
}

func (p *payers) stop() {
	p.end()
	p.working.Wait()
}

// pay pays to the end, each call with the pair that is in use then.
func (p *payers) pay(id string, calls *atomic.Int64) {
	ctx := context.Background() // a payment that has begun is finished
	p.hear(bank.WebhookCheck, func(c *bank.Client) (bank.Reply, error) { return c.Check(ctx, p.number) }, calls)
	if !p.hear(bank.WebhookCreate, func(c *bank.Client) (bank.Reply, error) { return c.Create(ctx, id, p.number, 25_000*money.Som) }, calls) {
		return
	}
	if p.hear(bank.WebhookConfirm, func(c *bank.Client) (bank.Reply, error) { return c.Confirm(ctx, id, payer) }, calls) {
		p.paid.Add(1)
	}
	p.hear(bank.WebhookStatus, func(c *bank.Client) (bank.Reply, error) { return c.Status(ctx, id) }, calls)
}

// hear makes a call and notes one that was refused or not answered.
func (p *payers) hear(webhook string, call func(*bank.Client) (bank.Reply, error), calls *atomic.Int64) bool {
	with := p.pair.Load()
	reply, err := call(goliveBank(p.base, with.login, with.password, p.by))
	if p.pair.Load() == with {
		calls.Add(1)
	}
	if err == nil && reply.HTTPStatus == http.StatusOK {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refused = append(p.refused, fmt.Sprintf("%s as %s: %d %s %v", webhook, with.login, reply.HTTPStatus, reply.Body, err))
	return false
}

// enough is how many calls of a payer show that nothing has changed for them.
const enough = 20

// more waits until every payer has made enough more calls.
func (p *payers) more() {
	p.t.Helper()
	wanted := make([]int64, len(p.calls))
	for i := range p.calls {
		wanted[i] = p.calls[i].Load() + enough
	}
	deadline := time.Now().Add(patience)
	for i := range p.calls {
		for p.calls[i].Load() < wanted[i] {
			if time.Now().After(deadline) {
				p.t.Fatal("the payers have come to a stop")
			}
			time.Sleep(lookAgain)
		}
	}
}

// change has them call with another pair from now on.
func (p *payers) change(to pair) {
	p.before += p.total()
	p.pair.Store(&to)
	for i := range p.calls {
		p.calls[i].Store(0)
	}
}

func (p *payers) total() (all int64) {
	for i := range p.calls {
		all += p.calls[i].Load()
	}
	return all
}

// liveMachine is a shop that went live by docs/going-live.md.
type liveMachine struct {
	*freshShop
	base string // of the webhooks
	by   *http.Client
	pair pair
	test string // the number of the test invoice
}

// found is a value of the sheet for the bank.
func found(t *testing.T, sheet, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(`(?m)^` + pattern).FindStringSubmatch(sheet)
	if m == nil {
		t.Fatalf("the sheet has no %s:\n%s", pattern, sheet)
	}
	return m[1]
}

// goLive sets a shop up by flags, from nothing to a certificate.
func goLive(t *testing.T) *liveMachine {
	t.Helper()
	m := &liveMachine{freshShop: newFreshShop(t, buildProgram(t))}
	ports := freePorts(t, 2)
	pebble := pebbletest.Start(t, ports[0], ports[1])
	m.by = caller(t, bankAddress, pebble.CARoot)
	m.base = publicBase(ports[0]) + "/uzum"
	m.run("setup", "--shop-name", "Lola", "--uzum-service-id", "101 202", "--uzum-pair", "yes",
		"--public-url", publicBase(ports[0]), "--listen-address", onLoopback(ports[0]), "--https", "acme", "--acme-domain", publicName,
		"--acme-directory", pebble.Directory, "--acme-ca-root", pebble.CARoot, "--out", "bank.txt")
	sheet := m.read("bank.txt")
	m.pair = pair{found(t, sheet, `Login \(HTTP Basic\) +(\S+)$`), found(t, sheet, `Password +(\S+)$`)}
	m.test = found(t, sheet, `Test invoice +(\d+), 1 000 UZS$`)
	if got := found(t, sheet, `Base URL +(\S+)$`); got != m.base {
		t.Errorf("the bank is told to call %s, not %s", got, m.base)
	}
	m.serve()
	m.until("a certificate", 1)
	return m
}

// accepts tells whether a call with a pair gets in.
func (m *liveMachine) accepts(p pair) bool {
	m.t.Helper()
	reply, err := goliveBank(m.base, p.login, p.password, m.by).Check(m.t.Context(), "0")
	if err != nil || reply.ErrorCode != "10001" && reply.ErrorCode != "10007" && reply.ErrorCode != "10002" {
		m.t.Fatalf("a call is answered with %s (%v)", reply.Body, err)
	}
	return reply.ErrorCode != "10001"
}

func (m *liveMachine) readyz() string {
	m.t.Helper()
	answer, err := m.by.Get(strings.TrimSuffix(m.base, "/uzum") + "/readyz")
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		m.t.Fatal(err)
	}
	return string(text)
}

// From nothing to a shop that the doctor finds nothing wrong with, then another
// password and a slip of the pen, and nobody's call is refused.
func TestSystemGoingLive(t *testing.T) {
	t.Parallel()
	began := time.Now()
	m := goLive(t)
	m.wantHealthy()
	healthy := time.Since(began)
	m.trialPayment()
	m.wantHealthy()

	crowd := &payers{t: t, base: m.base, number: m.invoice("--kind", "counter"), by: m.by}
	crowd.begin(m.pair)
	crowd.more()
	m.changePassword(crowd)
	m.slip(crowd)
	crowd.stop()

	if len(crowd.refused) > 0 {
		t.Errorf("%d calls were refused or failed, the first: %s", len(crowd.refused), crowd.refused[0])
	}
	out := m.run("transaction", "list", "--status", "confirmed", "--limit", "0", "--json")
	if got, want := int64(strings.Count(out, "\n")), crowd.paid.Load()+1; got != want {
		t.Errorf("the ledger has %d payments, and %d were made", got, want)
	}
	m.run("verify")
	m.wantHealthy()
	t.Logf("from nothing to a healthy shop %v with the build of the program; %d calls and %d payments meanwhile, %d refused",
		healthy.Round(time.Millisecond), crowd.before+crowd.total(), crowd.paid.Load(), len(crowd.refused))
}

// trialPayment plays the bank with what is on the sheet.
func (m *liveMachine) trialPayment() {
	m.t.Helper()
	m.write("first", m.pair.password+"\n")
	client := goliveBank(m.base, m.pair.login, m.pair.password, m.by)
	if _, err := client.Pay(m.t.Context(), bank.PayRequest{Number: m.test, Payer: payer}); err != nil {
		m.t.Fatal(err)
	}
	if out := m.run("doctor", "--password-file", "first"); !strings.Contains(out, "the password of "+m.pair.login+" is the one in the settings") {
		m.t.Errorf("the doctor says of the password:\n%s", out)
	}
}

// changePassword is the chapter of that name, while the bank goes on calling.
func (m *liveMachine) changePassword(crowd *payers) {
	m.t.Helper()
	old, next := m.pair, pair{m.pair.login, "a new password, 2026"}
	m.write("second", next.password+"\n")
	m.run("setup", "--uzum-password-file", "second", "--out", "second.txt")
	m.until("new settings are in force", 1)
	if !strings.Contains(m.read("second.txt"), next.password) {
		m.t.Error("the new password is not on the sheet")
	}
	crowd.more()
	if !m.accepts(old) || !m.accepts(next) {
		m.t.Error("the old and the new password are not valid beside each other")
	}
	crowd.change(next)
	crowd.more()
	m.run("setup", "--uzum-keep-old", "no")
	m.until("new settings are in force", 2)
	crowd.more()
	if m.accepts(old) || !m.accepts(next) {
		m.t.Error("the old password is valid, or the new one is not")
	}
	for _, p := range []pair{old, next} {
		if text := m.read(m.settings()) + m.said(); strings.Contains(text, p.password) {
			m.t.Error("a password is in the settings or in the log")
		}
	}
}

// slip breaks the settings by hand, and mends them.
func (m *liveMachine) slip(crowd *payers) {
	m.t.Helper()
	m.edit(func(text string) string { return strings.Replace(text, "[uzum]\n", "[uzum]\nservice_idd = 7\n", 1) })
	m.until("the settings file was edited and can't be used", 1)
	line := 1 + strings.Count(strings.Split(m.read(m.settings()), "service_idd")[0], "\n")
	where := fmt.Sprintf("config.toml:%d: uzum.service_idd: unknown key", line)
	if got := m.examined(exitFailed)["config.file"]; got.Status != "failed" || !strings.Contains(got.Message, where) || !strings.Contains(got.Message, "goes on with the old settings") || got.Advice == "" {
		m.t.Errorf("the doctor says %+v, and not %s", got, where)
	}
	if got := m.readyz(); !strings.HasPrefix(got, "ready\n") || !strings.Contains(got, "warning: settings_refused") {
		m.t.Errorf("/readyz says %q", got)
	}
	crowd.more()
	m.edit(func(text string) string {
		return strings.NewReplacer("service_idd = 7\n", "", `name = "Lola"`, `name = "Lola 2"`).Replace(text)
	})
	m.until("new settings are in force", 3)
	for deadline := time.Now().Add(patience); m.readyz() != "ready\n"; time.Sleep(lookAgain) {
		if time.Now().After(deadline) {
			m.t.Fatalf("mended, /readyz says %q", m.readyz())
		}
	}
	crowd.more()
}
