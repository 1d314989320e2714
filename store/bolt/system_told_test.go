//go:build system

package bolt_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"

	"tushum/store"
	"tushum/store/bolt"
)

// told is what the ledger has told its callers: how far each transaction has
// come, and which invoices there are. What was told once must hold for ever,
// whether it was told as an acknowledgement, with a refusal, or when asked.
type told struct {
	mu       sync.Mutex
	reached  map[string]store.TransactionStatus // by transId
	invoices map[string]bool                    // by number
	deals    map[string]bool                    // by the shop's name for them
}

func newTold() *told {
	return &told{reached: map[string]store.TransactionStatus{}, invoices: map[string]bool{}, deals: map[string]bool{}}
}

const (
	invoiceWord = "INVOICE"
	dealWord    = "DEAL"
)

// hear takes one line: a status and a transId, INVOICE and a number, or DEAL and a
// name. It tells whether the line was one.
func (w *told) hear(line string) bool {
	what, name, _ := strings.Cut(line, " ")
	w.mu.Lock()
	defer w.mu.Unlock()
	if what == invoiceWord {
		w.invoices[name] = true
		return true
	}
	if what == dealWord {
		w.deals[name] = true
		return true
	}
	s, err := store.ParseTransactionStatus(what)
	if err != nil || name == "" {
		return false
	}
	w.reached[name] = max(w.reached[name], s)
	return true
}

// listen hears all lines up to the end of r and returns those that are no news.
func (w *told) listen(r io.Reader) (other []string) {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if !w.hear(lines.Text()) {
			other = append(other, lines.Text())
		}
	}
	return other
}

// count tells how many transactions were told to have come at least that far.
func (w *told) count(s store.TransactionStatus) (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, reached := range w.reached {
		if reached >= s {
			n++
		}
	}
	return n
}

func (w *told) String() string {
	return fmt.Sprintf("%d creates, %d confirms, %d reversals, %d invoices and %d deals acknowledged",
		w.count(store.Created), w.count(store.Confirmed), w.count(store.Reversed), len(w.invoices), len(w.deals))
}

// lines is what hear takes, for another process.
func (w *told) lines() []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	var b bytes.Buffer
	for id, s := range w.reached {
		fmt.Fprintln(&b, s, id)
	}
	for n := range w.invoices {
		fmt.Fprintln(&b, invoiceWord, n)
	}
	for ref := range w.deals {
		fmt.Fprintln(&b, dealWord, ref)
	}
	return b.Bytes()
}

// problems opens the store and holds it against what was told. It closes the
// store and verifies the file as well.
func (w *told) problems(path string, o bolt.Options) (found []string) {
	s, err := bolt.Open(path, o)
	if err != nil {
		return []string{"opening the store: " + err.Error()}
	}
	for id, reached := range w.reached {
		t, err := s.Transaction(context.Background(), id)
		switch {
		case err != nil:
			found = append(found, fmt.Sprintf("%s was told to be %s: %v", id, reached, err))
		case t.Status < reached:
			found = append(found, fmt.Sprintf("%s was told to be %s and is %s", id, reached, t.Status))
		}
	}
	for n := range w.invoices {
		number, err := store.ParseNumber(n)
		if err == nil {
			_, err = s.Invoice(context.Background(), number)
		}
		if err != nil {
			found = append(found, fmt.Sprintf("invoice %s was issued: %v", n, err))
		}
	}
	for ref := range w.deals {
		if _, err := s.Deal(context.Background(), ref); err != nil {
			found = append(found, fmt.Sprintf("deal %s was begun: %v", ref, err))
		}
	}
	found = append(found, doubles(s)...)
	if err := s.Close(); err != nil {
		found = append(found, "closing the store: "+err.Error())
	}
	return append(found, unsound(path)...)
}

// doubles are the events that happened twice to one transaction.
func doubles(s *bolt.Store) (found []string) {
	type once struct {
		id   string
		what store.EventType
	}
	seen := map[once]bool{}
	for after := uint64(0); ; {
		page, err := s.Events(context.Background(), after, 1000)
		if err != nil {
			return append(found, "reading the events: "+err.Error())
		}
		if len(page) == 0 {
			return found
		}
		for _, e := range page {
			k := once{e.TransID, e.Type}
			if e.TransID != "" && seen[k] {
				found = append(found, fmt.Sprintf("%s of %s happened twice", e.Type, e.TransID))
			}
			seen[k], after = true, e.Seq
		}
	}
}

// unsound is what verification finds in a file that nobody holds.
func unsound(path string) (found []string) {
	report, err := bolt.VerifyFile(context.Background(), path, nil)
	if err != nil {
		found = append(found, "verifying: "+err.Error())
	}
	for _, p := range report.Problems {
		found = append(found, p.String())
	}
	return found
}

// checkMain is the child that judges: what was told comes on its standard
// input, what is wrong leaves on its standard output.
func checkMain(k task) int {
	w := newTold()
	w.listen(os.Stdin)
	o := durableOptions(k)
	o.Log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	for _, p := range w.problems(k.Path, o) {
		fmt.Println(p)
	}
	return 0
}

// judge holds the store against what was told, in a process of its own, which
// a damaged file may end. log is what was logged meanwhile.
func (w *told) judge(t *testing.T, path string) (problems []string, log string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := child(t, task{Do: "check", Path: path})
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(w.lines()), &stdout, &stderr
	err := cmd.Run()
	for line := range strings.Lines(stdout.String()) {
		problems = append(problems, strings.TrimSpace(line))
	}
	if err != nil {
		problems = append(problems, fmt.Sprintf("the check ended with %v: %.300s", err, stderr.String()))
	}
	return problems, stderr.String()
}

// mustHold fails the test when anything that was told does not hold.
func (w *told) mustHold(t *testing.T, path string) (log string) {
	t.Helper()
	problems, log := w.judge(t, path)
	if len(problems) > 0 {
		t.Fatalf("after %v: %d problems, the first: %s", w, len(problems), strings.Join(problems[:min(3, len(problems))], "\n"))
	}
	return log
}
