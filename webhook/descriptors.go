package webhook

import (
	"errors"
	"syscall"
)

// How many file descriptors connections leave to the rest of the program: the
// store, its backups, the control socket, certificates.
const (
	otherDescriptors = 64
	leastConnections = 8
)

// connectionsFor is how many connections fit into a limit on file descriptors:
// all but 64, and of a small limit half, but never fewer than 8.
func connectionsFor(limit int) int {
	return max(limit-otherDescriptors, limit/2, leastConnections)
}

// isOutOfDescriptors tells whether the process or the machine has no file
// descriptor for one more connection.
func isOutOfDescriptors(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}
