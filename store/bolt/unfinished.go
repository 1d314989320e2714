package bolt

import (
	"os"
	"path/filepath"
	"strings"
)

// unfinished stands in the names of files beside the store that get another
// name, or none, when they are finished. Only who holds the store, or is making
// it, makes them there.
const unfinished = ".unfinished-"

// clearUnfinished removes what a process left beside the store that was ended in
// the middle of a backup, a restore or a compaction. The caller holds the store.
func (s *Store) clearUnfinished() {
	dir, name := filepath.Split(s.path)
	left, err := os.ReadDir(dir)
	if err != nil {
		return // it only costs space
	}
	for _, f := range left {
		if !strings.HasPrefix(f.Name(), name+unfinished) {
			continue
		}
		err := os.Remove(filepath.Join(dir, f.Name()))
		s.log.Info("removing what an interrupted run left behind", "file", f.Name(), "err", err)
	}
}
