package disk_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/disk"
)

const (
	mib = 1 << 20
	gib = 1 << 30
)

func TestADiskHasRoomAndASize(t *testing.T) {
	t.Parallel()
	free, total, err := disk.Free(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if free == 0 || free > total || total < mib {
		t.Errorf("%d of %d bytes are free", free, total)
	}
}

func TestWhatIsNotThereCannotBeMeasured(t *testing.T) {
	t.Parallel()
	gone := filepath.Join(t.TempDir(), "gone")
	free, total, err := disk.Free(gone)
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), gone) || free != 0 || total != 0 {
		t.Errorf("got %d of %d, %v", free, total, err)
	}
}

// A large disk with hundreds of GiB left is not short, however little of it they are.
func TestWhenADiskIsShort(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		free, total uint64
		short       bool
	}{
		{0, 0, true},
		{gib - 1, gib, true},
		{gib, gib, false},
		{gib, 20 * gib, false},
		{gib, 21 * gib, true},
		{5*gib - 1, 100 * gib, true},
		{5 * gib, 100 * gib, false},
		{10*gib - 1, 200 * gib, true},
		{10 * gib, 200 * gib, false},
		{10*gib - 1, 4096 * gib, true},
		{10 * gib, 4096 * gib, false},
		{200 * gib, 8192 * gib, false},
	} {
		if got := disk.Short(c.free, c.total); got != c.short {
			t.Errorf("%s of %s is short: %v", disk.Size(c.free), disk.Size(c.total), got)
		}
	}
}

func TestASizeIsReadable(t *testing.T) {
	t.Parallel()
	for bytes, want := range map[uint64]string{
		0: "0 MiB", mib - 1: "0 MiB", 812 * mib: "812 MiB", gib - 1: "1023 MiB", gib: "1 GiB",
		gib + gib/2: "1.5 GiB", 5*gib - 1: "4.9 GiB", 1 << 63: "8589934592 GiB",
	} {
		if got := disk.Size(bytes); got != strings.ReplaceAll(want, " ", "\u00a0") {
			t.Errorf("%d is %q, want %q", bytes, got, want)
		}
	}
}
