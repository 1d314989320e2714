package main

import (
	"context"
	"errors"
	"iter"
	"maps"

	"tushum"
	"tushum/internal/config"
	"tushum/internal/doctor"
	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/store"
	"tushum/tui"
)

// consoleSettings are the settings of a service, for its consoles.
type consoleSettings struct{ *service }

var _ tui.Settings = consoleSettings{}

// Config implements tui.Settings.
func (c consoleSettings) Config() config.Config { return c.shop.cfg() }

// Examine implements tui.Settings.
func (c consoleSettings) Examine(ctx context.Context) iter.Seq[doctor.Result] { return c.examine(ctx) }

// Sheet implements tui.Settings.
func (c consoleSettings) Sheet(ctx context.Context) (setup.Sheet, error) {
	sheet := setup.SheetOf(c.shop.cfg())
	var err error
	sheet.TestInvoice, err = testInvoice(ctx, c.shop)
	return sheet, toldInWords(err)
}

// Save implements tui.Settings. What can fail is done before the file is
// written, so that a file that was written is in force.
func (c consoleSettings) Save(_ context.Context, answers setup.Answers) (setup.Saved, error) {
	if c.Settings == "" {
		return setup.Saved{}, toldInWords(errNoSettings)
	}
	c.changing.Lock()
	defer c.changing.Unlock()
	saved, err := c.desk(c.write).Save(answers)
	return saved, toldInWords(err)
}

// desk is where the answers of a console become settings, which keep gets.
func (c consoleSettings) desk(keep func(*config.File) ([]string, error)) setup.Desk {
	return setup.Desk{
		Path: c.Settings, Example: tushum.ConfigExample, Language: c.shop.cfg().Shop.Language, Now: c.Now, Systems: profilesIn(c.shop.systems()),
		Keep: keep,
	}
}

// Try implements tui.Settings. Nobody need agree to what is only tried.
func (c consoleSettings) Try(ctx context.Context, system store.System, answers setup.Answers) error {
	if c.Settings == "" {
		return toldInWords(errNoSettings)
	}
	own, _ := setup.SwitchOf(system)
	drafted := maps.Clone(own.On)
	maps.Copy(drafted, answers)
	var cfg config.Config
	_, err := c.desk(func(f *config.File) (_ []string, err error) {
		cfg, err = f.Config()
		return nil, err
	}).Save(drafted)
	if err == nil {
		err = testSystem(ctx, cfg, system)
	}
	return toldInWords(err)
}

var errNoSettings = &fault{code: codeConfig, exit: exitUsage, says: lang.Text{
	UZ: "bu do‘konning sozlamalar fayli yo‘q", RU: "у этого магазина нет файла настроек", EN: "this shop has no settings file",
}, hint: lang.Text{
	UZ: "namoyish do‘konining sozlamalari o‘zgarmaydi; o‘z do‘koningiz uchun: tushum setup",
	RU: "настройки показного магазина не меняются; для своего: tushum setup",
	EN: "the settings of a shop that is played can't be changed; for your own: tushum setup",
}}

// write writes settings down and puts them in force. What can fail about them is
// done before; an error after that is a defect.
func (s *service) write(f *config.File) (waiting []string, err error) {
	cfg, err := f.Config()
	if err != nil {
		return nil, err
	}
	c, err := s.prepare(cfg)
	if err != nil {
		return nil, err
	}
	if err := f.Save(); err != nil {
		return nil, errors.Join(err, c.drop())
	}
	if err := s.commit(c); err != nil {
		return nil, err
	}
	s.told.refuse(nil, 0)
	s.Log.Info("settings were changed from a console", "listening", s.URL())
	return c.waiting, nil
}

// toldInWords is an error as a screen can show it in every language.
func toldInWords(err error) error {
	var (
		settings config.Errors
		answer   *setup.Wrong
		ledger   *store.Error
		vendor   interface{ HintIn(l lang.Lang) string }
	)
	if err == nil || errors.As(err, &settings) || errors.As(err, &answer) || errors.As(err, &ledger) || errors.As(err, &vendor) { // screens know these
		return err
	}
	says, hint := inAll(err)
	return &setup.Trouble{Says: says, Hint: hint, Err: err}
}
