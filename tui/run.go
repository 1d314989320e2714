package tui

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// fps is how often a changed frame is written, at most. At 120 a key is
// answered within 9 ms.
const fps = 120

// quitTimeout is for a console to end by itself.
const quitTimeout = time.Second

// Run shows the console until it is closed, ctx ends or the terminal goes away;
// the first two are no error.
func Run(ctx context.Context, o Options) error {
	if o.Screen.Environ == nil {
		o.Screen.Environ = os.Environ()
	}
	letters := newMailbox(o.Keep)
	defer letters.close()
	if o.Keep != nil {
		o.Keep = letters.put
	}
	m := newModel(o)
	if o.Screen.Output == nil {
		o.Screen.Output = os.Stdout
	}
	err := show(ctx, m, o.Screen, func(ctx context.Context, p *tea.Program) {
		go follow(ctx, o, p)
		go watchShop(ctx, o, p.Send)
	})
	m.close()
	if ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) {
		return nil
	}
	return err // whoever runs it says what for
}

// show runs a model on a terminal until it ends by itself, or has to with ctx. beside
// begins what tells it of the world, which has to end with the context it is given.
func show(ctx context.Context, m tea.Model, screen Terminal, beside func(context.Context, *tea.Program)) error {
	dying, kill := context.WithCancel(context.Background())
	defer kill()
	quiet := newLull(screen.Output)
	p := tea.NewProgram(m, programOptions(dying, screen, quiet)...)
	quiet.begin(dying, p)
	defer quiet.end()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	// Killed, Bubble Tea does not wait for its reader of keys, and closes what
	// that still reads from.
	context.AfterFunc(ctx, func() {
		defer time.AfterFunc(quitTimeout, kill).Stop()
		p.Quit()
		p.Wait()
	})
	if screen.Input != nil {
		go readKeys(ctx, screen, p)
	}
	beside(ctx, p)
	_, err := p.Run()
	return err
}

func programOptions(ctx context.Context, screen Terminal, quiet *lull) []tea.ProgramOption {
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithEnvironment(screen.Environ), tea.WithFPS(fps), tea.WithoutSignalHandler(),
		tea.WithOutput(quiet.output()), tea.WithFilter(quiet.filter),
	}
	if screen.Input != nil {
		options = append(options, tea.WithInput(nil)) // see readKeys
	}
	if screen.Width > 0 && screen.Height > 0 {
		options = append(options, tea.WithWindowSize(screen.Width, screen.Height))
	}
	return options
}

// readKeys reads the keys of a terminal that is not the process's own. Bubble
// Tea's reader would wait for ever for somebody to take a key that came while
// the console was being closed, and keep all of it in memory.
func readKeys(ctx context.Context, from Terminal, p *tea.Program) {
	events := make(chan uv.Event)
	go func() {
		defer close(events)
		_ = uv.NewTerminalReader(from.Input, variable(from.Environ, "TERM")).StreamEvents(ctx, events) // a terminal that went away is the end, whatever it says
	}()
	for event := range events { // to the end, for the reader waits until each is taken
		if ctx.Err() == nil {
			p.Send(event)
		}
	}
	p.Quit()
}

// follow hands the program what comes from outside: the ledger's
// announcements and new sizes of the terminal.
func follow(ctx context.Context, o Options, p *tea.Program) {
	wake, cancel := o.Ledger.Subscribe()
	defer cancel()
	resize := o.Screen.Resize
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-wake:
			if !open {
				wake = nil
				continue
			}
			p.Send(wokenMsg{})
		case size, open := <-resize:
			if !open {
				resize = nil
				continue
			}
			p.Send(tea.WindowSizeMsg{Width: size.Width, Height: size.Height})
		}
	}
}

// close lets go of what the screens read.
func (m *model) close() {
	close(m.closed)
	closeAll(m.everyone())
}

// closeAll ends what screens that are gone were still doing.
func closeAll(screens []screen) {
	for _, s := range screens {
		if c, ok := s.(interface{ close() }); ok {
			c.close()
		}
	}
}

// noColor tells whether the terminal's side asked for no colours, as
// https://no-color.org has it.
func noColor(environ []string) bool { return variable(environ, "NO_COLOR") != "" }

// variable is the value of an environment variable; empty where it is not set.
func variable(environ []string, name string) (value string) {
	for _, v := range environ {
		if found, ok := strings.CutPrefix(v, name+"="); ok {
			value = found // the last one counts
		}
	}
	return value
}
