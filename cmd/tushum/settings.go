package main

import (
	"os"
	"path/filepath"
	"time"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/store"
)

// rulesOf are the rules of the ledger as the settings have them, and what the
// payment systems can do.
func rulesOf(cfg config.Config, systems store.Systems) store.Rules {
	rules := store.Rules{
		TransactionTTL:  cfg.Uzum.TransactionTTL,
		MinAmount:       cfg.Uzum.MinAmount,
		MaxAmount:       cfg.Uzum.MaxAmount,
		AcceptReversals: cfg.Uzum.AcceptReversals,
		Calendar:        calendarOf(cfg),
		Routing:         make(map[store.Kind]store.System, len(cfg.Routing)),
		Systems:         systems.Profiles(),
	}
	for kind, system := range cfg.Routing {
		rules.Routing[store.Kind(kind)] = store.System(system)
	}
	for _, t := range cfg.Tariffs {
		rules.Tariffs = append(rules.Tariffs, store.Tariff{Source: t.Source, From: dateOf(t.From), To: dateOf(t.To), Rate: t.Rate})
	}
	return rules
}

func calendarOf(cfg config.Config) store.Calendar {
	return store.Calendar{Location: cfg.Shop.Location, DayStarts: cfg.Shop.DayStarts}
}

// settingsPath is the settings file, whether it is there or not; empty where
// the system has no folder for one.
func (a *App) settingsPath() string { return a.abs(config.Find(a.flags.config, a.Getenv)) }

// storePath is the file of the ledger, with the links in the path of its folder
// resolved, so that every process finds the same socket for it.
func (a *App) storePath(cfg config.Config) (string, error) {
	path := cfg.Store.Path
	if path == "" {
		path = config.DefaultStore(a.Getenv)
	}
	if path == "" {
		return "", &fault{code: codeConfig, exit: exitUsage, says: lang.Text{
			UZ: "ma’lumotlar ombori uchun papka topilmadi", RU: "не найдена папка для хранилища", EN: "there is no folder for the store",
		}, hint: lang.Text{
			UZ: "sozlamalarning [store] bo‘limida path ni bering", RU: "задайте path в разделе [store] настроек", EN: "set path under [store] in the settings",
		}}
	}
	path = a.abs(path)
	if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(folder, filepath.Base(path))
	}
	return path, nil
}

// abs is a path as the reader of the command means it: relative to their folder.
func (a *App) abs(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	if a.Dir != "" {
		return filepath.Join(a.Dir, path)
	}
	if dir, err := os.Getwd(); err == nil {
		return filepath.Join(dir, path)
	}
	return path
}

// dateOf is the day of a tariff; the settings keep it as midnight in UTC.
func dateOf(t time.Time) store.Date {
	if t.IsZero() {
		return 0
	}
	year, month, day := t.Date()
	return store.Date(year*10000 + int(month)*100 + day)
}
