package autostart_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"tushum/internal/autostart"
)

func manager(t *testing.T, system string) autostart.Manager {
	t.Helper()
	m, err := autostart.For(system, autostart.Folders{Home: "/home/aziza", Config: "/home/aziza/.config"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var shop = autostart.Service{
	Program: "/opt/tushum/tushum", Config: "/home/aziza/.config/tushum/config.toml", Store: "/home/aziza/data/tushum.db",
	Writable: []string{"/home/aziza/data", "/home/aziza/.config/tushum"}, Log: "/home/aziza/data/tushum.db.log",
}

func TestFilesAreWhereTheSystemsLookForThem(t *testing.T) {
	t.Parallel()
	for system, want := range map[string]string{
		"linux":   "/home/aziza/.config/systemd/user/tushum.service",
		"darwin":  "/home/aziza/Library/LaunchAgents/uz.tushum.serve.plist",
		"windows": "/home/aziza/.config/tushum/autostart.xml",
	} {
		if got := manager(t, system).File(); got != want {
			t.Errorf("%s: %s, want %s", system, got, want)
		}
	}
	if _, err := autostart.For("plan9", autostart.Folders{}); err == nil {
		t.Error("a system that is not known has a manager")
	}
}

func TestUnitStartsTheProgramAndGivesItNoMoreThanItNeeds(t *testing.T) {
	t.Parallel()
	text, err := manager(t, "linux").Describe(shop)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`ExecStart="/opt/tushum/tushum" --config "/home/aziza/.config/tushum/config.toml" serve`,
		`ReadWritePaths="/home/aziza/data"`, `ReadWritePaths="/home/aziza/.config/tushum"`,
		"NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "Restart=on-failure", "RestartSec=5", "StartLimitIntervalSec=0", "RestartPreventExitStatus=2", "UMask=0077", "WantedBy=default.target",
	} {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("the unit has no line %s:\n%s", line, text)
		}
	}
	// A user's manager knows no units of the system, and a limit would end the service for good.
	if strings.Contains(text, "network-online") || strings.Contains(text, "StartLimitBurst") {
		t.Errorf("the unit waits for what never comes, or gives up:\n%s", text)
	}
}

func TestWhetherItRunsIsAsked(t *testing.T) {
	t.Parallel()
	ended := errors.New("exit status 3")
	for _, c := range []struct {
		system, said string
		err          error
		want         bool
	}{
		{"linux", "", nil, true},
		{"linux", "", ended, false},
		{"darwin", "{\n\t\"LastExitStatus\" = 0;\n\t\"PID\" = 4711;\n};", nil, true},
		{"darwin", "{\n\t\"LastExitStatus\" = 256;\n};", nil, false},
		{"darwin", "", ended, false},
		{"windows", "Oxirgi natija: 267009\r\n", nil, true},
		{"windows", "Last Result: 1\r\n", nil, false},
	} {
		if got := manager(t, c.system).Active().Is(c.said, c.err); got != c.want {
			t.Errorf("%s: %q, %v means that it runs: %t", c.system, c.said, c.err, got)
		}
	}
}

func TestSocketInTmpIsShared(t *testing.T) {
	t.Parallel()
	far := shop
	far.SharedTmp = true
	text, err := manager(t, "linux").Describe(far)
	if err != nil || !strings.Contains(text, "\nPrivateTmp=no\n") {
		t.Errorf("%v\n%s", err, text)
	}
}

// What would mean something to systemd in a path stands for itself.
func TestUnitPathsAreTakenLiterally(t *testing.T) {
	t.Parallel()
	odd := shop
	odd.Program, odd.Config, odd.Writable = `/opt/50% off/$HOME`, `/a/$X "x"\y.toml`, []string{`/a b%h`}
	text, err := manager(t, "linux").Describe(odd)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`ExecStart="/opt/50%% off/$HOME" --config "/a/$$X \"x\"\\y.toml" serve`, `ReadWritePaths="/a b%%h"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the unit has no %s:\n%s", want, text)
		}
	}
	for _, program := range []string{"/opt/a\nExecStart=/bin/sh", `/opt/it's`, `/opt/"x"`, `/opt/a\b`, "/opt/\xff"} {
		odd.Program = program
		if text, err := manager(t, "linux").Describe(odd); err == nil {
			t.Errorf("a path that systemd can't start was written:\n%s", text)
		}
	}
}

// texts are those of the elements of XML, in their order.
func texts(t *testing.T, document io.Reader) (all []string) {
	t.Helper()
	d := xml.NewDecoder(document)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		token, err := d.Token()
		if err == io.EOF { //nolint:errorlint // the decoder's documentation promises it unwrapped
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok && strings.TrimSpace(string(text)) != "" {
			all = append(all, string(text))
		}
	}
}

func TestAgentStartsTheProgram(t *testing.T) {
	t.Parallel()
	odd := shop
	odd.Program = "/Applications/A & <B>/tushum"
	text, err := manager(t, "darwin").Describe(odd)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(texts(t, strings.NewReader(text)), "|")
	if want := "ProgramArguments|" + odd.Program + "|--config|" + odd.Config + "|serve|RunAtLoad"; !strings.Contains(got, want) {
		t.Errorf("the agent has %s, want %s in it", got, want)
	}
}

func TestTaskStartsTheProgramWithoutAWindow(t *testing.T) {
	t.Parallel()
	m, odd := manager(t, "windows"), shop
	odd.Program, odd.Config, odd.User = `C:\Program Files\До‘кон & Co\tushum.exe`, `C:\Users\Азиза\config.toml`, `SHOP&CO\Азиза`
	text, err := m.Describe(odd)
	if err != nil {
		t.Fatal(err)
	}
	want := `--headless "C:\Program Files\До‘кон & Co\tushum.exe" --config "C:\Users\Азиза\config.toml" serve --log-file "` + odd.Log + `"`
	if got := texts(t, strings.NewReader(text)); got[len(got)-1] != want {
		t.Errorf("the task runs %s, want %s", got[len(got)-1], want)
	}
	// Without a name the task would start for everybody who signs in.
	if got := strings.Count(text, `<UserId>SHOP&amp;CO\Азиза</UserId>`); got != 2 || !strings.Contains(text, "</Enabled>\n      <UserId>") {
		t.Errorf("the user is named %d times:\n%s", got, text)
	}
	encoded := m.Encode(text)
	units := make([]uint16, len(encoded)/2)
	for i := range units {
		units[i] = uint16(encoded[2*i]) | uint16(encoded[2*i+1])<<8
	}
	if units[0] != 0xFEFF || string(utf16.Decode(units[1:])) != text {
		t.Error("the file is not the text in UTF-16 with its mark")
	}
}
