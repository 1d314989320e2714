package main

import (
	"context"
	"os"
	"testing"
	"time"

	"tushum/store"
	"tushum/tui"
)

// A demo on a terminal shows the console on the shop with its past, and leaves
// nothing behind when it is closed.
func TestADemoShowsTheConsole(t *testing.T) {
	told, signal := context.WithCancel(t.Context())
	defer signal()
	for name, run := range map[string]struct {
		args []string
		show runConsole
	}{
		"closed": {nil, func(context.Context, tui.Options) error { return nil }},
		"for a while": {[]string{"--for=1ms"}, func(ctx context.Context, _ tui.Options) error {
			select {
			case <-ctx.Done():
			case <-time.After(patience):
				t.Error("it does not end by itself")
			}
			return nil
		}},
		"told to end": {nil, func(ctx context.Context, _ tui.Options) error {
			signal()
			<-ctx.Done()
			return nil
		}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			t.Setenv("TMPDIR", dir)
			t.Setenv("TMP", dir)
			a, stdout, stderr := testApp(t)
			a.Terminal, a.Keyboard = true, true
			a.Getenv = func(name string) string { return map[string]string{"TERM": "xterm"}[name] }
			ctx, want := t.Context(), exitDone
			if name == "told to end" {
				ctx, want = told, exitInterrupted
			}
			shown := false
			a.runConsole = func(ctx context.Context, o tui.Options) error {
				shown = true
				found, err := o.Ledger.Transactions(ctx, store.TransactionQuery{})
				if !o.Shop.Demo || o.Seat == salonStaff || len(found) < 36 && ctx.Err() == nil {
					t.Errorf("shown is %+v, seat %q, with %d payments, %v", o.Shop, o.Seat, len(found), err)
				}
				return run.show(ctx, o)
			}
			if code := a.Run(ctx, append([]string{"demo", "--lang=en"}, run.args...)); code != want || !shown || stdout.Len() > 0 {
				t.Errorf("exit code %d, shown %v, %s%s", code, shown, stdout, stderr)
			}
			wantEmpty(t, dir)
		})
	}
}

func TestADemoIsLinesWhereNothingCanBeDrawn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name               string
		terminal, keyboard bool
		term               string
		json, want         bool
	}{
		{"terminal", true, true, "xterm-256color", false, true},
		{"pipe", false, true, "xterm", false, false},
		{"no keyboard", true, false, "xterm", false, false},
		{"dumb", true, true, "dumb", false, false},
		{"json", true, true, "xterm", true, false},
	} {
		a, _, _ := testApp(t)
		a.Terminal, a.Keyboard, a.flags.json = c.terminal, c.keyboard, c.json
		a.Getenv = func(string) string { return c.term }
		if a.drawsDemo() != c.want {
			t.Errorf("%s: a console %v", c.name, !c.want)
		}
	}
}

func wantEmpty(t *testing.T, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
