//go:build unix

package config

import "io/fs"

// openToOthers reports whether the group or others can read or write a file.
func openToOthers(mode fs.FileMode) bool { return mode.Perm()&0o066 != 0 }
