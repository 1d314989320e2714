package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/tui"
)

// runConsole shows a console, as tui.Run does.
type runConsole func(context.Context, tui.Options) error

// consoleSpec is the root's when it shows the console: its errors then speak of
// the console, and not of the command line.
var consoleSpec = spec{doing: lang.Text{UZ: "kassa ishi", RU: "работа кассы", EN: "running the console"}}

// console is the program without a command. Inside a service it is asked for by
// the terminal's side, which has looked at the terminal.
func (a *App) console(cmd *cobra.Command) error {
	if a.attached == nil && (a.shop != nil || !a.Terminal || !a.Keyboard) {
		a.help(cmd)
		return nil
	}
	a.commands[cmd] = consoleSpec
	if a.attached != nil {
		return a.attached(cmd.Context())
	}
	if a.dumbTerminal() {
		return errDumb
	}
	cfg, way, err := a.begin(cmd.Context())
	switch {
	case err != nil || way == leave:
		return err
	case way == lookAround:
		return a.runDemo(cmd)
	case way == setUp:
		return a.setUpFirst(cmd.Context())
	}
	return a.openConsole(cmd.Context(), cfg)
}

// dumbTerminal tells of a terminal that can only print. Windows does not name
// its terminals.
func (a *App) dumbTerminal() bool {
	term := a.Getenv("TERM")
	return term == "dumb" || term == "" && runtime.GOOS != "windows"
}

var errDumb = &fault{code: "dumb_terminal", exit: exitUsage, says: lang.Text{
	UZ: "kassaga ekranda chiza oladigan terminal kerak (TERM)", RU: "кассе нужен терминал, который умеет рисовать (TERM)", EN: "the console needs a terminal that can draw (TERM)",
}, hint: lang.Text{
	UZ: "ekransiz ishlash: tushum serve, voqealarni ko‘rish: tushum watch", RU: "без экрана: tushum serve, события: tushum watch", EN: "without a screen: tushum serve, and tushum watch for the events",
}}

// openConsole shows the console of the service that holds the store. Where
// there is none, it starts one here, which ends with the console.
func (a *App) openConsole(ctx context.Context, cfg config.Config) error {
	path, err := a.storePath(cfg)
	if err != nil {
		return err
	}
	logs := &logFile{path: logPath(path)}
	defer logs.Close()
	var svc *service
	there := func(ctx context.Context, client *controlClient) error { return a.attach(ctx, path, client) }
	err = a.attachOr(ctx, path, there, func() (err error) {
		svc, err = startService(cfg, serviceOptions{
			Path: path, Settings: a.settingsPath(), Log: slog.New(slog.NewTextHandler(logs, nil)), Now: a.Now, Checker: a.Checker, Holder: "tushum", Console: a.runConsole,
		})
		return err
	})
	if svc == nil {
		return err // also nil, after a console of another process's service
	}
	greet(svc.Log, cfg, svc)
	if err := logs.Err(); err != nil {
		fmt.Fprintf(a.Stderr, "tushum: %s: %s\n", a.say(noLog), oneLine(a.cause(err)))
	}
	err = a.showConsole(ctx, svc)
	told := ctx.Err() != nil
	switch {
	case err != nil: // what it is was logged
		svc.Log.Info("stopping: the console or the service has failed")
	case told:
		svc.Log.Info("stopping: the console was told to end")
	default:
		svc.Log.Info("stopping: the console was closed")
	}
	if err = errors.Join(err, svc.Close()); err != nil {
		return err
	}
	svc.Log.Info("stopped")
	if told {
		return interrupted{}
	}
	return nil
}

var noLog = lang.Text{UZ: "jurnal yozilmaydi", RU: "журнал не пишется", EN: "there is no log"}

