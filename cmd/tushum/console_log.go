package main

import (
	"errors"
	"io/fs"
	"os"
	"sync"

	"tushum/internal/lang"
)

// maxLog is how long the log gets, in bytes; then it is put aside, in the place
// of the one that was put aside before.
const maxLog = 10 << 20

// logPath is the log of a console that holds a store: beside it. The whole name
// of the store is in it, so that it is never the store itself.
func logPath(storePath string) string { return storePath + ".log" }

// logFile is the log under a console, which has no stderr to write to. It is
// opened when the first line comes: until the store is open, the file may belong
// to the process that holds the store.
type logFile struct {
	path string

	mu   sync.Mutex
	file *os.File
	size int64 // of the file, in bytes
	err  error // why there is no log
}

func (l *logFile) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil && l.err == nil {
		l.err = l.open()
	}
	if l.err == nil && l.size > 0 && l.size+int64(len(line)) > maxLog {
		l.err = l.putAside()
	}
	if l.err != nil {
		return 0, l.err
	}
	n, err := l.file.Write(line)
	l.size += int64(n)
	return n, err
}

// open opens the file, or makes it. What is no file is refused: a pipe would
// wait for a reader, and a link may lead anywhere.
func (l *logFile) open() error {
	info, err := os.Lstat(l.path) //nolint:gosec // G703: the owner names the folder
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.size = 0
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return failed(lang.Text{
			UZ: l.path + ": bu oddiy fayl emas", RU: l.path + ": это не обычный файл", EN: l.path + ": it is not a regular file",
		}, nil)
	default:
		l.size = info.Size()
	}
	l.file, err = os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) //nolint:gosec // G703: the owner names the folder
	return err
}

func (l *logFile) putAside() error {
	err := errors.Join(l.file.Close(), os.Rename(l.path, l.path+".1")) //nolint:gosec // G703: the owner names the folder
	l.file = nil
	if err != nil {
		return err
	}
	return l.open()
}

// Err tells why nothing is logged.
func (l *logFile) Err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// Close ends the log; what is written later is lost.
func (l *logFile) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = errors.New("the log is closed")
	}
	if l.file == nil {
		return nil
	}
	return l.file.Close()
}
