package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/setup"
)

// A password that is in the settings by now is not lost with the disk that the
// sheet was to lie on.
func TestASheetThatCantBeWrittenIsShown(t *testing.T) {
	t.Parallel()
	a, stdout, _ := atTerminal(t, nil)
	path := filepath.Join(t.TempDir(), "sheet.txt")
	out, err := a.sheetFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := out.file.Close(); err != nil { // as a disk that is gone
		t.Fatal(err)
	}
	err = a.tellSheet(setup.Sheet{ServiceID: 1, Login: "lola", Password: "told at last"}, out)
	if !errors.Is(err, fs.ErrClosed) || !strings.Contains(stdout.String(), "told at last") {
		t.Errorf("%v, %s", err, stdout)
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half a sheet is left: %v", err)
	}
}
