// Package disk tells how much room a disk has left. It imports nothing of ours.
package disk

import "fmt"

const (
	mib = 1 << 20 // bytes
	gib = 1 << 30
)

// Free is what the user of this process may still write to the disk that path
// lies on, and how much that disk holds, both in bytes. path has to exist.
func Free(path string) (free, total uint64, err error) {
	if free, total, err = measure(path); err != nil {
		return 0, 0, fmt.Errorf("measuring the disk of %s: %w", path, err)
	}
	return free, total, nil
}

// Short tells whether a disk will soon be full: under 1 GiB is left, or under 5 %
// of a disk where that is under 10 GiB. Both are in bytes.
func Short(free, total uint64) bool {
	const least, enough, part = gib, 10 * gib, 20
	return free < least || free < enough && free < total/part
}

// Size is a number of bytes as people read it, rounded down: 812 MiB or 1.5 GiB.
func Size(bytes uint64) string {
	if bytes < gib {
		return fmt.Sprintf("%d\u00a0MiB", bytes/mib)
	}
	whole, tenth := bytes/gib, bytes%gib*10/gib
	if tenth == 0 {
		return fmt.Sprintf("%d\u00a0GiB", whole)
	}
	return fmt.Sprintf("%d.%d\u00a0GiB", whole, tenth)
}
