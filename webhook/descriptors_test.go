package webhook

import (
	"errors"
	"net"
	"os"
	"syscall"
	"testing"

	"tushum/webhook/uzum"
)

func TestConnectionsLeaveDescriptors(t *testing.T) {
	t.Parallel()
	for limit, want := range map[int]int{0: 8, 15: 8, 20: 10, 64: 32, 128: 64, 129: 65, 256: 192, 1024: 960, 1 << 20: 1<<20 - 64} {
		if got := connectionsFor(limit); got != want {
			t.Errorf("a limit of %d: %d connections, want %d", limit, got, want)
		}
	}
}

func TestTheCapKnowsTheLimit(t *testing.T) {
	t.Parallel()
	const asked = 1 << 30
	s, err := New(Config{Uzum: uzum.New(uzum.Config{}), Path: "/uzum", MaxConnections: asked})
	if err != nil {
		t.Fatal(err)
	}
	want := asked
	if limit, limited := descriptors(); limited {
		want = connectionsFor(limit)
	}
	if s.gate.most != want || s.gate.reserve != want/reservedPart {
		t.Errorf("%d connections, %d reserved, want %d", s.gate.most, s.gate.reserve, want)
	}
}

// crowded is a listener that has no descriptor for the first connections.
type crowded struct {
	net.Listener
	errs []error
	next net.Conn
}

func (l *crowded) Accept() (net.Conn, error) {
	if len(l.errs) == 0 {
		return l.next, nil
	}
	err := l.errs[0]
	l.errs = l.errs[1:]
	return nil, err
}

// Where the rest of the program has taken the descriptors, strangers give way.
func TestStrangersGiveDescriptorsBack(t *testing.T) {
	t.Parallel()
	none := &net.OpError{Op: "accept", Err: os.NewSyscallError("accept4", syscall.EMFILE)}
	g := &gate{most: 8, reserve: 2}
	ours, theirs := net.Pipe()
	next, nextEnd := net.Pipe()
	t.Cleanup(func() { _, _, _, _ = ours.Close(), theirs.Close(), next.Close(), nextEnd.Close() })
	g.admit(ours)
	l := gatedListener{Listener: &crowded{errs: []error{none}, next: next}, gate: g}
	if _, err := l.Accept(); err != nil {
		t.Fatalf("with a stranger to give way: %v", err)
	}
	if !isClosed(theirs) || isClosed(nextEnd) || g.open != 1 {
		t.Errorf("closed: the stranger %v, the newcomer %v; %d open", isClosed(theirs), isClosed(nextEnd), g.open)
	}
	l.Listener = &crowded{errs: []error{none, none}}
	if _, err := l.Accept(); !errors.Is(err, syscall.EMFILE) { // the server waits and tries again
		t.Errorf("with nobody to give way: %v", err)
	}
	l.Listener = &crowded{errs: []error{net.ErrClosed}, next: next}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after the listener was closed: %v", err)
	}
}
