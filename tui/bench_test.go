package tui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/bank"
	"tushum/internal/lang"
	"tushum/internal/poster"
	"tushum/store"
	"tushum/store/bolt"
	"tushum/store/bolt/bolttest"
	"tushum/webhook/webhooktest"
)

// benchRecords is how many transactions a full store holds.
const benchRecords = 1_000_000

// screenWriter is the terminal of a benchmark: it notes when something was
// written after it was asked to look out for it.
type screenWriter struct {
	mu     sync.Mutex
	bytes  int
	wanted chan time.Time // gets the time of the next write; nil: nobody waits
}

func (w *screenWriter) Write(b []byte) (int, error) {
	now := time.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bytes += len(b)
	if w.wanted != nil {
		w.wanted <- now
		w.wanted = nil
	}
	return len(b), nil
}

// next is when something is written next.
func (w *screenWriter) next() <-chan time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wanted = make(chan time.Time, 1)
	return w.wanted
}

func (w *screenWriter) written() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.bytes
}

// benched is a console in a real program for a benchmark.
type benched struct {
	glass   *glass
	program *tea.Program
	screen  *screenWriter
	ended   chan struct{}
	cancel  context.CancelFunc
}

func openBenched(b *testing.B, st *bolt.Store) *benched {
	b.Helper()
	k := &benched{screen: &screenWriter{}, ended: make(chan struct{})}
	silent, speak := io.Pipe()
	o := Options{
		Ledger: st, Ready: st.Ready, Seat: "till:aziza", Lang: lang.EN, Palette: Dark, Shop: Shop{Name: "Gulnora", Bank: true},
		Links: func(inv store.Invoice) poster.Links {
			return poster.Links{Payment: "https://a.uz/" + inv.Number.String()}
		},
		Screen: Terminal{Width: 120, Height: 40, Input: silent, Output: k.screen, Environ: []string{"TERM=xterm-256color"}},
	}
	k.glass = &glass{model: newModel(o)}
	ctx, cancel := context.WithCancel(context.Background())
	k.cancel = func() { cancel(); _ = speak.Close() }
	quiet := newLull(k.screen)
	k.program = tea.NewProgram(k.glass, programOptions(ctx, o.Screen, quiet)...)
	quiet.begin(ctx, k.program)
	go follow(ctx, o, k.program)
	go watchShop(ctx, o, k.program.Send)
	go func() { defer close(k.ended); _, _ = k.program.Run() }()
	b.Cleanup(func() { k.cancel(); <-k.ended; k.glass.close() })
	return k
}

// until waits until a frame holds a text.
func (k *benched) until(b *testing.B, text string) {
	b.Helper()
	for began := time.Now(); !strings.Contains(k.glass.screen(), text); time.Sleep(100 * time.Microsecond) {
		if time.Since(began) > 30*time.Second {
			b.Fatalf("the screen never shows %q:\n%s", text, k.glass.screen())
		}
	}
}

func reportTimes(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
}

// BenchmarkConsole measures what a cashier feels on a store with a million
// transactions: from the start to the first frame (limit 150
// ms), from a key to the changed frame (p99, limit 16 ms), and the making of a
// frame at 120×40 (limit 1 ms).
func BenchmarkConsole(b *testing.B) {
	dir := b.TempDir()
	bolttest.Fill(b, dir, stageRules(), benchRecords, bolttest.TransIDs(true))
	b.Run("start", func(b *testing.B) {
		var took []time.Duration
		for b.Loop() {
			began := time.Now()
			st := bolttest.Open(b, dir, stageRules())
			k := openBenched(b, st)
			k.until(b, "UZS")
			took = append(took, time.Since(began))
			k.cancel()
			<-k.ended
			if err := st.Close(); err != nil {
				b.Fatal(err)
			}
		}
		reportTimes(b, took)
	})
	st := bolttest.Open(b, dir, stageRules())
	b.Run("key", func(b *testing.B) {
		k := openBenched(b, st)
		k.until(b, "UZS")
		names := []string{"down", "pgdown", "down", "up", "pgdown", "down"}
		var took []time.Duration
		for i := 0; b.Loop(); i++ {
			key := map[string]rune{"down": tea.KeyDown, "up": tea.KeyUp, "pgdown": tea.KeyPgDown}[names[i%len(names)]]
			written := k.screen.next()
			began := time.Now()
			k.program.Send(tea.KeyPressMsg{Code: key})
			took = append(took, (<-written).Sub(began))
		}
		reportTimes(b, took)
	})
	b.Run("frame", func(b *testing.B) {
		k := openBenched(b, st)
		k.until(b, "UZS")
		k.program.Kill()
		<-k.ended
		for b.Loop() {
			k.glass.draw()
		}
	})
}

// BenchmarkConfirmToFrame measures from the first byte of the bank's confirm to
// the changed frame written, at 20 confirms a second over real HTTP (p99, limit
// 50 ms).
func BenchmarkConfirmToFrame(b *testing.B) {
	dir := b.TempDir()
	st := bolttest.Open(b, dir, stageRules())
	shop := webhooktest.Start(b, webhooktest.Options{Bank: st, Now: time.Now, Quiet: true})
	client := &bank.Client{
		BaseURL: "http://" + shop.Address() + webhooktest.Path, Login: webhooktest.Login, Password: webhooktest.Secret,
		ServiceID: webhooktest.ServiceID, AccountKey: "account",
	}
	k := openBenched(b, st)
	var took []time.Duration
	ctx := context.Background()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for i := 0; b.Loop(); i++ {
		inv, err := st.Issue(ctx, store.Draft{Kind: store.Visit, Amount: 25_000_00, By: "till:aziza", Customer: store.Customer{Name: fmt.Sprintf("customer %d", i)}})
		if err != nil {
			b.Fatal(err)
		}
		id := transID(i)
		if _, err := client.Create(ctx, id, inv.Number.String(), inv.Amount); err != nil {
			b.Fatal(err)
		}
		k.until(b, fmt.Sprintf("customer %d ", i))
		<-tick.C
		paid := fmt.Sprintf("SOURCE%d", i)
		written := make(chan (<-chan time.Time), 1)
		k.glass.await(paid, func() { written <- k.screen.next() })
		began := time.Now()
		if _, err := client.Confirm(ctx, id, bank.Payer{Source: paid, Phone: "998901234567"}); err != nil {
			b.Fatal(err)
		}
		took = append(took, (<-(<-written)).Sub(began))
	}
	reportTimes(b, took)
}
