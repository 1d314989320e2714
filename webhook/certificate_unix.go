//go:build unix

package webhook

import "io/fs"

// keyOpenToOthers reports whether the group or others have any right on a key.
func keyOpenToOthers(mode fs.FileMode) bool { return mode.Perm()&0o077 != 0 }
