package tui

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tushum/internal/lang"
	"tushum/store/bolt"
)

// screenTape is a terminal that keeps what it is shown.
type screenTape struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screenTape) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *screenTape) shows(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Contains(s.text.String(), text)
}

// Run over a terminal that is not the process's own leaves nothing behind,
// however it ends: closed with keys still coming, hung up, or stopped.
func TestRunLeavesNothingBehind(t *testing.T) {
	st, err := bolt.Open(filepath.Join(t.TempDir(), "tushum.db"), bolt.Options{Rules: stageRules(), NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	others := goleak.IgnoreCurrent()
	for name, end := range map[string]func(keys *io.PipeWriter, stop func()){
		"closed with keys still coming": func(keys *io.PipeWriter, _ func()) { _, _ = keys.Write(bytes.Repeat([]byte("q"), 500)) },
		"hung up":                       func(keys *io.PipeWriter, _ func()) { _ = keys.Close() },
		"hung up amid a key":            func(keys *io.PipeWriter, _ func()) { _, _ = keys.Write([]byte("\x1b[")); _ = keys.Close() },
		"stopped":                       func(_ *io.PipeWriter, stop func()) { stop() },
	} {
		t.Run(name, func(t *testing.T) {
			input, keys := io.Pipe()
			tape := &screenTape{}
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			resize := make(chan Size, 1)
			ended := make(chan error, 1)
			kept := make(chan []byte, 100)
			go func() {
				ended <- Run(ctx, Options{
					Ledger: st, Ready: st.Ready, Seat: "till:aziza", Lang: lang.EN, Shop: Shop{Name: "Gulnora"}, Keep: func(s []byte) { kept <- s },
					Screen: Terminal{Input: input, Output: tape, Environ: []string{"TERM=xterm-256color"}, Width: 80, Height: 24, Resize: resize},
				})
			}()
			resize <- Size{100, 30}
			for deadline := time.Now().Add(20 * time.Second); !tape.shows("no payments yet"); time.Sleep(time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatal("the console does not open")
				}
			}
			go end(keys, stop)
			if err := <-ended; err != nil {
				t.Error(err)
			}
			_ = input.Close() // as the session does when its console has ended
			if len(kept) == 0 {
				t.Error("nothing was kept to begin with again")
			}
			goleak.VerifyNone(t, others)
		})
	}
}
