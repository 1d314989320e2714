package setup

import (
	"maps"
	"os"
	"path/filepath"
	"time"
)

// Files are where the files lie that somebody names in answers.
type Files struct {
	Folder   string // where a relative path begins
	Settings string // the settings file: a file that is not in Folder may lie beside it
}

// Find is the whole path of a file, as it can stand in the settings: those begin at
// a folder of their own. One that is nowhere is missed in Folder.
func (f Files) Find(name string) string {
	name = fileName(name)
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	here := f.here(name)
	if _, err := os.Stat(here); err == nil || f.Settings == "" {
		return here
	}
	beside := filepath.Join(filepath.Dir(f.Settings), name)
	if _, err := os.Stat(beside); err == nil {
		return beside
	}
	return here
}

// here is the path that begins at Folder.
func (f Files) here(name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(f.Folder, name)
}

// lookPatience is how long somebody who types waits for a disk. Saving has more.
const lookPatience = time.Second

// Look finds the file that the answer of a question names, and looks into it as Save
// does. The error is a *Wrong. A disk that does not answer is left to Save, so that it
// does not hold up whoever types.
func (f Files) Look(id ID, all Answers) (path string, err error) {
	type found struct {
		path string
		err  error
	}
	typed := all[id]
	all = maps.Clone(all)
	looked := make(chan found, 1)
	go func() {
		all[id] = f.Find(all[id])
		looked <- found{all[id], Desk{Path: f.Settings}.checkOne(id, all)}
	}()
	patience := time.NewTimer(lookPatience)
	defer patience.Stop()
	select {
	case is := <-looked:
		return is.path, is.err
	case <-patience.C:
		return f.here(fileName(typed)), nil
	}
}

// checkOne looks into the file that one answer names.
func (d Desk) checkOne(id ID, all Answers) error {
	checks := d.ownFiles()
	for _, c := range asking() {
		checks = append(checks, c.files...)
	}
	for _, c := range checks {
		if c.id == id {
			return d.checkNamed(c, all)
		}
	}
	return nil
}
