package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tushum/tui"
)

func TestALongLogIsPutAside(t *testing.T) {
	t.Parallel()
	const line = "line\n"
	path := filepath.Join(t.TempDir(), "tushum.db.log")
	if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, maxLog-int64(len(line)))); err != nil {
		t.Fatal(err)
	}
	write := func(l *logFile, size, before int64) {
		t.Helper()
		if _, err := l.Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() != size {
			t.Errorf("the log: %v, %v", info, err)
		}
		info, err := os.Stat(path + ".1")
		if before == 0 && !errors.Is(err, os.ErrNotExist) || before > 0 && (err != nil || info.Size() != before) {
			t.Errorf("the log before it: %v, %v", info, err)
		}
	}
	n := int64(len(line))
	l := &logFile{path: path}
	write(l, maxLog, 0)
	write(l, n, maxLog) // while it is open
	write(l, 2*n, maxLog)
	if err := errors.Join(l.Close(), os.Truncate(path, maxLog+1)); err != nil {
		t.Fatal(err)
	}
	l = &logFile{path: path}
	write(l, n, maxLog+1) // at a start, in the place of the one before
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

// A store may be named as a log is: it stays what it is.
func TestAStoreNamedAsALogIsNoLog(t *testing.T) {
	t.Parallel()
	a, _, stderr := atTerminal(t, closedAtOnce(make(chan tui.Options, 2)))
	config := withSettings(t, a)
	if err := os.WriteFile(config, []byte(strings.Replace(testConfig, "tushum.db", "kassa.log", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second opens what the first has left
		if code := a.Run(t.Context(), []string{"--config", config}); code != exitDone || stderr.Len() > 0 {
			t.Fatalf("exit code %d, %s", code, stderr)
		}
	}
	store, err := os.ReadFile(filepath.Join(a.Dir, "data", "kassa.log"))
	if err != nil || strings.Contains(string(store), "listening on") {
		t.Errorf("the store is the log, %v", err)
	}
	if text, err := os.ReadFile(filepath.Join(a.Dir, "data", "kassa.log.log")); err != nil || strings.Count(string(text), "listening on") != 2 {
		t.Errorf("the log: %s, %v", text, err)
	}
}
