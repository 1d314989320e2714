package autostart

import (
	"fmt"
	"strings"
	"text/template"
	"unicode"
	"unicode/utf8"
)

// systemd is the manager of Linux. A unit of the user needs no root.
type systemd struct{ file string }

func (m systemd) File() string { return m.file }

// unit is hardened as far as a user's manager can: the program sees the system
// read-only, and writes to its own folders alone.
var unit = template.Must(template.New("unit").Funcs(template.FuncMap{"word": unitWord, "path": unitPath}).Parse(
	`# Written by tushum service install; tushum service uninstall takes it away.
[Unit]
Description=Tushum: answers the bank and keeps the shop's ledger
# However long the store is held, or the address is not there: it is tried again.
StartLimitIntervalSec=0

[Service]
ExecStart={{path .Program}} --config {{word .Config}} serve
Restart=on-failure
RestartSec=5
# Settings that can't be used do not mend themselves.
RestartPreventExitStatus=2
TimeoutStopSec=30
UMask=0077
NoNewPrivileges=yes
PrivateUsers=yes
ProtectSystem=strict
ProtectHome=read-only
{{range .Writable}}ReadWritePaths={{path .}}
{{end}}PrivateTmp={{if .SharedTmp}}no{{else}}yes{{end}}
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
ProtectClock=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native

[Install]
WantedBy=default.target
`))

func (systemd) Describe(s Service) (string, error) {
	for _, path := range append([]string{s.Program, s.Config}, s.Writable...) {
		if strings.ContainsFunc(path, unicode.IsControl) || !utf8.ValidString(path) {
			return "", fmt.Errorf("writing the systemd unit: systemd can't read a path that is not UTF-8 or holds a control character: %q", path)
		}
	}
	if strings.ContainsAny(s.Program, `'"\`) {
		return "", fmt.Errorf("writing the systemd unit: systemd starts no program whose path holds a quote or a backslash: %q", s.Program)
	}
	var b strings.Builder
	err := unit.Execute(&b, s)
	return b.String(), err
}

func (systemd) Encode(text string) []byte { return []byte(text) }

func (systemd) Install() []Step {
	return []Step{
		userctl("daemon-reload"),
		userctl("enable", unitName),
		userctl("restart", unitName), // also where an older one runs
	}
}

func (systemd) Uninstall() []Step { return []Step{userctl("disable", "--now", unitName)} }

func (systemd) Forget() []Step { return []Step{userctl("daemon-reload")} }

func (systemd) Active() Step { return userctl("is-active", "--quiet", unitName) }

func (systemd) Status() Step { return userctl("status", "--no-pager", "--lines=0", unitName) }

func userctl(args ...string) Step {
	return Step{Args: append([]string{"systemctl", "--user"}, args...)}
}

// unitWord is an argument of a command line as systemd.syntax(7) has it: in
// quotes, its specifiers and variables not to be filled in.
func unitWord(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `%`, `%%`, `$`, `$$`).Replace(s) + `"`
}

// unitPath is a path, of a program or in a list: in quotes, its specifiers not to
// be filled in; variables are not there. A "-" or "+" before it would mean
// something.
func unitPath(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `%`, `%%`).Replace(s) + `"`
}
