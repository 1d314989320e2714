package bolt

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// unfinished stands in the names of files beside the store that get another
// name, or none, when they are finished. Behind it stands the number of the
// process that makes the file: a restore over a store that can't be opened, and
// the making of a new store, are done by who does not hold the store.
const unfinished = ".unfinished-"

// unfinishedName is the name, without folder, of a file that this process is
// going to finish for the store.
func unfinishedName(storePath, what string) string {
	return fmt.Sprintf("%s%s%d-%s", filepath.Base(storePath), unfinished, os.Getpid(), what)
}

// clearUnfinished removes what a process left beside the store that was ended in
// the middle of a backup, a restore or a compaction. What a running process is
// still making is left to it. The caller holds the store.
func (s *Store) clearUnfinished() {
	dir, name := filepath.Split(s.path)
	left, err := os.ReadDir(dir)
	if err != nil {
		return // it only costs space
	}
	for _, f := range left {
		rest, ours := strings.CutPrefix(f.Name(), name+unfinished)
		if !ours || beingMade(rest) {
			continue
		}
		err := os.Remove(filepath.Join(dir, f.Name()))
		s.log.Info("removing what an interrupted run left behind", "file", f.Name(), "err", err)
	}
}

// beingMade tells whether another running process makes the file; rest is what
// follows unfinished in its name. Our own number is that of a process before us,
// for this one has only just taken the store: in a container every service is
// process 1.
func beingMade(rest string) bool {
	number, _, _ := strings.Cut(rest, "-")
	pid, err := strconv.Atoi(number)
	return err == nil && pid > 0 && pid != os.Getpid() && isRunning(pid)
}
