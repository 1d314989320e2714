package webhook

import (
	"container/list"
	"context"
	"crypto/tls"
	"net"
	"sync"
	"sync/atomic"
)

// gate bounds the open connections. Callers that have authenticated keep
// theirs; the others, strangers, share what the reserve leaves, and when that
// is full a new stranger takes the place of the one that has been there
// longest. So slow senders can't keep the bank out, however many they are.
type gate struct {
	most      int // connections
	reserve   int // of these, not for strangers
	mu        sync.Mutex
	open      int
	strangers list.List // of *guarded, the oldest first
}

// guarded is a connection that the gate counts.
type guarded struct {
	net.Conn
	gate  *gate
	place *list.Element // among the strangers; nil once known or closed
	known atomic.Bool
	once  sync.Once
	gone  context.Context // ends when the connection is closed
	end   context.CancelFunc
}

// admit counts a connection in. It returns nil when there is no room even
// without strangers. Only who accepts connections calls it, one at a time.
func (g *gate) admit(c net.Conn) *guarded {
	if g.isFull() && !g.giveWay() {
		return nil
	}
	in := &guarded{Conn: c, gate: g}
	in.gone, in.end = context.WithCancel(context.Background())
	g.mu.Lock()
	defer g.mu.Unlock()
	in.place = g.strangers.PushBack(in)
	g.open++
	return in
}

func (g *gate) isFull() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.open >= g.most || g.strangers.Len() >= g.most-g.reserve
}

// giveWay closes the stranger that has been there longest, if there is one.
func (g *gate) giveWay() bool {
	g.mu.Lock()
	oldest := g.strangers.Front()
	if oldest == nil {
		g.mu.Unlock()
		return false
	}
	evicted := g.strangers.Remove(oldest).(*guarded)
	evicted.place = nil
	g.mu.Unlock()
	_ = evicted.Close() // it was refused; nobody is told
	return true
}

// Close closes the connection and makes room for another.
func (c *guarded) Close() error {
	c.once.Do(func() {
		c.end()
		c.leaveStrangers()
		c.gate.mu.Lock()
		c.gate.open--
		c.gate.mu.Unlock()
	})
	return c.Conn.Close()
}

// CloseWrite lets the server end an answer gracefully.
func (c *guarded) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

func (c *guarded) leaveStrangers() {
	c.gate.mu.Lock()
	defer c.gate.mu.Unlock()
	if c.place != nil {
		c.gate.strangers.Remove(c.place)
		c.place = nil
	}
}

// gatedListener passes every connection through the gate.
type gatedListener struct {
	net.Listener
	gate *gate
}

// Accept waits for a connection that there is room for. The gate leaves file
// descriptors to the rest of the program; where that takes even more, a stranger
// gives one back.
func (l gatedListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if isOutOfDescriptors(err) && l.gate.giveWay() {
			continue
		}
		if err != nil {
			return nil, err
		}
		if in := l.gate.admit(c); in != nil {
			return in, nil
		}
		_ = c.Close() // full; nobody is told
	}
}

type connKey struct{}

// withConn puts the connection into the context of its requests, and ends that
// with the connection: net/http does so only once the body has been read, and a
// caller in a line was not asked for it yet.
func withConn(ctx context.Context, c net.Conn) context.Context {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	if in, ok := c.(*guarded); ok {
		ctx, end := context.WithCancel(context.WithValue(ctx, connKey{}, in))
		context.AfterFunc(in.gone, end)
		return ctx
	}
	return ctx
}

// welcome lets the connection of an authenticated request keep its place.
func welcome(ctx context.Context) {
	if in, ok := ctx.Value(connKey{}).(*guarded); ok && !in.known.Swap(true) {
		in.leaveStrangers()
	}
}
