package webhook

import (
	"crypto/tls"
	"io"
	"net"
	"sync/atomic"
)

// tlsHandshake is what TLS begins with, and no HTTP (RFC 8446, 5.1).
const tlsHandshake = 22

// undecided is a connection on which the first byte that comes tells what its
// caller speaks.
type undecided struct {
	*guarded
	config *tls.Config
	spoken atomic.Pointer[net.Conn] // nil: nothing has come
}

// Read waits for the first byte, if there was none yet. net/http reads before it
// writes, and once at a time.
func (c *undecided) Read(b []byte) (int, error) {
	if spoken := c.spoken.Load(); spoken != nil {
		return (*spoken).Read(b)
	}
	first := make([]byte, 1)
	if _, err := io.ReadFull(c.guarded, first); err != nil {
		return 0, err
	}
	var spoken net.Conn = &replayed{guarded: c.guarded, first: first}
	if first[0] == tlsHandshake {
		spoken = tls.Server(spoken, c.config)
	}
	c.spoken.Store(&spoken)
	return spoken.Read(b)
}

// conn is what is spoken to now.
func (c *undecided) conn() net.Conn {
	if spoken := c.spoken.Load(); spoken != nil {
		return *spoken
	}
	return c.guarded
}

// Write implements net.Conn.
func (c *undecided) Write(b []byte) (int, error) { return c.conn().Write(b) }

// Close implements net.Conn.
func (c *undecided) Close() error { return c.conn().Close() }

// CloseWrite lets the server end an answer gracefully.
func (c *undecided) CloseWrite() error {
	if half, ok := c.conn().(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// replayed is a connection of which the beginning has been read.
type replayed struct {
	*guarded
	first []byte
}

// Read gives what was read before, and then what comes.
func (c *replayed) Read(b []byte) (int, error) {
	if len(c.first) > 0 {
		n := copy(b, c.first)
		c.first = c.first[n:]
		return n, nil
	}
	return c.guarded.Read(b)
}
