package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"sync"

	"github.com/gliderlabs/ssh"

	"tushum/tui"
)

// attachedOptions are the surroundings of a console on a terminal at the other
// end of the socket.
func (a *App) attachedOptions(svc *service, r request, io streams) tui.Options {
	o := a.surroundings(svc)
	o.Resume, o.Keep = r.Resume, io.keep
	o.Screen.Input, o.Screen.Output, o.Screen.Resize = io.stdin, io.stdout, io.sizes
	o.Screen.Width, o.Screen.Height = r.Width, r.Height
	o.Screen.Environ = append(o.Screen.Environ, "TTY_FORCE=1") // else no colours: the session is no device of this machine
	return o
}

// consoleStreams are those of a session with a terminal.
func (c *controlServer) consoleStreams(s ssh.Session, windows <-chan ssh.Window) streams {
	aside := &asideStream{stderr: s.Stderr()}
	return streams{
		stdin: s, stdout: &liveScreen{session: s, stopping: c.ctx.Done()}, stderr: aside, sizes: newest(windows), keep: aside.keep,
	}
}

// newest passes on the newest of the sizes that were not taken yet. It never
// waits, for every request of the session waits for a size to be taken.
func newest(windows <-chan ssh.Window) <-chan tui.Size {
	sizes := make(chan tui.Size, 1)
	go func() { // to the end of the session, which closes windows
		for w := range windows {
			select {
			case <-sizes: // nobody else sends, so there is room now
			default:
			}
			sizes <- tui.Size{Width: w.Width, Height: w.Height}
		}
	}()
	return sizes
}

// liveScreen is the screen at the other end. When the service stops, nothing
// more is drawn: the console would clear its screen, and is to leave it as it
// is until the service comes back.
type liveScreen struct {
	session  io.Writer // of a session with a terminal: it sends \r\n for \n
	stopping <-chan struct{}
}

func (l *liveScreen) Write(p []byte) (int, error) {
	select {
	case <-l.stopping:
		return len(p), nil
	default:
	}
	out := p
	if runtime.GOOS == "windows" { // there Bubble Tea means a \n that keeps its column
		out = bytes.ReplaceAll(p, []byte("\n"), []byte("\x1bD"))
	}
	if _, err := l.session.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// What is kept goes over the stream of errors. A frame is a zero byte, the
// length in four bytes and the state; lines for people, which no zero begins,
// come between frames.
const (
	frameMark = 0
	frameHead = 5        // bytes before the state
	maxState  = 64 << 10 // bytes; in base64 it fits a request
)

// asideStream sends what a console has to say beside its screen.
type asideStream struct {
	mu     sync.Mutex // a frame or a line at a time
	stderr io.Writer
}

// keep sends a state; one that is too long is not kept.
func (a *asideStream) keep(state []byte) {
	if len(state) > maxState {
		return
	}
	frame := binary.BigEndian.AppendUint32([]byte{frameMark}, uint32(len(state)))
	_, _ = a.Write(append(frame, state...)) // a caller that has hung up keeps nothing
}

// Write sends lines for people.
func (a *asideStream) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.stderr.Write(p)
}

var errLongFrame = errors.New("the service sends more than a console can keep")

// told takes apart what comes over the stream of errors of a console.
type told struct {
	state []byte // the newest
	words []byte // for people
	rest  []byte // the beginning of a frame
}

func (t *told) Write(p []byte) (int, error) {
	t.rest = append(t.rest, p...)
	for len(t.rest) > 0 {
		if t.rest[0] != frameMark {
			end := bytes.IndexByte(t.rest, frameMark)
			if end < 0 {
				end = len(t.rest)
			}
			t.words = append(t.words, t.rest[:end]...)
			t.words = t.words[max(0, len(t.words)-maxState):]
			t.rest = t.rest[end:]
			continue
		}
		if len(t.rest) < frameHead {
			break
		}
		long := binary.BigEndian.Uint32(t.rest[1:frameHead])
		if long > maxState {
			return 0, errLongFrame
		}
		if len(t.rest) < frameHead+int(long) {
			break
		}
		t.state = bytes.Clone(t.rest[frameHead : frameHead+int(long)])
		t.rest = t.rest[frameHead+int(long):]
	}
	return len(p), nil
}
