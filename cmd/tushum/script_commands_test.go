package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tushum/internal/bank"
	"tushum/internal/money"
)

// scriptCode is "code N program args": it wants the exit code N.
func scriptCode(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// masks replace what differs from run to run.
var masks = []struct {
	what *regexp.Regexp
	by   string
}{
	{regexp.MustCompile(`"token":"[a-z2-7]{26}"`), `"token":"TOKEN"`},
	{regexp.MustCompile(`/pay/[a-z2-7]{26}`), "/pay/TOKEN"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`), "TIME"},
	{regexp.MustCompile(`\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d`), "DD.MM.YYYY HH:MM:SS"},
	{regexp.MustCompile(`"took_ms":[0-9.]+`), `"took_ms":0`},
	{regexp.MustCompile(`[0-9.]+(µs|ms|s)\b`), "TOOK"},
	{regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`), "UUID"},
	{regexp.MustCompile(`cli:[^", ]+`), "cli:USER"},
	{regexp.MustCompile(`"bytes":\d+`), `"bytes":N`},
	{regexp.MustCompile(`(before|after)":\d+`), `$1":N`},
	{regexp.MustCompile(`before-restore-[0-9.-]+`), "before-restore-STAMP"},
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "127.0.0.1:PORT"},
}

// scriptMask is "mask FILE": it keeps the last standard output with everything
// that differs from run to run replaced.
func scriptMask(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile("stdout")
	text = strings.ReplaceAll(text, ts.Getenv("WORK"), "WORK")
	for _, m := range masks {
		text = m.what.ReplaceAllString(text, m.by)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// scriptNumber is "number VARIABLE": it takes the first invoice number from the
// last standard output.
func scriptNumber(ts *testscript.TestScript, _ bool, args []string) {
	found := regexp.MustCompile(`\b1\d{6}\b`).FindString(ts.ReadFile("stdout"))
	if found == "" {
		ts.Fatalf("there is no invoice number in the output")
	}
	ts.Setenv(args[0], found)
}

// scriptBank is "bank create|confirm|reverse|pay TRANS_ID NUMBER TIYIN [SOURCE]":
// the bank calls the service that the script has started as svc, or one that is
// started for this call. The answer's code, or OK, is printed.
func scriptBank(ts *testscript.TestScript, neg bool, args []string) {
	url, stop := ts.Getenv("svc"), func() {}
	if url == "" {
		scriptStart(ts, false, []string{"svc", `listening on (http[^" ]+)`, "tushum", "serve"})
		url = ts.Getenv("svc")
		stop = func() { scriptFinish(ts, false, []string{"svc", "TERM", "0"}); ts.Setenv("svc", "") }
	}
	answer, err := callBank(url, args)
	ts.Check(err)
	stop()
	if neg == (answer == "OK") {
		ts.Fatalf("the bank got %s", answer)
	}
}

func callBank(url string, args []string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := &bank.Client{BaseURL: url + "/uzum", Login: bankLogin, Password: bankPassword, ServiceID: bankService}
	payer := bank.Payer{Source: "UZCARD", Phone: "998901234567", CardType: 2, Reference: "000000000042"}
	if len(args) > 4 {
		payer.Source = args[4]
	}
	calls := map[string]func() (bank.Reply, error){
		"create": func() (bank.Reply, error) {
			tiyin, err := strconv.ParseInt(args[3], 10, 64)
			if err != nil {
				return bank.Reply{}, err
			}
			return c.Create(ctx, args[1], args[2], money.Amount(tiyin))
		},
		"confirm": func() (bank.Reply, error) { return c.Confirm(ctx, args[1], payer) },
		"reverse": func() (bank.Reply, error) { return c.Reverse(ctx, args[1]) },
	}
	todo := []string{args[0]}
	if args[0] == "pay" {
		todo = []string{"create", "confirm"}
	}
	for _, name := range todo {
		reply, err := calls[name]()
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		if reply.HTTPStatus != 200 {
			return reply.ErrorCode, nil
		}
	}
	return "OK", nil
}

// scriptMode is "mode OCTAL FILE": it sets the permissions.
func scriptMode(ts *testscript.TestScript, _ bool, args []string) {
	mode, err := strconv.ParseUint(args[0], 8, 32)
	ts.Check(err)
	ts.Check(os.Chmod(ts.MkAbs(args[1]), os.FileMode(mode)))
}

// scriptCut is "cut LENGTH FILE": it cuts a file off.
func scriptCut(ts *testscript.TestScript, _ bool, args []string) {
	length, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[1]), length))
}

