package main

import (
	"context"
	"errors"
	"io"
	"sync"

	gossh "golang.org/x/crypto/ssh"

	"tushum/internal/lang"
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
	ahead []byte      // what was typed before the console was there
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

func (a *App) attachTo(ctx context.Context, path string, client *controlClient, local terminal) (err error) {
	c := &attached{app: a, path: path, local: local, keys: make(chan []byte)}
	restore, err := local.Raw()
	if err != nil {
		return errors.Join(failed(lang.Text{
			UZ: "terminalni egallab bo‘lmadi", RU: "не удалось занять терминал", EN: "can't take the terminal",
		}, err), client.Close())
	}
	defer func() { // also after a panic
		err = errors.Join(err, restore())
		_, _ = a.Stderr.Write(c.words) // there is no other place to tell it
	}()
	if err = c.run(ctx, client); err == nil && ctx.Err() != nil {
		err = interrupted{}
	}
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
		if !c.drawn || !errors.As(err, new(lost)) {
			return c.end(code, err)
		}
		if client = c.wait(ctx); client == nil {
			_, err := io.WriteString(c.local, quiet+leaveScreen)
			return err
		}
	}
}

// end leaves the screen of a console that could not do so itself, and tells how
// it has ended.
func (c *attached) end(code int, err error) error {
	if c.drawn && (err != nil || code != exitDone) {
		_, _ = io.WriteString(c.local, quiet+leaveScreen)
	}
	var gone lost
	switch {
	case errors.As(err, &gone):
		return noConsole(gone)
	case errors.Is(err, errLeft):
		return nil
	case err == nil && code != exitDone:
		return exited(code)
	}
	return err
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
// code. The error is lost where the service has ended or does not answer, and
// errLeft where the reader did not wait for the console.
func (c *attached) show(ctx context.Context, client *controlClient) (code int, err error) {
	patient, shown := context.WithCancel(context.WithoutCancel(ctx))
	defer shown()
	go client.hangUpOnSilence(patient)
	r, screen, aside := c.request(), &firstWrite{Writer: c.local, first: make(chan struct{}), over: c.drawn}, &told{}
	defer c.keep(aside, screen)
	s, keyboard, err := c.open(ctx, client, r, screen, aside)
	if err != nil {
		return 0, err
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Wait() }()
	forwarding, hangUp := context.WithCancel(ctx)
	var forward sync.WaitGroup
	forward.Go(func() { c.sendKeys(forwarding, keyboard); hangUp() })
	forward.Go(func() { c.sendSizes(forwarding, s, screen.first, r) })
	code, err = client.ending(forwarding, s, ended)
	if gone := (*fault)(nil); errors.As(err, &gone) && gone.code == codeServiceGone {
		err = lost{gone.err}
	}
	hangUp()
	forward.Wait()
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
	if _, err := keyboard.Write(c.ahead); err != nil {
		<-ctx.Done() // as below
		return
	}
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
	over  bool // a kept screen is there: it is cleared first
	first chan struct{}
	once  sync.Once
}

func (f *firstWrite) Write(p []byte) (int, error) {
	if f.over && !f.begun() {
		_, _ = io.WriteString(f.Writer, clearScreen) // the write after it fails as well
	}
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
