package pebbletest

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// process is a program that runs until it is stopped.
type process struct {
	command *exec.Cmd
	ended   chan struct{}

	mu     sync.Mutex
	output bytes.Buffer
}

// Write collects what the program says.
func (p *process) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.output.Write(text)
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.output.String()
}

func (p *process) stop() {
	_ = p.command.Process.Kill() // it may have ended by itself
	<-p.ended
}

// run starts a program. What it has said is shown if the test fails.
func (p *Pebble) run(tb testing.TB, program string, arguments ...string) {
	tb.Helper()
	one := &process{command: exec.Command(find(tb, program), arguments...), ended: make(chan struct{})}
	one.command.Stdout, one.command.Stderr = one, one
	// No rest before a proof is looked at, and every order is proved anew.
	one.command.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1", "PEBBLE_AUTHZREUSE=0")
	if err := one.command.Start(); err != nil {
		tb.Fatal(err)
	}
	go func() {
		defer close(one.ended)
		_ = one.command.Wait() // it is killed at the end
	}()
	p.processes = append(p.processes, one)
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Logf("%s said:\n%s", program, one.said())
		}
	})
}

// waitFor asks until there is no error.
func (p *Pebble) waitFor(tb testing.TB, ready func(context.Context) error) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), patience)
	defer cancel()
	for {
		err := ready(ctx)
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			tb.Fatalf("Pebble does not get ready: %v", err)
		case <-p.processes[len(p.processes)-1].ended:
			tb.Fatalf("Pebble has ended: %v", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// find looks for a program in PATH and where go install puts it.
func find(tb testing.TB, program string) string {
	tb.Helper()
	if path, err := exec.LookPath(program); err == nil {
		return path
	}
	folders, err := exec.Command("go", "env", "GOBIN", "GOPATH").Output()
	if err != nil {
		tb.Fatalf("go env: %v", err)
	}
	bin, paths, _ := strings.Cut(strings.TrimRight(string(folders), "\n"), "\n")
	places := []string{bin}
	for _, path := range filepath.SplitList(paths) {
		places = append(places, filepath.Join(path, "bin"))
	}
	for _, place := range places {
		if path, err := exec.LookPath(filepath.Join(place, program)); err == nil && place != "" {
			return path
		}
	}
	tb.Fatalf("%s is not installed: run make tools", program)
	return ""
}
