//go:build !unix

package atomicfile

// syncFolder has nothing to do: NTFS journals renames itself.
func syncFolder(string) error { return nil }
