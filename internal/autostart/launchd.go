package autostart

import (
	"encoding/xml"
	"strings"
	"text/template"
)

// launchd is the manager of macOS. An agent of the user needs no root.
type launchd struct{ file string }

func (m launchd) File() string { return m.file }

var plist = template.Must(template.New("plist").Funcs(template.FuncMap{"xml": escaped}).Parse(
	`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>Label</key>
	<string>` + agentName + `</string>
	<key>ProgramArguments</key>
	<array>
		<string>{{xml .Program}}</string>
		<string>--config</string>
		<string>{{xml .Config}}</string>
		<string>serve</string>
	</array>
	<key>RunAtLoad</key>
	<true/>
	<key>KeepAlive</key>
	<dict>
		<key>SuccessfulExit</key>
		<false/>
	</dict>
	<key>ThrottleInterval</key>
	<integer>10</integer>
	<key>ExitTimeOut</key>
	<integer>30</integer>
	<key>Umask</key>
	<integer>63</integer>
	<key>ProcessType</key>
	<string>Interactive</string>
	<key>StandardErrorPath</key>
	<string>{{xml .Log}}</string>
</dict>
</plist>
`))

func (launchd) Describe(s Service) (string, error) {
	var b strings.Builder
	err := plist.Execute(&b, s)
	return b.String(), err
}

func (launchd) Encode(text string) []byte { return []byte(text) }

func (m launchd) Install() []Step {
	return []Step{
		{Args: []string{"launchctl", "unload", m.file}, MayFail: true}, // an older one
		{Args: []string{"launchctl", "load", "-w", m.file}},
	}
}

func (m launchd) Uninstall() []Step {
	return []Step{{Args: []string{"launchctl", "unload", "-w", m.file}}}
}

func (launchd) Forget() []Step { return nil }

// Active finds the process's id in what launchd knows of the agent; one that has
// ended has none.
func (m launchd) Active() Step {
	step := m.Status()
	step.Says = `"PID" = `
	return step
}

func (launchd) Status() Step { return Step{Args: []string{"launchctl", "list", agentName}} }

// escaped is text within XML.
func escaped(s string) (string, error) {
	var b strings.Builder
	err := xml.EscapeText(&b, []byte(s))
	return b.String(), err
}
