//go:build !linux

package bolt

import "errors"

// Elsewhere there is no ballast: its blocks could not be taken in one step.
func freeSpace(string) int64 { return 0 }

func reserve(string, int64) error { return errors.ErrUnsupported }
