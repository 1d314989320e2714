package disk_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"tushum/internal/disk"
)

func TestADiskHasRoomAndASize(t *testing.T) {
	t.Parallel()
	free, total, err := disk.Free(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	const mib = 1 << 20
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
