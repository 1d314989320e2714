//go:build !unix

package oneclick

import "io/fs"

// openToOthers is false where files have no such permissions: on Windows a file in
// a user's own folder is closed to other users by its folder.
func openToOthers(fs.FileMode) bool { return false }
