package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tushum/internal/lang"
)

// spec is what people read of a command, and how its arguments are counted.
type spec struct {
	use    string    // the name, then the arguments in capitals: "show NUMBER"
	alias  string    // another name
	short  lang.Text // what it does, on one line
	long   lang.Text // more about it; empty: short says it all
	doing  lang.Text // how errors begin: "cancelling the invoice"
	ledger bool      // it works on the ledger, so a running service may do it
	hidden bool
}

// commandTexts are the specs of the commands of one tree.
type commandTexts map[*cobra.Command]spec

// command makes a cobra command that takes as many arguments as spec.use names:
// one for each word in capitals, in brackets if it may be left out.
func (a *App) command(s spec, run func(ctx context.Context, args []string) error) *cobra.Command {
	cmd := &cobra.Command{
		Use: s.use, Hidden: s.hidden, Short: a.say(s.short), Long: a.say(s.long),
		SilenceErrors: true, SilenceUsage: true, DisableFlagsInUseLine: true,
		Args: func(cmd *cobra.Command, args []string) error { return countArgs(cmd, args) },
		RunE: func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), args) },
	}
	if s.alias != "" {
		cmd.Aliases = []string{s.alias}
	}
	a.commands[cmd] = s
	return cmd
}

// group makes a command that only holds others, and shows its help when it is
// called by itself.
func (a *App) group(s spec, commands ...*cobra.Command) *cobra.Command {
	cmd := a.command(s, nil)
	cmd.SuggestionsMinimumDistance = 2 // letters that may differ
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(cmd, args[0])
		}
		return nil
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { a.help(cmd); return nil }
	cmd.AddCommand(commands...)
	return cmd
}

func (a *App) beforeCommand(cmd *cobra.Command) error {
	if a.flags.lang != "" {
		if _, err := lang.Parse(a.flags.lang); err != nil {
			return usage(lang.Text{UZ: "--lang: uz, ru yoki en bering", RU: "--lang: укажите uz, ru или en", EN: "--lang: give uz, ru or en"})
		}
	}
	if a.shop != nil && !a.commands[cmd].ledger && cmd.HasParent() && !cmd.HasSubCommands() {
		return usage(lang.Text{
			UZ: "bu buyruq xizmat orqali bajarilmaydi", RU: "эта команда не выполняется через службу", EN: "this command is not run through a service",
		})
	}
	return nil
}

// usageLine is how a command is written, its flags left to the list below.
func usageLine(cmd *cobra.Command) string {
	line := cmd.UseLine()
	switch {
	case !cmd.HasParent():
		return line + " [COMMAND]"
	case cmd.HasAvailableSubCommands():
		return line + " COMMAND"
	case ownFlags(cmd).HasAvailableFlags():
		return line + " [FLAGS]"
	}
	return line
}

// countArgs holds the arguments against those that the usage line names.
func countArgs(cmd *cobra.Command, args []string) error {
	names := strings.Fields(cmd.Use)[1:]
	least := 0
	for _, name := range names {
		if !strings.HasPrefix(name, "[") {
			least++
		}
	}
	switch {
	case len(args) < least:
		name := names[len(args)]
		return usage(lang.Text{UZ: name + " ko‘rsatilmagan", RU: "не указано: " + name, EN: name + " is missing"})
	case len(args) > len(names):
		return usage(lang.Text{
			UZ: "ortiqcha argument: " + quoted(args[len(names)]), RU: "лишний аргумент: " + quoted(args[len(names)]), EN: "one argument too many: " + quoted(args[len(names)]),
		})
	}
	return nil
}

func unknownCommand(cmd *cobra.Command, name string) error {
	f := usage(lang.Text{UZ: "bunday buyruq yo‘q: " + quoted(name), RU: "нет такой команды: " + quoted(name), EN: "no such command: " + quoted(name)})
	if near := cmd.SuggestionsFor(name); len(near) > 0 {
		like := cmd.CommandPath() + " " + near[0]
		f.hint = lang.Text{UZ: like + " demoqchimidingiz?", RU: "может быть, " + like + "?", EN: "did you mean " + like + "?"}
	}
	return f
}

// flagError words what the parser of flags refuses. Values are not repeated:
// somebody may have typed a phone into the wrong place.
func (a *App) flagError(_ *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		without *pflag.ValueRequiredError
		bad     *pflag.InvalidValueError
	)
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return err
	case errors.As(err, &unknown):
		name := dashed(unknown.GetSpecifiedName())
		return usage(lang.Text{UZ: "bunday bayroq yo‘q: " + name, RU: "нет такого флага: " + name, EN: "no such flag: " + name})
	case errors.As(err, &without):
		name := dashed(without.GetSpecifiedName())
		return usage(lang.Text{UZ: name + " bayrog‘iga qiymat kerak", RU: "флагу " + name + " нужно значение", EN: name + " needs a value"})
	case errors.As(err, &bad):
		return usage(aboutFlag(dashed(bad.GetFlag().Name), wantedValue(bad.GetFlag().Value.Type())))
	}
	return usage(lang.Text{EN: err.Error()})
}

// wantedValue says what to write where a value is not of its flag's type.
func wantedValue(kind string) lang.Text {
	switch kind {
	case "duration":
		return lang.Text{UZ: "birligi bilan vaqt yozing: 30s, 10m yoki 2h", RU: "напишите время с единицей: 30s, 10m или 2h", EN: "write a time with its unit, such as 30s, 10m or 2h"}
	case "bool":
		return lang.Text{UZ: "true yoki false yozing", RU: "напишите true или false", EN: "write true or false"}
	}
	return lang.Text{UZ: "butun son yozing, masalan 20", RU: "напишите целое число, например 20", EN: "write a whole number such as 20"}
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + quotedName(name)
	}
	return "--" + quotedName(name)
}

// helpCommand is `tushum help invoice list`, the same as -h.
func (a *App) helpCommand() *cobra.Command {
	cmd := a.command(spec{use: "help", hidden: true, short: lang.Text{UZ: "yordam", RU: "справка", EN: "help"}}, nil)
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		found, rest, err := cmd.Root().Find(args)
		if err != nil || len(rest) > 0 {
			return unknownCommand(cmd.Root(), strings.Join(args, " "))
		}
		a.help(found)
		return nil
	}
	return cmd
}
