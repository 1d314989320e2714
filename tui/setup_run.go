package tui

import (
	"context"

	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
)

// SetupOptions are the surroundings of RunSetup.
type SetupOptions struct {
	Config  config.Config // what the settings say now
	Answers setup.Answers // what an interrupted setup had got; nil: nothing
	Keep    func(setup.Answers)
	Save    func(context.Context, setup.Answers) (setup.Saved, error)
	Lang    lang.Lang
	Screen  Terminal
}
