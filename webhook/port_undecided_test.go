package webhook_test

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"tushum/webhook"
	"tushum/webhook/webhooktest"
)

// Who came in the moment after a change and says nothing until it is over speaks
// as everybody does then.
func TestTheMomentEndsForTheSilentToo(t *testing.T) {
	t.Parallel()
	s, at := shopLingering(t, 200*time.Millisecond, nil)
	if err := s.Server.Change("/uzum", newCertificate(t, 1)); err != nil {
		t.Fatal(err)
	}
	silent := mustCall(t, at)
	for { // until newcomers may not speak as before
		if a, err := mustCall(t, at).post("/uzum/check", webhooktest.Login, webhooktest.Secret, "{}"); err != nil || !strings.Contains(a.body, "errorCode") {
			break
		}
	}
	if a, err := silent.post("/uzum/check", webhooktest.Login, webhooktest.Secret, "{}"); err == nil && strings.Contains(a.body, "errorCode") {
		t.Errorf("who was silent through the moment was answered %s", a)
	}
	want(t, "over TLS", mustCall(t, place{at.address, true}).ask(t, "/uzum/check"), reached)
}

// pipes is a listener of connections that hold nothing: what is written waits for
// its reader.
type pipes struct {
	net.Listener
	conns chan net.Conn
}

func (p *pipes) Accept() (net.Conn, error) {
	c, open := <-p.conns
	if !open {
		return nil, net.ErrClosed
	}
	return c, nil
}

func (p *pipes) Close() error {
	close(p.conns)
	return p.Listener.Close()
}

// A caller that begins TLS and takes no answer holds nothing for long.
func TestAHandshakeThatIsNotReadIsGivenUp(t *testing.T) {
	t.Parallel()
	s := webhooktest.Start(t, webhooktest.Options{Before: func(s *webhook.Server) {
		s.SetLingering(time.Hour)
		s.SetTimeouts(300*time.Millisecond, time.Second)
	}})
	over := &pipes{Listener: listen(t), conns: make(chan net.Conn, 1)}
	s.Server.Serve(over)
	if err := s.Server.Change("/uzum", newCertificate(t, 1)); err != nil {
		t.Fatal(err)
	}
	ours, theirs := net.Pipe()
	over.conns <- theirs
	if _, err := ours.Write(helloOfTLS(t)); err != nil {
		t.Fatal(err)
	}
	if err := ours.SetWriteDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	// Nobody reads this, until the server hangs up.
	if _, err := ours.Write([]byte("x")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("the server holds on: %v", err)
	}
}

// helloOfTLS is what a client of TLS begins with.
func helloOfTLS(t *testing.T) []byte {
	t.Helper()
	client, server := net.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- tls.Client(client, &tls.Config{ServerName: "shop.test", MinVersion: tls.VersionTLS12}).Handshake()
	}()
	said := make([]byte, 64<<10)
	n, err := server.Read(said)
	if err != nil {
		t.Fatal(err)
	}
	_ = server.Close() // the handshake fails
	if err := <-done; err == nil {
		t.Error("hands were shaken with nobody")
	}
	return said[:n]
}
