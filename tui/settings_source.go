package tui

import (
	"context"
	"iter"

	"tushum/internal/config"
	"tushum/internal/doctor"
	"tushum/internal/setup"
	"tushum/store"
)

// Settings is what the settings screen works with. Its methods may be called
// from any goroutine.
type Settings interface {
	// Config is what is in force.
	Config() config.Config
	// Save writes answers into the settings file and puts them in force. With an
	// error nothing has changed.
	Save(ctx context.Context, answers setup.Answers) (setup.Saved, error)
	// Sheet is what the bank is told, without the password.
	Sheet(ctx context.Context) (setup.Sheet, error)
	// Try tells whether a payment system can be reached and knows the shop, by the
	// settings with answers that are not saved. It ends with ctx. The error is as that
	// of Save, or that of the payment system, with In and HintIn.
	Try(ctx context.Context, system store.System, answers setup.Answers) error
	// Examine looks the shop over; its results come one by one.
	Examine(ctx context.Context) iter.Seq[doctor.Result]
}

// State is what can change around a console while it is open.
type State struct {
	Version         uint64 // another one for another state
	Shop            Shop
	Letter          store.LetterHead
	Message         Messages
	Bell            map[Occasion]bool
	PlainApostrophe bool
	Warnings        []store.Warning                   // the gravest first
	Connections     map[store.System]store.Connection // of every payment system
}
