package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// What is known of a flag beside its usage.
const (
	valueNote    = "tushum_value"    // how its value is named: FILE
	requiredNote = "tushum_required" // it must be given
)

// nameValues takes the name of each flag's value out of its usage, where it
// stands in backquotes, so that the usage is a plain sentence for the shell's
// completion, too.
func nameValues(cmd *cobra.Command) {
	name := func(f *pflag.Flag) {
		if _, done := f.Annotations[valueNote]; done {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		if f.Value.Type() == "bool" {
			value = ""
		}
		f.Usage = usage
		note(f, valueNote, value)
	}
	cmd.Flags().VisitAll(name)
	cmd.PersistentFlags().VisitAll(name)
	for _, c := range cmd.Commands() {
		nameValues(c)
	}
}

// require marks flags of a command that must be given.
func require(cmd *cobra.Command, names ...string) {
	for _, name := range names {
		note(cmd.Flag(name), requiredNote, "")
	}
}

func note(f *pflag.Flag, key, value string) {
	if f.Annotations == nil {
		f.Annotations = make(map[string][]string)
	}
	f.Annotations[key] = []string{value}
}

// valueName is how a flag's value is named; empty for a flag that takes none.
func valueName(f *pflag.Flag) string {
	if value := f.Annotations[valueNote]; len(value) > 0 {
		return value[0]
	}
	return ""
}

// aboutFlag is a flag's usage, with what it is unless told or that it must be told.
func (a *App) aboutFlag(f *pflag.Flag) string {
	if _, required := f.Annotations[requiredNote]; required {
		return f.Usage + " (" + a.say(helpRequired) + ")"
	}
	if slices.Contains([]string{"", "false", "true", "[]", "0", "0s"}, f.DefValue) {
		return f.Usage
	}
	return f.Usage + ", " + fmt.Sprintf(a.say(helpDefault), f.DefValue)
}

// ownFlags are those that a command takes and not every command does: its own,
// and those of the commands that it stands under.
func ownFlags(cmd *cobra.Command) *pflag.FlagSet {
	own := pflag.NewFlagSet(cmd.Name(), pflag.ContinueOnError)
	global := cmd.Root().PersistentFlags()
	add := func(f *pflag.Flag) {
		if global.Lookup(f.Name) == nil {
			own.AddFlag(f)
		}
	}
	cmd.LocalFlags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return own
}
