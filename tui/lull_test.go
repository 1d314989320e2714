package tui

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

// counter is a model that shows how often a key was pressed.
type counter struct{ pressed int }

func (c *counter) Init() tea.Cmd { return nil }

func (c *counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		c.pressed++
	}
	return c, nil
}

func (c *counter) View() tea.View { return tea.NewView(strconv.Itoa(c.pressed)) }

// paperTape keeps what is written with the time of it.
type paperTape struct {
	mu   sync.Mutex
	text bytes.Buffer
	last time.Time
}

func (p *paperTape) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = time.Now()
	return p.text.Write(b)
}

func (p *paperTape) read() (text string, last time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String(), p.last
}

// However long the console rests, a key is drawn within a frame, nothing is
// written meanwhile, and closing takes no time.
func TestALullHoldsNothingUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tape := &paperTape{}
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		quiet := newLull(tape)
		p := tea.NewProgram(&counter{}, tea.WithContext(ctx), tea.WithInput(nil), tea.WithoutSignalHandler(), tea.WithFPS(fps),
			tea.WithEnvironment([]string{"TERM=xterm"}), tea.WithWindowSize(20, 5), tea.WithOutput(quiet.output()), tea.WithFilter(quiet.filter))
		quiet.begin(ctx, p)
		ended := make(chan error, 1)
		go func() { _, err := p.Run(); ended <- err }()
		for _, rest := range []time.Duration{0, 10 * time.Millisecond, 70 * time.Millisecond, time.Second, restFor + 20*time.Millisecond, time.Hour} {
			time.Sleep(rest)
			before, _ := tape.read()
			pressed := time.Now()
			p.Send(tea.KeyPressMsg{Code: 'x', Text: "x"})
			time.Sleep(2 * time.Second / fps)
			text, at := tape.read()
			if text == before || at.Sub(pressed) > 2*time.Second/fps {
				t.Errorf("after a rest of %v a key is not drawn within two frames", rest)
			}
			p.Send(tea.FocusMsg{}) // a message that changes nothing
			time.Sleep(time.Minute)
			if later, _ := tape.read(); later != text {
				t.Errorf("nothing happens and %q is written", strings.TrimPrefix(later, text))
			}
		}
		random := rand.New(rand.NewPCG(1, 2))
		for range 2000 {
			time.Sleep(time.Duration(random.Int64N(int64(4 * restAfter))))
			if random.IntN(3) == 0 {
				p.Send(tea.FocusMsg{})
				continue
			}
			for range 1 + random.IntN(4) { // together, or one amid the drawing of another
				before, _ := tape.read()
				p.Send(tea.KeyPressMsg{Code: 'x', Text: "x"})
				if random.IntN(2) == 0 {
					p.Send(tea.RawMsg{Msg: "\a"})
					p.Send(tea.KeyPressMsg{Code: 'x', Text: "x"})
				}
				time.Sleep(2 * time.Second / fps)
				if text, _ := tape.read(); text == before {
					t.Fatal("a key is not drawn within two frames")
				}
			}
		}
		closing := time.Now()
		p.Quit()
		if err := <-ended; err != nil || time.Since(closing) > 2*time.Second/fps {
			t.Errorf("closing took %v: %v", time.Since(closing), err)
		}
		if text, _ := tape.read(); strings.Contains(text, restMark) {
			t.Error("the mark of a rest was written")
		}
	})
}

// A terminal stays one for the program, and what it can't write is told.
func TestALullIsNoScreen(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	_ = r.CloseWithError(io.ErrClosedPipe)
	quiet := newLull(w)
	quiet.rest = time.NewTimer(time.Hour)
	if _, err := quiet.Write([]byte("x")); err == nil {
		t.Error("a write that failed is not told")
	}
}
