package main

import (
	"github.com/spf13/cobra"

	"tushum/internal/lang"
)

// root builds the tree of commands. A tree belongs to one run.
func (a *App) root() *cobra.Command {
	a.commands = make(commandTexts)
	root := a.group(spec{
		use:   "tushum",
		short: lang.Text{UZ: "do‘kon kassasi: Uzum Bank to‘lovlari", RU: "касса магазина: платежи через Uzum Bank", EN: "the till of a shop that is paid through Uzum Bank"},
		long:  rootLong,
	})
	root.RunE = func(cmd *cobra.Command, _ []string) error { return a.console(cmd) }
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { a.help(cmd) })
	root.SetFlagErrorFunc(a.flagError)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(a.helpCommand())
	a.globalFlags(root)
	root.AddCommand(
		a.serveCommand(), a.setupCommand(), a.demoCommand(), a.doctorCommand(), a.simulateCommand(),
		a.invoiceCommand(), a.qrCommand(), a.transactionCommand(), a.refundCommand(), a.watchCommand(),
		a.backupCommand(), a.restoreCommand(), a.verifyCommand(), a.compactCommand(),
		a.autostartCommand(), a.hashPasswordCommand(), a.versionCommand(), a.completionCommand(),
		a.checkStructureCommand(), a.testInvoiceCommand(), a.manCommand(),
	)
	if a.shop == nil { // cobra keeps completions for ever, and a service builds a tree for each command
		completeFlags(root)
	}
	a.versionFlag(root)
	nameValues(root)
	return root
}

func (a *App) globalFlags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&a.flags.config, "config", "", a.say(lang.Text{UZ: "sozlamalar `FAYL`i", RU: "`ФАЙЛ` настроек", EN: "the settings `FILE`"}))
	f.StringVar(&a.flags.lang, "lang", "", a.say(lang.Text{UZ: "til: `uz|ru|en`", RU: "язык: `uz|ru|en`", EN: "language: `uz|ru|en`"}))
	f.BoolVar(&a.flags.json, "json", a.flags.json, a.say(lang.Text{UZ: "natija JSON ko‘rinishida", RU: "вывод в JSON", EN: "answer in JSON"}))
	f.BoolVar(&a.flags.noColor, "no-color", false, a.say(lang.Text{UZ: "ranglarsiz", RU: "без цвета", EN: "no colours"}))
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.beforeCommand(cmd) }
}

var rootLong = lang.Text{
	UZ: "Do‘kon kassasi: bank chaqiruvlariga javob beradi, do‘kon daftarini bitta faylda yuritadi.\n\n" +
		"Buyruqsiz tushum — kassaning o‘zi: savdo puli, hisoblar, QR. Xizmat ishlab tursa, unga ulanadi.\n" +
		"Ko‘rib chiqish uchun: tushum demo — vaqtinchalik do‘kon, unga bank simulyatori to‘laydi.\n" +
		"Ekransiz ishlash uchun: tushum serve — sozlamalar bo‘yicha bank chaqiruvlarini qabul qiladi.",
	RU: "Касса магазина: отвечает на вызовы банка и ведёт книгу магазина в одном файле.\n\n" +
		"Без команды tushum — это сама касса: выручка, счета, QR. Если служба уже работает, касса подключится к ней.\n" +
		"Посмотреть, как это работает: tushum demo — временный магазин, которому платит симулятор банка.\n" +
		"Работать без экрана: tushum serve — принимает вызовы банка по настройкам.",
	EN: "The till of a shop: it answers the bank and keeps the shop's ledger in one file.\n\n" +
		"Without a command, tushum is the console: takings, invoices, QR. Beside a running service it attaches to that.\n" +
		"To look around: tushum demo, a temporary shop that the bank simulator pays.\n" +
		"To work without a screen: tushum serve, which answers the bank as the settings say.",
}
