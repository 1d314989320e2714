package bolt

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"

	"tushum/store"
)

// Report is what a verification found.
type Report struct {
	Bytes        int64     `json:"bytes"`
	Invoices     int64     `json:"invoices"`
	Transactions int64     `json:"transactions"`
	Events       int64     `json:"events"`
	Calls        int64     `json:"calls"`
	Problems     []Problem `json:"problems"`
}

// Problem is one thing that is not as it must be.
type Problem struct {
	Where string `json:"where"`
	What  string `json:"what"`
}

// String is the problem on one line.
func (p Problem) String() string { return p.Where + ": " + p.What }

// problemsTold is where a report stops listing.
const problemsTold = 100

func (r *Report) add(where, format string, args ...any) {
	if len(r.Problems) < problemsTold {
		r.Problems = append(r.Problems, Problem{Where: where, What: fmt.Sprintf(format, args...)})
	}
}

// Verify checks the store as it is at this moment: the file's structure, every
// checksum, the chain of events, every rule of the ledger, and indexes and
// totals recomputed from the records. It works on a copy, so payments go on.
func (s *Store) Verify(ctx context.Context) (Report, error) {
	done, err := s.alone(ctx)
	if err != nil {
		return Report{}, err
	}
	defer done()
	tmp, err := s.snapshot(ctx, filepath.Dir(s.path))
	if err != nil {
		return Report{}, err
	}
	defer os.Remove(tmp)
	return VerifyFile(ctx, tmp, s.o.Checker)
}

// VerifyFile verifies a store that nobody is writing. With a checker it does so
// in a process of its own, for a damaged file can end the process that maps it.
// A report with problems is no error.
func VerifyFile(ctx context.Context, path string, checker []string) (Report, error) {
	if err := testFile(path); err != nil {
		return Report{}, err
	}
	if len(checker) == 0 {
		return verifyHere(path)
	}
	cmd := exec.CommandContext(ctx, checker[0], append(checker[1:len(checker):len(checker)], path)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var answer checkerAnswer
	if jsonErr := json.Unmarshal(out, &answer); jsonErr == nil {
		return answer.result()
	}
	if ctx.Err() != nil {
		return Report{}, ctx.Err()
	}
	first, _, _ := bytes.Cut(bytes.TrimSpace(stderr.Bytes()), []byte("\n"))
	return Report{}, &store.Error{Code: store.Damaged, Detail: fmt.Sprintf("the check of the structure ended with %v: %s", err, first)}
}

// checkerAnswer is what the child process says on its standard output.
type checkerAnswer struct {
	Report Report     `json:"report"`
	Code   store.Code `json:"code,omitempty"`
	Error  string     `json:"error,omitempty"`
}

func (a checkerAnswer) result() (Report, error) {
	if a.Error != "" {
		return a.Report, &store.Error{Code: a.Code, Detail: a.Error}
	}
	return a.Report, nil
}

// CheckerMain is the main function of the child process: it verifies the file
// and prints what it found as JSON. It returns the exit code.
func CheckerMain(path string, stdout io.Writer) int {
	report, err := verifyHere(path)
	answer := checkerAnswer{Report: report}
	if err != nil {
		answer.Code, answer.Error = store.CodeOf(err), detailOf(err)
	}
	if json.NewEncoder(stdout).Encode(answer) != nil {
		return 1
	}
	return 0
}

func detailOf(err error) string {
	var e *store.Error
	if errors.As(err, &e) && e.Detail != "" {
		return e.Detail
	}
	return err.Error()
}

func verifyHere(path string) (report Report, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			report.add("file", "reading it failed: %v", p)
			err = nil
		}
	}()
	if err := testFile(path); err != nil {
		return report, err
	}
	db, err := openBolt(path, &bolt.Options{ReadOnly: true, Timeout: Options{}.withDefaults().Wait, NoStatistics: true, PreLoadFreelist: true})
	if err != nil {
		return report, err
	}
	defer db.Close()
	report.Bytes, _ = fileSize(path)
	err = db.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			report.add("structure", "%v", err)
		}
		if len(report.Problems) > 0 {
			return nil // what the tree holds can't be trusted
		}
		if err := testWhole(tx); err != nil {
			return err
		}
		newAudit(tx, &report).run()
		return nil
	})
	return report, err
}