// showConsole shows the console of a service of this process on the process's
// terminal, until it is closed, ctx ends or the service can't go on; only the
// last is an error. The caller closes the service.
func (a *App) showConsole(ctx context.Context, svc *service) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	ended := make(chan error, 1)
	go func() {
		err := svc.Wait(ctx)
		if err != nil {
			svc.Log.Error("the service can't go on", "err", err)
		}
		end()
		ended <- err
	}()
	c := a.surroundings(svc)
	c.Owner = true
	err := svc.show(ctx, c)
	end()
	return errors.Join(err, <-ended)
}

// show shows a console of the service until that ends.
func (s *service) show(ctx context.Context, o tui.Options) error {
	err := s.Console(ctx, o)
	if err == nil {
		return nil
	}
	s.Log.Error("a console has failed", "err", err)
	return failed(lang.Text{
		UZ: "kassani ko‘rsatib bo‘lmadi", RU: "не удалось показать кассу", EN: "the console can't be shown",
	}, err)
}

// surroundings are those of a console of svc, whatever process it is shown by.
func (a *App) surroundings(svc *service) tui.Options {
	plain := a.plainTerminal()
	live := func() tui.State { return svc.state(plain) }
	now := live()
	return tui.Options{
		Ledger:          svc.shop.Store,
		Ready:           svc.shop.Ready,
		Links:           svc.shop.links,
		Deals:           svc.deals,
		Systems:         svc.shop.systems,
		Shop:            now.Shop,
		Settings:        consoleSettings{svc},
		Live:            live,
		Letter:          now.Letter,
		Message:         now.Message,
		Seat:            "till:" + a.User,
		Lang:            a.lang,
		Bell:            now.Bell,
		ASCII:           plain,
		PlainApostrophe: now.PlainApostrophe,
		Palette:         palettes[svc.shop.cfg().Console.Theme],
		Folder:          a.abs("."),
		Log:             svc.Log,
		Screen:          tui.Terminal{Environ: a.environ()},
	}
}

// state is what can change around a console of the service. On a plain terminal
// the apostrophe always is.
func (s *service) state(plain bool) tui.State {
	cfg := s.shop.cfg()
	bell := make(map[tui.Occasion]bool, len(cfg.Console.Bell))
	for _, occasion := range cfg.Console.Bell {
		bell[tui.Occasion(occasion)] = true
	}
	return tui.State{
		Version:         s.watch.Version() + s.changed.Load(),
		Shop:            tui.Shop{Name: cfg.Shop.Name, Test: cfg.Uzum.TestMode, Demo: s.Demo, Address: s.URL(), Bank: cfg.Uzum.Enabled},
		Letter:          s.shop.letterHead(),
		Message:         tui.Messages(cfg.Message),
		Bell:            bell,
		PlainApostrophe: plain || cfg.Console.ASCIIApostrophe,
		Warnings:        s.watch.Warnings(),
		Connections:     s.watch.Connections(),
	}
}

var palettes = map[config.Theme]tui.Palette{config.ThemeAuto: tui.Auto, config.ThemeLight: tui.Light, config.ThemeDark: tui.Dark}

// plainTerminal tells of a terminal that has few signs beside ASCII: the console
// of Linux, or one that does not speak UTF-8. Windows says nothing of that, and
// draws all of them.
func (a *App) plainTerminal() bool {
	if a.Getenv("TERM") == "linux" {
		return true
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(a.Getenv(name)); locale != "" {
			return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
		}
	}
	return runtime.GOOS != "windows"
}

// aboutTerminal are the variables of the environment that tell what a terminal
// can draw; no others are handed to a service.
var aboutTerminal = []string{
	"TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "CLICOLOR", "WT_SESSION", "ConEmuANSI", "SSH_TTY", "LC_ALL", "LC_CTYPE", "LANG",
}

// environ is what the console may know of the environment.
func (a *App) environ() []string {
	var env []string
	for _, name := range aboutTerminal {
		if value := a.Getenv(name); value != "" {
			env = append(env, name+"="+value)
		}
	}
	if a.Getenv("NO_COLOR") != "" || a.flags.noColor { // whatever it is set to
		env = append(env, "NO_COLOR=1")
	}
	return env
}