// scriptNewer is "newer FILE": it makes a store one that a later version of the
// program has written. Its schema stands behind the name of it.
func scriptNewer(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ours, later := []byte("schema\x00\x00\x00\x00\x00\x00\x00\x01"), []byte("schema\x00\x00\x00\x00\x00\x00\x00\x63")
	if !bytes.Contains(b, ours) {
		ts.Fatalf("there is no schema in %s", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.ReplaceAll(b, ours, later), 0o600))
}

// scriptFlip is "flip TEXT FILE": it changes one bit of a text in a file.
func scriptFlip(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[1]))
	ts.Check(err)
	changed := append([]byte(args[0])[:1:1], args[0][1:]...)
	changed[len(changed)/2] ^= 1
	if !bytes.Contains(b, []byte(args[0])) {
		ts.Fatalf("%s does not hold %q", args[1], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), bytes.ReplaceAll(b, []byte(args[0]), changed), 0o600))
}

// scriptHTTP is "http STATUS URL [TEXT]": it wants the status, and the text in
// the answer.
func scriptHTTP(ts *testscript.TestScript, _ bool, args []string) {
	client := &http.Client{Timeout: patience}
	answer, err := client.Get(args[1])
	ts.Check(err)
	body, err := io.ReadAll(answer.Body)
	ts.Check(errors.Join(err, answer.Body.Close()))
	if strconv.Itoa(answer.StatusCode) != args[0] || len(args) > 2 && !strings.Contains(string(body), args[2]) {
		ts.Fatalf("%s answers %d %q", args[1], answer.StatusCode, body)
	}
}

// scriptPerm is "perm OCTAL FILE": it wants the permissions.
func scriptPerm(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[0] {
		ts.Fatalf("%s has the permissions %s", args[1], got)
	}
}

// scriptPort is "port VARIABLE": it finds a port that nobody listens on.
func scriptPort(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(occupied(ts, args[0]).Close())
}

// scriptOccupy is "occupy VARIABLE": it listens on a port to the script's end.
func scriptOccupy(ts *testscript.TestScript, _ bool, args []string) {
	l := occupied(ts, args[0])
	ts.Defer(func() { _ = l.Close() }) // the script is over
}

func occupied(ts *testscript.TestScript, variable string) net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	_, port, err := net.SplitHostPort(l.Addr().String())
	ts.Check(err)
	ts.Setenv(variable, port)
	return l
}

// scriptConfig is "config FILE PORT": it writes the usual settings with a port.
func scriptConfig(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.Replace(testConfig, "127.0.0.1:0", "127.0.0.1:"+args[1], 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// scriptEvoke is "evoke NAME PATTERN program args": it runs the program until what
// was started in the background prints the pattern. It may only just have begun,
// and tells nothing of what was before.
func scriptEvoke(ts *testscript.TestScript, _ bool, args []string) {
	b, pattern := program(ts, args[0]), regexp.MustCompile(args[1])
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if text, _ := b.out.look(); pattern.MatchString(text) {
			return
		}
		ts.Check(ts.Exec(args[2], args[3:]...))
	}
	ts.Fatalf("%s does not print %s", args[0], args[1])
}

// scriptOneClick is "oneclick FILE FLOW VENDOR_PORT PORT": it writes the settings of
// a shop on a port, with goods that go to the vendor on another.
func scriptOneClick(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.Replace(testConfig, "127.0.0.1:0", "127.0.0.1:"+args[3], 1) + `[oneclick]
enabled = true
base_url = "http://127.0.0.1:` + args[2] + `"
credentials_file = "cabinet.json"
flow = "` + args[1] + `"
test_mode = true
[routing]
goods = "oneclick"
`
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// scriptTransID is "transid VARIABLE": it takes the last word of the last line of the
// last standard output, which is a transaction's ID in a list.
func scriptTransID(ts *testscript.TestScript, _ bool, args []string) {
	words := strings.Fields(ts.ReadFile("stdout"))
	if len(words) == 0 {
		ts.Fatalf("there is no output")
	}
	ts.Setenv(args[0], words[len(words)-1])
}
