package main

import (
	"context"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// lookEvery is how often the size of the window is looked at: the system tells
// of it only among the keys.
const lookEvery = time.Second

// watchSize is signalled when the size of the terminal may have changed.
func watchSize(ctx context.Context) <-chan struct{} {
	changed := make(chan struct{}, 1)
	go func() {
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
			select {
			case changed <- struct{}{}:
			default:
			}
		}
	}()
	return changed
}

// enableDrawing has the window follow escape sequences.
func enableDrawing(screen *os.File) (restore func() error, err error) {
	window := windows.Handle(screen.Fd())
	var before uint32
	if err := windows.GetConsoleMode(window, &before); err != nil {
		return nil, err
	}
	drawing := before | windows.ENABLE_PROCESSED_OUTPUT | windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING | windows.DISABLE_NEWLINE_AUTO_RETURN
	if err := windows.SetConsoleMode(window, drawing); err != nil {
		return nil, err
	}
	return func() error { return windows.SetConsoleMode(window, before) }, nil
}
