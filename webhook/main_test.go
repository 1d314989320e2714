package webhook_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tushum/webhook"
	"tushum/webhook/uzum"
	"tushum/webhook/webhooktest"
)

// roleVariable makes the test binary play a part in a process of its own, as
// long as its standard input is open.
const roleVariable = "TUSHUM_WEBHOOK_TEST_ROLE"

var roles = map[string]func(argument string) error{
	"slow":    func(address string) error { return attack(address, slowConnections, dawdle) },
	"garbage": func(address string) error { return attack(address, garbageSenders, litter) },
	"shop":    func(string) error { return serveShop() },
}

func TestMain(m *testing.M) {
	name, argument, _ := strings.Cut(os.Getenv(roleVariable), " ")
	role, is := roles[name]
	if !is {
		goleak.VerifyTestMain(m)
		return
	}
	if err := role(argument); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until who started this has ended
	os.Exit(0)
}

// play starts a process in a role and returns the line it says when it is
// ready. command, if given, starts it by way of another program.
func play(tb testing.TB, role string, command ...string) (line string) {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	command = append(command, self)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), roleVariable+"="+role)
	in, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			tb.Errorf("%s: %v", role, err)
		}
	})
	line, err = bufio.NewReader(out).ReadString('\n')
	if err != nil {
		tb.Fatalf("%s did not get ready: %v", role, err)
	}
	return strings.TrimSpace(line)
}

// serveShop is a shop in a process of its own, without a transaction.
func serveShop() error {
	addresses := webhook.NewAddresses(nil)
	auth, err := webhook.NewAuth([]webhook.Credential{{Login: webhooktest.Login, Password: secret{}}}, addresses.Of, time.Now)
	if err != nil {
		return err
	}
	handler := uzum.New(uzum.Config{Ledger: webhooktest.NewMemory(webhooktest.Rules(), time.Now), Auth: auth, Log: slog.New(slog.DiscardHandler)})
	server, err := webhook.New(webhook.Config{Uzum: handler, Path: webhooktest.Path})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server.Serve(l)
	fmt.Println(l.Addr())
	return nil
}

type secret struct{}

func (secret) Verify(password []byte) bool { return string(password) == webhooktest.Secret }
