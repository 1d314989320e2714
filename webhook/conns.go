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
	most      int        // connections
	reserve   int        // of these, not for strangers
	door      sync.Mutex // held by who admits: two listeners may do so at a time
	mu        sync.Mutex
	open      int
	strangers list.List // of *guarded, the oldest first
}

// guarded is a connection that the gate counts.
type guarded struct {
	net.Conn
	gate  *gate
	port  *port         // that it came over
	terms *terms        // that were in force when it came
	place *list.Element // among the strangers; nil once known or closed
	known atomic.Bool
	once  sync.Once
	gone  context.Context // ends when the connection is closed
	end   context.CancelFunc
}

// admit counts a connection in. It returns nil when there is no room even
// without strangers.
func (g *gate) admit(c net.Conn) *guarded {
	g.door.Lock()
	defer g.door.Unlock()
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

// gatedListener passes every connection of a listener through the gate.
type gatedListener struct {
	net.Listener
	gate *gate
}

// Accept waits for a connection that there is room for.
func (l gatedListener) Accept() (net.Conn, error) {
	in, err := l.accept()
	if err != nil {
		return nil, err
	}
	return in, nil
}

// accept is Accept. The gate leaves file descriptors to the rest of the program;
// where that takes even more, a stranger gives one back.
func (l gatedListener) accept() (*guarded, error) {
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

// guardedBelow finds what the gate counts below whatever is spoken on it.
func guardedBelow(c net.Conn) *guarded {
	switch c := c.(type) {
	case *guarded:
		return c
	case *undecided:
		return c.guarded
	case *tls.Conn:
		return guardedBelow(c.NetConn())
	}
	return nil
}

type connKey struct{}

// withConn puts the connection into the context of its requests, and ends that
// with the connection: net/http does so only once the body has been read, and a
// caller in a line was not asked for it yet.
func withConn(ctx context.Context, c net.Conn) context.Context {
	if in := guardedBelow(c); in != nil {
		ctx, end := context.WithCancel(context.WithValue(ctx, connKey{}, in))
		context.AfterFunc(in.gone, end)
		return ctx
	}
	return ctx
}

// connOf is the connection that a request came over; nil where the gate has none.
func connOf(ctx context.Context) *guarded {
	in, _ := ctx.Value(connKey{}).(*guarded)
	return in
}

// welcome lets the connection of an authenticated request keep its place.
func welcome(ctx context.Context) {
	if in := connOf(ctx); in != nil && !in.known.Swap(true) {
		in.leaveStrangers()
	}
}
