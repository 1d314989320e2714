package main

import (
	"strings"

	"tushum/internal/config"
	"tushum/internal/lang"
)

// peek looks for the flags that decide how the program speaks, before the
// command line is parsed: help and the errors of the parser need a language.
func (a *App) peek(args []string) {
	a.flags.json = peekBool(args, "--json")
	a.flags.config = peekValue(args, "--config")
	a.lang = a.language(peekValue(args, "--lang"))
}

// language is the one of the flag, else of the settings, else of the system;
// without any of these it is English.
func (a *App) language(flag string) lang.Lang {
	if l, err := lang.Parse(flag); err == nil {
		return l
	}
	if a.lang != "" {
		return a.lang // given by whoever handed the command to us
	}
	if cfg, err := a.settings(); err == nil {
		return cfg.Shop.Language
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if l, err := lang.Parse(a.Getenv(name)); err == nil {
			return l
		}
	}
	return lang.EN
}

// loadedConfig is the answer of the settings file, which is read once.
type loadedConfig struct {
	path string
	cfg  config.Config
	err  error
}

// settings reads the settings that the command line or the environment names.
func (a *App) settings() (config.Config, error) {
	path := a.settingsPath()
	if a.loaded == nil || a.loaded.path != path {
		cfg, err := config.Load(path)
		a.loaded = &loadedConfig{path: path, cfg: cfg, err: err}
	}
	return a.loaded.cfg, a.loaded.err
}

// peekValue finds the value of a flag; the last one counts.
func peekValue(args []string, flag string) (value string) {
	for i, arg := range args {
		switch {
		case arg == "--":
			return value
		case arg == flag && i+1 < len(args):
			value = args[i+1]
		case strings.HasPrefix(arg, flag+"="):
			value = arg[len(flag)+1:]
		}
	}
	return value
}

func peekBool(args []string, flag string) (on bool) {
	for _, arg := range args {
		switch arg {
		case "--":
			return on
		case flag, flag + "=true", flag + "=1":
			on = true
		case flag + "=false", flag + "=0":
			on = false
		}
	}
	return on
}
