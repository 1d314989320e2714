package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	gossh "golang.org/x/crypto/ssh"
)

// attached is a console that a service shows on a terminal of this process. It
// outlives the service: what is on the screen stays there until the service, or
// the next one, answers.
type attached struct {
	app   *App
	path  string // the store's
	local terminal
	keys  chan []byte // what is typed; closed when the terminal is gone
	state []byte      // what the console wants to find again
	words []byte      // what it says to people at its end
	drawn bool        // something was
}

// terminal is the one at this end.
type terminal struct {
	io.Reader
	io.Writer
	Raw     func() (restore func() error, err error) // keys come as they are typed
	Size    func() (width, height int, err error)    // in cells
	Resized <-chan struct{}                          // the size may be another
}

// attach shows the console of a service, on the terminal of the process.
func (a *App) attach(ctx context.Context, path string, client *controlClient) error {
	local, err := a.processTerminal(ctx)
	if err != nil {
		return errors.Join(err, client.Close())
	}
	return a.attachTo(ctx, path, client, local)
}

func (a *App) attachTo(ctx context.Context, path string, client *controlClient, local terminal) error {
	c := &attached{app: a, path: path, local: local, keys: make(chan []byte)}
	restore, err := local.Raw()
	if err != nil {
		return errors.Join(fmt.Errorf("taking the terminal: %w", err), client.Close())
	}
	err = c.run(ctx, client)
	err = errors.Join(err, restore())
	_, _ = a.Stderr.Write(c.words) // there is no other place to tell it
	return err
}

// run shows consoles, one after the other, until one of them is closed.
func (c *attached) run(ctx context.Context, client *controlClient) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	go c.read(ctx)
	for {
		code, err := c.show(ctx, client)
		_ = client.Close() // the console is over, whatever it has to say
		if gone := (*fault)(nil); !c.drawn || !errors.As(err, &gone) || gone.code != codeServiceGone {
			if c.drawn && (err != nil || code != exitDone) {
				_, _ = io.WriteString(c.local, quiet+leaveScreen)
			}
			if err == nil && code != exitDone {
				err = exited(code)
			}
			return err
		}
		if client = c.wait(ctx); client == nil {
			_, err := io.WriteString(c.local, quiet+leaveScreen)
			return err
		}
	}
}

// read takes what is typed, for whoever wants it at the moment. Nothing ends a
// read of a terminal, so the last one is left behind.
func (c *attached) read(ctx context.Context) {
	defer close(c.keys)
	buf := make([]byte, 4<<10)
	for {
		n, err := c.local.Read(buf)
		if n > 0 {
			select {
			case c.keys <- append([]byte(nil), buf[:n]...):
			case <-ctx.Done():
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// request asks for a console on the terminal as it is now.
func (c *attached) request() request {
	r := c.app.request()
	r.Args, r.Console, r.Environ, r.Resume = nil, true, c.app.environ(), c.state
	if width, height, err := c.local.Size(); err == nil {
		r.Width, r.Height = width, height
	}
	return r
}

// show has the service show a console until that ends, and returns its exit
// code. The error is a fault with codeServiceGone where the service has ended.
func (c *attached) show(ctx context.Context, client *controlClient) (code int, err error) {
	r := c.request()
	line, err := r.encode()
	if err != nil {
		return 0, err
	}
	s, err := client.ssh.NewSession()
	if err != nil {
		return 0, serviceGone(err)
	}
	if err := s.RequestPty(r.getenv("TERM"), r.Height, r.Width, gossh.TerminalModes{}); err != nil {
		return 0, serviceGone(err)
	}
	keyboard, err := s.StdinPipe()
	if err != nil {
		return 0, err
	}
	screen, aside := &firstWrite{Writer: c.local, first: make(chan struct{})}, &told{}
	s.Stdout, s.Stderr = screen, aside
	if err := s.Start(line); err != nil {
		return 0, serviceGone(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Wait() }()
	forwarding, hangUp := context.WithCancel(ctx)
	var forward sync.WaitGroup
	forward.Go(func() { c.sendKeys(forwarding, keyboard); hangUp() })
	forward.Go(func() { c.sendSizes(forwarding, s, screen.first, r) })
	code, err = client.ending(forwarding, s, ended)
	hangUp()
	forward.Wait()
	c.keep(aside, screen)
	return code, err
}

// keep takes what is left of a console that has ended.
func (c *attached) keep(aside *told, screen *firstWrite) {
	if aside.state != nil {
		c.state = aside.state
	}
	c.words = aside.words
	c.drawn = c.drawn || screen.begun()
}

// sendKeys sends what is typed until ctx ends or the terminal is gone.
func (c *attached) sendKeys(ctx context.Context, keyboard io.Writer) {
	for {
		select {
		case typed, open := <-c.keys:
			if !open {
				return
			}
			if _, err := keyboard.Write(typed); err != nil {
				<-ctx.Done() // the console is about to end by itself
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// sendSizes sends every size of the terminal after that of the request, when
// the console has begun to draw: only then the service looks at them.
func (c *attached) sendSizes(ctx context.Context, s *gossh.Session, begun <-chan struct{}, r request) {
	select {
	case <-begun:
	case <-ctx.Done():
		return
	}
	width, height := r.Width, r.Height
	for {
		if w, h, err := c.local.Size(); err == nil && (w != width || h != height) {
			width, height = w, h
			_ = s.WindowChange(height, width) // with the connection gone the console ends anyway
		}
		select {
		case <-c.local.Resized:
		case <-ctx.Done():
			return
		}
	}
}

// firstWrite tells when something is written for the first time.
type firstWrite struct {
	io.Writer
	first chan struct{}
	once  sync.Once
}

func (f *firstWrite) Write(p []byte) (int, error) {
	n, err := f.Writer.Write(p)
	f.once.Do(func() { close(f.first) })
	return n, err
}

func (f *firstWrite) begun() bool {
	select {
	case <-f.first:
		return true
	default:
		return false
	}
}
