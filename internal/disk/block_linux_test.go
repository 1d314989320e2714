package disk

import (
	"testing"

	"golang.org/x/sys/unix"
)

// A network disk that is best written in large pieces counts in small ones.
func TestBlocksAreCountedInTheirOwnSize(t *testing.T) {
	t.Parallel()
	if got := blockSize(&unix.Statfs_t{Bsize: 1 << 20, Frsize: 4096}); got != 4096 {
		t.Errorf("a block is %d bytes", got)
	}
	if got := blockSize(&unix.Statfs_t{Bsize: 512}); got != 512 { // filesystems older than Linux 2.6
		t.Errorf("a block of a disk that names one size only is %d bytes", got)
	}
}
