package webhook

import (
	"context"
	"errors"
	"io"
	"net"
	"testing"
	"time"
)

// isClosed tells whether the other end of a pipe was closed; an open one has
// nothing to say until the deadline, which has passed.
func isClosed(c net.Conn) bool {
	if err := c.SetReadDeadline(time.Unix(1, 0)); errors.Is(err, io.ErrClosedPipe) {
		return true
	}
	_, err := c.Read(make([]byte, 1))
	return errors.Is(err, io.EOF)
}

func TestStrangersGiveWay(t *testing.T) {
	t.Parallel()
	g := &gate{most: 4, reserve: 1}
	enter := func() (in *guarded, other net.Conn) {
		ours, theirs := net.Pipe()
		t.Cleanup(func() { _, _ = ours.Close(), theirs.Close() })
		return g.admit(ours), theirs
	}
	bank, bankEnd := enter()
	welcome(withConn(context.Background(), bank))
	var ends []net.Conn
	for range 5 {
		in, end := enter()
		if in == nil {
			t.Fatal("a stranger was refused while others could give way")
		}
		ends = append(ends, end)
	}
	for i, want := range []bool{true, true, false, false, false} {
		if got := isClosed(ends[i]); got != want {
			t.Errorf("stranger %d: closed %v, want %v", i, got, want)
		}
	}
	if isClosed(bankEnd) || g.open != 4 || g.strangers.Len() != 3 {
		t.Errorf("the bank's connection: closed %v; %d open, %d strangers", isClosed(bankEnd), g.open, g.strangers.Len())
	}
}

func TestAFullGateRefuses(t *testing.T) {
	t.Parallel()
	g := &gate{most: 2, reserve: 0}
	var known []*guarded
	for range 2 {
		ours, theirs := net.Pipe()
		t.Cleanup(func() { _, _ = ours.Close(), theirs.Close() })
		in := g.admit(ours)
		ctx := withConn(context.Background(), in)
		welcome(ctx)
		welcome(ctx)
		known = append(known, in)
	}
	ours, theirs := net.Pipe()
	defer func() { _, _ = ours.Close(), theirs.Close() }()
	if in := g.admit(ours); in != nil {
		t.Error("a connection more than there may be")
	}
	for range 2 { // closing twice counts once
		if err := known[0].Close(); err != nil {
			t.Fatal(err)
		}
	}
	if g.open != 1 {
		t.Errorf("%d open", g.open)
	}
	if in := g.admit(ours); in == nil {
		t.Error("no room after one was closed")
	}
}

// A connection that is closed on this side, to make room or by the end of the
// server, ends what its request waits for.
func TestClosingEndsTheRequest(t *testing.T) {
	t.Parallel()
	g := &gate{most: 1}
	ours, theirs := net.Pipe()
	next, nextEnd := net.Pipe()
	t.Cleanup(func() { _, _, _, _ = ours.Close(), theirs.Close(), next.Close(), nextEnd.Close() })
	request := withConn(t.Context(), g.admit(ours))
	if request.Err() != nil {
		t.Fatalf("at first: %v", request.Err())
	}
	newer := withConn(t.Context(), g.admit(next))
	<-request.Done()
	if newer.Err() != nil {
		t.Errorf("the newcomer: %v", newer.Err())
	}
}
