package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// maxFile is the greatest size of a settings file, in bytes: thirty times that
// of config.example.toml. The TOML library takes time by the square of the
// number of keys, seconds at this size.
const maxFile = 256 << 10

// Load reads the settings file at path. The error is an Errors; with a file
// that is not there errors.Is finds fs.ErrNotExist in it. On systems that have
// such permissions, a file that holds a secret and that others than its owner
// can read or write is refused.
func Load(path string) (Config, error) {
	data, mode, err := readFile(path)
	if err != nil {
		return Config{}, Errors{err}
	}
	r := &reader{report: report{path: path}, folder: folderOf(path)}
	cfg, parseErr := r.parse(data)
	if r.secret && openToOthers(mode) {
		r.report.add(0, "", fmt.Sprintf("holds a secret, and others can read or change it (mode %04o)", mode.Perm()), "run: chmod 600 "+path)
		return Config{}, r.report.err()
	}
	if parseErr != nil {
		return Config{}, parseErr
	}
	return cfg, nil
}

func readFile(path string) ([]byte, fs.FileMode, *Error) {
	if path == "" {
		return nil, 0, &Error{Msg: "there is no folder to look for config.toml in", cause: fs.ErrNotExist,
			Hint: "name the file with --config or " + Variable}
	}
	// A pipe would be waited for without end, so the file is looked at first.
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, fileError(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, 0, &Error{Path: path, Msg: "is not a file", Hint: "name the settings file itself, not its folder"}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, fileError(path, err)
	}
	// Nothing was written, so a failed close loses nothing.
	defer func() { _ = f.Close() }()
	if info, err = f.Stat(); err != nil {
		return nil, 0, fileError(path, err)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, 0, fileError(path, err)
	}
	if len(data) > maxFile {
		return nil, 0, &Error{Path: path, Msg: "is larger than 256 KiB", Hint: "this is not a settings file; config.example.toml is one"}
	}
	return data, info.Mode(), nil
}

// fileError words the system's refusals that people meet.
func fileError(path string, err error) *Error {
	out := &Error{Path: path, Msg: err.Error(), cause: err}
	var detail *fs.PathError
	if errors.As(err, &detail) {
		out.Msg = detail.Err.Error()
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		out.Msg = "no such file"
		out.Hint = "copy config.example.toml there, or name another file with --config or " + Variable
	case errors.Is(err, fs.ErrPermission):
		out.Hint = "run the program as the owner of the file"
	}
	return out
}
