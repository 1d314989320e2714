//go:build unix && !linux

package disk

import "golang.org/x/sys/unix"

// blockSize is the unit that blocks are counted in.
func blockSize(st *unix.Statfs_t) uint64 { return uint64(st.Bsize) }
