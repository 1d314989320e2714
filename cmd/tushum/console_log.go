package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// maxLog is how long the log may be at a start, in bytes; a longer one is put
// aside, in the place of the one that was put aside before.
const maxLog = 10 << 20

// logPath is the log of a console that holds a store: beside it.
func logPath(storePath string) string {
	return strings.TrimSuffix(storePath, filepath.Ext(storePath)) + ".log"
}

// logFile is the log under a console, which has no stderr to write to. It is
// opened when the first line comes: until the store is open, the file may belong
// to the process that holds the store.
type logFile struct {
	path string

	mu   sync.Mutex
	file *os.File
	err  error // why there is no log
}

func (l *logFile) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil && l.err == nil {
		l.file, l.err = openLog(l.path)
	}
	if l.err != nil {
		return 0, l.err
	}
	return l.file.Write(line)
}

func openLog(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
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
