package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
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
	dying, kill := context.WithCancel(context.Background())
	defer kill()
	p := tea.NewProgram(m, programOptions(dying, o)...)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	// Killed, Bubble Tea does not wait for its reader of keys, and closes what
	// that still reads from.
	context.AfterFunc(ctx, func() {
		defer time.AfterFunc(quitTimeout, kill).Stop()
		p.Quit()
		p.Wait()
	})
	go follow(ctx, o, p)
	_, err := p.Run()
	m.close()
	if ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("showing the console: %w", err)
	}
	return nil
}

func programOptions(ctx context.Context, o Options) []tea.ProgramOption {
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithEnvironment(o.Screen.Environ), tea.WithFPS(fps), tea.WithoutSignalHandler(),
	}
	if o.Screen.Input != nil {
		options = append(options, tea.WithInput(o.Screen.Input))
	}
	if o.Screen.Output != nil {
		options = append(options, tea.WithOutput(o.Screen.Output))
	}
	if o.Screen.Width > 0 && o.Screen.Height > 0 {
		options = append(options, tea.WithWindowSize(o.Screen.Width, o.Screen.Height))
	}
	return options
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
	for _, s := range m.everyone() {
		if c, ok := s.(interface{ close() }); ok {
			c.close()
		}
	}
}

// noColor tells whether the terminal's side asked for no colours, as
// https://no-color.org has it.
func noColor(environ []string) bool {
	return slices.ContainsFunc(environ, func(v string) bool {
		value, ok := strings.CutPrefix(v, "NO_COLOR=")
		return ok && value != ""
	})
}
