package tui

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"os"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/store"
)

// SetupOptions are the surroundings of RunSetup.
type SetupOptions struct {
	Config  config.Config       // what the settings say now
	Answers setup.Answers       // what an interrupted setup had got; nil: nothing
	Keep    func(setup.Answers) // is given what a later setup can begin with; nil: nothing is kept
	Save    func(context.Context, setup.Answers) (setup.Saved, error)
	Systems []store.Profile // the payment systems, for what is said of them
	// Settings is the path of the settings file: files lie beside it that are not in
	// Folder.
	Settings string

	Lang            lang.Lang // to begin with; empty: Uzbek
	Palette         Palette   // zero: as the terminal answers
	ASCII           bool      // draw without box characters and signs
	PlainApostrophe bool      // write so'm and not so‘m
	Folder          string    // where the sheet is saved, and relative paths begin
	Log             *slog.Logger
	Screen          Terminal
}

// RunSetup asks page after page of questions in a terminal, saves the answers and
// shows the sheet for the bank. An interrupt is context.Canceled, also when it
// came with ctx or with the terminal going away: Keep has what was typed by then.
func RunSetup(ctx context.Context, o SetupOptions) error {
	if o.Screen.Environ == nil {
		o.Screen.Environ = os.Environ()
	}
	if o.Screen.Output == nil {
		o.Screen.Output = os.Stdout
	}
	letters := newMailbox(func(a setup.Answers) {
		if o.Keep != nil {
			o.Keep(a)
		}
	})
	defer letters.close()
	g := newGuide(o, letters.put)
	err := g.run(ctx)
	close(g.closed)
	switch {
	case g.done():
		return nil
	case g.interrupted, ctx.Err() != nil, err == nil, errors.Is(err, tea.ErrProgramKilled):
		letters.put(g.typed())
		return context.Canceled
	}
	letters.put(g.typed())
	return err // whoever runs it says what for
}

// run shows the guide until it ends by itself, or has to.
func (g *guide) run(ctx context.Context) error {
	return show(ctx, g, g.Screen, func(ctx context.Context, p *tea.Program) {
		go followSize(ctx, g.Screen.Resize, p)
	})
}

// followSize hands the program new sizes of a terminal that is not the process's
// own.
func followSize(ctx context.Context, sizes <-chan Size, p *tea.Program) {
	for {
		select {
		case <-ctx.Done():
			return
		case size, open := <-sizes:
			if !open {
				return
			}
			p.Send(tea.WindowSizeMsg{Width: size.Width, Height: size.Height})
		}
	}
}

// typed is what differs from the settings: that is all a later setup needs, and
// what somebody changes in the file meanwhile stays.
func (g *guide) typed() setup.Answers {
	typed := maps.Clone(g.answers)
	maps.DeleteFunc(typed, func(id setup.ID, answer string) bool { return answer == g.was[id] })
	for _, p := range g.pages {
		typed = p.whole(typed)
	}
	return typed
}
