package webhook

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"sync/atomic"
	"time"
)

// tlsHandshake is what TLS begins with, and no HTTP (RFC 8446, 5.1).
const tlsHandshake = 22

// undecided is a connection on which the first byte tells what its caller speaks,
// if it comes while the change is young; after that it speaks as it was told.
type undecided struct {
	*guarded
	patience time.Duration            // for a write while hands are shaken
	spoken   atomic.Pointer[net.Conn] // nil: nothing has come
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
	if !c.isTLS(first[0]) {
		c.spoken.Store(&spoken)
		return spoken.Read(b)
	}
	encrypted := tls.Server(spoken, c.terms.either)
	spoken = encrypted
	c.spoken.Store(&spoken) // also where it fails: nothing is to be said in clear then
	if err := c.shakeHands(encrypted); err != nil {
		return 0, err
	}
	return encrypted.Read(b)
}

func (c *undecided) isTLS(first byte) bool {
	if time.Now().Before(c.terms.until) {
		return first == tlsHandshake
	}
	return c.terms.tls != nil
}

// shakeHands bounds what net/http bounds for a connection that it sees to be TLS
// only: the writes of a handshake. Its reads have the time of a header.
func (c *undecided) shakeHands(encrypted *tls.Conn) error {
	if err := c.guarded.SetWriteDeadline(time.Now().Add(c.patience)); err != nil {
		return fmt.Errorf("bounding the handshake: %w", err)
	}
	if err := encrypted.HandshakeContext(c.gone); err != nil {
		return fmt.Errorf("shaking hands: %w", err)
	}
	return c.guarded.SetWriteDeadline(time.Time{})
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
