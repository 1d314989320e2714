//go:build system

package bolt_test

import (
	"bufio"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// step is one thing that a recorded process did: it wrote to the store's file,
// set its length, synced it, or told something to its standard output.
type step struct {
	call string // pwrite64, ftruncate, fdatasync, or write for what was told
	data []byte
	at   int64 // offset, or the length set
}

// trace lets a child take payments under strace and returns, in one order,
// what it did to the store's file and what it told.
func trace(t *testing.T, k task) []step {
	t.Helper()
	out := filepath.Join(t.TempDir(), "recording")
	cmd := child(t, k, "strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "100000000", "-o", out,
		"-e", "trace=pwrite64,ftruncate,fdatasync,fsync,write", "-e", "signal=none")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("recording with strace (is it installed?): %v", err)
	}
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var steps []step
	r := reader{path: k.Path, waits: map[string]step{}}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<30)
	for lines.Scan() {
		if s, ok := r.read(t, lines.Text()); ok {
			steps = append(steps, s)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}

// reader reads what strace wrote. A call that another thread's interrupts comes
// in two lines: a write counts from the first, a sync only with the second.
type reader struct {
	path  string
	waits map[string]step // syncs on their way, by thread
}

var (
	callLine    = regexp.MustCompile(`^(\d+) +(\w+)\((\d+)<((?:\\x[0-9a-f]{2})*)>(?:, "((?:\\x[0-9a-f]{2})*)", \d+)?(?:, (\d+))?(\)| <unfinished)`)
	resumedLine = regexp.MustCompile(`^(\d+) +<\.\.\. (?:fsync|fdatasync) resumed>\) += 0`)
)

func (r *reader) read(t *testing.T, line string) (step, bool) {
	t.Helper()
	if m := resumedLine.FindStringSubmatch(line); m != nil {
		s, ok := r.waits[m[1]]
		delete(r.waits, m[1])
		return s, ok
	}
	m := callLine.FindStringSubmatch(line)
	if m == nil {
		return step{}, false
	}
	s := step{call: m[2], data: unhex(t, m[5])}
	s.at, _ = strconv.ParseInt(m[6], 10, 64)
	switch {
	case s.call == "write":
		return s, m[3] == "1"
	case string(unhex(t, m[4])) != r.path:
		return step{}, false
	case s.call == "fsync" || s.call == "fdatasync":
		s.call = "fdatasync"
		if m[7] != ")" {
			r.waits[m[1]] = s
			return step{}, false
		}
	}
	return s, true
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, `\x`, ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
