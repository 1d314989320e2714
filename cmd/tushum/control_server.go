package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gliderlabs/ssh"
	gossh "golang.org/x/crypto/ssh"

	"tushum/internal/clean"
)

// runCommand does one command and returns its exit code.
type runCommand func(context.Context, request, streams) int

// controlServer takes commands from the socket of a store. Whoever starts one
// holds the store, so a socket that is there already is stale.
type controlServer struct {
	path     string
	listener net.Listener
	run      runCommand
	log      *slog.Logger
	ssh      *ssh.Server
	ctx      context.Context // of all commands
	stop     context.CancelFunc
	commands sync.WaitGroup
	ended    chan struct{} // closed when nothing is accepted any more

	mu    sync.Mutex
	conns map[net.Conn]struct{}
}

// listenControl begins to take commands for a store.
func listenControl(storePath string, run runCommand, log *slog.Logger) (*controlServer, error) {
	path, l, err := listenAt(controlPaths(storePath))
	if err != nil {
		return nil, fmt.Errorf("opening the socket for commands: %w", err)
	}
	key, err := hostKey()
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	c := &controlServer{path: path, listener: l, run: run, log: log, ended: make(chan struct{}), conns: make(map[net.Conn]struct{})}
	c.ctx, c.stop = context.WithCancel(context.Background())
	c.ssh = &ssh.Server{Handler: c.session, HostSigners: []ssh.Signer{key}, ConnCallback: c.admit, Version: "tushum"}
	go func() {
		defer close(c.ended)
		if err := c.ssh.Serve(l); c.ctx.Err() == nil {
			log.Error("commands are no longer taken", "err", err)
		}
	}()
	return c, nil
}

// hostKey is drawn anew by every service: SSH asks for one, but the socket's
// owner is what tells who answers.
func hostKey() (ssh.Signer, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("drawing the socket's key: %w", err)
	}
	return gossh.NewSignerFromKey(private)
}

// listenAt listens at the first of the places that can hold a socket.
func listenAt(paths []string) (path string, l net.Listener, err error) {
	for _, path := range paths {
		if filepath.Dir(path) == privateFolder() {
			if err := makePrivateFolder(); err != nil {
				return "", nil, err
			}
		}
		if l, err = listenSocket(path); err == nil {
			return path, l, nil
		}
	}
	return "", nil, err
}

// listenSocket makes a socket that only its owner can open. It gets its name
// when it is closed to others.
func listenSocket(path string) (net.Listener, error) {
	if err := os.Remove(path + ".new"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path + ".new", Net: "unix"})
	if err != nil {
		return nil, err
	}
	l.SetUnlinkOnClose(false)
	err = os.Chmod(path+".new", 0o600)
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close(), os.Remove(path+".new"))
	}
	return l, nil
}

// signalsWaiting is how many signals of a caller wait to be looked at.
const signalsWaiting = 128

// patienceKey finds the timer that hangs up on a caller who says nothing.
type patienceKey struct{}

// admit looks at who calls, and gives them a moment to say what they want.
func (c *controlServer) admit(ctx ssh.Context, conn net.Conn) net.Conn {
	if err := samePerson(conn); err != nil {
		c.log.Warn("a caller on the socket for commands was refused", "err", err)
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx.Err() != nil {
		return nil
	}
	c.conns[conn] = struct{}{}
	patience := time.AfterFunc(handshakeTimeout, func() { _ = conn.Close() }) // the server sets the conn's deadlines itself
	ctx.SetValue(patienceKey{}, patience)
	context.AfterFunc(ctx, func() {
		patience.Stop()
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.conns, conn)
	})
	return conn
}

// session does one command. It ends early when the caller interrupts it, hangs
// up, or the service stops.
func (c *controlServer) session(s ssh.Session) {
	if !c.begin() {
		_ = s.Close()
		return
	}
	defer c.commands.Done()
	if patience, ok := s.Context().Value(patienceKey{}).(*time.Timer); ok {
		patience.Stop() // a command takes as long as it takes
	}
	ctx, cancel := context.WithCancel(c.ctx)
	defer cancel()
	defer context.AfterFunc(s.Context(), cancel)()
	signals := make(chan ssh.Signal, signalsWaiting)
	s.Signals(signals)
	go func() {
		for { // to the end of the connection, for its requests wait for the signals to be taken
			select {
			case <-signals:
				cancel()
			case <-s.Context().Done():
				return
			}
		}
	}()
	if code := c.do(ctx, s); code == cutOff {
		_ = s.Close()
	} else {
		_ = s.Exit(code) // a caller that has hung up needs no exit code
	}
}

// cutOff stands for an exit code that is not sent, because the service stops
// under a console: whoever is attached is to come back and not to leave.
const cutOff = -1

// begin counts a command in, unless the service is stopping.
func (c *controlServer) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx.Err() != nil {
		return false
	}
	c.commands.Add(1)
	return true
}

func (c *controlServer) do(ctx context.Context, s ssh.Session) (code int) {
	r, err := decodeRequest(s.RawCommand())
	_, windows, console := s.Pty()
	io := streams{stdin: s, stdout: s, stderr: s.Stderr()}
	if console {
		io = c.consoleStreams(s, windows)
	}
	if err != nil || console != r.Console {
		fmt.Fprintln(io.stderr, "tushum: the service does not understand the request: the two programs are of different versions")
		return exitFailed
	}
	defer func() {
		if p := recover(); p != nil {
			c.log.Error("a command panicked", "panic", clean.Line(fmt.Sprint(p), 300), "stack", string(debug.Stack()))
			fmt.Fprintln(io.stderr, "tushum: a defect of the program; the service's log has the details")
			code = exitFailed
		}
	}()
	code = c.run(ctx, r, io)
	if console && c.ctx.Err() != nil {
		return cutOff
	}
	return code
}

// Close interrupts the commands that are running, lets them say so, and takes
// the socket away.
func (c *controlServer) Close() error {
	c.mu.Lock()
	c.stop()
	c.mu.Unlock()
	err := os.Remove(c.path)
	done := make(chan struct{})
	go func() { c.commands.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(goodbyeTimeout): // a caller that does not read
	}
	_ = c.ssh.Close()
	_ = c.listener.Close() // for a server that had not begun; otherwise it is closed already
	c.mu.Lock()
	for conn := range c.conns {
		_ = conn.Close()
	}
	c.mu.Unlock()
	<-c.ended
	select {
	case <-done:
	case <-time.After(goodbyeTimeout):
		c.log.Error("a command does not end: it is left behind")
	}
	return err
}

var _ io.Closer = (*controlServer)(nil)
