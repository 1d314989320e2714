//go:build system

package doctor_test

import (
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// readyForProxy opens a shop with plain HTTP whose public URL is at an address
// that was free a moment ago.
func readyForProxy(t *testing.T, p plan) (s *shop, address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = l.Addr().String()
	_, port, _ := strings.Cut(address, ":")
	p.plain, p.public = true, "https://"+publicHost+":"+port
	s = open(t, p)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return s, address
}

// startProxy runs a proxy until the test ends, and returns when it answers.
func startProxy(t *testing.T, address string, cmd *exec.Cmd) {
	t.Helper()
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // it is killed
		close(ended)
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended
		<-ended
	})
	patience := time.After(time.Minute)
	for {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			_ = conn.Close()
			return
		}
		select {
		case <-ended:
			t.Fatalf("the proxy has ended: %s", said.String())
		case <-patience:
			t.Fatal(err)
		case <-time.After(time.Millisecond):
		}
	}
}
