package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	embedded "tushum"
	"tushum/internal/config"
	"tushum/internal/lang"
	"tushum/internal/setup"
)

var setupSpec = spec{
	use:   "setup",
	short: lang.Text{UZ: "do‘konni sozlash va bankka ulash", RU: "настроить магазин и подключить банк", EN: "set up the shop and connect the bank"},
	long: lang.Text{
		UZ: "Kerakli hamma narsani so‘raydi, sozlamalarni yozadi va bankka yuboriladigan varaqni beradi. " +
			"Bayroqlar bilan yoki terminalsiz hech narsa so‘ramaydi: aytilganini yozadi, nima yetishmasligini aytadi.\n\n" +
			"  tushum setup --uzum-service-id 101202 --uzum-pair yes --public-url https://pay.shop.uz --out bank.txt\n" +
			"  tushum setup --uzum-password-file yangi.txt",
		RU: "Спрашивает всё нужное, записывает настройки и даёт лист для банка. " +
			"С флагами или без терминала не спрашивает ничего: записывает сказанное и говорит, чего не хватает.\n\n" +
			"  tushum setup --uzum-service-id 101202 --uzum-pair yes --public-url https://pay.shop.uz --out bank.txt\n" +
			"  tushum setup --uzum-password-file новый.txt",
		EN: "Asks for all that is needed, writes the settings and makes the sheet for the bank. " +
			"With flags, or without a terminal, it asks nothing: it writes what it is told and says what is missing.\n\n" +
			"  tushum setup --uzum-service-id 101202 --uzum-pair yes --public-url https://pay.shop.uz --out bank.txt\n" +
			"  tushum setup --uzum-password-file new.txt",
	},
	doing: lang.Text{UZ: "do‘konni sozlash", RU: "настройка магазина", EN: "setting up the shop"},
}

// passwordFlag names a file and never the password: everybody on the machine
// can read the command lines of others.
const passwordFlag = "uzum-password-file"

// setupFlags are the flags of setup as they were typed.
type setupFlags struct {
	answers       map[setup.ID]*string
	password, out string
	noInvoice     bool
	noTest        bool
}

func (a *App) setupCommand() *cobra.Command {
	f := setupFlags{answers: make(map[setup.ID]*string)}
	var cmd *cobra.Command
	cmd = a.command(setupSpec, func(ctx context.Context, _ []string) error {
		given, err := a.givenAnswers(ctx, cmd, f)
		if err != nil {
			return err
		}
		if len(given) == 0 && a.Terminal && a.Keyboard && !a.flags.json {
			_, lack, err := a.setupByForms(ctx, f)
			return cmp.Or(err, lack)
		}
		return a.setupByFlags(ctx, given, f)
	})
	a.setupFlags(cmd, &f)
	return cmd
}

func (a *App) setupFlags(cmd *cobra.Command, f *setupFlags) {
	flags := cmd.Flags()
	for _, q := range setup.Questions(profilesIn(systemsOf(config.Default()))) {
		if q.Kind == setup.Secret {
			flags.StringVar(&f.password, passwordFlag, "", a.say(lang.Text{
				UZ: "parol shu `FAYL`dan; - bo‘lsa, stdin dan", RU: "пароль из этого `ФАЙЛА`; - означает stdin", EN: "the password from this `FILE`; - is stdin",
			}))
			continue
		}
		f.answers[q.ID] = flags.String(string(q.ID), "", a.say(q.Title))
		note(flags.Lookup(string(q.ID)), valueNote, a.wordsOf(q))
		if a.shop == nil && len(q.Options) > 0 {
			_ = cmd.RegisterFlagCompletionFunc(string(q.ID), cobra.FixedCompletions(optionValues(q), cobra.ShellCompDirectiveNoFileComp)) // it fails only for a flag that is not there, or twice
		}
	}
	flags.StringVar(&f.out, "out", "", a.say(lang.Text{UZ: "bank uchun varaq shu yangi `FAYL`ga", RU: "лист для банка в новый `ФАЙЛ`", EN: "the sheet for the bank into a new `FILE`"}))
	flags.BoolVar(&f.noInvoice, "no-test-invoice", false, a.say(lang.Text{UZ: "sinov hisobisiz", RU: "без тестового счёта", EN: "without a test invoice"}))
	flags.BoolVar(&f.noTest, "no-test", false, a.say(lang.Text{UZ: "ulanishni sinamasdan", RU: "без проверки связи", EN: "without a test of the connection"}))
}

// wordsOf names the value of a question's flag.
func (a *App) wordsOf(q setup.Question) string {
	switch q.Kind {
	case setup.Choice:
		return strings.Join(optionValues(q), "|")
	case setup.Several:
		return strings.Join(optionValues(q), ",")
	}
	return a.say(lang.Text{UZ: "QIYMAT", RU: "ЗНАЧЕНИЕ", EN: "VALUE"})
}

func optionValues(q setup.Question) []string {
	var all []string
	for _, o := range q.Options {
		all = append(all, o.Value)
	}
	return all
}

