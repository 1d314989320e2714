// Package atomicfile writes files whole or not at all. It imports nothing of
// ours.
package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
)

// WriteFile puts a text in the place of a file, in one step as far as others
// and a power cut can see. The file is closed to other users. What lies there is
// taken away and not written through, so a symlink goes too. The folder has to
// be there. With an error the file is as it was.
func WriteFile(path string, text []byte) error {
	return WriteFileAs(path, text, func(*os.File) error { return nil })
}

// WriteFileAs is WriteFile with something to do to the new file, such as giving
// it to another user, before it takes its place.
func WriteFileAs(path string, text []byte, prepare func(*os.File) error) error {
	return exchange(path, text, prepare, syncFolder)
}

// exchange writes the new file under a name that nobody else has, so that two
// who write at the same time do not meet.
func exchange(path string, text []byte, prepare func(*os.File) error, syncFolder func(string) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*") // closed to others
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = prepare(f)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	// The new text is in its place. There are filesystems that can't make a rename
	// durable, and folders that may be written to but not opened; to call that a
	// failure would say that the old text is still there.
	_ = syncFolder(filepath.Dir(path))
	return nil
}
