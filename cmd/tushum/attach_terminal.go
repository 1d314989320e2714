package main

import (
	"context"
	"errors"
	"os"

	"golang.org/x/term"

	"tushum/internal/lang"
)

// processTerminal is the terminal of this process.
func (a *App) processTerminal(ctx context.Context) (terminal, error) {
	keyboard, ok := a.Stdin.(*os.File)
	if !ok {
		return terminal{}, failed(lang.Text{UZ: "klaviatura terminal emas", RU: "ввод идёт не с терминала", EN: "the input is no terminal"}, nil)
	}
	return terminal{
		Reader: keyboard, Writer: a.Stdout,
		Raw:     func() (func() error, error) { return rawMode(keyboard, os.Stdout) },
		Size:    func() (width, height int, err error) { return term.GetSize(int(os.Stdout.Fd())) },
		Resized: watchSize(ctx),
	}, nil
}

// rawMode hands every key to the program as it is typed, and lets it draw. What
// is returned gives the terminal back as it was.
func rawMode(keyboard, screen *os.File) (restore func() error, err error) {
	before, err := term.MakeRaw(int(keyboard.Fd()))
	if err != nil {
		return nil, err
	}
	back := func() error { return term.Restore(int(keyboard.Fd()), before) }
	undraw, err := enableDrawing(screen)
	if err != nil {
		return nil, errors.Join(err, back())
	}
	return func() error { return errors.Join(undraw(), back()) }, nil
}
