package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"tushum/store"
)

func TestAPictureIsANewFileWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	path := filepath.Join(a.Dir, "code.svg")
	text := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}
	broken := func(w io.Writer) error { return errors.Join(text("half")(w), io.ErrUnexpectedEOF) }
	if _, err := a.save("code.svg", broken); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a drawing that fails: %v", err)
	}
	late := func(w io.Writer) error { // another program is faster
		return errors.Join(text("ours")(w), os.WriteFile(path, []byte("theirs"), 0o600))
	}
	if _, err := a.save("code.svg", late); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a name that was taken meanwhile: %v", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "theirs" {
		t.Errorf("the file of the other holds %q, %v", got, err)
	}
	if saved, err := a.save("new.svg", text("ours")); err != nil || saved != filepath.Join(a.Dir, "new.svg") {
		t.Errorf("saved as %s, %v", saved, err)
	}
	if got, err := os.ReadFile(filepath.Join(a.Dir, "new.svg")); err != nil || string(got) != "ours" {
		t.Errorf("the file holds %q, %v", got, err)
	}
	hidden, err := filepath.Glob(filepath.Join(a.Dir, ".tushum-*"))
	if err != nil || len(hidden) != 0 {
		t.Errorf("files are left: %v, %v", hidden, err)
	}
}

// However many ask for the till's poster at once, there is one till.
func TestPostersOfTheTillThatAreMadeTogetherAreOfOne(t *testing.T) {
	t.Parallel()
	a, _, _ := testApp(t)
	s := testShop(t)
	const callers = 16
	var numbers sync.Map
	var done sync.WaitGroup
	begin := make(chan struct{})
	for range callers {
		done.Go(func() {
			<-begin
			inv, isTill, err := a.postedInvoice(t.Context(), s, 0)
			if err != nil || !isTill {
				t.Errorf("%+v, %v, %v", inv, isTill, err)
			}
			numbers.Store(inv.Number, true)
		})
	}
	close(begin)
	done.Wait()
	all, err := s.Invoices(t.Context(), store.InvoiceQuery{})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d invoices are there, %v", len(all), err)
	}
	numbers.Range(func(n, _ any) bool {
		if n != all[0].Number {
			t.Errorf("a poster is of %s, the till is %s", n, all[0].Number)
		}
		return true
	})
}

// full is a terminal, or a file, that can't be written.
type full struct{}

func (full) Write([]byte) (int, error) {
	return 0, &fs.PathError{Op: "write", Path: "/dev/stdout", Err: fs.ErrPermission}
}

// What can't be written here is not blamed on the service, however much it says.
func TestWordsThatCantBeWrittenAreNotAServiceThatEnded(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]runCommand{
		"a word": func(_ context.Context, _ request, s streams) int { fmt.Fprintln(s.stdout, "so‘m"); return exitDone },
		"more than the connection holds": func(ctx context.Context, _ request, s streams) int {
			line := strings.Repeat("so‘m ", 1000)
			for range 4000 {
				if _, err := fmt.Fprintln(s.stdout, line); err != nil || ctx.Err() != nil {
					return exitInterrupted
				}
			}
			return exitDone
		},
		"a refusal": func(_ context.Context, _ request, s streams) int { fmt.Fprintln(s.stderr, "no"); return exitRefused },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, _, _ := testApp(t)
			a.Stdout, a.Stderr = full{}, full{}
			err := a.handOver(t.Context(), dial(t, serveCommands(t, run)))
			if code, _ := a.explain(nil, err); !errors.Is(err, fs.ErrPermission) || code != exitFailed {
				t.Errorf("it ends with %d: %v", code, err)
			}
		})
	}
}
