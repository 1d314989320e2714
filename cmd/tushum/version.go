package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
)

// version is set when a release is built, with -ldflags "-X main.version=…".
var version string

var versionSpec = spec{
	use:   "version",
	short: lang.Text{UZ: "dastur versiyasi", RU: "версия программы", EN: "tell the version"},
	doing: lang.Text{UZ: "versiya", RU: "версия", EN: "telling the version"},
}

// versionView is what scripts see of a version.
type versionView struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitzero"`
	Time    string `json:"commit_time,omitzero"`
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

func (a *App) versionCommand() *cobra.Command {
	return a.command(versionSpec, func(context.Context, []string) error { return a.tellVersion() })
}

// versionFlag makes tushum --version the same as tushum version.
func (a *App) versionFlag(root *cobra.Command) {
	asked := root.Flags().Bool("version", false, a.say(versionSpec.short))
	help := root.RunE
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if *asked {
			return a.tellVersion()
		}
		return help(cmd, args)
	}
}

func (a *App) tellVersion() error {
	v := thisVersion()
	if a.flags.json {
		return a.printJSON(v)
	}
	text := "tushum " + v.Version
	if v.Commit != "" {
		text += " (" + v.Commit[:min(len(v.Commit), 12)] + ")"
	}
	return a.print(fmt.Sprintf("%s, %s, %s/%s\n", text, v.Go, v.OS, v.Arch))
}

// thisVersion is what the build tells of itself.
func thisVersion() versionView {
	v := versionView{Version: version, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.time":
			v.Time = s.Value
		}
	}
	if v.Version == "" {
		v.Version = info.Main.Version
	}
	if v.Version == "" || v.Version == "(devel)" {
		v.Version = "dev"
	}
	return v
}
