//go:build unix

package oneclick

import "io/fs"

// openToOthers reports whether the group or others have any right on a file.
func openToOthers(mode fs.FileMode) bool { return mode.Perm()&0o077 != 0 }
