package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tushum/internal/lang"
)

var (
	helpUsage    = lang.Text{UZ: "Ishlatilishi:", RU: "Использование:", EN: "Usage:"}
	helpAliases  = lang.Text{UZ: "Boshqa nomi:", RU: "Другое имя:", EN: "Also called:"}
	helpCommands = lang.Text{UZ: "Buyruqlar:", RU: "Команды:", EN: "Commands:"}
	helpFlags    = lang.Text{UZ: "Bayroqlar:", RU: "Флаги:", EN: "Flags:"}
	helpGlobal   = lang.Text{UZ: "Har bir buyruqda:", RU: "У каждой команды:", EN: "With every command:"}
	helpMore     = lang.Text{UZ: "%s BUYRUQ -h — buyruq haqida batafsil", RU: "%s КОМАНДА -h — подробнее о команде", EN: "%s COMMAND -h tells more about a command"}
	helpDefault  = lang.Text{UZ: "odatda %s", RU: "по умолчанию %s", EN: "%s unless told"}
	helpRequired = lang.Text{UZ: "majburiy", RU: "обязательно", EN: "required"}
	helpThis     = lang.Text{UZ: "shu yordam", RU: "эта справка", EN: "this help"}
)

// help prints what a command does and takes.
func (a *App) help(cmd *cobra.Command) {
	cmd.InitDefaultHelpFlag()
	if f := cmd.Flags().Lookup("help"); f != nil {
		f.Usage = a.say(helpThis)
	}
	var b strings.Builder
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	fmt.Fprintf(&b, "%s\n\n%s\n  %s\n", wrappedLines(about, a.Width), a.say(helpUsage), usageLine(cmd))
	if len(cmd.Aliases) > 0 {
		fmt.Fprintf(&b, "\n%s\n  %s\n", a.say(helpAliases), strings.Join(cmd.Aliases, ", "))
	}
	a.helpCommands(&b, cmd)
	a.helpFlags(&b, helpFlags, ownFlags(cmd))
	a.helpFlags(&b, helpGlobal, cmd.Root().PersistentFlags())
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n"+a.say(helpMore)+"\n", cmd.CommandPath())
	}
	fmt.Fprint(a.Stdout, b.String())
}

func (a *App) helpCommands(b *strings.Builder, cmd *cobra.Command) {
	if !cmd.HasAvailableSubCommands() {
		return
	}
	fmt.Fprintf(b, "\n%s\n", a.say(helpCommands))
	t := table{limit: a.Width, wrap: true}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			t.add("  "+strings.TrimPrefix(c.UseLine(), cmd.CommandPath()+" "), c.Short)
		}
	}
	b.WriteString(t.String())
}

func (a *App) helpFlags(b *strings.Builder, title lang.Text, flags *pflag.FlagSet) {
	t := table{limit: a.Width, wrap: true}
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, about := valueName(f), a.aboutFlag(f)
		name := "  --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		if value != "" {
			name += " " + value
		}
		t.add(name, about)
	})
	if len(t.rows) > 0 {
		fmt.Fprintf(b, "\n%s\n%s", a.say(title), t.String())
	}
}
