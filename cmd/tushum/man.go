package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tushum/internal/lang"
)

var manSpec = spec{
	use: "man FOLDER", hidden: true,
	short: lang.Text{UZ: "man sahifalarini yozish", RU: "записать страницы man", EN: "write the manual pages"},
	doing: lang.Text{UZ: "man sahifalari", RU: "страницы man", EN: "writing the manual pages"},
}

// manCommand writes a page of section 1 for the program and for each command.
func (a *App) manCommand() *cobra.Command {
	cmd := a.command(manSpec, nil)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return a.writeManuals(cmd.Context(), cmd.Root(), a.abs(args[0]))
	}
	return cmd
}

func (a *App) writeManuals(ctx context.Context, cmd *cobra.Command, folder string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	err := writeFile(filepath.Join(folder, name+".1"), func(w io.Writer) error {
		_, err := io.WriteString(w, a.manual(cmd, name))
		return err
	})
	for _, c := range cmd.Commands() {
		if err == nil && c.IsAvailableCommand() {
			err = a.writeManuals(ctx, c, folder)
		}
	}
	return err
}

// writeFile writes a file for its owner only, whole or not at all, and touches
// nothing that is not a plain file.
func writeFile(path string, write func(io.Writer) error) error {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return &fs.PathError{Op: "write", Path: path, Err: errNotAFile}
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".tushum-*") // 0600
	var detail *fs.PathError
	if errors.As(err, &detail) {
		detail.Path = path
	}
	if err != nil {
		return err
	}
	err = errors.Join(write(f), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func (a *App) manual(cmd *cobra.Command, name string) string {
	var b strings.Builder
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"tushum %s\"\n", strings.ToUpper(roff(name)), roff(thisVersion().Version))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(name), roff(cmd.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", roff(usageLine(cmd)))
	fmt.Fprintf(&b, ".SH DESCRIPTION\n.nf\n%s\n.fi\n", roff(about))
	a.manualFlags(&b, "OPTIONS", ownFlags(cmd))
	a.manualFlags(&b, "GLOBAL OPTIONS", cmd.Root().PersistentFlags())
	b.WriteString(".SH EXIT STATUS\n0 done, 1 failed, 2 usage or settings, 3 not found, 4 refused by a rule of the ledger, 5 store unavailable, 130 interrupted\n")
	var also []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			also = append(also, roff(strings.ReplaceAll(c.CommandPath(), " ", "-"))+"(1)")
		}
	}
	if cmd.HasParent() {
		also = append(also, roff(strings.ReplaceAll(cmd.Parent().CommandPath(), " ", "-"))+"(1)")
	}
	fmt.Fprintf(&b, ".SH SEE ALSO\n%s\n", strings.Join(also, ", "))
	return b.String()
}

func (a *App) manualFlags(b *strings.Builder, title string, flags *pflag.FlagSet) {
	fmt.Fprintf(b, ".SH %s\n", title)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, about := valueName(f), a.aboutFlag(f)
		fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(strings.TrimSpace("--"+f.Name+" "+value)), roff(about))
	})
}

// roff escapes what would be a command or a special character to the formatter.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
