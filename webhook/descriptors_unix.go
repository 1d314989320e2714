//go:build unix

package webhook

import (
	"math"
	"syscall"
)

// descriptors is the limit on open files of this process. The soft one counts;
// Go raises it to the hard one when a program starts.
func descriptors() (limit int, limited bool) {
	var r syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &r); err != nil {
		return 0, false
	}
	if r.Cur > math.MaxInt32 {
		return 0, false
	}
	return int(r.Cur), true
}
