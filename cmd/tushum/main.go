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
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	cobra.MousetrapHelpText = "" // started by a double click, too, the program is to run
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once
	os.Exit(NewApp().Run(ctx, os.Args[1:]))
}
