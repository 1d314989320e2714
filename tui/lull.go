package tui

import (
	"bytes"
	"context"
	"io"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

// Bubble Tea looks for a changed frame as often as a key should be answered,
// also when nobody has touched the console for hours: 120 times a second cost
// 1.5 % of a core. A lull stands between the program and its terminal and holds
// back the one who looks: when no message has come for a while, it has the
// program write a mark that goes nowhere, and that write returns when there is a
// next message, for without one nothing can change. The writing of a frame is
// never held back: the program would wait for it with the next one in its hands.
type lull struct {
	out  io.Writer
	news chan struct{} // holds one: a message has come since the last mark
	rest *time.Timer   // ends when no message has come for restAfter

	mu      sync.Mutex
	resting bool
	over    bool // nothing is held back any more
	came    int  // messages
	due     int  // how many had come when the program was to rest
	marked  bool // a mark was written since the last message and frame
}

const (
	restAfter = 50 * time.Millisecond
	// restFor bounds one rest: should the program wait for the terminal in a way
	// that is not known here, it waits no longer than that.
	restFor = 10 * time.Second
)

// restMark is written when the program has come to rest. It never reaches the
// terminal; no frame ends like this.
const restMark = "\x1b[0;0;0m"

func newLull(out io.Writer) *lull { return &lull{out: out, news: make(chan struct{}, 1)} }

// output is what the program writes to. A terminal stays one.
func (l *lull) output() io.Writer {
	if f, ok := l.out.(term.File); ok {
		return lullFile{f, l}
	}
	return l
}

// lullFile is a lull in front of a terminal, whose size and modes the program
// asks for.
type lullFile struct {
	term.File
	lull *lull
}

func (f lullFile) Write(b []byte) (int, error) { return f.lull.Write(b) }

// Write writes what the program has to show, and after a mark returns when there
// can be more.
func (l *lull) Write(b []byte) (int, error) {
	marked := bytes.HasSuffix(b, []byte(restMark))
	shown := bytes.ReplaceAll(b, []byte(restMark), nil) // one may stand before a bell
	if len(shown) > 0 {
		if n, err := l.out.Write(shown); err != nil {
			return n, err
		}
		l.mu.Lock()
		l.marked = false
		l.mu.Unlock()
	}
	switch {
	case !marked:
		l.rest.Reset(restAfter)
	case l.secondMark():
		l.await()
	}
	return len(b), nil
}

// secondMark tells whether nothing was drawn since the first one. The mark is
// written before the frame that may be waiting, so the first proves nothing.
func (l *lull) secondMark() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.marked || l.over {
		return !l.over
	}
	l.marked = true
	l.rest.Reset(restAfter)
	return false
}

func (l *lull) await() {
	l.mu.Lock()
	l.resting = !l.over
	l.mu.Unlock()
	if !l.resting {
		return
	}
	patience := time.NewTimer(restFor)
	defer patience.Stop()
	select {
	case <-l.news:
	case <-patience.C:
		l.rest.Reset(restAfter)
	}
	l.mu.Lock()
	l.resting = false
	l.mu.Unlock()
}

// begin has the program rest when nothing comes for a while.
func (l *lull) begin(ctx context.Context, p *tea.Program) {
	l.rest = time.AfterFunc(restAfter, func() {
		l.mu.Lock()
		l.due = l.came
		l.mu.Unlock()
		p.Send(tea.RawMsg{Msg: restMark})
	})
	context.AfterFunc(ctx, l.end)
}

// filter sees every message before the program does.
func (l *lull) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if raw, ok := msg.(tea.RawMsg); ok && raw.Msg == restMark {
		return l.lieDown(msg)
	}
	if _, last := msg.(tea.QuitMsg); last {
		l.end()
	}
	l.mu.Lock()
	l.came++
	l.marked = false
	l.mu.Unlock()
	l.wake()
	l.rest.Reset(restAfter)
	return msg
}

// lieDown lets the mark through, unless the program rests already, or a message
// came before the mark did.
func (l *lull) lieDown(mark tea.Msg) tea.Msg {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.resting || l.over || l.came != l.due {
		return nil
	}
	select {
	case <-l.news: // it was looked at long ago
	default:
	}
	return mark
}

func (l *lull) wake() {
	select {
	case l.news <- struct{}{}:
	default:
	}
}

// end lets the program write its last frames.
func (l *lull) end() {
	l.mu.Lock()
	l.over = true
	l.mu.Unlock()
	l.rest.Stop()
	l.wake()
}
