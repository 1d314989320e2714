package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// names are those of the files in a folder.
func names(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, entry := range entries {
		all = append(all, entry.Name())
	}
	return strings.Join(all, " ")
}

func wantText(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v; want %q", filepath.Base(path), got, err, want)
	}
}

func TestATextTakesThePlaceOfAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	for _, text := range []string{"one", "", "three"} {
		if err := WriteFile(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		wantText(t, path, text)
		if got := names(t, filepath.Dir(path)); got != "file" {
			t.Errorf("in the folder lie %s", got)
		}
	}
}

func TestALinkIsNotWrittenThrough(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	theirs, path := filepath.Join(folder, "theirs"), filepath.Join(folder, "link")
	if err := errors.Join(os.WriteFile(theirs, []byte("theirs"), 0o600), os.Symlink("theirs", path)); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(path, []byte("mine")); err != nil {
		t.Fatal(err)
	}
	wantText(t, theirs, "theirs")
	wantText(t, path, "mine")
}

func TestWhatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, full, blocked := filepath.Join(folder, "file"), errors.New("the disk is full"), filepath.Join(folder, "folder")
	if err := errors.Join(WriteFile(path, []byte("before")), os.MkdirAll(filepath.Join(blocked, "x"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := WriteFileAs(path, []byte("after"), func(*os.File) error { return full }); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if err := WriteFile(blocked, []byte("after")); err == nil {
		t.Error("a folder was written over")
	}
	if err := WriteFile(filepath.Join(folder, "gone", "file"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("in a folder that is not there: %v", err)
	}
	wantText(t, path, "before")
	if got := names(t, folder); got != "file folder" {
		t.Errorf("in the folder lie %s", got)
	}
}

// A filesystem that can't sync a folder has the new text all the same.
func TestAFolderThatCantBeSyncedIsNoFailure(t *testing.T) {
	t.Parallel()
	path, asked := filepath.Join(t.TempDir(), "file"), ""
	err := exchange(path, []byte("new"), func(*os.File) error { return nil }, func(folder string) error {
		asked = folder
		wantText(t, path, "new")
		return &fs.PathError{Op: "sync", Path: folder, Err: syscall.EINVAL}
	})
	if err != nil || asked != filepath.Dir(path) {
		t.Errorf("syncing %q: %v", asked, err)
	}
	wantText(t, path, "new")
}

func TestSeveralWhoWriteDoNotMeet(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			text := strings.Repeat(strconv.Itoa(n), 10_000)
			if err := WriteFile(path, []byte(text)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	got, err := os.ReadFile(path)
	if err != nil || len(got) != 10_000 || strings.Trim(string(got), string(got[:1])) != "" {
		t.Errorf("%d bytes are a mixture: %v", len(got), err)
	}
	if got := names(t, filepath.Dir(path)); got != "file" {
		t.Errorf("in the folder lie %s", got)
	}
}
