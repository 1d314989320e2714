//go:build !unix

package webhook

// descriptors tells that this system has no limit on open files that matters.
func descriptors() (limit int, limited bool) { return 0, false }
