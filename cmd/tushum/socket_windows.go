package main

import (
	"io/fs"
	"os"
	"path/filepath"
)

// ownFile is left to the folder, which on Windows is closed to other users.
func ownFile(fs.FileInfo) error { return nil }

// privateFolder is inside the user's own folder for temporary files.
func privateFolder() string { return filepath.Join(os.TempDir(), "tushum") }

func makePrivateFolder() error { return os.MkdirAll(privateFolder(), 0o700) }
