package main

import (
	"context"
	"errors"
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

func (a *App) serveCommand() *cobra.Command {
	var level string
	cmd := a.command(serveSpec, func(ctx context.Context, _ []string) error { return a.serve(ctx, level) })
	cmd.Flags().StringVar(&level, "log-level", "info", a.say(lang.Text{
		UZ: "jurnal darajasi: `debug|info|warn|error`", RU: "уровень журнала: `debug|info|warn|error`", EN: "how much to log: `debug|info|warn|error`",
	}))
	return cmd
}

func (a *App) serve(ctx context.Context, level string) error {
	log, err := a.logger(level)
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
	s, err := startService(cfg, serviceOptions{Path: path, Log: log, Now: a.Now, Checker: a.Checker, Holder: "tushum serve"})
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
	if !cfg.Uzum.Enabled {
		log.Warn("Uzum Bank is not connected: its calls are refused until service_id and credentials are set under [uzum]")
	}
	if cfg.Uzum.TestMode {
		log.Warn("test mode: payments are not money")
	}
}

// logger writes to stderr what is at least as important as the level.
func (a *App) logger(level string) (*slog.Logger, error) {
	var least slog.Level
	if err := least.UnmarshalText([]byte(level)); err != nil {
		return nil, usage(lang.Text{
			UZ: "--log-level: debug, info, warn yoki error bering", RU: "--log-level: укажите debug, info, warn или error", EN: "--log-level: give debug, info, warn or error",
		})
	}
	return slog.New(slog.NewTextHandler(a.Stderr, &slog.HandlerOptions{Level: least})), nil
}
