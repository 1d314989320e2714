package main

import (
	"context"
	"errors"
	"io"
	"log/slog"

	"github.com/spf13/cobra"

	"tushum/internal/config"
	"tushum/internal/lang"
)

var serveSpec = spec{
	use:   "serve",
	short: lang.Text{UZ: "bank chaqiruvlarini qabul qilish", RU: "принимать вызовы банка", EN: "answer the bank"},
	long: lang.Text{
		UZ: "Bank chaqiruvlarini qabul qiladi va daftarni yuritadi. Jurnal stderr ga yoziladi, SIGTERM bilan to‘xtaydi.",
		RU: "Принимает вызовы банка и ведёт книгу. Журнал пишется в stderr, останавливается по SIGTERM.",
		EN: "Answers the bank and keeps the ledger, without a screen, for a service manager. It logs to stderr and stops on SIGTERM.",
	},
	doing: lang.Text{UZ: "xizmat ishi", RU: "работа службы", EN: "running the service"},
}

// logFlags are the flags of serve about its log.
type logFlags struct {
	level string
	file  string // empty: stderr
}

func (a *App) serveCommand() *cobra.Command {
	var f logFlags
	cmd := a.command(serveSpec, func(ctx context.Context, _ []string) error { return a.serve(ctx, f) })
	cmd.Flags().StringVar(&f.level, "log-level", "info", a.say(lang.Text{
		UZ: "jurnal darajasi: `debug|info|warn|error`", RU: "уровень журнала: `debug|info|warn|error`", EN: "how much to log: `debug|info|warn|error`",
	}))
	cmd.Flags().StringVar(&f.file, "log-file", "", a.say(lang.Text{
		UZ: "stderr o‘rniga shu `FAYL`ga yozish", RU: "писать не в stderr, а в `ФАЙЛ`", EN: "log to `FILE` instead of stderr",
	}))
	return cmd
}

func (a *App) serve(ctx context.Context, f logFlags) error {
	to := a.Stderr
	if f.file != "" {
		file := &logFile{path: a.abs(f.file)}
		defer file.Close()
		to = file
	}
	log, err := a.logger(to, f.level)
	if err != nil {
		return err
	}
	cfg, err := a.settings()
	if err != nil {
		return err
	}
	path, err := a.storePath(cfg)
	if err != nil {
		return err
	}
	s, err := startService(cfg, serviceOptions{Path: path, Settings: a.settingsPath(), Log: log, Now: a.Now, Checker: a.Checker, Holder: "tushum serve"})
	if err != nil {
		return err
	}
	greet(log, cfg, s)
	err = s.Wait(ctx)
	if err == nil {
		log.Info("stopping: no new calls, finishing those in flight")
	} else {
		log.Error("the service can't go on", "err", err)
	}
	if err = errors.Join(err, s.Close()); err == nil {
		log.Info("stopped")
	}
	return err
}

// greet logs where the service listens, and what is unusual about its settings.
func greet(log *slog.Logger, cfg config.Config, s *service) {
	//nolint:sloglint // the address belongs to the sentence that people and scripts look for
	log.Info("listening on "+s.URL(), "store", s.shop.Path(), "shop", oneLine(cfg.Shop.Name), "webhooks", cfg.Uzum.Path)
	if cfg.Listener.PublicURL != "" {
		log.Info("customers see the pay page", "url", linksOf(cfg).PayHere())
	} else {
		log.Info("there is no pay page: payment links open the bank's app until public_url is set under [listener]")
	}
	for _, p := range profilesIn(s.shop.systems()) {
		if p.Can.Deals && p.Open() {
			log.Info("a payment system is on", "name", p.Name.EN, "test_mode", p.Test)
		}
	}
	if !cfg.Uzum.Enabled {
		log.Warn("Uzum Bank is not connected: its calls are refused until service_id and credentials are set under [uzum]")
	}
	if cfg.Uzum.TestMode {
		log.Warn("test mode: payments are not money")
	}
}

// logger writes what is at least as important as the level.
func (a *App) logger(to io.Writer, level string) (*slog.Logger, error) {
	var least slog.Level
	if err := least.UnmarshalText([]byte(level)); err != nil {
		return nil, usage(lang.Text{
			UZ: "--log-level: debug, info, warn yoki error bering", RU: "--log-level: укажите debug, info, warn или error", EN: "--log-level: give debug, info, warn or error",
		})
	}
	return slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{Level: least})), nil
}
