//go:build !unix

package webhook

import "io/fs"

// keyOpenToOthers knows nothing of the rights that other systems give.
func keyOpenToOthers(fs.FileInfo) bool { return false }
