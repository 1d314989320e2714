package autostart

import (
	"encoding/binary"
	"strings"
	"text/template"
	"unicode/utf16"
)

// task is the manager of Windows: a scheduled task that starts when its user
// signs in. It needs no administrator.
type task struct{ file string }

func (m task) File() string { return m.file }

// conhost gives the program a console without a window, which somebody would
// close.
var taskXML = template.Must(template.New("task").Funcs(template.FuncMap{"xml": escaped, "word": windowsWord}).Parse(
	`<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.4" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Tushum: answers the bank and keeps the shop's ledger</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>{{with .User}}
      <UserId>{{xml .}}</UserId>{{end}}
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">{{with .User}}
      <UserId>{{xml .}}</UserId>{{end}}
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>255</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>%SystemRoot%\System32\conhost.exe</Command>
      <Arguments>--headless {{xml (word .Program)}} --config {{xml (word .Config)}} serve --log-file {{xml (word .Log)}}</Arguments>
    </Exec>
  </Actions>
</Task>
`))

func (task) Describe(s Service) (string, error) {
	var b strings.Builder
	err := taskXML.Execute(&b, s)
	return b.String(), err
}

// Encode is UTF-16 with its mark, for the task scheduler reads other files by the
// code page of the country.
func (task) Encode(text string) []byte {
	const mark = 0xFEFF
	var encoded []byte
	for _, unit := range append([]uint16{mark}, utf16.Encode([]rune(text))...) {
		encoded = binary.LittleEndian.AppendUint16(encoded, unit)
	}
	return encoded
}

func (m task) Install() []Step {
	return []Step{
		{Args: []string{"schtasks", "/End", "/TN", taskName}, MayFail: true}, // an older one
		{Args: []string{"schtasks", "/Create", "/F", "/TN", taskName, "/XML", m.file}},
		{Args: []string{"schtasks", "/Run", "/TN", taskName}},
	}
}

func (task) Uninstall() []Step {
	return []Step{
		{Args: []string{"schtasks", "/End", "/TN", taskName}, MayFail: true},
		{Args: []string{"schtasks", "/Delete", "/F", "/TN", taskName}},
	}
}

func (task) Forget() []Step { return nil }

// Active finds the code of a task that is running, SCHED_S_TASK_RUNNING: the
// words around it are in the language of the system.
func (m task) Active() Step {
	step := m.Status()
	step.Says = "267009"
	return step
}

func (task) Status() Step {
	return Step{Args: []string{"schtasks", "/Query", "/TN", taskName, "/V", "/FO", "LIST"}}
}

// windowsWord is an argument in quotes. No path on Windows has a quote in it, and
// one that ends in a backslash would take the quote behind it with it.
func windowsWord(s string) string {
	if strings.HasSuffix(s, `\`) {
		s += `\`
	}
	return `"` + s + `"`
}
