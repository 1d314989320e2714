// Command tushum is the whole program: the service that answers the bank, and
// every command that works on the shop's ledger.
//
// It owns the wiring: settings, signals, exit codes, the command line, the
// socket through which a command reaches a running service, and how results
// and errors look as text and as JSON. It may import every package of the
// module and is imported by none.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	cobra.MousetrapHelpText = "" // started by a double click, too, the program is to run
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	context.AfterFunc(ctx, stop)                            // a second interrupt ends the process at once
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // a write to a closed pipe is then an error, and does not end the process in the midst of its work
	app := NewApp()
	out := &pipe{Writer: app.Stdout, closed: stop}
	app.Stdout = out
	code := app.Run(ctx, os.Args[1:])
	if out.broken.Load() {
		code = exitClosedPipe
	}
	os.Exit(code)
}

// endings are the signals by which a command is asked to end, and does so
// cleanly. A hangup that whoever started the program wants ignored, as nohup
// does, stays ignored.
func endings() []os.Signal {
	all := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}

// exitClosedPipe is the exit code of a command whose reader has gone, as in
// "tushum demo | head": what a shell says of a program that SIGPIPE has ended.
const exitClosedPipe = 141

// pipe is a standard output whose reader may go. The command is then broken off
// like one that was interrupted, so that it cleans up and says nothing.
type pipe struct {
	io.Writer
	closed func()
	broken atomic.Bool
}

func (p *pipe) Write(b []byte) (int, error) {
	n, err := p.Writer.Write(b)
	if errors.Is(err, syscall.EPIPE) {
		p.broken.Store(true)
		p.closed()
		err = interrupted{}
	}
	return n, err
}
