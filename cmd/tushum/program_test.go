package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"testing"
)

// watchedProgram is the path of the program with whatever these tests were built
// with: under the race detector it looks for races. It is what works in the
// background, with many at once; see scriptStart.
var watchedProgram string

// withProgram are the tests of this package, and tushum, the program that they run.
type withProgram struct{ m *testing.M }

// Run implements testscript.TestingM. The race detector makes every start of a
// program take ten times as long, and there are a thousand: under it the commands of
// the tests are the program as it is handed out.
func (w withProgram) Run() int {
	path, err := exec.LookPath("tushum") // which testscript has put there
	if err == nil {
		watchedProgram = path
		if underRace() {
			var remove func()
			if remove, err = plainProgram(); err == nil {
				defer remove()
			}
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return w.m.Run()
}

func underRace() bool {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return false
	}
	for _, s := range info.Settings {
		if s.Key == "-race" {
			return s.Value == "true"
		}
	}
	return false
}

// plainProgram builds the program without the race detector, and has tushum mean it.
func plainProgram() (remove func(), err error) {
	dir, err := os.MkdirTemp("", "tushum-test-")
	if err != nil {
		return nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) }
	out, err := exec.Command("go", "build", "-race=false", "-buildvcs=false", "-o", dir, ".").CombinedOutput()
	if err == nil {
		err = os.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
	}
	if err != nil {
		remove()
		return nil, fmt.Errorf("go build: %w: %s", err, out)
	}
	return remove, nil
}
