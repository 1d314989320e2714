package bolt_test

import (
	"os"
	"testing"

	"tushum/store/bolt"
)

// TestMain lets the test binary be the process that checks a file's structure:
// a damaged file may end it.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "check-structure" {
		os.Exit(bolt.CheckerMain(os.Args[2], os.Stdout))
	}
	// A child built with the race detector would wait a second before it ends.
	if err := os.Setenv("GORACE", "atexit_sleep_ms=0 "+os.Getenv("GORACE")); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// checker is the command of that process.
func checker(t *testing.T) []string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return []string{exe, "check-structure"}
}
