// Package disk tells how much room a disk has left. It imports nothing of ours.
package disk

import "fmt"

// Free is what the user of this process may still write to the disk that path
// lies on, and how much that disk holds, both in bytes. path has to exist.
func Free(path string) (free, total uint64, err error) {
	if free, total, err = measure(path); err != nil {
		return 0, 0, fmt.Errorf("measuring the disk of %s: %w", path, err)
	}
	return free, total, nil
}
