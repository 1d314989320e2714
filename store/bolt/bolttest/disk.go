package bolttest

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// DiskRate is F of docs/performance.md: how many overwrites of 4 KiB the disk
// under dir makes durable in a second. It takes a second to measure.
func DiskRate(b testing.TB, dir string) float64 {
	b.Helper()
	f, err := os.Create(filepath.Join(dir, "disk-rate"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	page := make([]byte, 4096)
	n := 0
	start := time.Now()
	for time.Since(start) < time.Second {
		if _, err := f.WriteAt(page, 0); err != nil {
			b.Fatal(err)
		}
		if err := datasync(f); err != nil {
			b.Fatal(err)
		}
		n++
	}
	return float64(n) / time.Since(start).Seconds()
}