// givenAnswers are those that the flags have.
func (a *App) givenAnswers(ctx context.Context, cmd *cobra.Command, f setupFlags) (setup.Answers, error) {
	given := make(setup.Answers)
	for id, value := range f.answers {
		if cmd.Flags().Changed(string(id)) {
			given[id] = *value
		}
	}
	files := a.setupFiles()
	for _, q := range setup.Questions(nil) {
		if q.Path && given[q.ID] != "" { // the settings start at their own folder
			given[q.ID] = files.Find(given[q.ID])
		}
	}
	if !cmd.Flags().Changed(passwordFlag) {
		return given, nil
	}
	secret, err := a.bankPassword(ctx, f.password)
	if err != nil {
		return nil, err
	}
	given[setup.UzumPassword] = secret
	return given, nil
}

// setupFiles are where files lie that answers name.
func (a *App) setupFiles() setup.Files {
	return setup.Files{Folder: a.abs("."), Settings: a.settingsPath()}
}

// bankPassword reads the password of the bank from a file or stdin.
func (a *App) bankPassword(ctx context.Context, path string) (string, error) {
	if path == "-" && a.Keyboard {
		secret, err := a.readPassword(ctx)
		return string(secret), err
	}
	text, err := untilInterrupted(ctx, func() ([]byte, error) { return a.passwordText(path) })
	if err != nil {
		return "", err
	}
	return passwordGiven("--"+passwordFlag, text)
}

// desk is where the settings of this run are changed.
func (a *App) desk() (setup.Desk, error) {
	path := a.settingsPath()
	if path == "" {
		_, err := config.Load(path) // says where the file is looked for
		return setup.Desk{}, err
	}
	return setup.Desk{Path: path, Example: embedded.ConfigExample, Language: a.lang, Now: a.Now, Systems: profilesIn(systemsOf(config.Default()))}, nil
}

// setupByFlags writes what the flags say, and asks nothing.
func (a *App) setupByFlags(ctx context.Context, given setup.Answers, f setupFlags) error {
	desk, err := a.desk()
	if err != nil {
		return err
	}
	out, err := a.sheetFile(f.out) // first, so that nothing is changed where there can be no sheet
	if err != nil {
		return err
	}
	saved, err := a.saveSettings(ctx, desk, given, f)
	err = aboutAnswer(err)
	if err == nil {
		a.afterSetup(desk, given, saved)
		if len(saved.Missing) > 0 {
			err = incomplete(saved, len(given) > 0, flagOf)
		}
		if !f.noTest {
			err = cmp.Or(err, a.tellConnections(ctx, desk, given))
		}
	}
	// A password that stands in the settings from now on is told whatever else is
	// wrong: nobody could find it out later.
	if err != nil && saved.Sheet.Password == "" {
		return errors.Join(err, out.drop())
	}
	if out == nil && !a.flags.json && !forBank(saved) {
		return err
	}
	return errors.Join(err, a.tellSheet(saved.Sheet, out))
}

// forBank tells whether there is something to say to the bank: not in a shop that
// is paid in other ways only.
func forBank(saved setup.Saved) bool {
	return len(saved.Missing) > 0 || saved.Sheet.ServiceID > 0 || saved.Sheet.Login != ""
}

// afterSetup tells what is to be minded of answers that were written down, and
// takes them out of the draft.
func (a *App) afterSetup(desk setup.Desk, given setup.Answers, saved setup.Saved) {
	if len(given) == 0 {
		return
	}
	a.noteAbout(given)
	a.noteHTTPS(desk, given)
	a.noteStranded(desk)
	written := maps.Clone(given)
	maps.DeleteFunc(written, func(id setup.ID, _ string) bool { _, held := saved.Held[id]; return held })
	if err := setup.Outdate(desk.Path, written); err != nil {
		a.warn(draftUnread, err)
	}
	fmt.Fprintf(a.Stderr, "%s: %s\n", a.say(labelWritten), oneLine(desk.Path))
}

// saveSettings writes answers down, if there are any, and has an invoice made
// for the bank to try where what it is told has changed. The error about an answer
// is a *setup.Wrong.
func (a *App) saveSettings(ctx context.Context, desk setup.Desk, given setup.Answers, f setupFlags) (setup.Saved, error) {
	_, before, err := desk.Open()
	if err != nil {
		return setup.Saved{}, err
	}
	if len(given) == 0 {
		return setup.Saved{Sheet: setup.SheetOf(before), Missing: setup.Missing(setup.From(before))}, nil
	}
	saved, err := desk.Save(given)
	if err != nil {
		return saved, err
	}
	a.loaded = nil
	news := saved.Sheet != setup.SheetOf(before)
	if news && forBank(saved) && len(saved.Missing) == 0 && !f.noInvoice {
		a.orderTestInvoice(ctx, &saved.Sheet)
	}
	return saved, nil
}

