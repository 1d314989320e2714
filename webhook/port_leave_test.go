package webhook

import (
	"errors"
	"net"
	"testing"
)

// Those who have connected before a port was left are let in, however many wait
// in the system's queue.
func TestAPortThatIsLeftLetsThoseInWhoHaveConnected(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &port{
		gatedListener: gatedListener{Listener: l, gate: &gate{most: DefaultMaxConnections}},
		terms:         func() *terms { return &terms{} },
	}
	const callers = 50
	for range callers { // nobody accepts yet
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
	}
	p.leave()
	let := 0
	for {
		var c net.Conn
		if c, err = p.Accept(); err != nil {
			break
		}
		t.Cleanup(func() { _ = c.Close() })
		let++
	}
	if let != callers || !errors.Is(err, net.ErrClosed) {
		t.Errorf("%d of %d callers were let in, then %v", let, callers, err)
	}
	if c, err := net.Dial("tcp", l.Addr().String()); err == nil {
		_ = c.Close()
		t.Error("a port that was left takes new connections")
	}
}
