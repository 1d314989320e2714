package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tushum/internal/lang"
	"tushum/store"
)

var completionSpec = spec{
	use:   "completion SHELL",
	short: lang.Text{UZ: "buyruqlarni to‘ldirish: bash, zsh, fish, powershell", RU: "дополнение команд: bash, zsh, fish, powershell", EN: "shell completion: bash, zsh, fish, powershell"},
	long: lang.Text{
		UZ: "Qobiq uchun skript chiqaradi. Masalan, bash uchun:\n\n  tushum completion bash > ~/.local/share/bash-completion/completions/tushum",
		RU: "Печатает скрипт для оболочки. Например, для bash:\n\n  tushum completion bash > ~/.local/share/bash-completion/completions/tushum",
		EN: "Prints a script for the shell. For bash, say:\n\n  tushum completion bash > ~/.local/share/bash-completion/completions/tushum",
	},
	doing: lang.Text{UZ: "to‘ldirish skripti", RU: "скрипт дополнения", EN: "making the completion"},
}

func (a *App) completionCommand() *cobra.Command {
	cmd := a.command(completionSpec, nil)
	cmd.ValidArgs = []string{"bash", "zsh", "fish", "powershell"}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		root := cmd.Root()
		switch args[0] {
		case "bash":
			return root.GenBashCompletionV2(a.Stdout, true)
		case "zsh":
			return root.GenZshCompletion(a.Stdout)
		case "fish":
			return root.GenFishCompletion(a.Stdout, true)
		case "powershell":
			return root.GenPowerShellCompletionWithDesc(a.Stdout)
		}
		return usage(lang.Text{UZ: "bash, zsh, fish yoki powershell bering", RU: "укажите bash, zsh, fish или powershell", EN: "give bash, zsh, fish or powershell"})
	}
	return cmd
}

// completeFlags tells the shell which words the flags take: those that their
// usage names with bars between, and the ledger's own. Nothing is looked up in the
// store: a shell asks on every key.
func completeFlags(root *cobra.Command) {
	words := make(map[string][]string)
	for _, k := range store.Kinds() {
		words["kind"] = append(words["kind"], string(k))
	}
	words["state"] = []string{everyRefund}
	for _, state := range store.RefundStates() {
		words["state"] = append(words["state"], state.String())
	}
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) { completeFlag(cmd, f, words[f.Name]) })
		cmd.PersistentFlags().VisitAll(func(f *pflag.Flag) { completeFlag(cmd, f, words[f.Name]) })
		for _, c := range cmd.Commands() {
			walk(c)
		}
	}
	walk(root)
}

func completeFlag(cmd *cobra.Command, f *pflag.Flag, words []string) {
	if named, _ := pflag.UnquoteUsage(f); strings.Contains(named, "|") {
		words = strings.Split(named, "|")
	}
	if len(words) > 0 {
		_ = cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)) // it fails only for a flag that is not there, or twice
	}
}
