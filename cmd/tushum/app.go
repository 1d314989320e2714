package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/user"
	"time"

	"golang.org/x/term"

	"tushum/internal/lang"
	"tushum/store"
)

// App is one run of the program with its surroundings, so that the real
// program can run inside a test, and inside a service for a command that was
// started beside it.
type App struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Dir            string           // what relative paths start at; empty: the process's folder
	User           string           // who gives the command, by the system's name
	Now            func() time.Time // the clock
	Terminal       bool             // stdout is a terminal
	Keyboard       bool             // stdin is a terminal
	Color          bool             // colours are welcome there
	Width, Height  int              // of that terminal, in cells; 0: not known
	Checker        []string         // the command that checks a store's structure in a process of its own; empty: in this one

	flags      globalFlags
	lang       lang.Lang
	args       []string                    // as given, to hand them on to a service
	loaded     *loadedConfig               // the settings, once they were read
	shop       *shop                       // the open ledger of the service this runs in; nil elsewhere
	deals      store.DealMaker             // has deals made in that service; nil elsewhere
	examine    examination                 // looks over the service this runs in; nil elsewhere
	attached   func(context.Context) error // shows the console that the caller of this service asks for; nil for a command
	runConsole runConsole                  // nil: tui.Run
	commands   commandTexts
	name       string // of the command, once it is known: "tushum invoice list"
}

// globalFlags are those that every command takes.
type globalFlags struct {
	config  string
	lang    string
	json    bool
	noColor bool
}

// NewApp is the program in the surroundings of its process.
func NewApp() *App {
	a := &App{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Now: time.Now, User: osUser(),
	}
	a.Terminal = term.IsTerminal(int(os.Stdout.Fd()))
	a.Keyboard = term.IsTerminal(int(os.Stdin.Fd()))
	a.Color = a.Terminal && a.Getenv("NO_COLOR") == "" && a.Getenv("TERM") != "dumb"
	if width, height, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		a.Width, a.Height = width, height
	}
	if self, err := os.Executable(); err == nil {
		a.Checker = []string{self, checkStructureName}
	}
	return a
}

// osUser is the system's name for whoever runs the program.
func osUser() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "unknown"
}

// Run runs one command and returns the exit code. What went wrong has then been
// told on Stderr.
func (a *App) Run(ctx context.Context, args []string) int {
	a.args = args
	a.peek(args)
	root := a.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	a.name = cmd.CommandPath()
	if err == nil {
		return exitDone
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = interrupted{}
	}
	return a.report(cmd, err)
}

// by is how the ledger names whoever gives the command.
func (a *App) by() string { return "cli:" + a.User }

// say puts a text into the reader's language.
func (a *App) say(t lang.Text) string { return t.In(a.lang) }
