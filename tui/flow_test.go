package tui

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/teatest/v2"

	"tushum/internal/bank"
	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/poster"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/webhook/webhooktest"
)

// till is the console in a real program, on a real store that a real listener
// serves, with the bank played over HTTP.
type till struct {
	t     *testing.T
	store *bolt.Store
	bank  *bank.Client
	tm    *teatest.TestModel
	glass *glass
}

// glass sees every frame of the model.
type glass struct {
	*model
	mu    sync.Mutex
	frame string
	want  string // called seen when a frame first holds it
	seen  func()
}

func (g *glass) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := g.model.Update(msg)
	return g, cmd
}

func (g *glass) View() tea.View {
	v := g.model.View()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.frame = strings.ReplaceAll(ansi.Strip(v.Content), "\u00a0", " ")
	if g.want != "" && strings.Contains(g.frame, g.want) {
		g.want = ""
		g.seen()
	}
	return v
}

// await calls seen once, when a frame holds a text.
func (g *glass) await(text string, seen func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.want, g.seen = text, seen
}

func (g *glass) screen() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.frame
}

// openTill opens all of it; it is closed when the test ends.
func openTill(t *testing.T) *till {
	t.Helper()
	return openTillWith(t, func(*bolt.Store, *Options) {})
}

// openTillWith opens all of it with other rules and options.
func openTillWith(t *testing.T, before func(*bolt.Store, *Options)) *till {
	t.Helper()
	st, err := bolt.Open(filepath.Join(t.TempDir(), "tushum.db"), bolt.Options{Rules: stageRules()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	shop := webhooktest.Start(t, webhooktest.Options{Bank: st, Now: time.Now, Quiet: true})
	o := Options{
		Ledger: st, Ready: st.Ready, Seat: "till:aziza", Lang: lang.EN, Palette: Dark, Folder: t.TempDir(),
		Shop: Shop{Name: "Gulnora", Address: "http://" + shop.Address(), Bank: true},
		Links: func(inv store.Invoice) poster.Links {
			link := "https://www.uzumbank.uz/open-service?serviceId=101202&account=" + inv.Number.String()
			return poster.Links{Payment: link, App: link}
		},
		Screen: Terminal{Width: 100, Height: 40, Environ: []string{"TERM=xterm-256color"}},
	}
	before(st, &o)
	k := &till{t: t, store: st, glass: &glass{model: newModel(o)}, bank: &bank.Client{
		BaseURL: "http://" + shop.Address() + webhooktest.Path, Login: webhooktest.Login, Password: webhooktest.Secret,
		ServiceID: webhooktest.ServiceID, AccountKey: "account", StatusPause: time.Millisecond,
	}}
	k.tm = teatest.NewTestModel(t, k.glass, teatest.WithInitialTermSize(100, 40), teatest.WithProgramOptions(tea.WithFPS(fps)))
	ctx, cancel := context.WithCancel(context.Background())
	followed := make(chan struct{})
	go func() { defer close(followed); follow(ctx, o, k.tm.GetProgram()) }()
	t.Cleanup(func() {
		_ = k.tm.Quit()
		k.tm.WaitFinished(t, teatest.WithFinalTimeout(10*time.Second))
		cancel()
		<-followed
		k.glass.close()
	})
	return k
}

// press gives keys by their names.
func (k *till) press(names ...string) {
	k.t.Helper()
	for _, name := range names {
		k.tm.Send(keyNamed(k.t, name))
	}
}

// sees waits until a text is on the screen.
func (k *till) sees(text string) {
	k.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !strings.Contains(k.glass.screen(), text) {
		if time.Now().After(deadline) {
			k.t.Fatalf("the screen never shows %q:\n%s", text, k.glass.screen())
		}
		time.Sleep(time.Millisecond)
	}
}

// link makes an invoice with the keys of the console, and returns its number
// when its code is on the screen.
func (k *till) link(amount string) store.Invoice {
	k.t.Helper()
	k.press("n")
	k.tm.Type(amount)
	k.press("enter")
	k.sees("uzumbank.uz")
	all, err := k.store.Invoices(k.t.Context(), store.InvoiceQuery{Limit: 1})
	if err != nil || len(all) != 1 {
		k.t.Fatal(all, err)
	}
	return all[0]
}

func (k *till) create(inv store.Invoice, id string) bank.Reply {
	k.t.Helper()
	r, err := k.bank.Create(k.t.Context(), id, inv.Number.String(), inv.Amount)
	if err != nil {
		k.t.Fatal(err)
	}
	return r
}

func (k *till) confirm(id string) bank.Reply {
	k.t.Helper()
	r, err := k.bank.Confirm(k.t.Context(), id, bank.Payer{Source: "UZCARD", Phone: "998901234567"})
	if err != nil {
		k.t.Fatal(err)
	}
	return r
}

// answer presses Enter as soon as the question takes keys.
func (k *till) answer() {
	k.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		k.press("enter")
		if !strings.Contains(k.glass.screen(), "Enter cancel the invoice") {
			return
		}
		if time.Now().After(deadline) {
			k.t.Fatalf("the question stays:\n%s", k.glass.screen())
		}
	}
}

func TestALinkIsMadeAndPaid(t *testing.T) {
	t.Parallel()
	k := openTill(t)
	inv := k.link("25k")
	if inv.Amount != 25_000*money.Som || inv.CreatedBy != "till:aziza" {
		t.Fatalf("the invoice is %+v", inv)
	}
	k.sees("waiting")
	k.create(inv, transID(1))
	k.sees("being paid")
	k.confirm(transID(1))
	k.sees("UZCARD")
	k.press("esc")
	k.sees("1 payment ")
}

func TestAnAttemptComesToNothingAndTheNextPays(t *testing.T) {
	t.Parallel()
	k := openTill(t)
	inv := k.link("90 000")
	k.create(inv, transID(1))
	k.create(inv, transID(2))
	k.sees("being paid")
	k.confirm(transID(2))
	k.sees("came to nothing")
}

func TestCancelledWhileBeingPaid(t *testing.T) {
	t.Parallel()
	k := openTill(t)
	inv := k.link("90 000")
	k.create(inv, transID(1))
	k.sees("being paid")
	k.press("esc", "2")
	k.sees("being paid now")
	k.press("down", "x")
	k.sees("paying this invoice right now")
	k.answer()
	k.sees("– cancelled")
	if r := k.confirm(transID(1)); r.ErrorCode != "10015" {
		t.Errorf("the confirm after the cancel answers %+v", r)
	}
	k.press("3")
	k.sees("10015")
}

func TestAPaymentIsTakenBack(t *testing.T) {
	t.Parallel()
	k := openTill(t)
	inv := k.link("90 000")
	k.create(inv, transID(1))
	k.confirm(transID(1))
	k.press("esc")
	k.sees("paid")
	if _, err := k.bank.Reverse(t.Context(), transID(1)); err != nil {
		t.Fatal(err)
	}
	k.sees("1 taken back")
}
