//go:build unix

package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// watchSize is signalled when the size of the terminal may have changed.
func watchSize(ctx context.Context) <-chan struct{} {
	changed, signals := make(chan struct{}, 1), make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGWINCH)
	go func() {
		defer signal.Stop(signals)
		for {
			select {
			case <-signals:
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

// enableDrawing is not needed: terminals draw what they are told to.
func enableDrawing(*os.File) (restore func() error, err error) {
	return func() error { return nil }, nil
}
