//go:build unix

package disk

import "golang.org/x/sys/unix"

// measure counts what is kept for root as taken.
func measure(path string) (free, total uint64, err error) {
	var st unix.Statfs_t
	if err := unix.Statfs(path, &st); err != nil {
		return 0, 0, err
	}
	block := blockSize(&st)
	return uint64(st.Bavail) * block, st.Blocks * block, nil //nolint:unconvert // Bavail is signed on FreeBSD
}
