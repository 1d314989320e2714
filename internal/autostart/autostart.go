// Package autostart makes the program start by itself: as a systemd user unit on
// Linux, a launchd agent on macOS, a scheduled task at logon on Windows. It writes
// what the system wants to read, and asks the system's own program to take it up.
package autostart

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Service is what is to be started.
type Service struct {
	Program   string   // the binary, absolute
	Config    string   // the settings file, absolute
	Store     string   // the ledger's file, absolute
	Writable  []string // folders that it writes to, absolute: those of the two above
	SharedTmp bool     // its socket lies in /tmp, where others have to find it
	Log       string   // file to log to where the system keeps no journal; absolute
	User      string   // whose service it is, by the system's name; empty: whoever the system thinks
}

// Names by which the systems know the service.
const (
	unitName  = "tushum.service"
	agentName = "uz.tushum.serve"
	taskName  = "Tushum"
)

// Folders are where the systems look for such files, of the user.
type Folders struct {
	Home   string // absolute
	Config string // $XDG_CONFIG_HOME, or what stands for it
}

// Step is a program of the system that is run.
type Step struct {
	Args    []string // the program and its arguments
	MayFail bool     // it takes away what may not be there
	Says    string   // part of what it prints where the answer is yes; empty: its exit code says it
}

// Is reports whether the answer of a step that asks something is yes: said is
// what it printed, and err how it ended.
func (s Step) Is(said string, err error) bool { return err == nil && strings.Contains(said, s.Says) }

// Manager is how one operating system starts programs.
type Manager interface {
	// File is the file that describes the service.
	File() string
	// Describe is the text of that file, and Encode how it stands there.
	Describe(s Service) (string, error)
	Encode(text string) []byte
	// Install takes up what the file says, and starts the service. Uninstall stops
	// it and gives it up, while the file is still there; Forget comes when it is gone.
	Install() []Step
	Uninstall() []Step
	Forget() []Step
	// Active asks whether the service runs, and Status shows how it is.
	Active() Step
	Status() Step
}

// For is the manager of an operating system by its GOOS.
func For(system string, f Folders) (Manager, error) {
	switch system {
	case "linux":
		return systemd{file: filepath.Join(f.Config, "systemd", "user", unitName)}, nil
	case "darwin":
		return launchd{file: filepath.Join(f.Home, "Library", "LaunchAgents", agentName+".plist")}, nil
	case "windows":
		return task{file: filepath.Join(f.Config, "tushum", "autostart.xml")}, nil
	}
	return nil, fmt.Errorf("starting by itself: there is no way known on %s", system)
}
