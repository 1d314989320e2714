//go:build !linux

package bolttest

import "os"

func datasync(f *os.File) error { return f.Sync() }
