//go:build !linux

package bolt

import "errors"

// Elsewhere there is no ballast, for its blocks could not be taken in one step,
// and so no need to know the room.
func freeSpace(string) int64 { return -1 }

func reserve(string, int64) error { return errors.ErrUnsupported }
