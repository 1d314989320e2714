package disk

import "golang.org/x/sys/unix"

// blockSize is the unit that blocks are counted in. Bsize is how much is best
// written at once, which on network disks is far more.
func blockSize(st *unix.Statfs_t) uint64 {
	if st.Frsize > 0 {
		return uint64(st.Frsize) // it is not as wide on every machine
	}
	return uint64(st.Bsize)
}