// aboutAnswer says by which flag an answer came that is refused.
func aboutAnswer(err error) error {
	var answer *setup.Wrong
	if !errors.As(err, &answer) {
		return err
	}
	f := usage(aboutFlag(flagOf(answer.ID), answer.Err.Msg))
	f.hint = withFlags(answer.Err.Hint, answer.Mend)
	return f
}

// withFlags is what to do, with the flags that do it.
func withFlags(hint lang.Text, mend setup.Answers) lang.Text {
	if len(mend) == 0 {
		return hint
	}
	var flags []string
	for _, id := range slices.Sorted(maps.Keys(mend)) {
		flags = append(flags, flagOf(id)+" "+mend[id])
	}
	all := " (" + strings.Join(flags, " ") + ")"
	return lang.Text{UZ: hint.UZ + all, RU: hint.RU + all, EN: hint.EN + all}
}

func flagOf(id setup.ID) string {
	if id == setup.UzumPassword {
		return "--" + passwordFlag
	}
	return "--" + string(id)
}

const codeIncomplete = "incomplete"

// incomplete says what the bank can't call without, by the names that questions have
// where they were asked.
func incomplete(saved setup.Saved, written bool, named func(setup.ID) string) *fault {
	var names []string
	for _, id := range saved.Missing {
		names = append(names, named(id))
	}
	all := strings.Join(names, ", ")
	f := &fault{code: codeIncomplete, exit: exitUsage, says: lang.Text{
		UZ: "bank so‘rov yubora olishi uchun yetishmayapti: " + all,
		RU: "чтобы банк мог присылать запросы, не хватает: " + all,
		EN: "before the bank can call, these are missing: " + all,
	}, hint: hintGive}
	switch {
	case len(saved.Held) > 0:
		f.hint = hintTogether
	case written:
		f.hint = hintRest
	}
	return f
}

var (
	hintGive = lang.Text{
		UZ: "ularni bering yoki terminalda tushum setup so‘rasin; login va parolni --uzum-pair yes yaratadi",
		RU: "укажите их или ответьте на вопросы tushum setup в терминале; логин и пароль создаст --uzum-pair yes",
		EN: "give them, or let tushum setup ask in a terminal; --uzum-pair yes makes login and password",
	}
	hintRest = lang.Text{
		UZ: "qolgani yozildi; yetishmaganini bering yoki terminalda tushum setup so‘rasin",
		RU: "остальное записано; укажите недостающее или ответьте на вопросы tushum setup в терминале",
		EN: "the rest is written; give what is missing, or let tushum setup ask in a terminal",
	}
	hintTogether = lang.Text{
		UZ: "xizmat raqami, login va parol birga yoziladi, ular hali yozilmadi: uchalasini bitta buyruqda bering yoki --uzum-pair yes",
		RU: "номер услуги, логин и пароль записываются вместе и ещё не записаны: укажите все три одной командой или --uzum-pair yes",
		EN: "service id, login and password are written together and are not yet: give all three in one command, or --uzum-pair yes",
	}
	labelMind    = lang.Text{UZ: "eslatma", RU: "примечание", EN: "note"}
	labelWritten = lang.Text{UZ: "sozlamalar", RU: "настройки", EN: "settings"}
)

// noteAbout tells what is to be minded about answers that are good.
func (a *App) noteAbout(given setup.Answers) {
	for _, q := range setup.Questions(nil) {
		answer, there := given[q.ID]
		if !there || q.Note == nil {
			continue
		}
		if says := q.Note(strings.TrimSpace(answer)); says != (lang.Text{}) {
			fmt.Fprintf(a.Stderr, "%s: %s\n", a.say(labelMind), a.say(says))
		}
	}
}

// noteHTTPS tells of a public URL whose HTTPS nobody does, when it was given.
func (a *App) noteHTTPS(desk setup.Desk, given setup.Answers) {
	if given[setup.PublicURL] == "" && given[setup.HTTPS] == "" {
		return
	}
	_, cfg, err := desk.Open()
	if err != nil {
		return // it was valid a moment ago, and the next command tells
	}
	if says := setup.NoteHTTPS(setup.From(cfg)); says != (lang.Text{}) {
		fmt.Fprintf(a.Stderr, "%s: %s\n", a.say(labelMind), a.say(says))
	}
}

// noteStranded tells of kinds of payment that go to a payment system that is
// switched off.
func (a *App) noteStranded(desk setup.Desk) {
	_, cfg, err := desk.Open()
	if err != nil {
		return // it was valid a moment ago, and the next command tells
	}
	for _, s := range setup.StrandedKinds(desk.Systems, setup.From(cfg)) {
		fmt.Fprintf(a.Stderr, "%s: %s\n%s\n", a.say(labelMind), a.say(s.Says), a.hinted(a.say(withFlags(s.Hint, s.Mend))))
	}
}

// noSettingsYet reports whether there are no settings yet.
func noSettingsYet(desk setup.Desk) bool {
	_, err := os.Lstat(desk.Path)
	return errors.Is(err, fs.ErrNotExist)
}
