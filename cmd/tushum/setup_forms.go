package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"sync"

	"tushum/internal/lang"
	"tushum/internal/setup"
	"tushum/tui"
)

var (
	draftUnread = lang.Text{
		UZ: "oldingi safar yozilganlar o‘qilmadi", RU: "ответы прошлого раза не прочитаны", EN: "what was typed the last time can't be read",
	}
	draftUnkept = lang.Text{
		UZ: "yozilganlar saqlanmadi", RU: "ответы не сохранены", EN: "what was typed is not kept",
	}
	draftKept = lang.Text{
		UZ: "yozilganlar saqlandi, sozlamalar o‘zgarmadi; davom ettirish: tushum setup\n",
		RU: "ответы сохранены, настройки не изменены; продолжить: tushum setup\n",
		EN: "what was typed is kept and the settings are as they were; to go on: tushum setup\n",
	}
)

// setupForms is a setup by forms: where it stands, and what came of it.
type setupForms struct {
	app   *App
	desk  setup.Desk
	flags setupFlags

	mu     sync.Mutex
	typed  string // the password that was hashed last
	hash   string // of that
	draft  string // the hash of a password that was typed before an interruption
	kept   bool   // something was typed that is not in the settings
	broken error  // why it could not be kept
	saved  *setup.Saved
	given  setup.Answers // by which
}

// setupByForms asks in the terminal, and reports whether settings were written. lack
// is what they lack, as setupByFlags says it: it stops nothing else.
func (a *App) setupByForms(ctx context.Context, flags setupFlags) (written bool, lack, err error) {
	if a.dumbTerminal() {
		return false, nil, errDumb
	}
	desk, err := a.desk()
	if err != nil {
		return false, nil, err
	}
	_, cfg, err := desk.Open()
	if err != nil {
		return false, nil, err
	}
	if noSettingsYet(desk) {
		cfg.Path = ""
	}
	f := &setupForms{app: a, desk: desk, flags: flags}
	plain := a.plainTerminal()
	err = tui.RunSetup(ctx, tui.SetupOptions{
		Config: cfg, Answers: f.begin(), Keep: f.keep, Save: f.save, Systems: desk.Systems,
		Settings: desk.Path, Lang: a.lang, Palette: palettes[cfg.Console.Theme], ASCII: plain, PlainApostrophe: plain || cfg.Console.ASCIIApostrophe,
		Folder: a.abs("."), Log: slog.New(slog.DiscardHandler), Screen: tui.Terminal{Environ: a.environ()},
	})
	written, err = f.end(err)
	if !written || err != nil {
		return written, nil, err
	}
	if len(f.saved.Missing) > 0 {
		lack = a.incompleteForms(*f.saved)
	}
	if !flags.noTest && ctx.Err() == nil {
		lack = cmp.Or(lack, a.tellConnections(ctx, desk, f.given)) // each is told; how it ends is one code
	}
	return written, lack, nil
}

// incompleteForms says what the bank can't call without, in the words of the forms.
func (a *App) incompleteForms(saved setup.Saved) error {
	f := incomplete(saved, true, func(id setup.ID) string {
		q, _ := setup.Find(nil, id)
		return a.say(q.Title)
	})
	f.hint = hintGoOn
	return f
}

var hintGoOn = lang.Text{
	UZ: "qolgani yozildi; yetishmaganini to‘ldirish: tushum setup",
	RU: "остальное записано; дополнить: tushum setup",
	EN: "the rest is written; to fill these in: tushum setup",
}

// begin is what an interrupted setup had got; nil where none was.
func (f *setupForms) begin() setup.Answers {
	draft, err := setup.LoadDraft(f.desk.Path)
	if err != nil {
		f.app.warn(draftUnread, err)
	}
	f.kept, f.draft = draft != nil, draft[setup.PasswordHash]
	return draft
}

// keep writes down what was typed so far. A password is hashed once, for that
// takes a while.
func (f *setupForms) keep(answers setup.Answers) {
	f.mu.Lock()
	defer f.mu.Unlock()
	answers, err := f.sealed(answers)
	if err == nil {
		err = setup.SaveDraft(f.desk.Path, answers)
	}
	f.kept, f.broken = err == nil, err
}

func (f *setupForms) sealed(answers setup.Answers) (setup.Answers, error) {
	typed := answers[setup.UzumPassword]
	if typed == "" {
		return answers, nil
	}
	if typed != f.typed {
		sealed, err := setup.Sealed(answers)
		if err == nil {
			f.typed, f.hash = typed, sealed[setup.PasswordHash]
		}
		return sealed, err
	}
	answers = maps.Clone(answers)
	delete(answers, setup.UzumPassword)
	answers[setup.PasswordHash] = f.hash
	return answers, nil
}

// save writes the answers into the settings.
func (f *setupForms) save(ctx context.Context, answers setup.Answers) (setup.Saved, error) {
	if f.draft != "" && answers[setup.UzumPassword] == "" {
		answers = maps.Clone(answers)
		answers[setup.PasswordHash] = f.draft
	}
	saved, err := f.app.saveSettings(ctx, f.desk, answers, f.flags)
	if err != nil {
		return saved, toldInWords(err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.saved, f.given, f.kept = &saved, answers, len(saved.Held) > 0
	if f.kept {
		err = setup.SaveDraft(f.desk.Path, saved.Held)
	} else {
		err = setup.DropDraft(f.desk.Path)
	}
	f.broken = err
	return saved, nil
}

// end says where things stand when the forms are closed.
func (f *setupForms) end(err error) (written bool, _ error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken != nil {
		f.app.warn(draftUnkept, f.broken)
	}
	if f.saved == nil && f.kept {
		fmt.Fprint(f.app.Stderr, f.app.say(draftKept))
	}
	switch {
	case errors.Is(err, context.Canceled):
		return f.saved != nil, interrupted{}
	case err != nil:
		return f.saved != nil, failed(lang.Text{
			UZ: "savollarni ko‘rsatib bo‘lmadi", RU: "не удалось показать вопросы", EN: "the questions can't be shown",
		}, err)
	case f.saved != nil && f.flags.out != "":
		err = f.sheetToFile()
	}
	return f.saved != nil, err
}

func (f *setupForms) sheetToFile() error {
	out, err := f.app.sheetFile(f.flags.out)
	if err != nil { // the screen that had it is gone
		return errors.Join(err, f.app.tellSheet(f.saved.Sheet, nil))
	}
	return f.app.tellSheet(f.saved.Sheet, out)
}

// warn tells of something that went wrong and stops nothing.
func (a *App) warn(says lang.Text, err error) {
	fmt.Fprintf(a.Stderr, "tushum: %s: %s\n", a.say(says), oneLine(a.cause(err)))
}
